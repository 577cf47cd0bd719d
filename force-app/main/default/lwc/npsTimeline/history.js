import { isCounted } from 'c/npsAnswers';
import { rowsOf } from 'c/npsGraph';
import { choiceName, stepName, triggerName } from 'c/npsNames';

const STEP_DONE = /^(\S+Z) (.+)$/;

/** The account's answers and invitations as GraphQL gave them, newest first, and whether there are more than these. */
export function readHistory({ NPS_Response__c, NPS_Survey__c }) {
  return {
    answers: rowsOf(NPS_Response__c).map(readAnswer),
    invitations: rowsOf(NPS_Survey__c).map(readInvitation),
    isCut: NPS_Response__c.pageInfo.hasNextPage || NPS_Survey__c.pageInfo.hasNextPage,
  };
}

function readAnswer(row) {
  return {
    kind: 'answer',
    id: row.Id,
    key: row.Response_Key__c,
    at: row.Responded_At__c,
    respondedAt: row.Responded_At__c,
    score: row.Score__c,
    previousScore: row.Previous_Score__c,
    segment: row.Segment__c,
    segmentLabel: row.labels.Segment__c,
    verdict: row.Verdict__c,
    verdictLabel: row.labels.Verdict__c,
    verdictReason: row.Verdict_Reason__c,
    isCounted: isCounted(row.Verdict__c),
    verbatim: row.Verbatim__c,
    contact: row.Contact__r?.Name ?? null,
    contactId: row.Contact__c,
    trigger: triggerName(row.Trigger__c),
    surveyId: row.Survey__c,
    followUpDue: row.Follow_Up_Due__c,
    followedUpAt: row.First_Follow_Up_At__c,
    isResolved: row.Resolved__c === true,
    isRecovery: row.Is_Recovery__c === true,
    choice: choiceName(row.Choice__c),
    ask: row.labels.Advocacy_Ask__c,
    askedAt: row.Advocacy_Asked_At__c,
    askFollowedAt: row.Advocacy_Clicked_At__c,
    isAskDone: row.Advocacy_Completed__c === true,
    hasSequence: row.Sequence__c !== null,
    step: stepName(row.Current_Step__c),
    stepDue: row.Next_Step_Due__c,
    isPaused: row.Sequence_Paused__c === true,
    isStopped: row.Sequence_Stopped__c === true,
    stopReason: row.Sequence_Stop_Reason__c,
    stepsDone: stepsDone(row.Steps_Done__c),
    request: row.Request__c,
    requestLabel: row.labels.Request__c,
    requestResult: row.Request_Result__c,
  };
}

function readInvitation(row) {
  return {
    kind: 'invitation',
    id: row.Id,
    at: row.Sent_At__c ?? row.CreatedDate,
    status: row.Status__c,
    statusLabel: row.labels.Status__c,
    isRenewalMail: row.Kind__c === 'Renewal Mail',
    trigger: triggerName(row.Trigger__c),
    contact: row.Contact__r?.Name ?? null,
    notBefore: row.Not_Before__c,
    reason: row.Suppression_Reason__c,
  };
}

function stepsDone(lines) {
  return (lines ?? '').split(/\r?\n/).flatMap((line) => {
    const [, at, step] = STEP_DONE.exec(line.trim()) ?? [];
    return at ? [{ key: step, at, step: stepName(step) }] : [];
  });
}

/** Answers and invitations as one story, newest first; an invitation that was answered is told by its answer. */
export function storyOf({ answers, invitations }) {
  const answered = new Set(answers.map(({ surveyId }) => surveyId));
  return [...answers, ...invitations.filter(({ id }) => !answered.has(id))].toSorted(
    (one, other) => Date.parse(other.at) - Date.parse(one.at),
  );
}

/** What the sequence of an answer does next: it is `none`, `stopped`, `paused`, `next` (with its step) or `done`. */
export function courseOf(answer) {
  if (!answer.hasSequence) return 'none';
  if (answer.isStopped) return 'stopped';
  if (answer.isPaused) return 'paused';
  return answer.step === '' ? 'done' : 'next';
}

/** How the follow-up of an answer stands at `now`: `none` is due, `done`, `overdue` or `due`. */
export function followUpOf({ followUpDue, followedUpAt, verdict }, now) {
  if (followedUpAt) return 'done';
  if (!followUpDue || verdict === 'Void') return 'none';
  return Date.parse(followUpDue) < now ? 'overdue' : 'due';
}

/** What a person may ask for about this answer; nothing while a request is on its way. */
export function actionsOf(answer) {
  if (answer.request) return [];
  const course = courseOf(answer);
  const isVoid = answer.verdict === 'Void';
  const may = {
    'Log Follow-Up': !isVoid,
    Resolve: answer.isCounted && answer.segment !== 'Promoter' && !answer.isResolved,
    Pause: course === 'next',
    Resume: course === 'paused',
    'It Was a Person': !answer.isCounted,
    Void: !isVoid,
  };
  return Object.keys(may).filter((action) => may[action]);
}
