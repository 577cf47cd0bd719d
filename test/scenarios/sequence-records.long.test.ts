import type { Connection } from 'jsforce';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployed, recordFile } from '../support/deploy.ts';
import { inSequence } from '../support/in-sequence.ts';
import { killAll, type RunningProcess, startedStack, travel } from '../support/stack.ts';

let stack: RunningProcess;
let admin: Connection;
let world: ReturnType<typeof inSequence>;

afterAll(killAll);

beforeAll(async () => {
  const started = await startedStack();
  ({ stack, admin } = started);
  world = inSequence(started);
});

const change = (name: string, values: Parameters<typeof recordFile>[2]) =>
  deployed(
    { url: stack.addresses.Org ?? '', adminToken: () => String(admin.accessToken) },
    recordFile('NPS_Sequence_Step', name, values),
  );

test('an admin changes steps while a sequence runs: the one waited for keeps its time, later ones follow their records', async () => {
  const customer = await world.answered('5');
  await travel(stack, 'PT10M');
  const { Next_Step_Due__c: due } = await world.standing(customer);
  await change('Detractor_Call', { Delay_Hours__c: 200 });
  await change('Detractor_Reminder', { Active__c: false });
  await change('Detractor_Escalate_to_Manager', { Delay_Percent__c: 120 });
  await travel(stack, 'PT30M');
  expect((await world.standing(customer)).Next_Step_Due__c).toBe(due);
  await world.days(4);
  const steps = await world.stepsOf(customer);
  expect(steps).toContain('Detractor_Call');
  expect(steps).toContain('Detractor_Escalate_to_Manager');
  expect(steps).not.toContain('Detractor_Reminder');

  await change('Detractor_Did_We_Fix_It', { Template__c: 'poem' });
  await travel(stack, 'PT30M');
  const { records } = await admin.query<{ State__c: string; Message__c: string }>(
    "SELECT State__c, Message__c FROM NPS_Health__c WHERE Key__c = 'sequence-detractor'",
  );
  expect(records).toMatchObject([{ State__c: 'Disabled', Message__c: expect.stringContaining('poem') }]);
  await change('Detractor_Did_We_Fix_It', { Template__c: 'did-we-fix-it' });
}, 240_000);
