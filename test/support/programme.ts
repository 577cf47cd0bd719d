import type { Connection } from 'jsforce';
import { pino } from 'pino';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { fullRecordId } from '../../src/nps/moment.ts';
import type { Seed } from '../../src/sandbox/seed/seed.ts';
import { ASKED } from './asked.ts';
import { openTestSandbox, type TestSandbox } from './sandbox.ts';
import { temporaryFolder, untilIdle } from './stack.ts';

/** The flows that something starts: a day, or a change. */
export const STARTED_FLOWS = [
  ...['NPS_First_Value', 'NPS_Post_Resolution', 'NPS_Pre_Renewal'],
  ...['NPS_Usage_Milestone', 'NPS_Usage_Milestone_Stamp'],
];

/** An org and a service in this process, in an org's time that begins at noon. */
export interface Programme {
  sandbox: TestSandbox;
  admin: Connection;
  /** Starts the service anew, with or without the search for moments. */
  restart(how: { sweep: boolean }): Promise<void>;
  travel(duration: string): Promise<void>;
  untilIdle(): Promise<void>;
  now(): Promise<Date>;
  /** The day (YYYY-MM-DD) so many days from now. */
  day(offset: number): Promise<string>;
  /** What flows published about an account, oldest first. */
  published(accountId: string): Promise<{ flow: string; payload: Record<string, unknown> }[]>;
  decisions(accountId: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function startProgramme(seed: Seed): Promise<Programme> {
  const sandbox = await openTestSandbox({ seed, startAt: new Date('2027-03-10T12:00:00Z') });
  const admin = await sandbox.adminConnection();
  const environment = { ...sandbox.environment, DATA_DIR: temporaryFolder(), PORT: '0' };
  let app: App | undefined;
  const idle = async () => app && untilIdle(app.url);
  const now = () => sandbox.advance('PT0S');
  return {
    sandbox,
    admin,
    now,
    untilIdle: async () => void (await idle()),
    async restart({ sweep }) {
      await app?.stop();
      app = await startApp(
        readConfig(environment),
        pino({ level: 'silent' }),
        ({ name }) => sweep || name !== 'due moments',
      );
      await idle();
    },
    async travel(duration) {
      await sandbox.advance(duration);
      await idle();
    },
    day: async (offset) => new Date((await now()).getTime() + offset * 86_400_000).toISOString().slice(0, 10),
    published: async (accountId) =>
      (await sandbox.events())
        .filter(({ payload, publishedBy }) => payload.Account_Id__c === accountId && publishedBy.startsWith('flow:'))
        .map(({ payload, publishedBy }) => ({ flow: publishedBy.slice('flow:'.length), payload })),
    async decisions(accountId) {
      const soql = `SELECT Trigger__c, Status__c, Source_Id__c, Anchor_Date__c, Contact__c, Suppression_Code__c FROM NPS_Survey__c WHERE Account__c = '${accountId}' ORDER BY Name`;
      return (await admin.query<Record<string, unknown>>(soql)).records;
    },
    async close() {
      await app?.stop();
      await sandbox.close();
    },
  };
}

let customers = 0;

/** A customer of two years with one contact. */
export async function customer({ admin, now }: Programme, facts: Record<string, unknown> = {}) {
  customers += 1;
  const CreatedDate = new Date((await now()).getTime() - 730 * 86_400_000).toISOString();
  const account = await admin.create('Account', { Name: `Customer ${customers}`, CreatedDate, ...facts });
  const accountId = fullRecordId(String(account.id));
  const contact = await admin.create('Contact', {
    AccountId: accountId,
    LastName: 'Dana',
    Email: `dana.${customers}@flows.example`,
  });
  return { accountId, contactId: fullRecordId(String(contact.id)) };
}

/** What is to be decided about an account, as its invitation says it. */
export interface Expected {
  accountId: string;
  decision: Record<string, unknown>;
}

/** A contract, entered as an admin does: as a draft, then activated. */
export async function contract({ admin }: Programme, accountId: string, StartDate: string): Promise<string> {
  const { id } = await admin.create('Contract', { AccountId: accountId, Status: 'Draft', StartDate, ContractTerm: 12 });
  await admin.update('Contract', { Id: String(id), Status: 'Activated' });
  return fullRecordId(String(id));
}

/** An account whose first-value moment is due in so many days. */
export async function started(programme: Programme, inDays: number): Promise<Expected> {
  const { accountId } = await customer(programme);
  const date = await programme.day(inDays - 45);
  return expected('First_Value', accountId, await contract(programme, accountId, date), date);
}

/** An account whose contract ends 75 days after that. */
export async function ending(programme: Programme, inDays: number): Promise<Expected> {
  const { accountId } = await customer(programme);
  const afterEnd = new Date(await programme.day(inDays + 75 + 1));
  afterEnd.setUTCFullYear(afterEnd.getUTCFullYear() - 1);
  const id = await contract(programme, accountId, afterEnd.toISOString().slice(0, 10));
  return expected('Pre_Renewal', accountId, id, await programme.day(inDays + 75));
}

/** An account with a case closed 14 days before, late in the UTC day, by a person who is not its first contact. */
export async function resolved(programme: Programme, inDays: number): Promise<Expected> {
  const { admin } = programme;
  const { accountId } = await customer(programme);
  const person = await admin.create('Contact', {
    AccountId: accountId,
    LastName: 'Zola',
    Email: `zola.${accountId}@flows.example`,
  });
  const date = await programme.day(inDays - 14);
  const { id } = await admin.create('Case', {
    AccountId: accountId,
    ContactId: person.id,
    Subject: 'Export',
    Status: 'Closed',
    ClosedDate: `${date}T23:30:00.000Z`,
  });
  const { accountId: account, decision } = expected('Post_Resolution', accountId, fullRecordId(String(id)), date);
  return { accountId: account, decision: { ...decision, Contact__c: person.id } };
}

/** An account whose usage crosses the shipped threshold now. */
export async function crossing(programme: Programme): Promise<Expected> {
  const { accountId } = await customer(programme, { NPS_Usage__c: 900 });
  await programme.admin.update('Account', { Id: accountId, NPS_Usage__c: 1200 });
  return expected('Usage_Milestone', accountId, accountId, await programme.day(0));
}

const expected = (trigger: string, accountId: string, sourceId: string, date: string): Expected => ({
  accountId,
  decision: { Trigger__c: trigger, Status__c: ASKED, Source_Id__c: sourceId, Anchor_Date__c: date },
});
