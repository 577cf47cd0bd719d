import type { AccountRecord, AnswerFacts, Org, ResponseRecord } from '../loop/ports.ts';
import type { Advocacy } from '../nps/advocacy.ts';
import type { CountedAnswer } from '../nps/numbers.ts';
import type { RoutingRule } from '../nps/routing.ts';
import type { Settings } from '../nps/settings.ts';
import { counts } from '../nps/verdict.ts';
import type { AccountReads } from './accounts.ts';
import type { ActedFor, MailShape } from './acts.ts';
import { answersAtHand } from './answers-at-hand.ts';
import type { Calls, Row } from './calls.ts';
import type { ContactShape } from './contacts.ts';
import { unnoticedFollowUps } from './follow-ups.ts';
import { userFrom } from './people.ts';
import { responseQuery, responseRecord } from './response-rows.ts';
import { conditionsMet, namedOwners, ownerQueries } from './routed-accounts.ts';
import { text, textOrNull } from './rows.ts';
import { SalesforceError } from './salesforce-error.ts';
import { sinceAnswer } from './since-answer.ts';
import { dateTime, list } from './soql.ts';
import { surveyRecord, surveysOfAnswers } from './surveys.ts';

type Reads = Pick<
  Org,
  | 'answersAtHand'
  | 'provisionalResponses'
  | 'dueSteps'
  | 'unnoticedFollowUps'
  | 'incompleteResponses'
  | 'accountsWithResponses'
>;

export interface AnswerReads extends Reads {
  answerFacts(
    wanted: Parameters<Org['answerFacts']>[0],
    settings: Settings,
    rules: readonly RoutingRule[],
  ): ReturnType<Org['answerFacts']>;
}

/** Reads responses, their surveys and what counts for their accounts. */
export function answerReads(calls: Calls, accounts: AccountReads, shape: ContactShape & MailShape): AnswerReads {
  const accountFacts = async (ids: readonly string[], settings: Settings) => {
    const rows = await calls.select({
      ...accounts.recordQueries(ids, settings),
      responses: responseQuery([], ids),
      tasks: taskQuery([], ids),
    });
    const all = rows.responses.flatMap(responseRecord);
    return {
      openKinds: openKindsOf(rows.tasks),
      accounts: accounts.records(rows, settings),
      counted: countedByAccount(all),
      asks: asksByAccount(all),
    };
  };

  return {
    /**
     * Asks for everything at once, guessing that an answer's account is still the one its link names; accounts that
     * were merged or moved since are read in a second call.
     */
    async answerFacts({ surveyKeys, accountIds, taskKeys }, settings, rules) {
      const rows = await calls.select({
        ...accounts.recordQueries(accountIds, settings),
        surveys: surveysOfAnswers(surveyKeys, settings),
        responses: responseQuery(surveyKeys, accountIds),
        tasks: taskQuery(surveyKeys, accountIds, taskKeys),
        ...ownerQueries(rules, settings),
      });
      const surveys = byKey(rows.surveys.map((row) => surveyRecord(row, settings)));
      const all = rows.responses.flatMap(responseRecord);
      const responses = byKey(all.filter(({ key }) => surveyKeys.includes(key)));
      const moved = [...surveys.values(), ...responses.values()]
        .map(({ accountId }) => accountId)
        .filter((id) => id !== null && !accountIds.includes(id));
      const others = await accountFacts(
        [...new Set(moved)].filter((id) => id !== null),
        settings,
      );
      const running = [...responses.values()].filter(isLookedAfter);
      const since = await sinceAnswer(calls, concernedBy(running), shape, settings).catch(untold);
      return {
        surveys,
        responses,
        accounts: await judged(new Map([...accounts.records(rows, settings), ...others.accounts]), rules),
        ...since,
        counted: new Map([...countedByAccount(all), ...others.counted]),
        asks: new Map([...asksByAccount(all), ...others.asks]),
        quarantineMinutes: settings.quarantineMinutes,
        rollingWindowDays: settings.rollingWindowDays,
        themes: settings.themes,
        sentimentWords: settings.sentimentWords,
        routing: {
          rules,
          owners: { ...namedOwners(rows, settings), fallback: rows.fallback.flatMap(userFrom)[0] ?? null },
        },
        taskKeys: new Set(rows.tasks.map((row) => text(row.NPS_Task_Key__c))),
        openKinds: new Map([...openKindsOf(rows.tasks), ...others.openKinds]),
      };
    },

    answersAtHand: (surveyKeys) => answersAtHand(calls, surveyKeys, shape),

    provisionalResponses: (before) =>
      responsesWhere(
        `Verdict__c = 'Provisional' AND Responded_At__c <= ${dateTime(before)} AND (Corrected_At__c = null OR Corrected_At__c <= ${dateTime(before)})`,
      ),

    dueSteps: (now) =>
      responsesWhere(
        `(Next_Step_Due__c <= ${dateTime(now)} AND Sequence_Paused__c = false AND Sequence_Stopped__c = false) OR Next_Escalation_Due__c <= ${dateTime(now)}`,
      ),

    unnoticedFollowUps: (since) => unnoticedFollowUps(calls, since, shape),

    incompleteResponses: () => responsesWhere('Write_Error__c != null'),

    async accountsWithResponses() {
      const rows = await calls.select({ accounts: 'SELECT Id FROM Account WHERE NPS_Score__c != null ORDER BY Id' });
      return rows.accounts.map((row) => text(row.Id));
    },
  };

  async function judged(records: ReadonlyMap<string, Omit<AccountRecord, 'meets'>>, rules: readonly RoutingRule[]) {
    const met = await conditionsMet(calls, rules, [...records.keys()]);
    return new Map([...records].map(([id, record]) => [id, { ...record, meets: met.get(id) ?? new Set<string>() }]));
  }

  async function responsesWhere(condition: string) {
    const rows = await calls.select({
      responses: `SELECT Response_Key__c, Account__c FROM NPS_Response__c WHERE ${condition} ORDER BY Responded_At__c LIMIT 2000`,
    });
    return rows.responses.map((row) => ({ surveyKey: text(row.Response_Key__c), accountId: text(row.Account__c) }));
  }
}

type Keys = readonly string[];

/** The Tasks of the named responses and the named Tasks, and all that are open about answers of the accounts. */
function taskQuery(surveyKeys: Keys, accountIds: Keys, taskKeys: Keys = []): string | null {
  const conditions = [
    ...(surveyKeys.length > 0 ? [`NPS_Response__r.Response_Key__c IN ${list(surveyKeys)}`] : []),
    ...(accountIds.length > 0
      ? [`(AccountId IN ${list(accountIds)} AND IsClosed = false AND NPS_Kind__c != null AND NPS_Response__c != null)`]
      : []),
    ...(taskKeys.length > 0 ? [`NPS_Task_Key__c IN ${list(taskKeys)}`] : []),
  ];
  if (conditions.length === 0) return null;
  return `SELECT AccountId, NPS_Task_Key__c, NPS_Kind__c, IsClosed FROM Task WHERE ${conditions.join(' OR ')}`;
}

function openKindsOf(tasks: readonly Row[]): Map<string, ReadonlySet<string>> {
  const open = tasks.filter((row) => row.IsClosed === false && textOrNull(row.NPS_Kind__c) !== null);
  const byAccount = Map.groupBy(open, (row) => text(row.AccountId));
  return new Map(
    [...byAccount].map(([id, rows]) => [id, new Set(rows.map((row) => text(row.NPS_Kind__c).toLowerCase()))]),
  );
}

function concernedBy(responses: readonly ResponseRecord[]): ActedFor {
  const contactIds = responses.flatMap(({ contactId }) => contactId ?? []);
  // Of no responses, no time; nothing is read then.
  const since = new Date(Math.min(...responses.map(({ respondedAt }) => respondedAt.getTime())));
  return { accountIds: [...new Set(responses.map(({ accountId }) => accountId))], contactIds, since };
}

/** Whether something is still to come of a response, or nobody is known to have acted on it. */
function isLookedAfter({ course, requested, followUpDue, firstFollowUpAt }: ResponseRecord): boolean {
  const isOpen = followUpDue !== null && firstFollowUpAt === null;
  return (
    isOpen ||
    course.nextEscalation !== null ||
    (course.sequence !== null && (course.next !== null || requested !== null))
  );
}

/** An answer is written whatever the org hides about the rest; what is refused only now and then is asked again. */
function untold(error: unknown): Pick<AnswerFacts, 'accountEvents' | 'contacts' | 'acts'> {
  if (!(error instanceof SalesforceError) || error.transient) throw error;
  return { accountEvents: null, contacts: new Map(), acts: [] };
}

function countedByAccount(responses: readonly ResponseRecord[]): Map<string, CountedAnswer[]> {
  const counted = responses.filter(({ verdict, isTest }) => counts(verdict) && !isTest);
  return Map.groupBy(counted, ({ accountId }) => accountId);
}

function asksByAccount(responses: readonly ResponseRecord[]): Map<string, Advocacy[]> {
  const byAccount = Map.groupBy(responses, ({ accountId }) => accountId);
  return new Map([...byAccount].map(([id, all]) => [id, all.map(({ advocacy }) => advocacy)]));
}

function byKey<T extends { key: string }>(records: readonly T[]): Map<string, T> {
  return new Map(records.map((record) => [record.key, record]));
}
