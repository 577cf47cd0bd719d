import { withReply } from '../nps/customer-reply.ts';
import { canBeWrittenFrom, type UserFacts } from '../nps/eligibility.ts';
import { type Response, withAnswer } from '../nps/response.ts';
import { type Sentiment, sentimentOf } from '../nps/sentiment.ts';
import { laterVerdict, quarantineIsOver } from '../nps/verdict.ts';
import type { ChangeFacts } from './change-facts.ts';
import { lastWrittenTo } from './customer-replies.ts';
import type { AccountRecord, GivenAnswer, Item, ResponseRecord, SurveyRecord } from './ports.ts';
import type { Fulfilled } from './requests.ts';

/** A response as it stands after everything that was said about it, with the people it is about. */
export interface Answered {
  key: string;
  response: Response;
  /** The response as Salesforce had it before, if it had one. */
  before: ResponseRecord | undefined;
  /** When the customer last wrote a mail about it; null where nobody did since. */
  repliedAt: Date | null;
  trigger: string;
  /** What the comment sounds like; null where nobody can tell. */
  sentiment: Sentiment | null;
  /** A test's answer counts nowhere and starts nothing. */
  isTest: boolean;
  survey: SurveyRecord | undefined;
  /** Whoever the survey went to as it is now, else as the response has it. */
  contactId: string | null;
  account: AccountRecord;
  csm: UserFacts | undefined;
  /** What came of a request on the response; null when there was none. */
  fulfilled: Fulfilled | null;
}

/** The survey an item is about; none when an account's numbers are looked at again. */
export function surveyKeyOf({ payload }: Item<'answer'>): string | undefined {
  if (payload.kind === 'review' || payload.kind === 'joined') return payload.surveyKey;
  return payload.kind === 'given' ? payload.answer.surveyKey : payload.reply.surveyKey;
}

/** The responses that items of an account are about, in the order in which they are named; what is no answer is none. */
export function answeredIn(items: readonly Item<'answer'>[], account: AccountRecord, facts: ChangeFacts): Answered[] {
  const keys = [...new Set(items.map(surveyKeyOf).filter((key) => key !== undefined))];
  return keys.flatMap((key): Answered[] => {
    const response = judged(key, items, facts);
    if (!response) return [];
    const standing = facts.responses.get(key);
    const survey = facts.surveys.get(key);
    const given = givenFor(key, items);
    const repliedAt = lastWrittenTo(standing, items, key);
    return [
      {
        key,
        response,
        before: standing && repliedAt ? { ...standing, repliedAt } : standing,
        repliedAt,
        trigger: survey?.trigger ?? given?.trigger ?? '',
        sentiment: sentimentOf(response.verbatim, survey?.language ?? given?.language ?? '', facts.sentimentWords),
        isTest: survey?.isTest ?? standing?.isTest ?? false,
        survey,
        contactId: survey?.contact?.id ?? standing?.contactId ?? null,
        account,
        csm: ownerFor(survey?.csm, account),
        fulfilled: null,
      },
    ];
  });
}

/** The CSM who asked, or whoever looks after the account today when they left. */
export function ownerFor(csm: UserFacts | null | undefined, account: AccountRecord): UserFacts | undefined {
  return [...(csm ? [csm] : []), ...account.csmCandidates].find(canBeWrittenFrom);
}

function givenFor(key: string, items: readonly Item<'answer'>[]): GivenAnswer | undefined {
  const answers = items.flatMap(({ payload }) => (payload.kind === 'given' ? [payload.answer] : []));
  return answers.find(({ surveyKey }) => surveyKey === key);
}

/** The response after everything that was answered; one that has waited out its quarantine gets its verdict. */
function judged(key: string, items: readonly Item<'answer'>[], facts: ChangeFacts): Response | undefined {
  let response: Response | undefined = facts.responses.get(key);
  for (const { payload } of items) {
    if (payload.kind === 'given' && payload.answer.surveyKey === key)
      response = withAnswer(response, { ...payload.answer, answeredAt: new Date(payload.answer.answeredAt) });
    if (payload.kind === 'replied' && payload.reply.surveyKey === key)
      response = withReply(response, { ...payload.reply, at: new Date(payload.reply.at) });
  }
  if (response?.verdict !== 'Provisional') return response;
  if (!quarantineIsOver(response.correctedAt ?? response.respondedAt, facts.now, facts.quarantineMinutes))
    return response;
  const { verdict, reason } = laterVerdict(facts.hits.get(key) ?? [], facts.quarantineMinutes);
  return { ...response, verdict, verdictReason: reason };
}
