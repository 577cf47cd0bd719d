import { followUpDue } from '../nps/due.ts';
import { canBeWrittenFrom } from '../nps/eligibility.ts';
import type { CountedAnswer } from '../nps/numbers.ts';
import { recoveryMoment, recoveryReason } from '../nps/recovery.ts';
import type { SequenceStep } from '../nps/sequence.ts';
import type { StepMail } from '../nps/steps/mail.ts';
import { STEP_KINDS } from '../nps/steps/registry.ts';
import type { StepNotice, StepTask } from '../nps/steps/step-kind.ts';
import { taskOwner } from '../nps/task-owner.ts';
import { answerTask } from './answer-task.ts';
import type { Answered } from './answered.ts';
import type { ChangeFacts } from './change-facts.ts';
import type { NextStep } from './follow-up.ts';
import { mailItem } from './mail-order.ts';
import { noticeTo } from './notice.ts';
import type { NewItem } from './ports.ts';
import { proposedBy } from './proposed.ts';
import { ownersAround } from './route.ts';
import { recoveryKey } from './under-way.ts';

/** What a step is taken from. */
export interface Circumstances {
  answered: Answered;
  counted: readonly CountedAnswer[];
  facts: ChangeFacts;
  followUpDue: Date | null;
}

/** What taking a step comes to. */
export type CarriedOut = Pick<NextStep, 'mails' | 'events' | 'tasks' | 'notice'> & { isDone: boolean };

/** Does what a step says; it is done with that, unless it waits for a receipt. */
export function carriedOut(step: SequenceStep, around: Circumstances): CarriedOut {
  const effect = STEP_KINDS[step.action].effect(step);
  const nothing = { mails: [], events: [], tasks: [], notice: null, isDone: true };
  if ('mail' in effect) {
    return { ...nothing, mails: stepMail(step, effect.mail, around.answered, around.facts), isDone: false };
  }
  if ('survey' in effect) return { ...nothing, ...reSurveyed(around) };
  if ('task' in effect) return { ...nothing, tasks: [stepTask(step, effect.task, around)] };
  return { ...nothing, notice: stepNotice(effect.notice, around) };
}

/** Done once it was decided, whatever the decision; until then the same event is told again, which the outbox knows by its key. */
function reSurveyed({ answered, facts }: Circumstances): Pick<CarriedOut, 'events' | 'isDone'> {
  const { before, account, contactId, response } = answered;
  if (!before) return { events: [], isDone: false };
  const isDecided = [...facts.surveys.values()].some(({ recovery }) => recovery?.of === before.id);
  // What was decided and is gone was deleted by a person.
  const wasDecided = facts.underWay.get(before.key)?.reSurvey === 'done';
  if (isDecided || wasDecided) return { events: [], isDone: true };
  const { respondedAt, score } = response;
  const reason = recoveryReason(score, respondedAt, before.firstFollowUpAt);
  const key = recoveryKey(before);
  const payload = {
    eventUuid: key,
    moment: recoveryMoment(before.id, respondedAt),
    accountId: account.id,
    contactId: contactId ?? undefined,
    publishedAt: facts.now.toISOString(),
    recovery: { of: before.id, answeredAt: respondedAt.toISOString(), reason },
  };
  return { events: [{ lane: 'event', key, accountId: account.id, payload, dueAt: facts.now }], isDone: false };
}

function stepTask({ name }: SequenceStep, task: StepTask, { answered, counted, facts }: Circumstances) {
  const { recipient, label, priority, hours, because } = task;
  const owner = taskOwner(recipient, null, ownersAround(answered, facts));
  const reasons = [because, ...(owner.reason === null ? [] : [owner.reason])];
  const dueAt = followUpDue(facts.now, hours, owner.zone, facts.calendar);
  const purpose = { kind: `step:${name}`, label, priority, zone: owner.zone, dueAt, because: reasons };
  return answerTask(answered, counted, owner.id, purpose);
}

function stepNotice({ recipient, text }: StepNotice, { answered, facts, followUpDue: until }: Circumstances) {
  return noticeTo(taskOwner(recipient, null, ownersAround(answered, facts)), answered, until, text);
}

/** Nothing while nobody could write it: the step waits. */
export function stepMail(
  { name: step }: SequenceStep,
  template: StepMail,
  { key, response, before, survey, account, csm }: Answered,
  facts: ChangeFacts,
): NewItem<'mail'>[] {
  const contact = survey?.contact;
  if (!survey || !contact?.email || !csm || !canBeWrittenFrom(csm)) return [];
  const order = {
    template,
    step,
    orderedAt: facts.now.toISOString(),
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
    ...proposedBy(template, before, account.id, facts),
  };
  return [mailItem(order, facts.now)];
}
