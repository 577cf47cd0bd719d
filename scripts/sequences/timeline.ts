import { join } from 'node:path';
import { readWording } from '../../src/mail/wording.ts';
import { SCORES, type Score, type Segment, segmentOf } from '../../src/nps/score.ts';
import { type MetadataRecord, readMetadataRecords } from '../../src/sandbox/org/schema/metadata-records.ts';
import { projectFiles } from '../metadata/project-files.ts';

/** One thing that happens after an answer, as a picture of the sequence shows it. */
export interface Moment {
  title: string;
  action: string;
  /** Who sees it: the customer, or the company's own people. */
  side: 'customer' | 'team';
  /** Hours after the answer, at the earliest. */
  hours: number;
  /** The share of the Task's time by which it comes, in percent; null where the record names hours. */
  percent: number | null;
  /** What the mail's subject says, or who is told. */
  detail: string;
  condition: string;
  /** Only after these scores; empty for all of the segment's. */
  scores: string;
}

export interface Timeline {
  segment: Segment;
  scores: string;
  moments: Moment[];
}

const SPANS: Readonly<Record<Segment, string>> = { Detractor: '0 to 6', Passive: '7 or 8', Promoter: '9 or 10' };
const ON_THE_CUSTOMER = ['Mail', 'Re-Survey'];
const UNTIL_FOLLOWED_UP = ['Notify', 'Escalate'];

/** Conditions in words; one that is not here is said as the record says it. */
const CONDITIONS: Readonly<Record<string, string>> = {
  'Customer Silent': 'if the customer kept silent and nobody called',
  'Actions Taken': 'once the CSM wrote what was done',
  Resolved: 'once Resolved is ticked',
  'Not Followed Up': 'unless somebody has followed up',
  'Loop Closed': 'once somebody followed up and Resolved is ticked',
  'Owner Is Not CSM': 'if the account’s owner is not the CSM',
  'Ask Open': 'if the ask was not followed',
  'Ask Followed': 'if the ask was followed',
  'Referral Instead': 'if the ask was not followed and a referral may be asked for',
  'Success Story': 'if the settings have one',
};

/** The sequences that ship, as their records say it, in the order of time. */
export function shippedTimelines(): Timeline[] {
  const records = readMetadataRecords(projectFiles()).filter(({ fields }) => fields.Active__c === true);
  const steps = records.filter(({ type }) => type === 'NPS_Sequence_Step__mdt');
  const rules = records.filter(({ type, fields }) => type === 'NPS_Routing_Rule__mdt' && isForEverybody(fields));
  return (['Detractor', 'Passive', 'Promoter'] as const).map((segment) => {
    const tasks = rules.filter(({ fields }) => fields.Segment__c === segment);
    // Of most answers: those who are very unhappy have less time.
    const dueHours = Math.max(0, ...tasks.map(({ fields }) => Number(fields.Due_Hours__c)));
    const own = steps.filter(({ fields }) => fields.Segment__c === segment);
    const moments = [
      ...tasks.map((rule) => taskMoment(rule, scoresReached(rule, tasks))),
      ...stepMoments(own, dueHours),
    ];
    return { segment, scores: SPANS[segment], moments: moments.toSorted((one, other) => one.hours - other.hours) };
  });
}

/** A routing rule that asks for nothing but the segment or scores. */
function isForEverybody(fields: MetadataRecord['fields']): boolean {
  const narrower = ['Phrases__c', 'Account_Condition__c', 'Minimum_Drop__c', 'Minimum_Revenue__c', 'Trend__c'];
  const further = ['Renewal_Within_Days__c', 'Sentiment__c', 'Trigger__c'];
  return [...narrower, ...further].every((field) => (fields[field] ?? null) === null);
}

/** The scores whose Task this rule makes: an answer makes one of a kind, that of the first rule that fits. */
function scoresReached(rule: MetadataRecord, rules: readonly MetadataRecord[]): Score[] {
  const rivals = rules
    .filter(({ fields }) => fields.Kind__c === rule.fields.Kind__c)
    .toSorted((one, other) => Number(one.fields.Order__c) - Number(other.fields.Order__c));
  return SCORES.filter((score) => rivals.find(({ fields }) => fits(fields, score)) === rule);
}

function fits({ Segment__c, Lowest_Score__c, Highest_Score__c }: MetadataRecord['fields'], score: Score): boolean {
  const inBand = score >= Number(Lowest_Score__c ?? 0) && score <= Number(Highest_Score__c ?? 10);
  return inBand && Segment__c === segmentOf(score);
}

function taskMoment({ fields }: MetadataRecord, scores: readonly Score[]): Moment {
  const detail = `for the ${text(fields.Owner__c)}, due in ${spanOf(Number(fields.Due_Hours__c))}`;
  return {
    ...{ title: `${sentence(text(fields.Label__c))} …`, action: 'Task', side: 'team', hours: 0, percent: null },
    ...{ detail, condition: '', scores: bandOf(scores, text(fields.Segment__c)) },
  };
}

/** A step that counts from the previous one comes at the earliest when that one and its delay are over. */
function stepMoments(records: readonly MetadataRecord[], dueHours: number): Moment[] {
  const wording = readWording(join(import.meta.dirname, '../../templates/wording')).sentences('en');
  let previous = 0;
  return records
    .toSorted((one, other) => Number(one.fields.Order__c) - Number(other.fields.Order__c))
    .map(({ label, fields }): Moment => {
      const action = text(fields.Action__c);
      const percent = fields.Delay_Percent__c == null ? null : Number(fields.Delay_Percent__c);
      const delay = percent === null ? Number(fields.Delay_Hours__c) : (dueHours * percent) / 100;
      const hours = delay + (fields.Delay_From__c === 'Previous Step' ? previous : 0);
      const side = ON_THE_CUSTOMER.includes(action) ? 'customer' : 'team';
      if (side === 'customer' || action === 'Task') previous = hours;
      return {
        ...{ title: label.replace(/^[^:]+: /, ''), action, side, hours, percent, scores: scoresOf(fields) },
        detail: side === 'customer' ? subjectOf(text(fields.Template__c), wording) : recipientOf(fields),
        condition: conditionOf(action, text(fields.Condition__c)),
      };
    });
}

/** What runs beside the mails stops once somebody has followed up. */
function conditionOf(action: string, condition: string): string {
  const words = CONDITIONS[condition] ?? condition;
  const until = UNTIL_FOLLOWED_UP.includes(action) ? 'unless somebody has followed up' : '';
  return [words, until].filter((part) => part !== '').join(', ');
}

/** A mail's subject without what is filled in later. */
function subjectOf(template: string, wording: ReadonlyMap<string, string>): string {
  const subject = wording.get(`${template}.subject`) ?? '';
  const bare = subject
    .replace(/\{\{#if [^}]*\}\}(.*?)\{\{else\}\}.*?\{\{\/if\}\}/g, '$1')
    .replace(/\{\{#if [^}]*\}\}.*?\{\{\/if\}\}/g, '')
    .replace(/\{\{[^}]*\}\}/g, '…');
  return bare === '' ? '' : `“${bare}”`;
}

function recipientOf(fields: MetadataRecord['fields']): string {
  return `for the ${text(fields.Recipient__c) || 'CSM'}`;
}

function scoresOf({ Lowest_Score__c: lowest, Highest_Score__c: highest }: MetadataRecord['fields']): string {
  if (lowest == null && highest == null) return '';
  if (lowest === highest) return `only after a ${lowest}`;
  if (lowest == null) return `only after ${highest} or less`;
  return highest == null ? `only after ${lowest} or more` : `only after ${lowest} to ${highest}`;
}

/** Scores without gaps in words; empty for all of the segment's. */
function bandOf(scores: readonly Score[], segment: string): string {
  if (scores.length === SCORES.filter((score) => segmentOf(score) === segment).length) return '';
  return scores.length === 1 ? `only after a ${scores[0]}` : `only after ${scores[0]} to ${scores.at(-1)}`;
}

/** A span of hours as people say it. */
export function spanOf(hours: number): string {
  if (hours >= 72 && hours % 24 === 0) return `${hours / 24} days`;
  return `${hours} hours`;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const sentence = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);
