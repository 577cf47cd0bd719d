import { DAY_MS } from './days.ts';
import type { Score, Segment } from './score.ts';

/** What follow-up is measured by; targets for each stand in the settings. */
export type MetricKey =
  | 'detractor-replies'
  | 'retention'
  | 'reviews'
  | 'referrals'
  | 'passive-to-promoter'
  | 'score-change'
  | 'loop-closure'
  | 'escalated-again';

/** A number with what it was counted from. */
export interface Measure {
  /** Percent, or points of score; null when there was nothing to count. */
  value: number | null;
  /** Of how many. */
  count: number;
}

/** A counted answer with what followed. */
export interface FollowedAnswer {
  id: string;
  accountId: string;
  contactId: string | null;
  score: Score;
  segment: Segment;
  respondedAt: Date;
  /** The acknowledgment or thank-you left. */
  acknowledged: boolean;
  customerReplied: boolean;
  followedUpAt: Date | null;
  resolved: boolean;
  /** Stands for its account where churn is counted, and whether the customer left. */
  churn: { judged: boolean; left: boolean };
  /** What the promoter was asked for, and whether it was done. */
  ask: string | null;
  askDone: boolean;
  /** The answer this one was asked for again after. */
  recoveryOf: string | null;
}

interface Definition {
  name: string;
  unit: 'Percent' | 'Points';
  /** How the number is made, for people. */
  definition: string;
  measure(answers: readonly FollowedAnswer[], now: Date): Measure;
}

const DETRACTOR = ({ segment }: FollowedAnswer) => segment === 'Detractor';
const AGAIN_DAYS = 90;

/** Every metric, in the order in which people read them. */
const METRICS: Record<MetricKey, Definition> = {
  'detractor-replies': {
    name: 'Detractor response rate',
    unit: 'Percent',
    definition: 'Detractors who replied, of those who were written to after their answer.',
    measure: (answers) =>
      rate(
        answers.filter((answer) => DETRACTOR(answer) && answer.acknowledged),
        ({ customerReplied }) => customerReplied,
      ),
  },
  retention: {
    name: '90-day retention of detractors',
    unit: 'Percent',
    definition:
      'Accounts that did not leave within 90 days after a detractor’s answer, each counted once (Churn Judged).',
    measure: (answers) =>
      rate(
        answers.filter(({ churn }) => churn.judged),
        ({ churn }) => !churn.left,
      ),
  },
  reviews: {
    name: 'Review conversion',
    unit: 'Percent',
    definition: 'Reviews written, of the promoters asked for one.',
    measure: (answers) =>
      rate(
        answers.filter(({ ask }) => ask?.endsWith('Review')),
        ({ askDone }) => askDone,
      ),
  },
  referrals: {
    name: 'Referral rate',
    unit: 'Percent',
    definition: 'Referrals given, of the promoters asked for one.',
    measure: (answers) =>
      rate(
        answers.filter(({ ask }) => ask === 'Referral'),
        ({ askDone }) => askDone,
      ),
  },
  'passive-to-promoter': {
    name: 'Passive to promoter',
    unit: 'Percent',
    definition: 'People who answered as a promoter next, of the passives who answered again.',
    measure(answers) {
      const byPerson = Map.groupBy(answers, ({ contactId }) => contactId);
      byPerson.delete(null);
      const next = answers
        .filter(({ segment }) => segment === 'Passive')
        .flatMap((passive) => nextOf(passive, byPerson.get(passive.contactId) ?? []) ?? []);
      return rate(next, ({ segment }) => segment === 'Promoter');
    },
  },
  'score-change': {
    name: 'Score change on re-survey',
    unit: 'Points',
    definition: 'Mean of the score after recovery less the score before it.',
    measure(answers) {
      const before = new Map(answers.map(({ id, score }) => [id, score]));
      const changes = answers.flatMap(({ score, recoveryOf }) => {
        const was = recoveryOf === null ? undefined : before.get(recoveryOf);
        return was === undefined ? [] : [score - was];
      });
      return { value: mean(changes), count: changes.length };
    },
  },
  'loop-closure': {
    name: 'Loop closure',
    unit: 'Percent',
    definition: 'Detractors followed up and resolved, of all detractors.',
    measure: (answers) => rate(answers.filter(DETRACTOR), isClosed),
  },
  'escalated-again': {
    name: 'Re-escalation',
    unit: 'Percent',
    definition:
      'Accounts with another detractor’s answer within 90 days after the follow-up, of the detractors whose loop is closed and who were followed up at least 90 days ago.',
    measure(answers, now) {
      const detractors = answers.filter(DETRACTOR);
      const byAccount = Map.groupBy(detractors, ({ accountId }) => accountId);
      // Of later ones nobody knows yet, and those that went well would be counted too early.
      const known = detractors.filter(
        (answer) => isClosed(answer) && daysSince(answer.followedUpAt, now) >= AGAIN_DAYS,
      );
      return rate(known, (closed) =>
        (byAccount.get(closed.accountId) ?? []).some((other) => comesAfter(closed, other)),
      );
    },
  },
};

function isClosed({ followedUpAt, resolved }: FollowedAnswer): boolean {
  return followedUpAt !== null && resolved;
}

function daysSince(at: Date | null, now: Date): number {
  return at === null ? 0 : (now.getTime() - at.getTime()) / DAY_MS;
}

/** Another answer came within 90 days after this one was followed up. */
function comesAfter({ followedUpAt, respondedAt }: FollowedAnswer, other: FollowedAnswer): boolean {
  const later = other.respondedAt.getTime() - (followedUpAt ?? respondedAt).getTime();
  return later > 0 && later <= AGAIN_DAYS * DAY_MS;
}

/** What the same person answered next. */
function nextOf(answer: FollowedAnswer, ofPerson: readonly FollowedAnswer[]): FollowedAnswer | undefined {
  return ofPerson
    .filter(({ respondedAt }) => respondedAt > answer.respondedAt)
    .toSorted((one, other) => one.respondedAt.getTime() - other.respondedAt.getTime())[0];
}

/** Percent with one decimal. */
function rate<T>(all: readonly T[], isHit: (one: T) => boolean): Measure {
  const value = all.length === 0 ? null : (100 * all.filter(isHit).length) / all.length;
  return { value: value === null ? null : Math.round(value * 10) / 10, count: all.length };
}

function mean(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  return Math.round((10 * numbers.reduce((total, each) => total + each, 0)) / numbers.length) / 10;
}

/** A metric as reports show it. */
export interface MetricRow extends Measure {
  key: MetricKey;
  name: string;
  unit: Definition['unit'];
  definition: string;
  target: number | null;
  /** Fewer are better only where things go wrong again. */
  higherIsBetter: boolean;
}

/** What every metric comes to over counted answers at a moment, beside its target. */
export function metricRows(
  answers: readonly FollowedAnswer[],
  targets: Readonly<Record<MetricKey, number | null>>,
  now: Date,
): MetricRow[] {
  return (Object.keys(METRICS) as MetricKey[]).map((key) => {
    const { name, unit, definition, measure } = METRICS[key];
    const higherIsBetter = key !== 'escalated-again';
    return { key, name, unit, definition, target: targets[key], higherIsBetter, ...measure(answers, now) };
  });
}
