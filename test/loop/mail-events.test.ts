import { expect, it } from 'vitest';
import { OPT_OUT } from '../../src/loop/answer.ts';
import { mailEventDesk } from '../../src/loop/mail-events.ts';
import type { MailEvent, MailEventReader } from '../../src/loop/ports.ts';
import { ACME, logBook, MINUTE_MS, movableClock, NOW } from './fakes.ts';
import { memorySpool } from './memory-spool.ts';

const bounce: MailEvent = {
  ...{ id: 'e1', kind: 'bounced', surveyKey: 'ab12', template: 'invitation', accountId: ACME },
  ...{ email: 'ann@acme.example', reason: '550', at: NOW.toISOString() },
};
const call = { signature: 's', timestamp: 't', body: Buffer.alloc(0) };

function desk(read: ReturnType<MailEventReader>) {
  const clock = movableClock();
  const spool = memorySpool(clock);
  const log = logBook();
  const { take } = mailEventDesk({ read: () => read, spool, clock, log });
  return { clock, spool, log, take };
}

it('what was told is stored once, however often it is told, and held with its account', async () => {
  const { take, spool } = desk({ events: [bounce, bounce, { ...bounce, id: 'e2', accountId: null }] });
  expect([await take(call), await take(call)]).toEqual(['taken', 'taken']);
  const { id: _, accountId: __, kind: ___, ...facts } = bounce;
  expect(spool.open('receipt')).toMatchObject([
    { key: 'mail-event:e1', accountId: ACME, payload: { kind: 'mail-event', event: 'bounced', ...facts } },
    { key: 'mail-event:e2', accountId: 'ab12' },
  ]);
});

it('that a reply to an answer arrived is not kept, that it did not is', async () => {
  const { take, spool } = desk({
    events: [
      { ...bounce, kind: 'delivered', template: 'thank-you' },
      { ...bounce, id: 'e2', template: 'thank-you' },
    ],
  });
  await take(call);
  expect(spool.open('receipt').map(({ key }) => key)).toEqual(['mail-event:e2']);
});

it.each(['spam-report', 'unsubscribed'] as const)('a %s holds up what waits for its account', async (kind) => {
  const { take, spool } = desk({ events: [{ ...bounce, kind }] });
  await take(call);
  expect(await spool.accountsAwaiting('receipt', OPT_OUT, [ACME])).toEqual(new Set([ACME]));
});

it('a bounce holds up nothing', async () => {
  const { take, spool } = desk({ events: [bounce] });
  await take(call);
  expect(await spool.accountsAwaiting('receipt', OPT_OUT, [ACME])).toEqual(new Set());
});

it('what cannot be stored is not acknowledged', async () => {
  const { take, spool } = desk({ events: [bounce] });
  spool.put = () => Promise.reject(new Error('disk full'));
  await expect(take(call)).rejects.toThrow('disk full');
});

it.each([
  [{ refused: 'it is not signed' }, 'refused'],
  [{ unreadable: true } as const, 'unreadable'],
])('%o is %s, stores nothing, and fills no log', async (read, outcome) => {
  const { take, spool, log, clock } = desk(read);
  for (let times = 0; times < 1000; times += 1) expect(await take(call)).toBe(outcome);
  expect(spool.open('receipt')).toEqual([]);
  expect(log.complaints()).toHaveLength(1);
  clock.advance(MINUTE_MS);
  await take(call);
  expect(log.complaints()).toHaveLength(2);
});
