import type { Connection } from 'jsforce';
import type { Clock, Org } from '../loop/ports.ts';
import { DEFAULT_SETTINGS, type Settings, SettingsError } from '../nps/settings.ts';
import { type AccountReads, accountReads, shapeOf } from './accounts.ts';
import { type AnswerReads, answerReads } from './answers.ts';
import { boardFacts } from './board.ts';
import { type Calls, callsOver } from './calls.ts';
import { memberships } from './campaigns.ts';
import { type Company, readCompany } from './company.ts';
import { connect, type SignIn } from './connection.ts';
import { giveDatesBack } from './dates-back.ts';
import { writeDecisions, writeTestSurvey } from './decisions.ts';
import { dueMoments, stampUsageCrossings, usageCrossings } from './due-moments.ts';
import { storeFile } from './files.ts';
import { healthFacts, writeHealth } from './health.ts';
import { surveyHistory } from './history.ts';
import { followedAnswers, writeMetrics } from './metrics.ts';
import { departureFacts, detractorAnswers, missingRevenues, writeOutcomes, wrongRenewals } from './outcomes.ts';
import { writeReceipts } from './receipts.ts';
import { answerResend, openRequests, requestOnContact, requestsOn } from './requests.ts';
import { deleteSuppressed } from './retention.ts';
import { readSetup, readTriggerTexts, type Setup } from './setup.ts';
import { soundSetup } from './sound-setup.ts';
import { subjectHistory } from './subjects.ts';
import { type SurveyReads, surveyReads } from './surveys.ts';
import { writeAnswers } from './write-back.ts';

/** Admins change settings now and then, answers arrive all the time. */
const SETUP_LIFETIME_MS = 10_000;
/** Translations change seldom, and do not fit into the call that reads the rest. */
const TEXTS_LIFETIME_MS = 60_000;
/** Objects and fields are switched on, granted and hidden seldom, and looking costs a call each. */
const SHAPE_LIFETIME_MS = 3_600_000;

/** A signed-in connection and what can be asked over it. */
interface Opened {
  connection: Connection;
  calls: Calls;
  surveys: SurveyReads;
}

/** Reads that are made to the org's shape. */
interface Shaped {
  accounts: AccountReads;
  answers: AnswerReads;
  company: Company;
}

export interface SalesforceOrg extends Org {
  /** Signs in when nobody is signed in yet. @throws when Salesforce cannot be reached or refuses. */
  connection(): Promise<Connection>;
}

/**
 * The customer's org behind the loop's own words. It signs in with the first call, and again with the next one after a
 * refusal: the service starts and takes answers while Salesforce is away.
 */
export function openOrg(signIn: SignIn, clock: Clock): SalesforceOrg {
  const opened = remembered(async (): Promise<Opened> => {
    const connection = await connect(signIn);
    const calls = callsOver(connection);
    return { connection, calls, surveys: surveyReads(calls) };
  }, clock);
  const shaped = remembered(
    async (): Promise<Shaped> => {
      const { connection, calls } = await opened();
      const [shape, company] = await Promise.all([shapeOf(calls, connection.instanceUrl), readCompany(calls)]);
      const accounts = accountReads(calls, shape);
      return { accounts, answers: answerReads(calls, accounts, shape), company };
    },
    clock,
    SHAPE_LIFETIME_MS,
  );
  const judged = soundSetup(clock);
  const triggerTexts = remembered(async () => readTriggerTexts((await opened()).calls), clock, TEXTS_LIFETIME_MS);
  const setup = remembered(
    async () => {
      const { calls } = await opened();
      return judged(calls, await readSetup(calls, await triggerTexts()));
    },
    clock,
    SETUP_LIFETIME_MS,
  );

  return {
    connection: async () => (await opened()).connection,
    organization: async () => ({
      ...(await shaped()).company.organization,
      postalAddress: (await setup()).postalAddress,
    }),
    triggers: async () => (await setup()).triggers,
    routingRules: async () => (await setup()).routingRules,
    sequences: async () => (await setup()).sequences,
    offerings: async () => (await setup()).offerings,
    settings: async () => (await setup()).settings(),
    quarantineMinutes: async () => settingsOrDefaults(await setup()).quarantineMinutes,
    calendar: async () => (await shaped()).company.calendar,
    dueMoments: async (trigger, source, dates) => dueMoments((await opened()).calls, trigger, source, dates),
    stampUsageCrossings: async (threshold, today) => stampUsageCrossings((await opened()).calls, threshold, today),
    usageCrossings: async (trigger, source, today) => usageCrossings((await opened()).calls, trigger, source, today),
    accountFacts: async (ids) => (await shaped()).accounts.facts(ids, (await setup()).settings()),
    surveys: async (keys, queuedAt) =>
      (await opened()).surveys.surveys(keys, queuedAt, settingsOrDefaults(await setup())),
    answerFacts: async (wanted) => {
      const judgedSetup = await setup();
      const { answers } = await shaped();
      return answers.answerFacts(wanted, settingsOrDefaults(judgedSetup), judgedSetup.routingRules);
    },
    answersAtHand: async (surveyKeys) => (await shaped()).answers.answersAtHand(surveyKeys),
    deferredMoments: async (now) => (await opened()).surveys.deferredMoments(now),
    surveysToGiveBack: async () => (await opened()).surveys.surveysToGiveBack(),
    giveDatesBack: async (keys) => giveDatesBack((await opened()).calls, keys),
    deleteSuppressed: async (before) => deleteSuppressed((await opened()).calls, before),
    queuedSurveys: async (before) => (await opened()).surveys.queuedSurveys(before),
    provisionalResponses: async (before) => (await shaped()).answers.provisionalResponses(before),
    dueSteps: async (now) => (await shaped()).answers.dueSteps(now),
    requestsOn: async (recordIds) => requestsOn((await opened()).calls, recordIds),
    openRequests: async (before) => openRequests((await opened()).calls, before),
    resendRequest: async (contactId) => {
      const { calls, surveys } = await opened();
      const requested = await requestOnContact(calls, contactId);
      if (!requested) return undefined;
      const invitation = await surveys.lastInvitation(contactId, settingsOrDefaults(await setup()));
      return { requested, invitation };
    },
    answerResend: async (contactId, answer) => answerResend((await opened()).calls, contactId, answer),
    unnoticedFollowUps: async (since) => (await shaped()).answers.unnoticedFollowUps(since),
    incompleteResponses: async () => (await shaped()).answers.incompleteResponses(),
    accountsWithResponses: async () => (await shaped()).answers.accountsWithResponses(),
    memberships: async (contactIds, dates) => memberships((await opened()).calls, contactIds, dates),
    surveyHistory: async (from, until) => surveyHistory((await opened()).calls, from, until),
    subjectHistory: async (from, until) => subjectHistory((await opened()).calls, from, until),
    boardFacts: async (from, until) =>
      boardFacts((await opened()).calls, from, until, (await setup()).settings().revenueField),
    storeFile: async (file) => storeFile((await opened()).calls, file),
    writeDecisions: async (decisions) => writeDecisions((await opened()).calls, decisions),
    writeTestSurvey: async (survey) => writeTestSurvey((await opened()).calls, survey),
    writeAnswers: async (changes) => writeAnswers((await opened()).calls, changes),
    writeReceipts: async (receipts) => {
      const { logsMails } = settingsOrDefaults(await setup());
      return writeReceipts((await opened()).calls, receipts, { now: clock.now(), logsMails });
    },
    wrongRenewals: async () => wrongRenewals((await opened()).calls, (await setup()).settings()),
    departureFacts: async () => departureFacts((await opened()).calls, (await setup()).settings()),
    detractorAnswers: async (before) => detractorAnswers((await opened()).calls, before),
    missingRevenues: async () => missingRevenues((await opened()).calls, (await setup()).settings()),
    writeOutcomes: async (marks) => writeOutcomes((await opened()).calls, marks),
    followedAnswers: async (from) => followedAnswers((await opened()).calls, from),
    writeMetrics: async (rows, measured) => writeMetrics((await opened()).calls, rows, measured),
    healthFacts: async () => healthFacts((await opened()).calls),
    writeHealth: async (rows, at) => writeHealth((await opened()).calls, rows, at),
  };
}

/** Nobody is asked under settings that cannot be used, but answers are written all the same. */
function settingsOrDefaults({ settings }: Setup): Settings {
  try {
    return settings();
  } catch (error) {
    if (error instanceof SettingsError) return DEFAULT_SETTINGS;
    throw error;
  }
}

/** Reads once for all who ask within the lifetime (milliseconds of programme time); a failure is not remembered. */
function remembered<T>(read: () => Promise<T>, clock: Clock, lifetime = Number.POSITIVE_INFINITY): () => Promise<T> {
  let memory: { value: Promise<T>; readAt: number } | undefined;
  return () => {
    const now = clock.now().getTime();
    // A sandbox that is reset sets its clock back.
    const isFresh = memory && Math.abs(now - memory.readAt) < lifetime;
    if (memory && isFresh) return memory.value;
    const value = read();
    memory = { value, readAt: now };
    value.catch(() => {
      memory = undefined;
    });
    return value;
  };
}
