import type { DateTime } from 'luxon';
import type { FieldValue } from '../org/org.ts';
import { segmentOf } from './account-numbers.ts';
import type { PastAnswer } from './customer.ts';

type Fields = Record<string, FieldValue>;

/** An answer of the past as the service wrote it, with what followed. */
export function answerFields(answer: PastAnswer, key: string, respondedAt: DateTime<true>): Fields {
  const { score, verdict, verbatim, themes } = answer;
  return {
    Responded_At__c: respondedAt.toISO(),
    CreatedDate: respondedAt.toISO(),
    Score__c: score,
    Segment__c: segmentOf(score),
    Verdict__c: verdict?.is ?? 'Confirmed',
    Verdict_Reason__c: verdict?.because ?? null,
    Verbatim__c: verbatim ?? null,
    Theme__c: themes ?? null,
    ...(verdict ? {} : followedFields(answer, key, respondedAt)),
  };
}

/** What followed an answer that counts. Its sequence is over: nothing of the past is taken up again. */
function followedFields(answer: PastAnswer, key: string, respondedAt: DateTime<true>): Fields {
  const { score, followedUpAfter, did, resolved, hasReplied, choice, asked, hasSpokenForUs = false } = answer;
  const segment = segmentOf(score);
  const after = (hours: number) => respondedAt.plus({ hours }).toISO();
  return {
    Sequence__c: segment,
    Sequence_Started_At__c: after(0),
    Acknowledged_At__c: segment === 'Detractor' ? after(0) : thankedAt(respondedAt).toISO(),
    Customer_Replied_At__c: hasReplied ? after(2) : null,
    Follow_Up_Due__c: segment === 'Detractor' ? after(24) : null,
    First_Follow_Up_At__c: followedUpAfter === undefined ? null : after(followedUpAfter),
    Actions_Taken__c: did ?? null,
    Resolved__c: resolved ?? false,
    Choice__c: choice ?? null,
    Chosen_At__c: choice ? after(26) : null,
    Advocacy_Completed__c: hasSpokenForUs,
    Advocacy_Completed_At__c: hasSpokenForUs ? after(72) : null,
    ...(asked && askFields(asked, key, respondedAt, hasSpokenForUs)),
  };
}

function askFields(ask: string, key: string, respondedAt: DateTime<true>, wasFollowed: boolean): Fields {
  const askedAt = thankedAt(respondedAt);
  const followedAt = wasFollowed ? askedAt.plus({ hours: 3 }) : undefined;
  const line = (at: DateTime<true>, what: string) => `${at.toISO({ suppressMilliseconds: true })} ${what} ${ask}`;
  return {
    Advocacy_Ask__c: ask,
    Advocacy_Asked_At__c: askedAt.toISO(),
    Advocacy_Clicked_At__c: followedAt?.toISO() ?? null,
    Advocacy_Log__c: [line(askedAt, 'asked'), ...(followedAt ? [line(followedAt, 'followed')] : [])].join('\n'),
    Offer_Variant__c: halfOf(key, -2),
  };
}

/** When a promoter was thanked and asked for something, or a passive what would make it a 10. */
export function thankedAt(respondedAt: DateTime<true>): DateTime<true> {
  return respondedAt.plus({ hours: 24 });
}

/** A or B by a digit of the key, as the service draws its halves. */
export function halfOf(key: string, digit: number): 'A' | 'B' {
  return Number.parseInt(key.at(digit) ?? '', 16) % 2 === 1 ? 'B' : 'A';
}
