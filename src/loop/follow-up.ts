import { utcDate } from '../nps/days.ts';
import { followUpDue } from '../nps/due.ts';
import { canBeWrittenFrom, type UserFacts } from '../nps/eligibility.ts';
import type { CountedAnswer } from '../nps/numbers.ts';
import type { Response } from '../nps/response.ts';
import type { Sentiment } from '../nps/sentiment.ts';
import {
  type Course,
  courseAfter,
  type Happened,
  NOT_BEGUN,
  NOTHING_HAPPENED,
  type SequenceStep,
  withStepDone,
} from '../nps/sequence.ts';
import type { StepMail } from '../nps/steps/mail.ts';
import { STEP_KINDS } from '../nps/steps/registry.ts';
import type { StepTask } from '../nps/steps/step-kind.ts';
import { counts } from '../nps/verdict.ts';
import type { ChangeFacts } from './account-change.ts';
import { answerTask } from './answer-task.ts';
import { mailItem } from './ask.ts';
import type { AccountRecord, NewItem, ResponseChange, ResponseRecord, SurveyRecord } from './ports.ts';
import type { Fulfilled } from './requests.ts';

export interface Answered {
  key: string;
  response: Response;
  /** The response as Salesforce had it before, if it had one. */
  before: ResponseRecord | undefined;
  trigger: string;
  /** What the comment sounds like; null where nobody can tell. */
  sentiment: Sentiment | null;
  /** A test's answer counts nowhere and starts nothing. */
  isTest: boolean;
  survey: SurveyRecord | undefined;
  /** Whoever the survey went to as it is now, else as the response has it. */
  contactId: string | null;
  account: AccountRecord;
  csm: UserFacts | undefined;
  /** What came of a request on the response; null when there was none. */
  fulfilled: Fulfilled | null;
}

/** What follows an answer now: where its sequence stands, and the mail or Task that is due. */
export interface NextStep {
  course: Course;
  mails: NewItem<'mail'>[];
  tasks: ResponseChange['tasks'];
}

/**
 * Takes the step that is due, if one is. A mail's step is done when its receipt says so, and until then the same mail
 * is asked for again, which the outbox knows by its key; a Task is committed with its step.
 */
export function followUp(answered: Answered, counted: readonly CountedAnswer[], facts: ChangeFacts): NextStep {
  const { response, before, isTest } = answered;
  const nothing = { course: before?.course ?? NOT_BEGUN, mails: [], tasks: [] };
  const sequence = facts.sequences.get(response.segment);
  if (isTest || !sequence) return nothing;
  const standing = {
    ...{ score: response.score, segment: response.segment },
    ...{ counts: counts(response.verdict), void: response.verdict === 'Void' },
    answeredAt: response.correctedAt ?? response.respondedAt,
  };
  const happened = happenedSince(answered, counted, facts);
  const { course, step } = courseAfter(nothing.course, standing, happened, sequence, facts.now);
  if (!step) return { ...nothing, course };
  const effect = STEP_KINDS[step.action].effect(step);
  if ('mail' in effect) return { ...nothing, course, mails: stepMail(step, effect.mail, answered, facts.now) };
  const done = withStepDone(course, step.name, facts.now);
  const { course: then } = courseAfter(done, standing, happened, sequence, facts.now);
  return { course: then, mails: [], tasks: [stepTask(step, effect.task, answered, counted, facts)] };
}

/** The Task of a step, for the CSM. */
function stepTask(
  { name }: SequenceStep,
  { label, priority, hours, because }: StepTask,
  answered: Answered,
  counted: readonly CountedAnswer[],
  { now, calendar }: ChangeFacts,
): ResponseChange['tasks'][number] {
  const { csm } = answered;
  const zone = csm?.timeZone ?? 'UTC';
  const dueAt = followUpDue(now, hours, zone, calendar);
  const purpose = { kind: `step:${name}`, label, priority, zone, dueAt, because: [because] };
  return answerTask(answered, counted, csm?.id ?? null, purpose);
}

function happenedSince(
  { key, response, before, survey, contactId, account }: Answered,
  counted: readonly CountedAnswer[],
  { accountEvents, contacts, now }: ChangeFacts,
): Happened {
  const answeredAgain = counted.some(
    (other) =>
      contactId !== null &&
      other.key !== key &&
      other.contactId === contactId &&
      other.respondedAt > response.respondedAt,
  );
  const unreachable = !survey?.contact?.email;
  const since = before?.course.startedAt;
  if (!before || !since) return { ...NOTHING_HAPPENED, unreachable, answeredAgain };
  const contact = contacts.get(contactId ?? '');
  const events = accountEvents?.get(account.id);
  const isSince = (at: Date | null | undefined) => at != null && at > since;
  return {
    paused: before.paused || accountEvents === null,
    replied: before.repliedAt !== null,
    actionsTaken: before.actionsTaken !== '',
    resolved: before.resolved,
    called: isSince(events?.calledAt),
    optedOut: contact?.optedOut ?? false,
    bounced: contact?.bounced ?? false,
    newCase: isSince(events?.caseAt),
    lostOpportunity: events?.lostOn != null && events.lostOn >= utcDate(since) && events.lostOn <= utcDate(now),
    ...{ unreachable, answeredAgain },
  };
}

/** Nothing while nobody could write it: the step waits. */
export function stepMail(
  { name: step }: SequenceStep,
  template: StepMail,
  { key, response, before, survey, account, csm }: Answered,
  now: Date,
): NewItem<'mail'>[] {
  const contact = survey?.contact;
  if (!survey || !contact?.email || !csm || !canBeWrittenFrom(csm)) return [];
  const order = {
    ...{ template, step },
    surveyKey: key,
    accountId: account.id,
    accountName: account.name,
    trigger: survey.trigger,
    language: survey.language,
    to: { name: contact.name, firstName: contact.firstName, email: contact.email },
    from: { name: csm.name, email: csm.email, phone: csm.phone },
    answer: {
      score: response.score,
      commented: response.verbatim !== '',
      actionsTaken: before?.actionsTaken ?? '',
    },
  };
  return [mailItem(order, now)];
}
