import type { AccountChange, ResponseChange, WriteOutcome } from '../loop/ports.ts';
import { joinedText } from '../nps/joined-tasks.ts';
import { numberFields, REPORTED_REVENUE } from './accounts.ts';
import { logLines } from './advocacy-state.ts';
import type { Calls } from './calls.ts';
import type { Graph, Node } from './graphs.ts';
import { answerFields } from './requests.ts';
import { riskFields } from './risk-signs.ts';
import { courseFields, doneLines } from './sequence-state.ts';

/** One account's change on its way, with the nodes that had to be left out so far and why. */
interface Attempt {
  change: AccountChange;
  without: ReadonlyMap<string, string>;
}

/**
 * Writes each account's answers in one graph: responses, surveys, the account's numbers, contacts and Tasks. What
 * fails for good at a node other than a response is written again without that node, the reason kept in
 * `Write_Error__c`: a customer's validation rule never costs the response or the detractor's Task.
 */
export async function writeAnswers(calls: Calls, changes: readonly AccountChange[]): Promise<WriteOutcome[]> {
  return writeAttempts(
    calls,
    changes.map((change) => ({ change, without: new Map() })),
  );
}

async function writeAttempts(calls: Calls, attempts: readonly Attempt[]): Promise<WriteOutcome[]> {
  if (attempts.length === 0) return [];
  const results = await calls.write(attempts.map(graphOf));
  const outcomes: WriteOutcome[] = [];
  const again: { attempt: Attempt; place: number }[] = [];
  for (const [place, attempt] of attempts.entries()) {
    const result = results[place];
    if (!result || result.written) {
      outcomes[place] = { written: true, ...(attempt.without.size > 0 && { without: sentence(attempt.without) }) };
    } else if (result.error.transient || !canDoWithout(result.ref, attempt)) {
      outcomes[place] = {
        written: false,
        transient: result.error.transient,
        reason: `${result.ref}: ${result.error.message}`,
      };
    } else {
      const without = new Map([...attempt.without, [result.ref, result.error.message]]);
      again.push({ attempt: { change: attempt.change, without }, place });
    }
  }
  const later = await writeAttempts(
    calls,
    again.map(({ attempt }) => attempt),
  );
  for (const [index, { place }] of again.entries()) {
    const outcome = later[index];
    if (outcome) outcomes[place] = outcome;
  }
  return outcomes;
}

function canDoWithout(ref: string, { without }: Attempt): boolean {
  return ref !== '' && !ref.startsWith('response') && !without.has(ref);
}

const ERROR_LIMIT = 255;

function sentence(without: ReadonlyMap<string, string>): string {
  const parts = [...without].map(([ref, reason]) => `${ref.replace(/[\d_]+$/, '')} was not written: ${reason}`);
  return parts.join(' ').slice(0, ERROR_LIMIT);
}

function graphOf({ change, without }: Attempt): Graph {
  const writeError = without.size > 0 ? sentence(without) : null;
  const nodes: Node[] = change.responses.flatMap((response, index) =>
    responseNodes(response, index, change.accountId, writeError),
  );
  if (change.numbers || change.risk || change.revenue !== undefined) {
    nodes.push({
      ref: 'account',
      method: 'PATCH',
      row: `Account/${change.accountId}`,
      fields: {
        ...(change.numbers && numberFields(change.numbers)),
        ...(change.risk && riskFields(change.risk)),
        ...(change.revenue !== undefined && { [REPORTED_REVENUE]: change.revenue }),
      },
    });
  }
  for (const [index, { id, score, segment, respondedAt }] of change.contacts.entries()) {
    nodes.push({
      ref: `contact${index}`,
      method: 'PATCH',
      row: `Contact/${id}`,
      fields: {
        NPS_Score__c: score,
        NPS_Segment__c: segment,
        NPS_Last_Response_Date__c: respondedAt?.toISOString() ?? null,
      },
    });
  }
  for (const [index, { surveyKey, contactId, ownerId, ...fields }] of change.replies.entries()) {
    const response = change.responses.findIndex(({ key }) => key === surveyKey);
    nodes.push({
      ref: `reply${index}`,
      method: 'POST',
      row: 'Task',
      fields: {
        ...fields,
        ...(ownerId && { OwnerId: ownerId }),
        WhatId: change.accountId,
        ...(contactId && { WhoId: contactId }),
        ...(response >= 0 && { NPS_Response__c: `@{response${response}.id}` }),
      },
    });
  }
  return nodes.filter(({ ref }) => !without.has(ref));
}

function requestFields({ paused, ...answer }: NonNullable<ResponseChange['request']>): Record<string, unknown> {
  return { Sequence_Paused__c: paused, ...answerFields(answer) };
}

/** A survey whose answer is void arrived, and nobody has answered it: response rates count answers that count. */
const NOT_ANSWERED = 'Delivered';

function responseNodes(change: ResponseChange, index: number, accountId: string, writeError: string | null): Node[] {
  const {
    key,
    response,
    repliedAt,
    survey,
    contactId,
    csmId,
    trigger,
    revenue,
    followUpDue,
    joined,
    themes,
    sentiment,
    tasks,
    course,
    addsStepDone,
    request,
    notice,
    asks,
    firstFollowUpAt,
    recoveryOf,
  } = change;
  const nodes: Node[] = [
    {
      ref: `response${index}`,
      method: 'PATCH',
      row: `NPS_Response__c/Response_Key__c/${key}`,
      fields: {
        Account__c: accountId,
        Survey__c: survey?.id ?? null,
        Contact__c: contactId,
        CSM__c: csmId,
        Trigger__c: trigger,
        Recurring_Revenue__c: revenue,
        ...(recoveryOf !== undefined && { Is_Recovery__c: recoveryOf !== null, Recovery_Of__c: recoveryOf }),
        Score__c: response.score,
        Segment__c: response.segment,
        Verdict__c: response.verdict,
        Verdict_Reason__c: response.verdictReason,
        Verbatim__c: response.verbatim === '' ? null : response.verbatim,
        Theme__c: themes,
        Sentiment__c: sentiment,
        Responded_At__c: response.respondedAt.toISOString(),
        Corrected_At__c: response.correctedAt?.toISOString() ?? null,
        Previous_Score__c: response.previousScore,
        Follow_Up_Due__c: followUpDue?.toISOString() ?? null,
        Joined_Tasks__c: joinedText(joined),
        // A person may have said so meanwhile.
        ...(firstFollowUpAt && { First_Follow_Up_At__c: firstFollowUpAt.toISOString() }),
        ...(repliedAt && { Customer_Replied_At__c: repliedAt.toISOString() }),
        ...courseFields(course),
        ...(notice && noticeFields(notice)),
        ...(asks && { Advocacy_Log__c: logLines(asks) }),
        // Receipts of mails add their steps on their own; what they wrote meanwhile must stand.
        ...(addsStepDone && { Steps_Done__c: doneLines(course.done) }),
        ...(request && requestFields(request)),
        Write_Error__c: writeError,
      },
    },
  ];
  const status = survey?.answered ? 'Responded' : response.verdict === 'Void' ? NOT_ANSWERED : null;
  if (survey && status)
    nodes.push({
      ref: `survey${index}`,
      method: 'PATCH',
      row: `NPS_Survey__c/${survey.id}`,
      fields: { Status__c: status },
    });
  for (const [place, { ownerId, ...fields }] of tasks.entries()) {
    nodes.push({
      ref: `task${index}_${place}`,
      method: 'POST',
      row: 'Task',
      fields: {
        ...fields,
        ...(ownerId && { OwnerId: ownerId }),
        WhatId: accountId,
        ...(contactId && { WhoId: contactId }),
        NPS_Response__c: `@{response${index}.id}`,
      },
    });
  }
  return nodes;
}

/** A shipped flow sends what stands here once it changes. */
function noticeFields({ userId, text }: NonNullable<ResponseChange['notice']>): Record<string, string> {
  return { Notify_User__c: userId, Notify_Text__c: text };
}
