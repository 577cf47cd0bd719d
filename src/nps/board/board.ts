import { dateIn } from '../due.ts';
import type { SurveyHistory } from '../forecast.ts';
import { type Customer, type Lifetime, lifetimeOf } from '../lifetime.ts';
import { liesIn, type Quarter, quartersBefore } from '../quarter.ts';
import { type Rate, rateAmong, rateOf } from '../rate.ts';
import { segmentOf } from '../score.ts';
import { type BoardAnswer, type BoardFacts, oldestFirst } from './facts.ts';
import { outcomesOf, type Year, type YearOutcomes } from './outcomes.ts';
import { type RevenueAtRisk, revenueAtRisk } from './risk.ts';
import { type Benchmark, type ScoreCard, scoreCard } from './score-card.ts';
import { type ThemeCount, topThemes } from './themes.ts';

/** Everything on the page, in numbers; rates are shares from 0 to 1, scores lie between -100 and 100. */
export interface Board {
  company: string;
  quarter: string;
  /** The first day and the last one (YYYY-MM-DD, in the org's time zone). */
  from: string;
  to: string;
  /** The quarter still runs: its numbers will change. */
  soFar: boolean;
  writtenAt: Date;
  score: ScoreCard;
  response: Rate;
  followUp: FollowUp;
  outcomes: YearOutcomes;
  /** The field of Account that holds what customers pay a year. */
  revenueField: string;
  lifetime: { promoters: Lifetime; detractors: Lifetime };
  risk: RevenueAtRisk;
  themes: readonly ThemeCount[];
  action: Action;
}

/** How the quarter's detractors were followed up. */
export interface FollowUp {
  /** Followed up and resolved. */
  loopClosed: Rate;
  /** Followed up by the time it was due, of those it was due for. */
  slaKept: Rate;
}

/** What is being done: today's open work, and what was written down about the quarter's answers. */
export interface Action {
  openTasks: number;
  overdueTasks: number;
  sequencesRunning: number;
  /** Detractors of the quarter with actions on record, and those resolved. */
  actionsTaken: Rate;
  resolved: Rate;
}

/** As many quarters as the page shows; lifetimes are observed over all of them. */
export const QUARTERS = 8;
const QUARTERS_A_YEAR = 4;
const MOST_THEMES = 5;
const MOST_AT_RISK = 5;

export interface BoardInput {
  company: string;
  quarter: Quarter;
  zone: string;
  now: Date;
  facts: BoardFacts;
  revenueField: string;
  /** What became of the surveys sent in the quarter. */
  surveys: SurveyHistory;
  benchmark: Benchmark | null;
}

/** This quarter and those before it that the page looks back to, the newest first. */
export function quartersShown(quarter: Quarter, zone: string): Quarter[] {
  return Array.from({ length: QUARTERS }, (_, back) => quartersBefore(quarter, back, zone));
}

/** The summary of a quarter. */
export function boardOf({ company, quarter, zone, now, facts, surveys, benchmark, revenueField }: BoardInput): Board {
  const quarters = quartersShown(quarter, zone);
  const inQuarter = facts.answers.filter(({ respondedAt }) => liesIn(quarter, respondedAt));
  const detractors = inQuarter.filter(({ score }) => segmentOf(score) === 'Detractor');
  const observed = { from: quarters.at(-1)?.from ?? quarter.from, until: quarter.until < now ? quarter.until : now };
  const customers = customersOf(facts);
  const { openTasks, overdueTasks, sequencesRunning } = facts.standing;
  return {
    company,
    quarter: quarter.name,
    soFar: now < quarter.until,
    writtenAt: now,
    from: dateIn(zone, quarter.from),
    to: dateIn(zone, justBefore(quarter.until)),
    score: scoreCard(facts.answers, quarters, benchmark),
    response: rateOf({ hits: surveys.answered, of: surveys.sent }),
    followUp: followUpOf(detractors, now),
    outcomes: outcomesOf(facts, yearTo(quarter, quarters, zone), now),
    revenueField,
    lifetime: {
      promoters: lifetimeOf('Promoter', customers, observed),
      detractors: lifetimeOf('Detractor', customers, observed),
    },
    risk: revenueAtRisk(facts.standing, MOST_AT_RISK),
    themes: topThemes(inQuarter, MOST_THEMES),
    action: {
      openTasks,
      overdueTasks,
      sequencesRunning,
      actionsTaken: rateAmong(detractors, ({ hasActions }) => hasActions),
      resolved: rateAmong(detractors, ({ resolved }) => resolved),
    },
  };
}

function followUpOf(detractors: readonly BoardAnswer[], now: Date): FollowUp {
  const due = detractors.flatMap(({ followUpDue, firstFollowUpAt }) =>
    followUpDue && (firstFollowUpAt || followUpDue < now) ? [{ followUpDue, firstFollowUpAt }] : [],
  );
  return {
    loopClosed: rateAmong(detractors, ({ firstFollowUpAt, resolved }) => firstFollowUpAt !== null && resolved),
    slaKept: rateAmong(
      due,
      ({ followUpDue, firstFollowUpAt }) => firstFollowUpAt !== null && firstFollowUpAt <= followUpDue,
    ),
  };
}

/** The four quarters that end with this one. */
function yearTo({ until }: Quarter, quarters: readonly Quarter[], zone: string): Year {
  const from = quarters[QUARTERS_A_YEAR - 1]?.from ?? until;
  return { from, until, firstDay: dateIn(zone, from), lastDay: dateIn(zone, justBefore(until)) };
}

const justBefore = (moment: Date): Date => new Date(moment.getTime() - 1);

function customersOf({ answers, accounts }: BoardFacts): Customer[] {
  return [...Map.groupBy(oldestFirst(answers), ({ accountId }) => accountId)].map(([id, given]) => {
    const { revenue = null, churnedOn = null } = accounts.get(id) ?? {};
    return {
      revenue,
      churnedAt: churnedOn === null ? null : new Date(`${churnedOn}T00:00:00Z`),
      scores: given.map(({ score, respondedAt }) => ({ score, at: respondedAt })),
    };
  });
}
