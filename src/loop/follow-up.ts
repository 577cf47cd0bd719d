import { type Advocacy, type AskEntry, NO_ASKS } from '../nps/advocacy.ts';
import { utcDate } from '../nps/days.ts';
import { escalationAfter } from '../nps/escalation.ts';
import { firstFollowUp } from '../nps/followed-up.ts';
import { type Happened, NOTHING_HAPPENED } from '../nps/happened.ts';
import type { CountedAnswer } from '../nps/numbers.ts';
import {
  type Course,
  courseAfter,
  NOT_BEGUN,
  putOff,
  type Sequence,
  type SequenceStep,
  withStepDone,
} from '../nps/sequence.ts';
import { counts } from '../nps/verdict.ts';
import type { Answered } from './answered.ts';
import type { ChangeFacts } from './change-facts.ts';
import type { NewItem, ResponseChange, ResponseRecord } from './ports.ts';
import { offersNow } from './proposed.ts';
import type { Routing } from './route.ts';
import { type CarriedOut, type Circumstances, carriedOut } from './take-step.ts';
import { NOTHING_UNDER_WAY } from './under-way.ts';

/** What follows an answer now: where it stands, and the mail, Tasks and notification that are due. */
export interface NextStep
  extends Pick<ResponseChange, 'course' | 'tasks' | 'notice' | 'asks' | 'firstFollowUpAt' | 'addsStepDone'> {
  mails: NewItem<'mail'>[];
  /** What is to be decided by the survey's own rules. */
  events: NewItem<'event'>[];
  /** A step was done and the one after it is due, too, as after an outage: it does not wait for the next tick. */
  hasMoreDue: boolean;
}

/**
 * Takes the step that is due, if one is, and the reminder or escalation beside it. A mail's step is done when its
 * receipt says so, and until then the same mail is asked for again, which the outbox knows by its key; a Task and a
 * notification are committed with their step.
 *
 * A response carries one notification at a time: where a rule has one, a step that notifies waits for the next look.
 */
export function followUp(
  answered: Answered,
  counted: readonly CountedAnswer[],
  facts: ChangeFacts,
  { followUpDue, notice }: Pick<Routing, 'followUpDue' | 'notice'>,
): NextStep {
  const { response, before, isTest } = answered;
  const firstFollowUpAt = before ? (before.firstFollowUpAt ?? actedSince(response.respondedAt, before, facts)) : null;
  const nothing: NextStep = {
    course: before?.course ?? NOT_BEGUN,
    mails: [],
    events: [],
    tasks: [],
    notice,
    asks: null,
    firstFollowUpAt,
    addsStepDone: false,
    hasMoreDue: false,
  };
  const sequence = sequenceFor(answered, facts);
  if (isTest || !sequence) return nothing;
  const standing = {
    score: response.score,
    segment: response.segment,
    counts: counts(response.verdict),
    void: response.verdict === 'Void',
    answeredAt: response.correctedAt ?? response.respondedAt,
  };
  const happened = happenedSince(answered, counted, facts, firstFollowUpAt);
  const zone = answered.csm?.timeZone ?? 'UTC';
  const times = { followUpDue, zone, calendar: facts.calendar };

  const { untold } = facts.underWay.get(answered.key) ?? NOTHING_UNDER_WAY;
  const told = withStepsDone(nothing.course, untold, facts.now);
  const { course, step } = courseAfter(told, standing, happened, sequence, facts.now);
  // Whoever cannot see whether somebody has acted accuses nobody of not having.
  const isBlind = facts.accountEvents === null;
  const escalation = escalationAfter(course, standing, happened, sequence.escalation, times, facts.now);
  const waits = isBlind || (notice !== null && escalation.step?.action === 'Notify');
  const due = [step, waits ? null : escalation.step].filter((one) => one !== null);
  const around = { answered, counted, facts, followUpDue };
  const effects = due.map((one) => carriedOut(one, around));
  const done = effects.flatMap(({ isDone }, place) => (isDone ? [due[place]?.name ?? ''] : []));
  const after = withStepsDone(course, done, facts.now);
  const { course: then } = courseAfter(after, standing, happened, sequence, facts.now);
  const { next: nextEscalation } = escalationAfter(then, standing, happened, sequence.escalation, times, facts.now);
  const goesOn = (one: SequenceStep | null, due: Date | null) =>
    one !== null && done.includes(one.name) && due !== null && due <= facts.now;
  const mails = effects.flatMap((effect) => effect.mails);
  const isStuck = step !== null && effects[0] !== undefined && cameToNothing(effects[0]);
  return {
    course: { ...(isStuck ? putOff(then, facts.now) : then), nextEscalation },
    mails,
    events: effects.flatMap(({ events }) => events),
    tasks: [
      ...effects.flatMap(({ tasks }) => tasks),
      // Those that a follow-up or a Void closed gave their keys back, and are not missed.
      ...(standing.counts && !happened.followedUp ? refusedTasks(nothing.course, sequence, around) : []),
    ],
    notice: notice ?? effects.map((effect) => effect.notice).find((one) => one !== null) ?? null,
    asks: asksChosen(mails, before?.advocacy ?? NO_ASKS, facts.now),
    firstFollowUpAt,
    addsStepDone: done.length + untold.length > 0,
    hasMoreDue: goesOn(step, then.next?.due ?? null) || goesOn(escalation.step, nextEscalation),
  };
}

/** The Tasks of steps that were taken and that Salesforce refused then: they are made with the next look that succeeds. */
function refusedTasks({ done }: Course, { steps, escalation }: Sequence, around: Circumstances): NextStep['tasks'] {
  const { before } = around.answered;
  if (!before?.isIncomplete) return [];
  const taken = [...steps, ...escalation.steps].filter(({ name }) => done.some(({ step }) => step === name));
  return taken
    .filter(({ action }) => action === 'Task' || action === 'Escalate')
    .flatMap((step) => carriedOut(step, around).tasks)
    .filter(({ NPS_Task_Key__c }) => !around.facts.taskKeys.has(NPS_Task_Key__c));
}

function cameToNothing({ isDone, mails, events }: CarriedOut): boolean {
  return !isDone && mails.length === 0 && events.length === 0;
}

/** The log of asks with what these mails ask for; null when they ask for nothing new. */
function asksChosen(mails: readonly NewItem<'mail'>[], { log }: Advocacy, at: Date): AskEntry[] | null {
  const asks = mails.flatMap(({ payload }) => ('ask' in payload && payload.ask ? [payload.ask] : []));
  const chosen = asks.filter((ask) => !log.some((entry) => entry.ask === ask));
  return chosen.length > 0 ? [...log, ...chosen.map((ask): AskEntry => ({ ask, what: 'chosen', at }))] : null;
}

function withStepsDone(course: Course, steps: readonly string[], at: Date): Course {
  return steps.reduce((sofar, name) => withStepDone(sofar, name, at), course);
}

/** What follows a segment's answers. An episode is asked about once more, not for ever. */
function sequenceFor({ response, survey }: Answered, { sequences }: ChangeFacts): Sequence | undefined {
  const sequence = sequences.get(response.segment);
  if (!sequence || !survey?.recovery) return sequence;
  return { ...sequence, steps: sequence.steps.filter(({ action }) => action !== 'Re-Survey') };
}

/** When somebody first acted on a response since a moment. */
function actedSince(since: Date, response: ResponseRecord, { acts }: ChangeFacts): Date | null {
  return firstFollowUp(response, since, acts);
}

function happenedSince(
  { key, response, before, survey, contactId, account, csm }: Answered,
  counted: readonly CountedAnswer[],
  facts: ChangeFacts,
  firstFollowUpAt: Date | null,
): Happened {
  const { accountEvents, contacts, now } = facts;
  const answeredAgain = counted.some(
    (other) =>
      contactId !== null &&
      other.key !== key &&
      other.contactId === contactId &&
      other.respondedAt > response.respondedAt,
  );
  const unreachable = !survey?.contact?.email;
  const since = before?.course.startedAt;
  const ownerIsCsm = account.owner === null || account.owner.id === csm?.id;
  const offers = offersNow(before, account.id, facts);
  const { steps: underWay, reSurvey } = facts.underWay.get(key) ?? NOTHING_UNDER_WAY;
  if (!before || !since) return { ...NOTHING_HAPPENED, ...offers, ownerIsCsm, unreachable, answeredAgain };
  const contact = contacts.get(contactId ?? '');
  const events = accountEvents?.get(account.id);
  const isSince = (at: Date | null | undefined) => at != null && at > since;
  return {
    paused: before.paused || accountEvents === null,
    replied: before.repliedAt !== null,
    actionsTaken: before.actionsTaken !== '',
    resolved: before.resolved,
    // An answer that was corrected from bad to good and back asks for somebody once more.
    followedUp: isSince(firstFollowUpAt) || actedSince(since, before, facts) !== null,
    ownerIsCsm,
    optedOut: contact?.optedOut ?? false,
    bounced: contact?.bounced ?? false,
    newCase: isSince(events?.caseAt),
    lostOpportunity: events?.lostOn != null && events.lostOn >= utcDate(since) && events.lostOn <= utcDate(now),
    ...offers,
    unreachable,
    answeredAgain,
    underWay,
    reSurveyRefused: reSurvey === 'dead',
  };
}
