import { HOUR_MS } from './days.ts';
import { type BusinessCalendar, followUpDue } from './due.ts';
import type { Happened } from './happened.ts';
import type { Course, SequenceStep, StandingAnswer, Steps } from './sequence.ts';
import { judged } from './step-conditions.ts';

/** What the times of an escalation are made from. */
export interface EscalationTimes {
  /** Until when somebody must have acted; null when nobody must. */
  followUpDue: Date | null;
  /** Of whoever must act (IANA). */
  zone: string;
  calendar: BusinessCalendar;
}

const MENDED_YET_MS = HOUR_MS;
/** After a weekend several steps fall on the same minute; whoever is told first has this long to act. */
const HOURS_BETWEEN = 1;

/**
 * The reminder or escalation to take, if one is due, and when the next one is. It runs beside the mails and ends with a
 * follow-up, or when the answer is void or corrected into another segment; nothing the customer does ends it. Its times
 * are worked out anew with every look: the time to act may be moved, and records may change.
 */
export function escalationAfter(
  course: Course,
  answer: StandingAnswer,
  happened: Happened,
  { steps, problem }: Steps,
  times: EscalationTimes,
  now: Date,
): { next: Date | null; step: SequenceStep | null } {
  const isOver = answer.void || !answer.counts || happened.followedUp || course.sequence !== answer.segment;
  if (isOver || course.startedAt === null) return { next: null, step: null };
  if (problem !== null) return { next: new Date(now.getTime() + MENDED_YET_MS), step: null };
  for (const { step, due } of ahead(course, course.startedAt, answer, steps, times)) {
    if (due > now) return { next: due, step: null };
    if (judged(step.condition, happened) === 'take') return { next: due, step };
  }
  return { next: null, step: null };
}

/** The steps after those that were taken, in their order, with their times. */
function ahead(
  { done }: Course,
  startedAt: Date,
  { score }: StandingAnswer,
  steps: readonly SequenceStep[],
  times: EscalationTimes,
): { step: SequenceStep; due: Date }[] {
  const isDone = ({ name }: SequenceStep) => done.some(({ step }) => step === name);
  const last = Math.max(...steps.filter(isDone).map(({ order }) => order), Number.NEGATIVE_INFINITY);
  const inOrder = steps
    .filter(({ lowest, highest }) => score >= lowest && score <= highest)
    .toSorted((one, other) => one.order - other.order);
  return spaced(inOrder, startedAt, times).filter(({ step }) => step.order > last);
}

/** Steps with their times, none sooner than an hour of business after the one before; without those that have no time. */
function spaced(steps: readonly SequenceStep[], startedAt: Date, times: EscalationTimes) {
  let before: Date | null = null;
  return steps.flatMap((step) => {
    const own = escalationDue(step, startedAt, times);
    if (!own) return [];
    const soonest: Date = before ? followUpDue(before, HOURS_BETWEEN, times.zone, times.calendar) : own;
    const due = own > soonest ? own : soonest;
    before = due;
    return [{ step, due }];
  });
}

/** When a step of an escalation is due: within business hours, and never where it is a part of a time nobody has. */
export function escalationDue(
  { delayHours, delayPercent }: Pick<SequenceStep, 'delayHours' | 'delayPercent'>,
  startedAt: Date,
  { followUpDue: until, zone, calendar }: EscalationTimes,
): Date | null {
  if (delayPercent === null) return followUpDue(startedAt, delayHours, zone, calendar);
  if (until === null) return null;
  const hours = ((until.getTime() - startedAt.getTime()) / HOUR_MS) * (delayPercent / 100);
  return followUpDue(startedAt, hours, zone, calendar);
}
