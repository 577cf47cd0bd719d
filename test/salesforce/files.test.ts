import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOver } from '../../src/salesforce/calls.ts';
import { storeFile } from '../../src/salesforce/files.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
});
afterAll(() => sandbox.close());

test('a file that several store for the first time at once is one file', async () => {
  const admin = await sandbox.adminConnection();
  await admin.create('NPS_Health__c', { Key__c: 'board' });
  const calls = callsOver(admin);
  const file = { healthKey: 'board', title: 'Summary', name: 'summary.pdf', reason: 'Written anew.' };
  const store = (content: string) => storeFile(calls, { ...file, content: Buffer.from(content) });
  const ids = await Promise.all(['one', 'two', 'three'].map(store));
  const soql =
    'SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId IN (SELECT Id FROM NPS_Health__c)';
  const { records } = await admin.query<{ ContentDocumentId: string }>(soql);
  expect(records).toHaveLength(1);
  expect(ids).toContain(records[0]?.ContentDocumentId);
  expect(await store('later')).toBe(records[0]?.ContentDocumentId);
});
