import type {
  AccountChange,
  AccountDecisions,
  Org,
  OutcomeMark,
  Receipt,
  SurveyDecision,
  Trigger,
} from '../../src/loop/ports.ts';
import type { MailEventKind } from '../../src/nps/delivery.ts';
import type { TriggerKind } from '../../src/nps/eligibility.ts';
import type { HealthKind, HealthRow, HealthState } from '../../src/nps/health.ts';
import { metricRows } from '../../src/nps/metrics.ts';
import type { Trend } from '../../src/nps/numbers.ts';
import type { RenewalBranch } from '../../src/nps/renewal.ts';
import { replyTask } from '../../src/nps/reply-task.ts';
import type { RoutingRule, TaskPriority } from '../../src/nps/routing.ts';
import type { Segment } from '../../src/nps/score.ts';
import type { Sentiment } from '../../src/nps/sentiment.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/nps/settings.ts';
import type { Verdict } from '../../src/nps/verdict.ts';
import { accountReads, shapeOf } from '../../src/salesforce/accounts.ts';
import { answerReads } from '../../src/salesforce/answers.ts';
import { boardFacts } from '../../src/salesforce/board.ts';
import type { Calls, Row, RowChange } from '../../src/salesforce/calls.ts';
import { memberships } from '../../src/salesforce/campaigns.ts';
import { readCompany } from '../../src/salesforce/company.ts';
import { giveDatesBack } from '../../src/salesforce/dates-back.ts';
import { writeDecisions, writeTestSurvey } from '../../src/salesforce/decisions.ts';
import { dueMoments, stampUsageCrossings, usageCrossings } from '../../src/salesforce/due-moments.ts';
import { storeFile } from '../../src/salesforce/files.ts';
import type { Node } from '../../src/salesforce/graphs.ts';
import { healthFacts, writeHealth } from '../../src/salesforce/health.ts';
import { surveyHistory } from '../../src/salesforce/history.ts';
import { followedAnswers, writeMetrics } from '../../src/salesforce/metrics.ts';
import {
  departureFacts,
  detractorAnswers,
  missingRevenues,
  writeOutcomes,
  wrongRenewals,
} from '../../src/salesforce/outcomes.ts';
import { askTheOrg } from '../../src/salesforce/probes.ts';
import { writeReceipts } from '../../src/salesforce/receipts.ts';
import { answerResend, openRequests, requestOnContact, requestsOn } from '../../src/salesforce/requests.ts';
import { deleteSuppressed } from '../../src/salesforce/retention.ts';
import { routingRuleOf } from '../../src/salesforce/routing-rules.ts';
import { readSetup, readTriggerTexts } from '../../src/salesforce/setup.ts';
import { subjectHistory } from '../../src/salesforce/subjects.ts';
import { surveyReads } from '../../src/salesforce/surveys.ts';
import { triggerOf } from '../../src/salesforce/triggers.ts';
import { writeAnswers } from '../../src/salesforce/write-back.ts';
import type { Demand, Service } from '../../src/sandbox/metadata/rule.ts';
import { readMetadataRecords } from '../../src/sandbox/org/schema/metadata-records.ts';

import { projectFiles } from './project-files.ts';

/** The permission set of the service's user. */
const permissionSet = 'NPS_Integration';

const ACCOUNT = '001000000000001AAA';
const KEY = 'ab12';
const NOON = new Date('2027-01-01T12:00:00Z');

/**
 * Everything the service asks of an org, found by making every call of its `Org` port against an org that writes down
 * what it is asked and answers with one row of everything.
 */
export async function serviceDemands(): Promise<Service> {
  const soql = new Set<string>();
  const demands: Demand[] = ['NPS_Lifecycle__e', 'NPS_Command__e'].map((object) => ({
    ...{ permissionSet, object, access: 'read' },
  }));
  const calls = listening(soql, demands);
  const shape = await shapeOf(calls, 'https://org.example');
  const accounts = accountReads(calls, shape);
  // AccountTeamMember is asked for only where the org has it, and granted there by hand.
  const answers = answerReads(calls, accounts, shape);
  const surveys = surveyReads(calls);
  const setup = async () => readSetup(calls, await readTriggerTexts(calls));
  const triggers = shippedTriggers();
  const every: Record<keyof Org, () => Promise<unknown>> = {
    organization: () => readCompany(calls),
    triggers: setup,
    routingRules: setup,
    settings: () => askTheOrg(calls, triggers, ROUTING_RULES, SETTINGS),
    sequences: setup,
    offerings: setup,
    quarantineMinutes: setup,
    calendar: () => readCompany(calls),
    dueMoments: () =>
      Promise.all(triggers.map((trigger) => trigger.source && dueMoments(calls, trigger, trigger.source, DATES))),
    stampUsageCrossings: () => stampUsageCrossings(calls, 1000, DATES.to),
    usageCrossings: () =>
      Promise.all(
        triggers.map((trigger) => trigger.source && usageCrossings(calls, trigger, trigger.source, DATES.to)),
      ),
    accountFacts: () => accounts.facts([ACCOUNT], SETTINGS),
    surveys: () => surveys.surveys([KEY], undefined, SETTINGS),
    answerFacts: () => answers.answerFacts({ surveyKeys: [KEY], accountIds: [ACCOUNT] }, SETTINGS, ROUTING_RULES),
    answersAtHand: () => answers.answersAtHand([KEY]),
    memberships: () => memberships(calls, [ACCOUNT], DATES),
    surveyHistory: () => surveyHistory(calls, NOON, NOON),
    subjectHistory: () => subjectHistory(calls, NOON, NOON),
    boardFacts: () => boardFacts(calls, NOON, NOON, SETTINGS.revenueField),
    storeFile: () => storeFile(calls, FILE),
    queuedSurveys: () => surveys.queuedSurveys(NOON),
    surveysToGiveBack: () => surveys.surveysToGiveBack(),
    giveDatesBack: () => giveDatesBack(calls, [KEY]),
    deleteSuppressed: () => deleteSuppressed(calls, NOON),
    deferredMoments: () => surveys.deferredMoments(NOON),
    provisionalResponses: () => answers.provisionalResponses(NOON),
    dueSteps: () => answers.dueSteps(NOON),
    requestsOn: () => requestsOn(calls, [ACCOUNT]),
    openRequests: () => openRequests(calls, NOON),
    resendRequest: async () => [await requestOnContact(calls, KEY), await surveys.lastInvitation(KEY, SETTINGS)],
    answerResend: () => answerResend(calls, KEY, { askedAt: NOON, result: '' }),
    unnoticedFollowUps: () => answers.unnoticedFollowUps(NOON),
    incompleteResponses: () => answers.incompleteResponses(),
    accountsWithResponses: () => answers.accountsWithResponses(),
    writeDecisions: () => writeDecisions(calls, DECISIONS),
    writeTestSurvey: () =>
      writeTestSurvey(calls, {
        surveyKey: KEY,
        kind: 'Survey',
        moment,
        accountId: ACCOUNT,
        csmId: null,
        language: 'en',
      }),
    writeAnswers: () => writeAnswers(calls, CHANGES),
    // Each by itself: what is told of one row in one call is told together.
    writeReceipts: () =>
      Promise.all(RECEIPTS.map((receipt) => writeReceipts(calls, [receipt], { now: NOON, logsMails: true }))),
    wrongRenewals: () => wrongRenewals(calls, SETTINGS),
    departureFacts: () => departureFacts(calls, SETTINGS),
    detractorAnswers: () => detractorAnswers(calls, NOON),
    missingRevenues: () => missingRevenues(calls, SETTINGS),
    writeOutcomes: () => writeOutcomes(calls, MARKS),
    followedAnswers: () => followedAnswers(calls, NOON),
    writeMetrics: () => writeMetrics(calls, metricRows([], SETTINGS.targets, NOON), { at: NOON, windowDays: 365 }),
    healthFacts: () => healthFacts(calls),
    writeHealth: () => writeHealth(calls, HEALTH, NOON),
  };
  for (const call of Object.values(every)) await call();
  return { demands, queries: [...soql].map((query) => ({ permissionSet, soql: query, file: 'src/salesforce' })) };
}

function listening(soql: Set<string>, demands: Demand[]): Calls {
  const demand = (object: string, access: Demand['access'], more: Pick<Demand, 'field' | 'value'> = {}) =>
    demands.push({ permissionSet, object, access, ...more });
  const written = (object: string, fields: Record<string, unknown>) => {
    for (const [field, value] of Object.entries(fields))
      demand(object, 'edit', { field, ...(typeof value === 'string' && { value }) });
  };
  return {
    async select<Q extends Record<string, string | null>>(queries: Q) {
      for (const query of Object.values(queries)) if (query !== null) soql.add(query);
      const rows: [string, Row[]][] = Object.keys(queries).map((name) => [name, [{ ...ANY_ROW, Id: name }]]);
      return Object.fromEntries(rows) as Record<keyof Q, Row[]>;
    },
    async probe(queries) {
      for (const query of queries) soql.add(query);
      return queries.map(() => null);
    },
    async create(object, fields) {
      demand(object, 'create');
      written(object, fields);
      return KEY;
    },
    async write(graphs) {
      for (const { method, row, fields } of graphs.flat() as Node[]) {
        const [object = '', key = '', value] = row.split('/');
        if (method === 'POST' || value !== undefined) demand(object, 'create');
        if (method === 'PATCH') demand(object, 'edit');
        if (value !== undefined) demand(object, 'match', { field: key });
        written(object, fields);
      }
      return graphs.map(() => ({ written: true }));
    },
    async update(changes: readonly RowChange[]) {
      for (const { sobject, fields } of changes) {
        demand(sobject, 'edit');
        written(sobject, fields);
      }
      return changes.map(() => ({ written: true }));
    },
    async remove() {
      // What is deleted was read by the query just before, and only surveys ever are.
      demand('NPS_Survey__c', 'delete');
      return [];
    },
    async visibleFields(object) {
      if (object === 'AccountTeamMember') return new Map();
      demand(object, 'read');
      return new Map([['hasoptedoutofemail', 'boolean']]);
    },
  };
}

/** The triggers as they ship: what their records read, the service must be granted. */
function shippedTriggers(): Trigger[] {
  const records = readMetadataRecords(projectFiles()).filter(({ type }) => type === 'NPS_Trigger__mdt');
  return records.map(({ developerName, fields }) => triggerOf({ DeveloperName: developerName, ...fields }));
}

/** Everything set that adds a query, so that its query is asked. */
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  // What a condition may name without a further grant.
  programmeCondition: "AnnualRevenue > 0 AND Industry != null AND Type != 'Prospect'",
  fallbackOwner: 'fallback@example.com',
  fallingUsageCondition: 'NPS_Usage__c < 1',
};

/** One rule for each kind of owner that is looked up, and one with a condition. */
const ROUTING_RULES: RoutingRule[] = [
  { DeveloperName: 'Named', Owner__c: 'User', Owner_Name__c: 'product@example.com' },
  { DeveloperName: 'Queued', Owner__c: 'Queue', Owner_Name__c: 'Product', Account_Condition__c: 'AnnualRevenue > 0' },
].map((row) => routingRuleOf({ ...row, Active__c: true, Label__c: 'call' }));

const FILE = { healthKey: KEY, title: 'Summary', name: 'summary.pdf', content: new Uint8Array(), reason: '' };

const DATES = { from: '2027-01-01', to: '2027-01-08' };

/** Has a value wherever the service looks for one, so that every path of its writes is taken. */
const ANY_ROW: Row = {
  Survey_Key__c: KEY,
  Response_Key__c: KEY,
  Contact__c: '003000000000001AAA',
  Account__c: '001000000000002AAA',
  Status__c: 'Queued',
  Score__c: 3,
  // In a sequence, so that what tells against going on with it is asked for, too.
  Sequence__c: 'Detractor',
  Next_Step_Due__c: NOON.toISOString(),
  Responded_At__c: NOON.toISOString(),
  Asked_At__c: NOON.toISOString(),
  since: NOON.toISOString(),
  Account__r: { NPS_Last_Survey_Date__c: NOON.toISOString() },
  Contact__r: { NPS_Last_Survey_Date__c: NOON.toISOString() },
};

const each = <Name extends string>(names: Record<Name, true>): Name[] => Object.keys(names) as Name[];

const moment = { trigger: 'First_Value', sourceId: ACCOUNT, anchorDate: '2027-01-01' };
const CONTACT = '003000000000001AAA';

// As records, so that a new value cannot be forgotten here.
const TRIGGER_KINDS: Record<TriggerKind, true> = { Survey: true, 'Renewal Mail': true };
const BRANCHES: Record<RenewalBranch, true> = {
  Accomplishments: true,
  'Check-In': true,
  'Issue Acknowledgment': true,
  Neutral: true,
};
const OUTCOMES: SurveyDecision['outcome'][] = [
  { status: 'Queued', asked: { at: NOON, accountBefore: NOON, contactBefore: NOON } },
  ...each(BRANCHES).map((branch) => ({ status: 'Queued' as const, branch })),
  { status: 'Suppressed', code: 'NOT_WRITABLE', reason: '' },
  { status: 'Failed', code: 'NOT_WRITABLE', reason: '' },
];

const recovery = { of: 'a02000000000001AAA', answeredAt: NOON, reason: '' };
const DECISIONS: AccountDecisions[] = OUTCOMES.map((outcome) => ({
  accountId: ACCOUNT,
  contactDates: [{ id: CONTACT, lastSurveyedAt: NOON }],
  decisions: each(TRIGGER_KINDS).map((kind) => {
    const people = { accountId: ACCOUNT, contactId: CONTACT, csmId: null };
    return { surveyKey: KEY, kind, moment, ...people, language: 'en', recovery, resendAskedAt: NOON, outcome };
  }),
}));

const SEGMENTS: Record<Segment, true> = { Promoter: true, Passive: true, Detractor: true };
const TRENDS: Record<Trend, true> = { Improving: true, Stable: true, Declining: true, 'Not enough data': true };
const VERDICTS: Record<Verdict, true> = {
  Provisional: true,
  Unresolved: true,
  Accepted: true,
  Confirmed: true,
  Void: true,
};
const PRIORITIES: Record<TaskPriority, true> = { High: true, Normal: true, Low: true };
const KINDS: Record<HealthKind, true> = {
  Heartbeat: true,
  Trigger: true,
  'Routing Rule': true,
  Sequence: true,
  Settings: true,
  Flow: true,
  'Dead Letters': true,
  'Write Errors': true,
  'Board Summary': true,
};
const STATES: Record<HealthState, true> = { OK: true, Warning: true, Disabled: true };
const MAIL_EVENTS: Record<MailEventKind, true> = {
  delivered: true,
  bounced: true,
  blocked: true,
  dropped: true,
  'spam-report': true,
  unsubscribed: true,
};
const SENTIMENTS: Record<Sentiment, true> = { Positive: true, Neutral: true, Negative: true };

const REPLY = replyTask({
  ...{ id: KEY, from: 'ann@acme.example', subject: 'Re: Hello', fullText: 'Hello', attachments: [] },
  date: '2027-01-02',
});

const CHANGES: AccountChange[] = each(SEGMENTS).flatMap((segment) =>
  each(TRENDS).flatMap((trend) => each(VERDICTS).map((verdict) => change(segment, trend, verdict))),
);

function change(segment: Segment, trend: Trend, verdict: Verdict): AccountChange {
  return {
    accountId: ACCOUNT,
    numbers: { score: 3, segment, rollingAverage: 3, netScore: -100, trend, responseCount: 1, lastResponseAt: NOON },
    risk: { atRisk: true, reason: 'At risk.' },
    revenue: 1,
    contacts: [{ id: CONTACT, score: 3, segment, respondedAt: NOON }],
    replies: [{ ...REPLY, surveyKey: KEY, contactId: CONTACT, ownerId: '005000000000001AAA' }],
    responses: each(SENTIMENTS).map((sentiment) => ({
      key: KEY,
      response: {
        score: 3,
        segment,
        verdict,
        verdictReason: '',
        verbatim: 'late',
        respondedAt: NOON,
        correctedAt: null,
        previousScore: null,
      },
      survey: { id: 'a01000000000001AAA', answered: true },
      contactId: CONTACT,
      csmId: null,
      trigger: 'First_Value',
      revenue: 1,
      followUpDue: NOON,
      joined: [{ kind: 'Call', due: '2027-01-02', priority: 'High' as const }],
      themes: 'Support',
      sentiment,
      repliedAt: NOON,
      tasks: each(PRIORITIES).map((priority) => ({
        NPS_Task_Key__c: KEY,
        NPS_Kind__c: 'Call',
        Subject: '',
        Description: '',
        Priority: priority,
        ActivityDate: '2027-01-02',
        IsReminderSet: true,
        ReminderDateTime: NOON.toISOString(),
        ownerId: '005000000000001AAA',
      })),
      course: {
        sequence: segment,
        startedAt: NOON,
        done: [],
        next: { step: 'First', due: NOON },
        stopped: null,
        nextEscalation: NOON,
      },
      notice: { userId: '005000000000001AAA', text: '' },
      asks: [],
      firstFollowUpAt: NOON,
      recoveryOf: recovery.of,
      addsStepDone: true,
      request: { askedAt: NOON, paused: true, result: '' },
    })),
  };
}

const sentAt = NOON.toISOString();
const mail = { surveyKey: KEY, template: 'invitation' as const, at: sentAt };
const RECEIPTS: Receipt[] = [
  {
    kind: 'mail-sent',
    template: 'invitation',
    surveyKey: KEY,
    sentAt,
    from: 'csm@example.com',
    subject: '',
    subjectVariant: 'A',
  },
  {
    kind: 'mail-sent',
    template: 'invitation',
    surveyKey: KEY,
    sentAt,
    from: 'csm@example.com',
    subject: '',
    subjectVariant: 'B',
  },
  {
    kind: 'mail-sent',
    template: 'acknowledgment',
    surveyKey: KEY,
    sentAt,
    from: 'csm@example.com',
    subject: '',
    step: 'First',
  },
  { kind: 'mail-refused', template: 'acknowledgment', surveyKey: KEY, reason: '', step: 'First' },
  { kind: 'mail-refused', template: 'invitation', surveyKey: KEY, reason: '' },
  ...each(MAIL_EVENTS).map(
    (event): Receipt => ({ kind: 'mail-event', event, ...mail, email: 'ann@acme.example', reason: '' }),
  ),
  { kind: 'opt-out', surveyKey: KEY },
  { kind: 'changed', surveyKey: KEY, reason: '', at: sentAt },
  {
    ...{ kind: 'mail-sent', template: 'ask-thanks', surveyKey: KEY, sentAt, from: 'csm@example.com', step: 'Second' },
    ...{ subject: '', ask: 'G2 Review', offerVariant: 'A' },
  },
  { kind: 'chosen', surveyKey: KEY, choice: 'Faster_Support', at: sentAt },
  { kind: 'ask-followed', surveyKey: KEY, ask: 'Case Study', at: sentAt, promised: true },
  { kind: 'withdrawn', surveyKey: KEY, code: 'CONTACT_OPTED_OUT', reason: '' },
];

const MARKS: OutcomeMark[] = [
  { of: 'opportunity', id: ACCOUNT, isRenewal: true },
  { of: 'account', id: ACCOUNT, leftOn: '2027-01-01' },
  { of: 'response', id: ACCOUNT, isJudged: true },
  { of: 'revenue', id: ACCOUNT, revenue: 1 },
];

const HEALTH: HealthRow[] = each(KINDS).flatMap((kind) =>
  each(STATES).map((state) => ({ key: 'trigger-first_value', kind, state, message: '', count: 1 })),
);
