import { expect, it, onTestFinished } from 'vitest';
import type { MailEventDesk, WebhookCall } from '../../src/loop/ports.ts';
import { buildServer } from '../../src/web/server.ts';
import { plainStationery } from '../loop/fakes.ts';
import { asHeaders } from '../support/event-signer.ts';
import { fakeDesk } from './fake-desk.ts';

const path = '/webhooks/sendgrid';
const headers = asHeaders({ timestamp: '1', signature: 'c2ln' });

function server(outcome: Awaited<ReturnType<MailEventDesk['take']>> | Error) {
  const calls: WebhookCall[] = [];
  const mailEvents: MailEventDesk = {
    async take(call) {
      calls.push(call);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  };
  const app = buildServer({
    ...{ desk: fakeDesk(), stationery: plainStationery(), log: false, visitorSalt: 'salt', mailEvents },
    readiness: async () => ({ ready: true, idle: true, standby: false }),
  });
  onTestFinished(() => app.close());
  return { app, calls };
}

it.each([
  ['taken', 204],
  ['refused', 403],
  ['unreadable', 400],
  [new Error('disk full'), 500],
] as const)('a call that is %s is answered with %i and no word', async (outcome, status) => {
  const { app } = server(outcome);
  const response = await app.inject({ method: 'POST', url: path, headers, payload: '[]' });
  expect([response.statusCode, response.body]).toEqual([status, '']);
});

it.each(['application/json', 'application/json; charset=utf-8', 'text/plain'])(
  'the body of a call is handed on byte by byte, as %s',
  async (type) => {
    const { app, calls } = server('taken');
    const payload = '[ {"event" :"bounce","reason":"ü"}]\r\n';
    await app.inject({ method: 'POST', url: path, headers: { ...headers, 'content-type': type }, payload });
    expect(calls).toEqual([{ timestamp: '1', signature: 'c2ln', body: Buffer.from(payload) }]);
  },
);

it('a call without headers, body or type is handed on as empty as it is', async () => {
  const { app, calls } = server('refused');
  await app.inject({ method: 'POST', url: path });
  expect(calls).toEqual([{ timestamp: undefined, signature: undefined, body: Buffer.alloc(0) }]);
});

it('a call of 1 MB is taken, one of 3 MB is not read', async () => {
  const { app, calls } = server('taken');
  const sent = (megabytes: number) =>
    app.inject({ method: 'POST', url: path, headers, payload: Buffer.alloc(megabytes * 1024 * 1024, 'x') });
  expect([(await sent(1)).statusCode, (await sent(3)).statusCode]).toEqual([204, 413]);
  expect(calls).toHaveLength(1);
});

it('only posting is a call', async () => {
  const { app } = server('taken');
  expect((await app.inject({ method: 'GET', url: path })).statusCode).toBe(404);
});
