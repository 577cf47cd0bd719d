import { canBeWrittenFrom, type UserFacts } from '../nps/eligibility.ts';
import type { Response } from '../nps/response.ts';
import { counts } from '../nps/verdict.ts';
import { mailItem } from './ask.ts';
import type { AccountRecord, NewItem, ResponseRecord, SurveyRecord } from './ports.ts';

const MAIL_FOR = { Detractor: 'acknowledgment', Promoter: 'thank-you', Passive: undefined } as const;

export interface Answered {
  key: string;
  response: Response;
  /** The response as Salesforce had it before, if it had one. */
  before: ResponseRecord | undefined;
  trigger: string;
  /** A test's answer counts nowhere and starts nothing. */
  isTest: boolean;
  survey: SurveyRecord | undefined;
  account: AccountRecord;
  csm: UserFacts | undefined;
}

/**
 * The first mail after an answer that counts: a detractor is acknowledged at once, a promoter thanked. Each goes out
 * once per response, and nothing goes to somebody whose address is gone.
 */
export function firstMail(
  { key, response, before, isTest, survey, account, csm }: Answered,
  now: Date,
): NewItem<'mail'>[] {
  const template = MAIL_FOR[response.segment];
  const contact = survey?.contact;
  const isWanted = template && counts(response.verdict) && before?.acknowledgedWith !== template;
  if (!isWanted || !survey || isTest || !contact?.email || !csm || !canBeWrittenFrom(csm)) return [];
  const order = {
    template,
    surveyKey: key,
    accountId: account.id,
    accountName: account.name,
    trigger: survey.trigger,
    language: survey.language,
    to: { name: contact.name, firstName: contact.firstName, email: contact.email },
    from: { name: csm.name, email: csm.email, phone: csm.phone },
    answer: { score: response.score, commented: response.verbatim !== '' },
  };
  return [mailItem(order, now)];
}
