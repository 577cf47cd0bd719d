import type {
  AccountChange,
  AccountDecisions,
  AccountEvents,
  AccountRecord,
  Clock,
  Org,
  Receipt,
  ResponseRecord,
  SurveyRecord,
  Trigger,
  WriteOutcome,
} from '../../src/loop/ports.ts';
import { NO_ASKS } from '../../src/nps/advocacy.ts';
import type { BoardFacts } from '../../src/nps/board/facts.ts';
import { ALWAYS_OPEN } from '../../src/nps/due.ts';
import type { AccountFacts, ContactFacts, UserFacts } from '../../src/nps/eligibility.ts';
import type { Act } from '../../src/nps/followed-up.ts';
import type { ShownRow } from '../../src/nps/health.ts';
import { accountNumbers, type CountedAnswer } from '../../src/nps/numbers.ts';
import { NOTHING_TO_OFFER, type Offerings } from '../../src/nps/offerings.ts';
import type { Requested } from '../../src/nps/request.ts';
import { NO_RISK, type Risk } from '../../src/nps/risk.ts';
import type { RoutingRule } from '../../src/nps/routing.ts';
import type { Segment } from '../../src/nps/score.ts';
import type { Sequence } from '../../src/nps/sequence.ts';
import { DEFAULT_SETTINGS } from '../../src/nps/settings.ts';
import { counts } from '../../src/nps/verdict.ts';
import { DETRACTOR_CALL } from '../nps/routing-rules.ts';
import { shippedSequences } from '../support/shipped-sequences.ts';

export const CLEO: UserFacts = {
  id: 'Cleo',
  name: 'Cleo Sun',
  email: 'cleo@us.example',
  active: true,
  timeZone: 'America/New_York',
  phone: '+1 555 0100',
};

export function contact(name: string, facts: Partial<ContactFacts> = {}): ContactFacts {
  return {
    ...{ id: name, name: `${name} Lee`, firstName: name, email: `${name.toLowerCase()}@acme.example`, language: null },
    ...{ timeZone: null, privacy: { country: null, consented: false, objected: false, hidden: false } },
    ...{ surveyOptOut: false, emailOptOut: false, bounced: false, lastSurveyedAt: null },
    ...{ roles: [], primary: false, lastActiveOn: null },
    ...facts,
  };
}

const NOTHING_MORE_KNOWN = {
  ...{ owner: null, revenue: null, reportedRevenue: null, renewsOn: null, meets: new Set<string>() },
};
const NO_FACTS: BoardFacts = {
  ...{ answers: [], accounts: new Map(), renewals: [] },
  standing: { atRisk: [], segments: [], openTasks: 0, overdueTasks: 0, sequencesRunning: 0 },
};
const CALM = { usageFalls: false, recentlyEscalated: false };

export interface FakeOrg extends Org {
  accounts: Map<string, AccountFacts & { numbers: AccountRecord['numbers'] }>;
  surveysByKey: Map<string, SurveyRecord>;
  responses: Map<string, ResponseRecord>;
  taskKeys: Set<string>;
  /** Kinds of the Tasks that are open, by account. */
  openKinds: Map<string, Set<string>>;
  risks: Map<string, Risk>;
  rules: RoutingRule[];
  accountEvents: Map<string, AccountEvents>;
  acts: Act[];
  /** Contacts who want no more mails. */
  contactsOut: Set<string>;
  sequencesBySegment: Map<Segment, Sequence>;
  offers: Offerings;
  /** Everything that was asked to be written, whatever became of it. */
  decisionsWritten: AccountDecisions[];
  changesWritten: AccountChange[];
  receiptsWritten: Receipt[];
  datesGivenBack: string[];
  /** Keys of the responses of which something could not be written. */
  incomplete: Set<string>;
  /** What is asked for on contacts, and what came of it. */
  resends: Map<string, Requested>;
  resendResults: string[];
  health: Map<string, ShownRow>;
  /** The keys of every write of health rows. */
  healthWritten: string[][];
  /** How many responses could not be written whole. */
  writeErrors: number;
  /** What becomes of a write; everything is written unless a test says otherwise. */
  onDecisions: (write: AccountDecisions) => WriteOutcome;
  onAnswers: (change: AccountChange) => WriteOutcome;
  addAccount(id: string, facts?: Partial<AccountFacts>): void;
  triggersByName: Map<string, Trigger>;
  addSurvey(key: string, accountId: string, facts?: Partial<SurveyRecord>): SurveyRecord;
}

export const trigger = (name: string, facts: Partial<Trigger> = {}): Trigger => ({
  ...{ name, kind: 'Survey', active: true, activeFrom: null, source: null, problem: null },
  ...{ priority: 10, onboarding: false, minimumAccountAgeDays: 30, minimumGapDays: 90, waitDays: 0 },
  ...{ subject: 'For {{account.name}}', secondSubject: '', language: 'en', translations: [] },
  ...{ contextSentence: 'Hello {{contact.firstName}}.', openQuestion: `Why, after ${name}?`, accomplishments: '' },
  ...facts,
});

/** An org with the triggers Pre_Renewal and First_Value, and one that is not active; it remembers what was written. */
export function fakeOrg(clock: Clock): FakeOrg {
  const accounts: FakeOrg['accounts'] = new Map();
  const surveysByKey: FakeOrg['surveysByKey'] = new Map();
  const responses: FakeOrg['responses'] = new Map();
  const taskKeys = new Set<string>();
  const openKinds: FakeOrg['openKinds'] = new Map();
  const risks: FakeOrg['risks'] = new Map();
  const rules = [DETRACTOR_CALL];
  const triggers = new Map(
    [trigger('Pre_Renewal'), trigger('First_Value', { priority: 30 }), trigger('Sleeping', { active: false })].map(
      (one) => [one.name.toLowerCase(), one],
    ),
  );

  const countedOf = (accountId: string): CountedAnswer[] =>
    [...responses.values()].filter((one) => one.accountId === accountId && counts(one.verdict) && !one.isTest);

  const asksOf = (accountId: string) =>
    [...responses.values()].filter((one) => one.accountId === accountId).map(({ advocacy }) => advocacy);

  const keep = ({ accountId, decisions, contactDates }: AccountDecisions) => {
    const account = accounts.get(accountId ?? '');
    const dates = new Map(contactDates.map(({ id, lastSurveyedAt }) => [id, lastSurveyedAt]));
    let lastSurveyedAt = account?.lastSurveyedAt ?? null;
    for (const { surveyKey, contactId, outcome, moment, recovery = null, resendAskedAt = null } of decisions) {
      const asking = account?.contacts.find(({ id }) => id === contactId);
      const to = asking?.email ? { ...asking, email: asking.email } : null;
      const asked = 'asked' in outcome ? outcome.asked : null;
      const branch = 'branch' in outcome ? outcome.branch : null;
      const notBefore = outcome.status === 'Deferred' ? new Date(outcome.notBefore) : null;
      const { status } = outcome;
      const facts = { status, branch, contact: to, asked, notBefore, recovery, resendAskedAt };
      org.addSurvey(surveyKey, accountId ?? '', { ...moment, ...facts });
      if (asked && contactId) dates.set(contactId, asked.at);
      if (asked) lastSurveyedAt = asked.at;
    }
    if (!account) return;
    const contacts = account.contacts.map((one) => ({
      ...one,
      lastSurveyedAt: dates.get(one.id) ?? one.lastSurveyedAt,
    }));
    accounts.set(account.id, { ...account, contacts, lastSurveyedAt });
  };

  const apply = ({ accountId, responses: changes, numbers, risk }: AccountChange) => {
    if (risk) risks.set(accountId, risk);
    for (const change of changes) {
      const { key, response, contactId, revenue, followUpDue, joined, tasks, course, addsStepDone } = change;
      const { request, notice, asks } = change;
      const isTest = surveysByKey.get(key)?.isTest ?? false;
      const before = responses.get(key);
      const done = addsStepDone ? course.done : (before?.course.done ?? []);
      const byPeople = { repliedAt: null, actionsTaken: '', resolved: false, chosen: null, advocacy: NO_ASKS };
      const { repliedAt, actionsTaken, resolved, chosen, advocacy } = before ?? byPeople;
      const paused = request?.paused ?? before?.paused ?? false;
      const requested = request ? null : (before?.requested ?? null);
      responses.set(key, {
        ...response,
        ...{
          id: before?.id ?? key,
          key,
          accountId,
          contactId,
          isTest,
          revenue,
          followUpDue,
          joined,
          paused,
          repliedAt,
          actionsTaken,
          resolved,
        },
        ...{ requested, chosen, isIncomplete: org.incomplete.has(key) },
        advocacy: asks ? { ...advocacy, log: asks } : advocacy,
        notified: notice ?? before?.notified ?? null,
        firstFollowUpAt: change.firstFollowUpAt ?? before?.firstFollowUpAt ?? null,
        course: { ...course, done },
      });
      for (const { NPS_Task_Key__c, NPS_Kind__c } of tasks) {
        taskKeys.add(NPS_Task_Key__c);
        openKinds.set(accountId, new Set([...(openKinds.get(accountId) ?? []), NPS_Kind__c.toLowerCase()]));
      }
    }
    const account = accounts.get(accountId);
    if (account && numbers) accounts.set(accountId, { ...account, numbers });
  };

  const org: FakeOrg = {
    ...{ accounts, surveysByKey, responses, taskKeys, openKinds, rules, risks, triggersByName: triggers },
    ...{ decisionsWritten: [], changesWritten: [], receiptsWritten: [], datesGivenBack: [] },
    ...{ accountEvents: new Map(), acts: [], contactsOut: new Set(), sequencesBySegment: new Map(shippedSequences()) },
    offers: NOTHING_TO_OFFER,
    ...{ resends: new Map(), resendResults: [], incomplete: new Set() },
    ...{ health: new Map(), healthWritten: [], writeErrors: 0 },
    onDecisions: () => ({ written: true }),
    onAnswers: () => ({ written: true }),
    addAccount(id, facts = {}) {
      const people = { csmCandidates: [CLEO], contacts: [contact('Ann'), contact('Ben')] };
      const defaults = {
        id,
        name: `Account ${id}`,
        surveyOptOut: false,
        lastSurveyedAt: null,
        createdAt: new Date(0),
        churned: false,
        inProgramme: true,
        escalated: false,
        answers: [],
        ...people,
      };
      accounts.set(id, {
        ...defaults,
        ...facts,
        numbers: accountNumbers([], clock.now(), DEFAULT_SETTINGS.rollingWindowDays),
      });
    },
    addSurvey(key, accountId, facts = {}) {
      const to = { id: 'Ann', name: 'Ann Lee', firstName: 'Ann', email: 'ann@acme.example', timeZone: null };
      const asked = { status: 'Sent', accountId, accountName: 'Acme', contact: to, csm: CLEO };
      const survey = {
        id: `survey ${key}`,
        key,
        ...asked,
        ...{ trigger: 'Pre_Renewal', sourceId: accountId, anchorDate: '2026-11-18' },
        ...{ since: clock.now(), asked: null, branch: null, recovery: null },
        language: 'en',
        optOuts: { contact: false, account: false },
        isTest: false,
        notBefore: null,
        resendAskedAt: null,
        ...facts,
      };
      surveysByKey.set(key, survey);
      return survey;
    },

    quarantineMinutes: async () => DEFAULT_SETTINGS.quarantineMinutes,
    settings: async () => DEFAULT_SETTINGS,
    unnoticedFollowUps: async () => [],
    deferredMoments: async () => [],
    dueMoments: async () => [],
    stampUsageCrossings: async () => 0,
    usageCrossings: async () => [],
    memberships: async () => [],
    surveyHistory: async () => ({ sent: 0, answered: 0, counted: 0, detractors: 0 }),
    subjectHistory: async () => [],
    boardFacts: async () => NO_FACTS,
    storeFile: async () => '069000000000001AAA',
    organization: async () => ({
      id: 'org',
      name: 'Northwind',
      postalAddress: '',
      isSandbox: false,
      timeZone: 'Europe/Berlin',
    }),
    triggers: async () => triggers,
    routingRules: async () => rules,
    calendar: async () => ALWAYS_OPEN,
    accountFacts: async (ids) => new Map([...accounts].filter(([id]) => ids.includes(id))),
    surveys: async (keys, queuedAt = []) =>
      new Map(
        [...surveysByKey].filter(
          ([key, { status, accountId }]) =>
            keys.includes(key) || (status === 'Queued' && queuedAt.includes(accountId ?? '')),
        ),
      ),
    async answerFacts({ surveyKeys, accountIds }) {
      const after = [...surveysByKey].filter(([, { recovery }]) => surveyKeys.includes(recovery?.of ?? ''));
      const surveys = new Map([...(await org.surveys(surveyKeys)), ...after]);
      const found = new Map([...responses].filter(([key]) => surveyKeys.includes(key)));
      const rows = [...surveys.values(), ...found.values()];
      const wanted = [...accountIds, ...rows.flatMap(({ accountId }) => accountId ?? [])];
      const records = [...accounts.values()]
        .filter(({ id }) => wanted.includes(id))
        .map((account) => ({
          ...account,
          ...NOTHING_MORE_KNOWN,
          ...CALM,
          risk: risks.get(account.id) ?? NO_RISK,
          url: `https://org.example/${account.id}`,
        }));
      return {
        surveys,
        responses: found,
        accounts: new Map(records.map((account) => [account.id, account])),
        counted: new Map(records.map(({ id }) => [id, countedOf(id)])),
        asks: new Map(records.map(({ id }) => [id, asksOf(id)])),
        quarantineMinutes: DEFAULT_SETTINGS.quarantineMinutes,
        rollingWindowDays: DEFAULT_SETTINGS.rollingWindowDays,
        themes: [],
        sentimentWords: DEFAULT_SETTINGS.sentimentWords,
        taskKeys,
        openKinds,
        routing: { rules, owners: { fallback: null, executive: null, users: new Map(), queues: new Map() } },
        accountEvents: org.accountEvents,
        acts: org.acts,
        contacts: new Map([...org.contactsOut].map((id) => [id, { optedOut: true, bounced: false }])),
      };
    },
    answersAtHand: async (keys) =>
      new Map(
        [...responses.values()]
          .filter(({ key }) => keys.includes(key))
          .map(({ key, score, verdict, paused, course, contactId }) => [
            key,
            {
              ...{ score, paused, counts: counts(verdict), stopped: course.stopped !== null },
              email: surveysByKey.get(key)?.contact?.email ?? null,
              ...{ optedOut: org.contactsOut.has(contactId ?? ''), bounced: false },
            },
          ]),
      ),
    writeTestSurvey: async () => ({ written: true }),
    async writeDecisions(decisions) {
      org.decisionsWritten.push(...structuredClone(decisions));
      return decisions.map((write) => {
        const outcome = org.onDecisions(write);
        if (outcome.written) keep(write);
        return outcome;
      });
    },
    async writeAnswers(changes) {
      org.changesWritten.push(...changes);
      return changes.map((change) => {
        const outcome = org.onAnswers(change);
        if (outcome.written) apply(change);
        return outcome;
      });
    },
    async writeReceipts(receipts) {
      org.receiptsWritten.push(...receipts);
      return receipts.map(() => ({ written: true }));
    },
    wrongRenewals: async () => [],
    departureFacts: async () => [],
    detractorAnswers: async () => ({ answers: [], judged: new Set() }),
    missingRevenues: async () => [],
    writeOutcomes: async () => [],
    followedAnswers: async () => [],
    writeMetrics: async () => {},
    healthFacts: async () => ({
      shown: new Map(org.health),
      writeErrors: org.writeErrors,
    }),
    async writeHealth(rows, at) {
      org.healthWritten.push(rows.map(({ key }) => key));
      for (const row of rows) org.health.set(row.key, { ...row, checkedAt: at });
    },
    surveysToGiveBack: async () =>
      [...surveysByKey.values()]
        .filter(({ status, asked }) => status === 'Cancelled' && asked !== null)
        .map(({ key, accountId }) => ({ surveyKey: key, accountId: accountId ?? '' })),
    async giveDatesBack(keys) {
      org.datesGivenBack.push(...keys);
      return keys.map(() => ({ written: true }));
    },
    deleteSuppressed: async () => 0,
    queuedSurveys: async () =>
      [...surveysByKey.values()].filter(({ status }) => status === 'Queued').map(({ key }) => key),
    provisionalResponses: async () =>
      [...responses.values()]
        .filter(({ verdict }) => verdict === 'Provisional')
        .map(({ key, accountId }) => ({ surveyKey: key, accountId })),
    sequences: async () => org.sequencesBySegment,
    offerings: async () => org.offers,
    dueSteps: async (now) =>
      [...responses.values()]
        .filter(({ course, paused }) => course.next && course.next.due <= now && !paused)
        .map(({ key, accountId }) => ({ surveyKey: key, accountId })),
    requestsOn: async (ids) =>
      new Map(
        [...responses.values()]
          .filter(({ id }) => ids.includes(id))
          .map(({ id, key, accountId, requested }) => [id, { surveyKey: key, accountId, isOpen: requested !== null }]),
      ),
    openRequests: async (before) =>
      [...responses.values()]
        .filter(({ requested }) => requested !== null && requested.at <= before)
        .map(({ key, accountId }) => ({ surveyKey: key, accountId })),
    async resendRequest(contactId) {
      const requested = org.resends.get(contactId);
      const invitation = [...surveysByKey.values()].findLast(({ contact: to }) => to?.id === contactId) ?? null;
      return requested && { requested, invitation };
    },
    async answerResend(contactId, { result }) {
      org.resends.delete(contactId);
      org.resendResults.push(result);
    },
    incompleteResponses: async () => [],
    accountsWithResponses: async () => [...new Set([...responses.values()].map(({ accountId }) => accountId))],
  };
  return org;
}
