import { filled, inDays, inMinutes } from 'c/npsWords';
import { actionsOf, courseOf, followUpOf } from './history';
import { labels } from './labels';

const ASKED = ['Sent', 'Delivered', 'Responded', 'Expired', 'Bounced'];
const TO_BE_ASKED = ['Queued', 'Deferred'];

export const ACTION_LABELS = {
  'Log Follow-Up': labels.logFollowUp,
  Resolve: labels.markResolved,
  Pause: labels.pause,
  Resume: labels.resume,
  'It Was a Person': labels.wasAPerson,
  Void: labels.voidAnswer,
};

/** An answer as it is shown at `now`; its actions only to who `mayAct`. */
export function answerItem(answer, now, mayAct) {
  return {
    ...answer,
    isAnswer: true,
    who: whoOf(answer),
    when: inMinutes(answer.at),
    badge: answer.isCounted ? null : answer.verdictLabel,
    look: answer.isCounted ? answer.segment.toLowerCase() : 'uncounted',
    facts: facts(answer, now),
    actions: mayAct ? actionsOf(answer).map((name) => ({ name, label: ACTION_LABELS[name] })) : [],
    actionsLabel: filled(labels.actions, whoOf(answer)),
  };
}

export function invitationItem(invitation) {
  const { notBefore, reason } = invitation;
  return {
    ...invitation,
    who: invitation.contact,
    when: inMinutes(invitation.at),
    look: 'invitation',
    title: titleOf(invitation),
    text: reason ?? (notBefore ? filled(labels.notBefore, inMinutes(notBefore)) : null),
  };
}

function titleOf({ status, isRenewalMail }) {
  if (isRenewalMail) return labels.renewalMail;
  if (ASKED.includes(status)) return labels.asked;
  return TO_BE_ASKED.includes(status) ? labels.toBeAsked : labels.notAsked;
}

/** What is still to be done about these answers, a line each: the follow-up of a person, then the next step. */
export function nextItems(answers, now) {
  return answers.flatMap((answer) => {
    const { id, score, segment, segmentLabel } = answer;
    return [followUpLine(answer, now), courseLine(answer)]
      .filter((line) => line !== null)
      .map((line) => ({ ...line, key: `${id} ${line.icon}`, score, segment, segmentLabel, who: whoOf(answer) }));
  });
}

function followUpLine(answer, now) {
  const state = followUpOf(answer, now);
  if (state === 'overdue')
    return {
      text: filled(labels.followUpOverdue, inMinutes(answer.followUpDue)),
      icon: 'utility:warning',
      variant: 'error',
      look: 'overdue',
    };
  if (state === 'due')
    return { text: filled(labels.followUpDue, inMinutes(answer.followUpDue)), icon: 'utility:clock' };
  return null;
}

function courseLine(answer) {
  const course = courseOf(answer);
  if (course === 'paused') return { text: filled(labels.paused, answer.step), icon: 'utility:pause' };
  if (course === 'next')
    return { text: filled(labels.nextStep, answer.step, inMinutes(answer.stepDue)), icon: 'utility:forward' };
  return null;
}

function facts(answer, now) {
  const course = courseOf(answer);
  const followUp = followUpOf(answer, now);
  const lines = [
    answer.isRecovery && labels.recovery,
    answer.previousScore !== null && filled(labels.corrected, answer.previousScore),
    !answer.isCounted && answer.verdictReason,
    ...answer.stepsDone.map(({ step, at }) => filled(labels.stepDone, step, inMinutes(at))),
    answer.choice !== '' && filled(labels.choice, answer.choice),
    answer.askedAt && filled(labels.askMade, answer.ask, inDays(answer.askedAt)),
    answer.askFollowedAt && filled(labels.askFollowed, answer.ask, inDays(answer.askFollowedAt)),
    answer.isAskDone && filled(labels.askDone, answer.ask),
    followUp === 'done' && filled(labels.followedUp, inMinutes(answer.followedUpAt)),
    course === 'stopped' && filled(labels.stopped, answer.stopReason ?? ''),
    answer.isResolved && labels.resolved,
    answer.request ? filled(labels.onItsWay, answer.requestLabel) : answer.requestResult,
  ];
  return lines.filter(Boolean).map((text, index) => ({ key: `${index}`, text }));
}

function whoOf({ contact }) {
  return contact ?? labels.nobodyKnown;
}

/** The account's numbers, in the order they are read. */
export function figuresOf(account) {
  const trend = { Improving: 'utility:arrowup', Declining: 'utility:arrowdown', Stable: 'utility:forward' };
  return [
    {
      label: labels.latestAnswer,
      score: account.score,
      segment: account.segment,
      segmentLabel: account.segmentLabel,
      value: labels.noValue,
    },
    { label: labels.rollingAverage, value: account.rollingAverage ?? labels.noValue },
    { label: labels.netScore, value: account.netScore ?? labels.noValue },
    { label: labels.trend, value: account.trendLabel ?? labels.noValue, icon: trend[account.trend] },
    { label: labels.answersCounted, value: `${account.count ?? 0}` },
    { label: labels.lastAsked, value: account.lastAsked ? inDays(account.lastAsked) : labels.never },
  ];
}

export function warningsOf(account) {
  return [
    account.isAtRisk && { title: labels.atRisk, text: account.riskReason ?? '' },
    account.optedOut && { title: labels.optedOut, text: '' },
  ].filter(Boolean);
}
