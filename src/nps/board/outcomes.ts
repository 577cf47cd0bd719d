import { HOUR_MS, utcDay } from '../days.ts';
import { CHURN_DAYS, judgedAnswers } from '../departure.ts';
import type { Difference } from '../difference.ts';
import { type Rate, rateAmong, rateDifference } from '../rate.ts';
import { segmentOf } from '../score.ts';
import type { BoardAnswer, BoardFacts, ClosedRenewal } from './facts.ts';

/** What became of customers in a year, by what was known and done; each difference is the first rate less the last. */
export interface YearOutcomes {
  /** Renewals won, by the segment the account had when they closed. */
  winRate: { promoters: Rate; passives: Rate; detractors: Rate; unknown: Rate; difference: Difference };
  /** Accounts that left within 90 days of a detractor's answer, by when that was followed up. */
  churn: { within24Hours: Rate; within48Hours: Rate; later: Rate; never: Rate; difference: Difference };
  /** Promoters who recommended the company, by whether they were invited to. */
  advocacy: { invited: Rate; uninvited: Rate; difference: Difference };
}

/** A span of time, and its first and last day in the org's time zone (YYYY-MM-DD). */
export interface Year {
  from: Date;
  until: Date;
  firstDay: string;
  lastDay: string;
}

export function outcomesOf({ answers, accounts, renewals }: BoardFacts, year: Year, now: Date): YearOutcomes {
  const given = answers.filter(({ respondedAt }) => respondedAt >= year.from && respondedAt < year.until);
  const closed = renewals.filter(({ closedOn }) => closedOn >= year.firstDay && closedOn <= year.lastDay);
  return {
    winRate: winRates(closed),
    churn: churnRates(given, (accountId) => accounts.get(accountId)?.churnedOn ?? null, now),
    advocacy: advocacyRates(given.filter(({ score }) => segmentOf(score) === 'Promoter')),
  };
}

function winRates(closed: readonly ClosedRenewal[]): YearOutcomes['winRate'] {
  const of = (...segments: ClosedRenewal['segment'][]) =>
    rateAmong(
      closed.filter(({ segment }) => segments.includes(segment)),
      ({ won }) => won,
    );
  const [promoters, detractors] = [of('Promoter'), of('Detractor')];
  return {
    promoters,
    passives: of('Passive'),
    detractors,
    unknown: of('Stale', 'None'),
    difference: rateDifference(promoters, detractors),
  };
}

/** Every account once, with the answer that stands for it. */
function churnRates(
  answers: readonly BoardAnswer[],
  churnedOn: (accountId: string) => string | null,
  now: Date,
): YearOutcomes['churn'] {
  const detractors = answers
    .filter(({ score }) => segmentOf(score) === 'Detractor')
    .map((answer) => ({ ...answer, id: answer.key, churnedOn: churnedOn(answer.accountId) }));
  const judged = judgedAnswers(detractors, now);
  const standing = detractors.filter(({ id }) => judged.has(id));
  const after = (from: number, to: number) =>
    rateAmong(
      standing.filter((answer) => hoursToFollowUp(answer) > from && hoursToFollowUp(answer) <= to),
      leftSoon,
    );
  const never = rateAmong(
    standing.filter(({ firstFollowUpAt }) => firstFollowUpAt === null),
    leftSoon,
  );
  const [within24Hours, later] = [after(Number.NEGATIVE_INFINITY, 24), after(48, Number.MAX_VALUE)];
  return {
    within24Hours,
    within48Hours: after(24, 48),
    later,
    never,
    difference: rateDifference(within24Hours, later),
  };
}

function leftSoon({ respondedAt, churnedOn }: { respondedAt: Date; churnedOn: string | null }): boolean {
  return churnedOn !== null && utcDay(new Date(`${churnedOn}T00:00:00Z`)) - utcDay(respondedAt) <= CHURN_DAYS;
}

function hoursToFollowUp({ respondedAt, firstFollowUpAt }: BoardAnswer): number {
  if (firstFollowUpAt === null) return Number.POSITIVE_INFINITY;
  return (firstFollowUpAt.getTime() - respondedAt.getTime()) / HOUR_MS;
}

function advocacyRates(promoters: readonly BoardAnswer[]): YearOutcomes['advocacy'] {
  const among = (some: readonly BoardAnswer[]) => rateAmong(some, ({ recommended }) => recommended);
  const invited = among(promoters.filter((answer) => answer.invited));
  const uninvited = among(promoters.filter((answer) => !answer.invited));
  return { invited, uninvited, difference: rateDifference(invited, uninvited) };
}
