import type { AccountAtRisk, SegmentRevenue, Standing } from './facts.ts';

/** Customers at risk today, and how much of the revenue hangs on them. */
export interface RevenueAtRisk {
  accounts: number;
  revenue: number;
  /** Customers who ever answered, and what they pay a year. */
  ofAccounts: number;
  ofRevenue: number;
  segments: readonly SegmentRevenue[];
  /** The largest of them. */
  largest: readonly AccountAtRisk[];
}

export function revenueAtRisk({ atRisk, segments }: Standing, most: number): RevenueAtRisk {
  const bySize = atRisk.toSorted((one, other) => (other.revenue ?? 0) - (one.revenue ?? 0));
  return {
    accounts: atRisk.length,
    revenue: sum(atRisk.map(({ revenue }) => revenue ?? 0)),
    ofAccounts: sum(segments.map(({ accounts }) => accounts)),
    ofRevenue: sum(segments.map(({ revenue }) => revenue)),
    segments,
    largest: bySize.slice(0, most),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
