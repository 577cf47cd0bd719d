import type { FieldValue } from '../org/org.ts';

/** One answer of the past, as it counts for the account. */
export interface CountedAnswer {
  contactId: string;
  score: number;
  respondedAt: Date;
}

const YEAR = 365 * 24 * 60 * 60 * 1000;

export function segmentOf(score: number): 'Promoter' | 'Passive' | 'Detractor' {
  if (score >= 9) return 'Promoter';
  return score >= 7 ? 'Passive' : 'Detractor';
}

/** What counting comes to on a seeded Account, by the definitions of the data model; its answers oldest first. */
export function accountNumbers(oldestFirst: readonly CountedAnswer[], now: Date): Record<string, FieldValue> {
  const newest = oldestFirst.at(-1);
  if (!newest) return {};
  const counted = oldestFirst.filter(({ respondedAt }) => respondedAt.getTime() >= now.getTime() - YEAR);
  const newestByContact = new Map(counted.map(({ contactId, score }) => [contactId, segmentOf(score)]));
  return {
    NPS_Score__c: newest.score,
    NPS_Segment__c: segmentOf(newest.score),
    NPS_Rolling_Average__c: counted.length > 0 ? mean(counted.map(({ score }) => score)) : null,
    NPS_Net_Score__c: counted.length > 0 ? netScore([...newestByContact.values()]) : null,
    NPS_Response_Count__c: counted.length,
    NPS_Last_Response_Date__c: newest.respondedAt.toISOString(),
  };
}

function mean(numbers: readonly number[]): number {
  const sum = numbers.reduce((total, each) => total + each, 0);
  return Math.round((sum / numbers.length) * 100) / 100;
}

function netScore(segments: readonly string[]): number {
  const share = (segment: string) => segments.filter((each) => each === segment).length / segments.length;
  return Math.round((share('Promoter') - share('Detractor')) * 100);
}
