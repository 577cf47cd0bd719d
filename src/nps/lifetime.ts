import { DAY_MS } from './days.ts';
import { type Interval, Z95 } from './proportions.ts';
import { type Score, type Segment, segmentOf } from './score.ts';

/** An account with the scores it gave, in any order. */
export interface Customer {
  /** What it pays a year; null when nobody knows. */
  revenue: number | null;
  churnedAt: Date | null;
  scores: readonly { score: Score; at: Date }[];
}

/** How long the customers of a segment stay, and what they are worth in that time. */
export interface Lifetime {
  /** Accounts that were in the segment at some time. */
  accounts: number;
  /** Years they were in it, together. */
  years: number;
  /** How many left during those years. */
  churned: number;
  /** Average lifetime in years: years over churned; null while too few left to say. */
  lifetime: number | null;
  lifetimeInterval: Interval | null;
  /** Mean of what they pay a year, and of how many that is known. */
  revenue: number | null;
  revenueOf: number;
  /** Revenue a year times lifetime. */
  value: number | null;
  valueInterval: Interval | null;
}

/** Fewer than five departures leave a lifetime open by more than a factor of two, up and down. */
export const LEAST_CHURNED = 5;
const YEAR_MS = 365 * DAY_MS;

/**
 * The lifetime of a segment's customers while they leave at the rate they left at between `from` and `until`: the years
 * observed over the departures (the maximum likelihood estimate of a constant rate with customers who have not left yet).
 * An account is in the segment of its newest score, for a year at most or until the next score.
 * The interval is that of a Poisson rate on the logarithmic scale (N. E. Breslow, N. E. Day, Statistical Methods in Cancer
 * Research II, IARC 1987, section 2.3). Revenue is gross and not discounted; its own scatter is not in the interval.
 */
export function lifetimeOf(
  segment: Segment,
  customers: readonly Customer[],
  { from, until }: { from: Date; until: Date },
): Lifetime {
  const stays = customers.map((customer) => ({ customer, stay: stayIn(segment, customer, from, until) }));
  const there = stays.filter(({ stay }) => stay.years > 0);
  const years = there.reduce((sum, { stay }) => sum + stay.years, 0);
  const churned = there.filter(({ stay }) => stay.left).length;
  const revenues = there.flatMap(({ customer }) => customer.revenue ?? []);
  const revenue = revenues.length === 0 ? null : revenues.reduce((sum, each) => sum + each, 0) / revenues.length;
  const lifetime = churned < LEAST_CHURNED ? null : years / churned;
  const factor = Math.exp(Z95 / Math.sqrt(churned));
  const lifetimeInterval = lifetime === null ? null : { from: lifetime / factor, to: lifetime * factor };
  return {
    accounts: there.length,
    years,
    churned,
    lifetime,
    lifetimeInterval,
    revenue,
    revenueOf: revenues.length,
    value: lifetime === null || revenue === null ? null : lifetime * revenue,
    valueInterval:
      lifetimeInterval === null || revenue === null
        ? null
        : { from: lifetimeInterval.from * revenue, to: lifetimeInterval.to * revenue },
  };
}

/** How long one account was in a segment, and whether it left from there. */
function stayIn(segment: Segment, { scores, churnedAt }: Customer, from: Date, until: Date) {
  const oldestFirst = scores.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  let years = 0;
  let left = false;
  for (const [index, { score, at }] of oldestFirst.entries()) {
    if (segmentOf(score) !== segment) continue;
    const next = oldestFirst[index + 1]?.at.getTime() ?? Number.POSITIVE_INFINITY;
    const [start, end] = [
      Math.max(at.getTime(), from.getTime()),
      Math.min(at.getTime() + YEAR_MS, next, until.getTime()),
    ];
    const churn = churnedAt?.getTime() ?? Number.POSITIVE_INFINITY;
    years += Math.max(0, Math.min(end, churn) - start) / YEAR_MS;
    left ||= churn > start && churn <= end;
  }
  return { years, left };
}
