import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StartError } from '../../../src/sandbox/start-error.ts';
import { openTestSandbox, startTestSandbox } from '../../support/sandbox.ts';
import { rawClient } from './pubsub-stage.ts';

test('an event published by REST reaches a Pub/Sub subscription that trusts the CA', async () => {
  const sandbox = await startTestSandbox({ seed: 'empty-company' });
  const connection = await sandbox.adminConnection();
  const client = rawClient({
    endpoint: sandbox.pubsubEndpoint,
    caPath: String(sandbox.environment.SALESFORCE_PUBSUB_CA),
  });
  const { Metadata } = await import('@grpc/grpc-js');
  const metadata = new Metadata();
  metadata.set('accesstoken', String(connection.accessToken));
  metadata.set('instanceurl', connection.instanceUrl);
  metadata.set('tenantid', sandbox.org.id);
  const stream = client.makeBidiStreamRequest(
    '/eventbus.v1.PubSub/Subscribe',
    (request: Buffer) => request,
    (response: Buffer) => response,
    metadata,
  );
  const received: Buffer[] = [];
  stream.on('data', (response: Buffer) => received.push(response));
  stream.on('error', () => {});
  // FetchRequest by hand: topic_name (1), replay_preset EARLIEST (2), num_requested (4).
  const topic = Buffer.from('/event/NPS_Lifecycle__e');
  stream.write(Buffer.concat([Buffer.from([0x0a, topic.length]), topic, Buffer.from([0x10, 1, 0x20, 5])]));
  await connection
    .sobject('NPS_Lifecycle__e')
    .create({ Trigger__c: 'First_Value', Account_Id__c: '001000000000001AAA' });
  await expect.poll(() => Buffer.concat(received).toString('latin1')).toContain('First_Value');
  expect(await sandbox.events()).toEqual([
    {
      event: 'NPS_Lifecycle__e',
      payload: expect.objectContaining({ Trigger__c: 'First_Value', Account_Id__c: '001000000000001AAA' }),
      publishedBy: 'rest',
      at: expect.any(String),
    },
  ]);
});

test('a restart finds rows, events, mail and time as they were', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const before = await openTestSandbox({ dataDir });
  before.org.update('Account', String(before.org.query('SELECT Id FROM Account')[0]?.Id), { Name: 'Renamed' });
  before.org.publish('NPS_Lifecycle__e', { Trigger__c: 'First_Value', Account_Id__c: '001000000000001AAA' }, 'rest');
  const arrived = await before.advance('P3D');
  const [events, ca] = [await before.events(), before.environment.SALESFORCE_PUBSUB_CA];
  await before.close();
  const after = await startTestSandbox({ dataDir });
  expect(after.org.id).toBe(before.org.id);
  expect(after.org.query("SELECT Id FROM Account WHERE Name = 'Renamed'")).toHaveLength(1);
  expect(await after.events()).toEqual(events);
  expect(after.org.now().getTime()).toBeGreaterThanOrEqual(arrived.getTime());
  expect(after.environment.SALESFORCE_PUBSUB_CA).toBe(ca);
});

test('a second sandbox on the same folder is refused with a sentence', async () => {
  const { dataDir } = await startTestSandbox({ seed: 'empty-company' });
  await expect(openTestSandbox({ dataDir })).rejects.toThrow(StartError);
});

test('a port in use is refused with a sentence', async () => {
  const { url } = await startTestSandbox({ seed: 'empty-company' });
  const port = Number(new URL(url).port);
  await expect(openTestSandbox({ port, seed: 'empty-company' })).rejects.toThrow(/in use; stop what runs there/);
});

test('a reset begins again: seed, events, mail and time', async () => {
  const startAt = new Date('2026-01-05T10:00:00Z');
  const sandbox = await startTestSandbox({ startAt });
  sandbox.org.insert('Account', { Name: 'Thirteenth' });
  sandbox.org.publish('NPS_Lifecycle__e', { Trigger__c: 'First_Value', Account_Id__c: '001000000000001AAA' }, 'rest');
  await sandbox.advance('P30D');
  const response = await fetch(`${sandbox.url}/reset`, { method: 'POST' });
  expect(response.status).toBe(200);
  expect(sandbox.org.query('SELECT Id FROM Account')).toHaveLength(12);
  expect(await sandbox.events()).toEqual([]);
  expect(sandbox.org.now().getTime() - startAt.getTime()).toBeLessThan(60_000);
});
