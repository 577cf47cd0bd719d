import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPostgres, needsPostgres, startPostgres, type TestPostgres } from '../support/postgres.ts';
import {
  adminOf,
  killAll,
  mailTo,
  newCustomer,
  publish,
  startOrgAlone,
  startServiceAlone,
  temporaryFolder,
  untilIdle,
} from '../support/stack.ts';

if (!hasPostgres) process.stdout.write(`Two services on one database were not tested${needsPostgres}.\n`);

describe.skipIf(!hasPostgres)(`two services on one PostgreSQL${needsPostgres}`, () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(async () => {
    killAll();
    await postgres?.stop();
  });

  test('that hear of the same moments send each account one mail', async () => {
    const org = await startOrgAlone(temporaryFolder());
    const orgUrl = org.addresses.Org ?? '';
    const admin = await adminOf(orgUrl);
    const customers = [];
    for (let place = 0; place < 8; place += 1) {
      customers.push(await newCustomer(admin, { CreatedDate: new Date(Date.now() - 730 * 86_400_000).toISOString() }));
    }
    const DATABASE_URL = await postgres.newSchema();
    const start = () => startServiceAlone(temporaryFolder(), { ...org.environment, DATABASE_URL, PORT: '0' });
    const services = await Promise.all([start(), start()]);

    const triggers = ['Usage_Milestone', 'First_Value', 'Pre_Renewal', 'Post_Resolution'];
    await Promise.all(
      customers.flatMap(({ accountId }) => triggers.map((trigger) => publish(admin, trigger, accountId))),
    );
    for (const { addresses } of [...services, ...services]) await untilIdle(addresses.Service ?? '');

    for (const { accountId, email } of customers) {
      expect(await mailTo(orgUrl, email)).toHaveLength(1);
      const { records } = await admin.query<{ Status__c: string }>(
        `SELECT Status__c FROM NPS_Survey__c WHERE Account__c = '${accountId}'`,
      );
      expect(records.map(({ Status__c }) => Status__c).toSorted()).toEqual([
        ...['Sent', 'Suppressed', 'Suppressed', 'Suppressed'],
      ]);
    }
  });
});
