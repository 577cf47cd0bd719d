import {
  differenceInterval,
  fisherExact,
  type Interval,
  type Proportion,
  shareOf,
  wilsonInterval,
  Z99,
} from './proportions.ts';
import type { SubjectVariant } from './subject.ts';

/** What became of the mails with one of a trigger's subjects. */
export interface SubjectRecord {
  /** Mails that reached somebody: bounced, failed and cancelled ones are left out, and so are tests. */
  sent: number;
  /** Surveys with an answer that counts. */
  answered: number;
  /** Surveys whose answer waits for proof of a person, or never got one; they count as not answered. */
  unproven: number;
}

export interface SubjectComparison {
  rates: Record<SubjectVariant, { rate: number; interval: Interval }>;
  verdict: { kind: 'too-few' } | { kind: 'no-difference' | 'difference'; difference: Interval; p: number };
  /** The verdict for people. */
  sentence: string;
}

/** Mails with each subject before anything is said about them. */
export const LEAST_SENT = 100;
/** A comparison that is looked at again and again errs more often than its level says, so the level is strict. */
const LEVEL = 0.01;

/** Which of two subjects is answered more, by Fisher's exact test; a difference has a 99 % interval that holds it (Newcombe). */
export function compareSubjects(records: Record<SubjectVariant, SubjectRecord>): SubjectComparison {
  const [a, b] = [proportion(records.A), proportion(records.B)];
  const rates = { A: rated(a), B: rated(b) };
  if (a.of < LEAST_SENT || b.of < LEAST_SENT) {
    const sentence = `Not enough data yet: ${LEAST_SENT} mails with each subject must have arrived; ${a.of} have with A, ${b.of} with B.`;
    return { rates, verdict: { kind: 'too-few' }, sentence };
  }
  const p = fisherExact(a, b);
  const difference = differenceInterval(b, a, Z99);
  const isDifferent = p < LEVEL && (difference.from > 0 || difference.to < 0);
  const verdict = { kind: isDifferent ? ('difference' as const) : ('no-difference' as const), difference, p };
  return { rates, verdict, sentence: isDifferent ? betterSentence(difference, p) : undecidedSentence(difference, p) };
}

function proportion({ answered, sent }: SubjectRecord): Proportion {
  return { hits: answered, of: sent };
}

function rated(answers: Proportion) {
  return { rate: shareOf(answers), interval: wilsonInterval(answers) };
}

function betterSentence(difference: Interval, p: number): string {
  const better = difference.from > 0 ? 'B' : 'A';
  const ends = [Math.abs(difference.from), Math.abs(difference.to)].toSorted((one, other) => one - other);
  return `${better} is answered more often, by ${ends.map(points).join(' to ')} percentage points (${chance(p)}).`;
}

function undecidedSentence({ from, to }: Interval, p: number): string {
  return `No difference can be told: B lies between ${points(from)} and +${points(to)} percentage points from A (${chance(p)}).`;
}

function points(share: number): string {
  return (share * 100).toFixed(1);
}

function chance(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}
