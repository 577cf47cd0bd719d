import type { Connection } from 'jsforce';
import type { SandboxOrg } from '../../../src/sandbox/org/open-org.ts';
import type { FieldValue } from '../../../src/sandbox/org/org.ts';

type Fields = Record<string, FieldValue>;

/** Short ways to put into an org what a report is about. */
export function recordsIn(org: SandboxOrg) {
  let keys = 0;
  const key = () => `report${String(++keys).padStart(4, '0')}`;
  return {
    account: (Name: string, more: Fields = {}) => org.insert('Account', { Name, ...more }),
    /** An answer that counts, unless `more` says otherwise. */
    answer: (Account__c: string, Score__c: number, at: string, more: Fields = {}) =>
      org.insert('NPS_Response__c', {
        ...{ Account__c, Score__c, Segment__c: segment(Score__c), Verdict__c: 'Confirmed', Response_Key__c: key() },
        ...{ Responded_At__c: `${at}T10:00:00Z`, Trigger__c: 'First_Value', ...more },
      }),
    survey: (Status__c: string, more: Fields = {}) =>
      org.insert('NPS_Survey__c', {
        ...{ Survey_Key__c: key(), Status__c, Trigger__c: 'First_Value', CreatedDate: '2026-11-01T10:00:00Z' },
        ...more,
      }),
    opportunity: (AccountId: string, StageName: string, CloseDate: string, more: Fields = {}) =>
      org.insert('Opportunity', { Name: 'Renewal', NPS_Is_Renewal__c: true, AccountId, StageName, CloseDate, ...more }),
    user: (name: string) => org.query(`SELECT Id FROM User WHERE Name LIKE '%${name}%'`)[0]?.Id as string,
  };
}

export const segment = (score: number) => (score >= 9 ? 'Promoter' : score >= 7 ? 'Passive' : 'Detractor');

interface Group {
  key: string;
  label: string;
  groupings: Group[];
}

interface Answer {
  factMap: Record<string, { aggregates: { label: string; value: number | null }[]; rows?: unknown[] }>;
  groupingsDown: { groupings: Group[] };
  groupingsAcross: { groupings: Group[] };
  reportMetadata: { aggregates: string[] };
}

/** What a report says: by group, in its order, the numbers asked for; groups within groups are joined by `/`. */
export async function told(
  connection: Connection,
  report: string,
  wanted: readonly string[],
): Promise<Record<string, (number | null)[]>> {
  const { factMap, groupingsDown, groupingsAcross, reportMetadata } = await run(connection, report);
  const places = wanted.map((name) => reportMetadata.aggregates.indexOf(name));
  const named = ({ key, label, groupings }: Group, before = ''): [string, string][] => [
    [key, before + label],
    ...groupings.flatMap((group) => named(group, `${before}${label}/`)),
  ];
  const down: [string, string][] = [...groupingsDown.groupings.flatMap((group) => named(group)), ['T', 'Total']];
  const across: [string, string][] = [...groupingsAcross.groupings.flatMap((group) => named(group)), ['T', '']];
  return Object.fromEntries(
    down.flatMap(([one, label]) =>
      across.map(([other, column]) => {
        const facts = factMap[`${one}!${other}`]?.aggregates ?? [];
        return [column === '' ? label : `${label} | ${column}`, places.map((place) => facts[place]?.value ?? null)];
      }),
    ),
  );
}

/** Runs a report by the real client, as an admin does. */
export async function run(connection: Connection, report: string): Promise<Answer> {
  const reports = await connection.analytics.reports();
  const found = reports.find(({ name }) => name === report);
  if (!found) throw new Error(`The org has no report ${report}.`);
  return (await connection.analytics.report(found.id).execute({ details: true })) as unknown as Answer;
}
