import { describe, expect, it } from 'vitest';
import { type AskParts, sendMails } from '../../src/loop/ask.ts';
import { mailItem } from '../../src/loop/mail-order.ts';
import type { MailOrder } from '../../src/loop/ports.ts';
import { linkKeys } from '../../src/nps/link.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/nps/settings.ts';
import { fakeOrg } from './fake-org.ts';
import { ACME, fakePostbox, logBook, MINUTE_MS, movableClock, NOW, plainStationery } from './fakes.ts';
import { memorySpool } from './memory-spool.ts';

const order = (number: number, to: Partial<MailOrder['to']> = {}): MailOrder => ({
  ...{ surveyKey: number.toString(16).padStart(64, '0'), accountId: ACME, accountName: 'Acme', trigger: 'Pre_Renewal' },
  ...{ language: 'en', template: 'invitation' as const },
  to: { name: 'Ann Lee', firstName: 'Ann', email: 'ann@acme.example', ...to },
  from: { name: 'Cleo Sun', email: 'cleo@us.example' },
});
const reply = (number: number): MailOrder => ({
  ...order(number),
  ...{ template: 'acknowledgment', step: 'Acknowledge', orderedAt: NOW.toISOString() },
  answer: { score: 0, commented: false, actionsTaken: '' },
});

/** The mail lane at noon UTC of a Wednesday, in an org at Berlin, under some settings. */
function office(settings: Partial<Settings>, facts: Partial<AskParts> = {}) {
  const clock = movableClock();
  const [postbox, spool, log, org] = [fakePostbox(), memorySpool(clock), logBook(), fakeOrg(clock)];
  org.settings = async () => ({ ...DEFAULT_SETTINGS, ...settings });
  const parts: AskParts = {
    ...{ clock, postbox, spool, log, org, stationery: plainStationery() },
    links: linkKeys(['a secret of this season, long enough']),
    ...{ publicUrl: 'https://nps.us.example', mayBeMailed: () => true },
    ...{
      senderDomains: async () => new Set(['us.example']),
      fallbackFrom: null,
      replyAddress: () => null,
      isRefusedForGood: () => false,
    },
    ...facts,
  };
  return {
    ...{ clock, spool, log, org },
    async post(...orders: MailOrder[]) {
      for (const { surveyKey } of orders) org.addSurvey(surveyKey, ACME, { status: 'Queued' });
      await spool.put(orders.map((one) => mailItem(one, clock.now())));
    },
    async work() {
      await sendMails(await spool.claim('mail', 100), parts);
    },
    sent: () => postbox.accepted.map(({ key }) => Number.parseInt(key.slice(0, 64), 16)),
    dueAt: () => spool.open('mail').map(({ dueAt }) => dueAt.toISOString()),
  };
}

describe('outside the send window', () => {
  const sendWindow = { days: [1, 2, 3, 4, 5], from: 780, until: 840 };

  it("an invitation waits for it to open, by the contact's clock, else the org's; a reply does not wait", async () => {
    const desk = office({ sendWindow: { ...sendWindow, from: 840, until: 900 } });
    await desk.post(
      order(1),
      order(2, { timeZone: 'America/New_York' }),
      order(3, { timeZone: 'Asia/Dubai' }),
      reply(4),
    );
    await desk.work();
    expect(desk.sent()).toEqual([4]);
    expect(desk.dueAt()).toEqual(['2026-11-18T13:00:00.000Z', '2026-11-18T19:00:00.000Z', '2026-11-19T10:00:00.000Z']);
    desk.clock.advance(60 * MINUTE_MS);
    await desk.work();
    expect(desk.sent()).toEqual([4, 1]);
  });

  it('it waits without having failed, and says why', async () => {
    const desk = office({ sendWindow: { ...sendWindow, days: [7] } });
    await desk.post(order(1));
    await desk.work();
    expect(desk.spool.open('mail')).toMatchObject([{ attempts: 0, reason: 'It waits for the send window.' }]);
    expect(desk.log.complaints()).toEqual([]);
  });
});

describe('over a cap', () => {
  it('invitations leave an hour later, in their order; replies leave at once and count', async () => {
    const desk = office({ mailsAnHourPerSender: 2 });
    await desk.post(order(1), reply(2), order(3), order(4), order(5));
    await desk.work();
    expect(desk.sent().toSorted()).toEqual([1, 2]);
    for (let hour = 0; hour < 2; hour += 1) {
      desk.clock.advance(60 * MINUTE_MS);
      await desk.work();
    }
    expect(desk.sent().slice(2)).toEqual([3, 4, 5]);
  });

  it('domains are told apart, and what shares a fallback sender is one sender', async () => {
    const elsewhere = { email: 'bo@bolt.example' };
    const byDomain = office({ mailsAnHourPerDomain: 1 });
    await byDomain.post(order(1), order(2), order(3, elsewhere));
    await byDomain.work();
    expect(byDomain.sent()).toEqual([1, 3]);

    const nobody = { senderDomains: async () => new Set<string>(), fallbackFrom: 'nps@us.example' };
    const bySender = office({ mailsAnHourPerSender: 1 }, nobody);
    await bySender.post(order(1), { ...order(2), from: { name: 'Carl', email: 'carl@us.example' } });
    await bySender.work();
    expect(bySender.sent()).toEqual([1]);
  });
});

it('while settings or senders cannot be read invitations wait and replies leave', async () => {
  const desk = office({});
  desk.org.settings = async () => Promise.reject(new Error('The NPS Setting record Default cannot be used.'));
  await desk.post(order(1), reply(2));
  await desk.work();
  expect(desk.sent()).toEqual([2]);
  expect(desk.spool.open('mail')).toMatchObject([{ reason: 'The NPS Setting record Default cannot be used.' }]);
});
