import { createHash } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { FieldValue } from '../org/org.ts';
import { accountNumbers, type CountedAnswer, segmentOf } from './account-numbers.ts';
import type { PastAnswer, PastSurvey, Suppression } from './customer.ts';
import { answerFields, halfOf, thankedAt } from './past-answer.ts';
import { daysFrom, type Place } from './place.ts';

type Fields = Record<string, FieldValue>;

interface Answered extends CountedAnswer {
  responseId: string;
}

/** What an account has been through so far, as later decisions need it. */
interface Past {
  askedAt: DateTime<true> | undefined;
  /** Oldest first. */
  counted: Answered[];
}

/** One decision on its way into the org. */
interface Decision {
  survey: PastSurvey;
  contactId: string;
  key: string;
  at: DateTime<true>;
  /** The answer that a recovery asks about again. */
  before: Answered | undefined;
}

const JUDGED_AFTER_DAYS = 90;

/** Plays an account's past decisions, oldest first, and writes what they come to on the account. */
export function seedSurveys(place: Place): void {
  const { org, customer, accountId } = place;
  const past: Past = { askedAt: undefined, counted: [] };
  for (const survey of (customer.surveys ?? []).toSorted((one, other) => other.daysAgo - one.daysAgo)) {
    seedDecision(place, survey, past);
  }
  if (past.counted.length === 0) return;
  org.update('Account', accountId, {
    NPS_Last_Survey_Date__c: past.askedAt?.toISO() ?? null,
    NPS_Recurring_Revenue__c: customer.paysAYear,
    NPS_Trend__c: customer.standing?.trend ?? null,
    NPS_Risk__c: customer.standing?.atRisk !== undefined,
    NPS_Risk_Reason__c: customer.standing?.atRisk ?? null,
    ...accountNumbers(past.counted, org.now()),
  });
  // Of an account's detractor answers the newest that is old enough to tell whether the customer left after it.
  const latest = daysFrom(org, -JUDGED_AFTER_DAYS).toJSDate();
  const judged = past.counted.findLast(({ score, respondedAt }) => score <= 6 && respondedAt < latest);
  if (judged) org.update('NPS_Response__c', judged.responseId, { Churn_Judged__c: true });
}

function seedDecision(place: Place, survey: PastSurvey, past: Past): void {
  const { org, customer, contactIds } = place;
  const contactId = contactIds[survey.contact];
  if (!contactId) throw new Error(`The seed has no contact ${survey.contact} for ${customer.name}.`);
  const decision: Decision = {
    survey,
    contactId,
    key: createHash('sha256').update(`seed ${customer.name} ${survey.daysAgo}`).digest('hex'),
    at: daysFrom(org, -survey.daysAgo),
    before: survey.trigger === 'Recovery' ? past.counted.findLast((one) => one.contactId === contactId) : undefined,
  };
  const surveyId = org.insert('NPS_Survey__c', {
    ...surveyFields(place, decision),
    ...fateFields(place, decision, past),
  });
  if (survey.suppressed) return;
  if (survey.hasBounced) {
    const [contact] = org.query(`SELECT Email FROM Contact WHERE Id = '${contactId}'`);
    org.update('Contact', contactId, { NPS_Bounced_Address__c: String(contact?.Email) });
    return;
  }
  past.askedAt = decision.at;
  org.update('Contact', contactId, { NPS_Last_Survey_Date__c: decision.at.toISO() });
  if (survey.answer) seedAnswer(place, decision, survey.answer, surveyId, past);
}

function peopleFields({ accountId, csmId }: Place, { survey, contactId }: Decision): Fields {
  return { Account__c: accountId, Contact__c: contactId, CSM__c: csmId, Trigger__c: survey.trigger };
}

function surveyFields(place: Place, decision: Decision): Fields {
  const { key, at, before } = decision;
  return {
    ...peopleFields(place, decision),
    Survey_Key__c: key,
    Source_Id__c: before?.responseId ?? place.accountId,
    Anchor_Date__c: (before?.respondedAt ?? at.toJSDate()).toISOString().slice(0, 10),
    Occasion__c: before ? 'Recovery' : null,
    Recovery_Of__c: before?.responseId ?? null,
    CreatedDate: at.toISO(),
  };
}

function fateFields({ csmAddress }: Place, { survey, key, at, before }: Decision, past: Past): Fields {
  const { suppressed, hasBounced, answer } = survey;
  if (suppressed)
    return {
      Status__c: 'Suppressed',
      Suppression_Code__c: suppressed,
      Suppression_Reason__c: REASONS[suppressed](past),
    };
  const isAnswered = answer && !answer.verdict;
  return {
    Status__c: hasBounced ? 'Bounced' : isAnswered ? 'Responded' : 'Expired',
    Sent_At__c: at.toISO(),
    Delivered_At__c: hasBounced ? null : at.plus({ minutes: 1 }).toISO(),
    // A recovery has one subject only.
    Subject_Variant__c: before ? null : halfOf(key, -1),
    Sender__c: csmAddress,
    Language__c: 'en',
  };
}

const REASONS: Record<Suppression, (past: Past) => string> = {
  ACCOUNT_ASKED_RECENTLY: ({ askedAt }) =>
    `The account was asked on ${askedAt?.toISODate()}; 90 days must lie between surveys.`,
  ACCOUNT_OPTED_OUT: () => 'The account opted out of surveys.',
  ACCOUNT_TOO_YOUNG: () => 'The account is 27 days old; Post_Resolution asks from 30 days on.',
  CHURNED: () => 'The account is a customer no more.',
  EMAIL_OPTED_OUT: () => 'The contact opted out of all email.',
  NO_ADDRESS: () => 'The contact has no email address.',
  NO_CSM: () => 'Nobody looks after the account who is active and has an email address.',
  OPEN_ESCALATION: () => 'The account has an open case that is escalated or urgent.',
};

/** Writes an answer with what followed, and what it says about its contact. */
function seedAnswer(place: Place, decision: Decision, answer: PastAnswer, surveyId: string, past: Past): void {
  const { org, customer } = place;
  const { contactId, key, at, before } = decision;
  const respondedAt = at.plus({ hours: 5, minutes: 20 });
  const responseId = org.insert('NPS_Response__c', {
    ...peopleFields(place, decision),
    Survey__c: surveyId,
    Response_Key__c: key,
    Recurring_Revenue__c: customer.paysAYear,
    Is_Recovery__c: before !== undefined,
    Recovery_Of__c: before?.responseId ?? null,
    ...answerFields(answer, key, respondedAt),
  });
  if (answer.verdict) return;
  const { score, asked } = answer;
  past.counted.push({ responseId, contactId, score, respondedAt: respondedAt.toJSDate() });
  org.update('Contact', contactId, {
    NPS_Score__c: score,
    NPS_Segment__c: segmentOf(score),
    NPS_Last_Response_Date__c: respondedAt.toISO(),
    ...(asked && { NPS_Advocacy_Asked_At__c: thankedAt(respondedAt).toISO() }),
  });
}
