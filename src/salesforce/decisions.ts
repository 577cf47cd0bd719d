import type { AccountDecisions, SurveyDecision, TestSurvey, WriteOutcome } from '../loop/ports.ts';
import { RECOVERY } from '../nps/recovery.ts';
import type { Calls } from './calls.ts';
import type { Graph, GraphResult, Node } from './graphs.ts';

/** Commits each account's decisions together with the day it is asked, before any mail leaves. */
export async function writeDecisions(calls: Calls, accounts: readonly AccountDecisions[]): Promise<WriteOutcome[]> {
  const results = await calls.write(accounts.map(graphOf));
  return results.map(outcomeOf);
}

/** Stores the survey of a test, before its mail leaves; whose mail was lost on the way stays as it is. */
export async function writeTestSurvey(calls: Calls, survey: TestSurvey): Promise<WriteOutcome> {
  const { surveyKey, kind, moment, accountId, csmId, language } = survey;
  const fields = {
    ...{
      Is_Test__c: true,
      Kind__c: kind,
      Status__c: 'Queued',
      Account__c: accountId,
      CSM__c: csmId,
      Language__c: language,
    },
    Trigger__c: moment.trigger,
    Source_Id__c: moment.sourceId,
    Anchor_Date__c: moment.anchorDate,
  };
  const row = `NPS_Survey__c/Survey_Key__c/${surveyKey}`;
  const results = await calls.write([[{ ref: 'survey', method: 'PATCH', row, fields }]]);
  const [outcome = { written: true as const }] = results.map(outcomeOf);
  return outcome;
}

/** What became of an account's graph, for the loop. */
export function outcomeOf(result: GraphResult): WriteOutcome {
  if (result.written) return { written: true };
  return { written: false, transient: result.error.transient, reason: `${result.ref}: ${result.error.message}` };
}

function graphOf({ accountId, decisions, contactDates }: AccountDecisions): Graph {
  const nodes: Node[] = decisions.map((decision, index) => ({
    ref: `survey${index}`,
    method: 'PATCH',
    row: `NPS_Survey__c/Survey_Key__c/${decision.surveyKey}`,
    fields: surveyFields(decision),
  }));
  for (const { outcome, contactId } of decisions) {
    if (!('asked' in outcome)) continue;
    nodes.push(dateNode('account', `Account/${accountId}`, outcome.asked.at));
    nodes.push(dateNode('contact', `Contact/${contactId}`, outcome.asked.at));
  }
  for (const [index, { id, lastSurveyedAt }] of contactDates.entries()) {
    nodes.push(dateNode(`contact${index}`, `Contact/${id}`, lastSurveyedAt));
  }
  return nodes;
}

/** The day an account or contact was last asked, as one node of a graph. */
export function dateNode(ref: string, row: string, lastSurveyedAt: Date | null): Node {
  const fields = { NPS_Last_Survey_Date__c: lastSurveyedAt?.toISOString() ?? null };
  return { ref, method: 'PATCH', row, fields };
}

const REASON_LIMIT = 255;

function surveyFields(decision: SurveyDecision) {
  const { kind, moment, accountId, contactId, csmId, language, outcome, recovery, resendAskedAt } = decision;
  const refused = outcome.status === 'Queued' ? null : outcome;
  const asked = 'asked' in outcome ? outcome.asked : null;
  return {
    Kind__c: kind,
    Renewal_Branch__c: 'branch' in outcome ? outcome.branch : null,
    Account__c: accountId,
    Contact__c: contactId,
    CSM__c: csmId,
    Trigger__c: moment.trigger,
    Source_Id__c: moment.sourceId,
    Anchor_Date__c: moment.anchorDate,
    Language__c: language,
    Status__c: outcome.status,
    Not_Before__c: outcome.status === 'Deferred' ? `${outcome.notBefore}T00:00:00Z` : null,
    Asked_At__c: asked?.at.toISOString() ?? null,
    Account_Asked_Before__c: asked?.accountBefore?.toISOString() ?? null,
    Contact_Asked_Before__c: asked?.contactBefore?.toISOString() ?? null,
    ...(recovery && {
      Occasion__c: RECOVERY,
      Occasion_Reason__c: recovery.reason.slice(0, REASON_LIMIT),
      Recovery_Of__c: recovery.of,
    }),
    // Its first mail is history: what is told from now on is about the next one.
    ...(resendAskedAt && { Resend_Asked_At__c: resendAskedAt.toISOString(), Sent_At__c: null, Delivered_At__c: null }),
    Suppression_Code__c: refused?.code ?? null,
    Suppression_Reason__c: refused?.reason.slice(0, REASON_LIMIT) ?? null,
  };
}
