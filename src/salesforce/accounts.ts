import type { AccountRecord } from '../loop/ports.ts';
import type { AccountFacts } from '../nps/eligibility.ts';
import type { AccountNumbers, Trend } from '../nps/numbers.ts';
import type { Segment } from '../nps/score.ts';
import type { Settings } from '../nps/settings.ts';
import type { MailShape } from './acts.ts';
import { answersByAccount, answersOnRecordQuery } from './answers-on-record.ts';
import type { Calls, Row } from './calls.ts';
import { type ContactShape, contactQueries, contactsByAccount } from './contacts.ts';
import { userAt, userFields, userFrom } from './people.ts';
import { RISK_FIELDS, type RiskRows, riskOn, riskQueries, riskSignsOf } from './risk-signs.ts';
import { dateOrNull, numberOrNull, scoreOrNull, text, textOrNull, valueAt } from './rows.ts';
import { list, quoted } from './soql.ts';

export interface AccountReads {
  facts(accountIds: readonly string[], settings: Settings): Promise<ReadonlyMap<string, AccountFacts>>;
  /** The queries other reads add to theirs, so that one call answers all. */
  recordQueries(accountIds: readonly string[], settings: Settings): Record<keyof AccountRows, string | null>;
  records(rows: AccountRows, settings: Settings): ReadonlyMap<string, Omit<AccountRecord, 'meets'>>;
}

/** What `recordQueries` found. */
export interface AccountRows extends RiskRows {
  accounts: readonly Row[];
  team: readonly Row[];
  fallback: readonly Row[];
  contracts: readonly Row[];
}

/** What differs from org to org and decides which fields can be asked for. */
export interface OrgShape extends ContactShape, MailShape {
  /** AccountTeamMember exists only where Account Teams is on. */
  hasAccountTeams: boolean;
  instanceUrl: string;
}

export async function shapeOf(calls: Calls, instanceUrl: string): Promise<OrgShape> {
  const [team, contact, role, mail] = await Promise.all(
    ['AccountTeamMember', 'Contact', 'AccountContactRole', 'EmailMessage'].map(calls.visibleFields),
  );
  return {
    hasAccountTeams: team !== undefined && team.size > 0,
    hasEmailMessages: mail !== undefined && mail.size > 0,
    hasContactRoles: role !== undefined && role.size > 0,
    showsEmailOptOut: contact?.has('hasoptedoutofemail') ?? false,
    instanceUrl,
  };
}

/** Reads accounts with the people around them. */
export function accountReads(calls: Calls, shape: OrgShape): AccountReads {
  const teamQuery = (ids: readonly string[], { accountTeamRole }: Settings) =>
    shape.hasAccountTeams && ids.length > 0
      ? `SELECT AccountId, ${userFields('User')} FROM AccountTeamMember WHERE AccountId IN ${list(ids)} AND TeamMemberRole = ${quoted(accountTeamRole)} ORDER BY CreatedDate`
      : null;
  const accountQuery = (ids: readonly string[], fields: readonly string[], { csmField }: Settings) =>
    ids.length > 0
      ? `SELECT Id, Name, ${fields}, ${userFields(relationshipOf(csmField))}, ${userFields('Owner')} FROM Account WHERE Id IN ${list(ids)}`
      : null;
  const fallbackQuery = (ids: readonly string[], { fallbackOwner }: Settings) =>
    fallbackOwner !== null && ids.length > 0
      ? `SELECT ${userFields()} FROM User WHERE Username = ${quoted(fallbackOwner)}`
      : null;
  const contractQuery = (ids: readonly string[]) =>
    ids.length > 0
      ? `SELECT AccountId, EndDate FROM Contract WHERE AccountId IN ${list(ids)} AND StatusCode = 'Activated' AND EndDate >= TODAY ORDER BY EndDate`
      : null;
  const peopleQueries = (ids: readonly string[], settings: Settings) => ({
    team: teamQuery(ids, settings),
    fallback: fallbackQuery(ids, settings),
  });

  return {
    async facts(accountIds, settings) {
      const { churnCondition, programmeCondition, openCaseCondition } = settings;
      const among = (condition: string | null) =>
        condition && accountIds.length > 0
          ? `SELECT Id FROM Account WHERE Id IN ${list(accountIds)} AND (${condition})`
          : null;
      const rows = await calls.select({
        accounts: accountQuery(
          accountIds,
          ['CreatedDate', 'NPS_Survey_Opt_Out__c', 'NPS_Last_Survey_Date__c'],
          settings,
        ),
        ...peopleQueries(accountIds, settings),
        churned: among(churnCondition),
        members: among(programmeCondition),
        cases:
          openCaseCondition && accountIds.length > 0
            ? `SELECT AccountId FROM Case WHERE AccountId IN ${list(accountIds)} AND (${openCaseCondition})`
            : null,
        answers: answersOnRecordQuery(accountIds),
        ...contactQueries(accountIds, shape, settings),
      });
      const churned = idsOf(rows.churned, 'Id');
      const members = idsOf(rows.members, 'Id');
      const escalated = idsOf(rows.cases, 'AccountId');
      const contacts = contactsByAccount(rows, settings);
      const answers = answersByAccount(rows.answers);
      return new Map(
        rows.accounts.map((row) => {
          const id = text(row.Id);
          return [
            id,
            {
              id,
              name: text(row.Name),
              createdAt: new Date(text(row.CreatedDate)),
              surveyOptOut: row.NPS_Survey_Opt_Out__c === true,
              churned: churned.has(id),
              inProgramme: programmeCondition === null || members.has(id),
              escalated: escalated.has(id),
              lastSurveyedAt: dateOrNull(row.NPS_Last_Survey_Date__c),
              csmCandidates: csmCandidates(row, rows, settings),
              contacts: contacts.get(id) ?? [],
              answers: answers.get(id) ?? [],
            },
          ];
        }),
      );
    },

    recordQueries: (ids, settings) => ({
      accounts: accountQuery(
        ids,
        [...NUMBER_FIELDS, ...RISK_FIELDS, REPORTED_REVENUE, settings.revenueField],
        settings,
      ),
      ...peopleQueries(ids, settings),
      contracts: contractQuery(ids),
      ...riskQueries(ids, settings),
    }),

    records: (rows, settings) =>
      new Map(
        rows.accounts.map((row) => {
          const id = text(row.Id);
          return [
            id,
            {
              id,
              name: text(row.Name),
              url: `${shape.instanceUrl}/lightning/r/Account/${id}/view`,
              csmCandidates: csmCandidates(row, rows, settings),
              owner: userAt(row, 'Owner')[0] ?? null,
              revenue: amountOf(valueAt(row, settings.revenueField)),
              reportedRevenue: numberOrNull(row[REPORTED_REVENUE]),
              renewsOn: textOrNull(rows.contracts.find(({ AccountId }) => AccountId === id)?.EndDate),
              ...riskSignsOf(id, rows),
              risk: riskOn(row),
              numbers: numbersOn(row),
            },
          ];
        }),
      ),
  };
}

/** The CSM named on the account, then its team's, then its owner, then whoever the settings name. */
function csmCandidates(
  account: Row,
  { team, fallback }: Pick<AccountRows, 'team' | 'fallback'>,
  { csmField }: Settings,
) {
  const members = team.filter((member) => member.AccountId === account.Id);
  return [
    ...userAt(account, relationshipOf(csmField)),
    ...members.flatMap((member) => userAt(member, 'User')),
    ...userAt(account, 'Owner'),
    ...fallback.flatMap(userFrom),
  ];
}

/** The relationship of a lookup: `NPS_CSM__r` of `NPS_CSM__c`, `Owner` of `OwnerId`. */
export function relationshipOf(lookup: string): string {
  return lookup.replace(/__c$/i, '__r').replace(/Id$/, '');
}

function idsOf(rows: readonly Row[], field: string): ReadonlySet<string> {
  return new Set(rows.map((row) => text(row[field])));
}

/** An amount as our own fields can hold it, with two decimals; none where it has too many digits to be one. */
function amountOf(value: Row[string]): number | null {
  const amount = numberOrNull(value);
  return amount === null || Math.abs(amount) >= 1e16 ? null : Math.round(amount * 100) / 100;
}

/** Reports cannot follow the settings to the revenue field. */
export const REPORTED_REVENUE = 'NPS_Recurring_Revenue__c';

const NUMBER_FIELDS = [
  'NPS_Score__c',
  'NPS_Segment__c',
  'NPS_Rolling_Average__c',
  'NPS_Net_Score__c',
  'NPS_Trend__c',
  'NPS_Response_Count__c',
  'NPS_Last_Response_Date__c',
];

function numbersOn(row: Row): AccountNumbers {
  return {
    score: scoreOrNull(row.NPS_Score__c),
    segment: textOrNull(row.NPS_Segment__c) as Segment | null,
    rollingAverage: numberOrNull(row.NPS_Rolling_Average__c),
    netScore: numberOrNull(row.NPS_Net_Score__c),
    trend: (textOrNull(row.NPS_Trend__c) ?? 'Not enough data') as Trend,
    responseCount: numberOrNull(row.NPS_Response_Count__c) ?? 0,
    lastResponseAt: dateOrNull(row.NPS_Last_Response_Date__c),
  };
}

/** An account's numbers in Salesforce's field names. */
export function numberFields(numbers: AccountNumbers): Record<string, string | number | null> {
  return {
    NPS_Score__c: numbers.score,
    NPS_Segment__c: numbers.segment,
    NPS_Rolling_Average__c: numbers.rollingAverage,
    NPS_Net_Score__c: numbers.netScore,
    NPS_Trend__c: numbers.trend,
    NPS_Response_Count__c: numbers.responseCount,
    NPS_Last_Response_Date__c: numbers.lastResponseAt?.toISOString() ?? null,
  };
}
