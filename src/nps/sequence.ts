import { HOUR_MS, MINUTE_MS } from './days.ts';
import type { Happened } from './happened.ts';
import type { Score, Segment } from './score.ts';
import { judged, type StepCondition } from './step-conditions.ts';
import type { StepAction } from './steps/registry.ts';
import type { Recipient } from './steps/step-kind.ts';

/** One step of a sequence, as an admin wrote it down. */
export interface SequenceStep {
  name: string;
  segment: Segment;
  /** The scores it is for, both included: a 0 is not a 6. */
  lowest: Score;
  highest: Score;
  order: number;
  delayHours: number;
  /** Instead of hours, a part of the time there is to follow up. */
  delayPercent: number | null;
  /** What the delay is counted from; the first step's previous one is the answer. */
  from: 'Answer' | 'Previous Step';
  action: StepAction;
  /** Whom it concerns, where that is one of us. */
  recipient: Recipient | null;
  template: string;
  condition: StepCondition | null;
}

/** Steps that come one after another. A problem holds all of them, and no others. */
export interface Steps {
  steps: readonly SequenceStep[];
  problem: string | null;
}

/** What follows one segment's answers: the steps in turn, and beside them those that come until somebody has acted. */
export interface Sequence extends Steps {
  escalation: Steps;
}

/** Where a response stands in its sequence, as it is kept on the response. */
export interface Course {
  /** Null before an answer counted. */
  sequence: Segment | null;
  startedAt: Date | null;
  done: readonly { step: string; at: Date }[];
  /** Null when nothing more comes. People may move the time. The step is empty while its sequence cannot be used. */
  next: { step: string; due: Date } | null;
  /** Why nothing more comes, in a sentence; null while it runs and when it ran to its end. */
  stopped: string | null;
  /** When the next reminder or escalation comes if nobody acts; null when none does. */
  nextEscalation: Date | null;
}

export const NOT_BEGUN: Course = {
  sequence: null,
  startedAt: null,
  done: [],
  next: null,
  stopped: null,
  nextEscalation: null,
};

/** The answer as it stands now. */
export interface StandingAnswer {
  score: Score;
  segment: Segment;
  counts: boolean;
  void: boolean;
  /** When it was given or last corrected. */
  answeredAt: Date;
}

const LOOK_AGAIN_MS = 24 * HOUR_MS;
/** Until a record is mended, or somebody can write a mail. */
const MENDED_YET_MS = HOUR_MS;
/** Until a step that was taken is told to be done. */
const TOLD_YET_MS = 10 * MINUTE_MS;
/** Unlike other reasons, this one can be taken back. */
const VOIDED = 'The answer was declared void.';
const REFUSED = 'Salesforce refused to store the re-survey; the dead letters of NPS Health say why.';
/** A step whose condition may still come to hold waits this long, or until a later step's turn, and is then passed over. */
const PATIENCE_MS = 14 * 24 * HOUR_MS;

/**
 * Where the response stands now, and the step to take, if one is due. The step is only `done` once somebody says so:
 * until then each call names it again.
 *
 * Steps come in their order, each once; while one is under way no other is named, not even one for the score to which
 * the answer was corrected meanwhile. A stop is final; only a correction into another segment begins that segment's
 * sequence, and taking a Void back begins it anew, in which what was done already is not done again.
 */
export function courseAfter(
  before: Course,
  answer: StandingAnswer,
  happened: Happened,
  { steps, problem, escalation }: Sequence,
  now: Date,
): { course: Course; step: SequenceStep | null } {
  const stay = (course: Course) => ({ course, step: null });
  if (answer.void) return stay(before.sequence ? stop(before, VOIDED) : before);
  if (!answer.counts) return stay(before);
  const isNew = before.sequence !== answer.segment || before.stopped === VOIDED;
  if (!isNew && before.next === null) return stay(before);
  const course = isNew ? begun(before, answer) : withStart(before, answer);
  const reason = stopReason(happened);
  if (reason) return stay(stop(course, reason));
  if (problem !== null) return stay({ ...course, next: { step: '', due: later(now, MENDED_YET_MS) } });
  const underWay = steps.find(({ name }) => happened.underWay.includes(name) && !isDone(course, name));
  if (underWay) return stay({ ...course, next: { step: underWay.name, due: later(now, TOLD_YET_MS) } });
  const inTurn = { ...course, done: course.done.filter((done) => !isOneOf(escalation.steps, done)) };
  const { next, step } = nextIn(inTurn, stepsAfter(inTurn, answer.score, steps), happened, now);
  if (step?.action === 'Re-Survey' && happened.reSurveyRefused) return stay(stop(course, REFUSED));
  return { course: { ...course, next }, step: happened.paused ? null : step };
}

/** The course once a step was done. Told twice, it stands there once. */
export function withStepDone(course: Course, step: string, at: Date): Course {
  return isDone(course, step) ? course : { ...course, done: [...course.done, { step, at }] };
}

/** The course of a step that is due and that nobody can take now: it is looked at again later. */
export function putOff(course: Course, now: Date): Course {
  return { ...course, next: course.next && { ...course.next, due: later(now, MENDED_YET_MS) } };
}

/** The course after something that leaves no way on. */
export function stop(course: Course, reason: string): Course {
  return { ...course, next: null, stopped: course.stopped ?? reason };
}

function begun(before: Course, { segment, answeredAt }: StandingAnswer): Course {
  return { ...before, sequence: segment, startedAt: answeredAt, next: null, stopped: null };
}

/** An admin may have blanked when it began: nothing is due since the beginning of time. */
function withStart(course: Course, { answeredAt }: StandingAnswer): Course {
  return course.startedAt === null ? { ...course, startedAt: answeredAt } : course;
}

function stopReason(happened: Happened): string | undefined {
  const reasons: [keyof Happened, string][] = [
    ['replied', 'The customer replied.'],
    ['optedOut', 'The contact wants no more mails.'],
    ['bounced', 'Mails to the contact come back.'],
    ['unreachable', 'The contact is gone or has no address.'],
    ['newCase', 'The account has a new case of high priority.'],
    ['lostOpportunity', 'An opportunity of the account was lost.'],
    ['answeredAgain', 'The contact answered another survey since.'],
  ];
  return reasons.find(([fact]) => happened[fact])?.[1];
}

function isDone({ done }: Course, step: string): boolean {
  return done.some((one) => one.step === step);
}

function isOneOf(steps: readonly SequenceStep[], done: Course['done'][number]): boolean {
  return steps.some(({ name }) => name === done.step);
}

/** The steps for a score that come after those that were done or passed over. */
function stepsAfter(course: Course, score: Score, steps: readonly SequenceStep[]): SequenceStep[] {
  const done = steps.filter(({ name }) => isDone(course, name));
  const last = Math.max(...done.map(({ order }) => order), Number.NEGATIVE_INFINITY);
  const first = steps.find(({ name }) => name === course.next?.step)?.order ?? last;
  return steps
    .filter((step) => step.order > last && step.order >= first && score >= step.lowest && score <= step.highest)
    .toSorted((one, other) => one.order - other.order);
}

function nextIn(
  course: Course,
  steps: readonly SequenceStep[],
  happened: Happened,
  now: Date,
): { next: Course['next']; step: SequenceStep | null } {
  let waiting: Course['next'] = null;
  for (const step of steps) {
    const planned = plannedFor(step, course);
    const due = course.next?.step === step.name ? course.next.due : planned;
    if (due > now) {
      const next: Course['next'] = waiting
        ? { step: waiting.step, due: earlier(waiting.due, due) }
        : { step: step.name, due };
      return { next, step: null };
    }
    const verdict = judged(step.condition, happened);
    if (verdict === 'take') return { next: { step: step.name, due }, step };
    const patienceEnds = later(planned, PATIENCE_MS);
    const isWaitedFor = verdict === 'wait' && patienceEnds > now;
    waiting = isWaitedFor ? { step: step.name, due: earlier(later(now, LOOK_AGAIN_MS), patienceEnds) } : null;
  }
  return { next: waiting, step: null };
}

function plannedFor({ delayHours, from }: SequenceStep, { startedAt, done }: Course): Date {
  const start = startedAt ?? new Date(0);
  const previous = done.at(-1)?.at ?? start;
  return later(from === 'Answer' || previous < start ? start : previous, delayHours * HOUR_MS);
}

const later = (at: Date, milliseconds: number) => new Date(at.getTime() + milliseconds);
const earlier = (one: Date, other: Date) => (one < other ? one : other);
