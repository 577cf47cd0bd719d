import type { Connection } from 'jsforce';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inSequence } from '../support/in-sequence.ts';
import {
  adminOf,
  killAll,
  mailTo,
  type RunningProcess,
  startOrgAlone,
  startServiceAlone,
  temporaryFolder,
  travel,
  untilIdle,
} from '../support/stack.ts';

const folder = temporaryFolder();
let service: RunningProcess;
let stack: RunningProcess;
let environment: Record<string, string>;
let admin: Connection;
let world: ReturnType<typeof inSequence>;

afterAll(killAll);

beforeAll(async () => {
  const org = await startOrgAlone(temporaryFolder());
  environment = { ...org.environment, PORT: '0' };
  stack = org;
  admin = await adminOf(org.addresses.Org ?? '');
  await startService();
});

/** Beside the org, which goes on when the service dies. */
async function startService() {
  service = await startServiceAlone(folder, environment);
  const { Service: url = '' } = service.addresses;
  stack = { ...stack, addresses: { ...stack.addresses, Service: url } };
  await untilIdle(url);
  world = inSequence({ stack, service: url, org: stack.addresses.Org ?? '', admin });
}

test('whenever the power goes between two steps, each is taken once', async () => {
  const customer = await world.answered('3');
  for (let day = 0; day < 5; day += 1) {
    // Not waited for: the clock has moved, and the tick that fell due is somewhere in its work.
    await fetch(`${stack.addresses.Org}/clock`, {
      ...{ method: 'POST', body: JSON.stringify({ advance: 'P1D' }) },
      headers: { 'content-type': 'application/json' },
    });
    await service.kill();
    await startService();
    await travel(stack, 'PT20M');
  }
  await travel(stack, 'PT1H');
  const steps = await world.stepsOf(customer);
  expect(steps).toEqual([...new Set(steps)]);
  expect(steps).toContain('Detractor_Call');
  const subjects = (await mailTo(stack.addresses.Org ?? '', customer.email)).map(({ subject }) => subject);
  expect(subjects.filter((subject) => subject.startsWith('Thank you'))).toHaveLength(1);
  const tasks = (await world.tasks(customer)).map(({ Subject, OwnerId }) => `${OwnerId} ${Subject}`);
  expect(tasks.filter((task) => task.includes('no reply yet'))).toHaveLength(1);
  expect(tasks.filter((task) => task.includes('nobody has acted'))).toHaveLength(2);
}, 240_000);
