import { beforeEach, describe, expect, it } from 'vitest';
import { followCommands, requestItem } from '../../src/loop/commands.ts';
import { invite } from '../../src/loop/invite.ts';
import type { SurveyRecord } from '../../src/loop/ports.ts';
import { sweeps } from '../../src/loop/sweep.ts';
import { contact, fakeOrg } from './fake-org.ts';
import { ACME, DAY_MS, logBook, MINUTE_MS, movableClock, NOW } from './fakes.ts';
import { memorySpool } from './memory-spool.ts';

const BEFORE = new Date(NOW.getTime() - 200 * DAY_MS);
const FIRST = new Date(NOW.getTime() - 3 * DAY_MS);

function office() {
  const clock = movableClock();
  const [spool, org, log] = [memorySpool(clock), fakeOrg(clock), logBook()];
  const parts = { clock, spool, org, log, mayBeMailed: () => true, languages: ['en'] };
  const asks = (contactId = 'Ann') =>
    org.resends.set(contactId, { request: 'Resend', by: 'Jane Doe', at: clock.now(), note: '' });
  const work = async () => followCommands(await spool.claim('command', 10), parts);
  return {
    ...{ clock, spool, org, asks, work },
    async resend(contactId = 'Ann') {
      asks(contactId);
      await spool.put([requestItem({ contactId, accountId: ACME }, `asked ${contactId}`, clock.now())]);
      await work();
    },
    survey: () => org.surveysByKey.get('one'),
    mails: () => spool.open('mail').map(({ key, payload }) => `${key} to ${payload.to.email}`),
  };
}

let desk = office();
const again = `one:invitation:again:${NOW.toISOString()} to new@acme.example`;

/** An invitation of three days ago, and what stands on account and contact since. */
function sent(status: string, facts: Partial<SurveyRecord> = {}, people: Parameters<typeof contact>[1] = {}) {
  const keepsItsDate = status === 'Sent' || status === 'Delivered';
  const lastSurveyedAt = keepsItsDate ? FIRST : BEFORE;
  const ann = contact('Ann', { email: 'new@acme.example', lastSurveyedAt, ...people });
  desk.org.addAccount(ACME, { lastSurveyedAt, contacts: [ann, contact('Ben')] });
  const asked = keepsItsDate ? { at: FIRST, accountBefore: BEFORE, contactBefore: BEFORE } : null;
  desk.org.addSurvey('one', ACME, { status, asked, since: FIRST, ...facts });
}

beforeEach(() => {
  desk = office();
});

describe('an invitation that is asked to be sent once more', () => {
  it.each(['Bounced', 'Failed', 'Sent', 'Delivered'])(
    'after it was %s goes to the address as it is now',
    async (status) => {
      sent(status);
      await desk.resend();
      expect(desk.mails()).toEqual([again]);
      expect(desk.survey()).toMatchObject({ status: 'Queued', asked: { at: NOW }, resendAskedAt: NOW });
      expect(desk.org.accounts.get(ACME)).toMatchObject({ lastSurveyedAt: NOW });
      expect(desk.org.resendResults).toEqual([
        'The invitation of 2026-11-15 goes out once more, asked for by Jane Doe on 2026-11-18.',
      ]);
    },
  );

  it.each([
    ['Queued', 'waits to be sent already'],
    ['Responded', 'was answered'],
    ['Cancelled', 'is Cancelled'],
  ])('while it is %s is not, and the contact says why', async (status, why) => {
    sent(status);
    await desk.resend();
    expect(desk.mails()).toEqual([]);
    expect(desk.survey()).toMatchObject({ status, resendAskedAt: null });
    expect(desk.org.resendResults).toEqual([expect.stringMatching(`^Resend.*Jane Doe.*was not done.*${why}`)]);
  });

  it.each<[string, Parameters<typeof contact>[1]]>([
    ['opted out of surveys', { surveyOptOut: true }],
    ['opted out of all mail', { emailOptOut: true }],
    ['has the address that bounced', { bounced: true }],
    ['has no address', { email: null }],
    ['was asked for something else since', { lastSurveyedAt: new Date(NOW.getTime() - DAY_MS) }],
  ])('is not where the contact %s', async (_, people) => {
    sent('Bounced', {}, people);
    await desk.resend();
    expect([desk.mails(), desk.org.decisionsWritten]).toEqual([[], []]);
    expect(desk.org.resendResults).toEqual([expect.stringContaining('was not done')]);
  });

  it('goes to nobody else when its contact is gone from the account', async () => {
    sent('Bounced');
    desk.org.addAccount(ACME, { contacts: [contact('Ben')] });
    await desk.resend();
    expect([desk.mails(), desk.org.resendResults]).toEqual([
      [],
      [expect.stringContaining('no contact of its account')],
    ]);
  });

  it('that was never sent is told so', async () => {
    desk.org.addAccount(ACME);
    await desk.resend();
    expect(desk.org.resendResults).toEqual([expect.stringContaining('No invitation was ever sent')]);
  });

  it('is one mail, whatever dies in between and however often it is told', async () => {
    sent('Bounced');
    const { answerResend } = desk.org;
    desk.org.answerResend = () => Promise.reject(new Error('killed after the decision'));
    await desk.resend();
    desk.org.answerResend = answerResend;
    desk.clock.advance(MINUTE_MS);
    await desk.work();
    expect(desk.mails()).toEqual([again]);
    expect(desk.org.decisionsWritten).toHaveLength(1);
    expect(desk.org.resendResults).toHaveLength(1);
    expect(desk.spool.open('command')).toEqual([]);
  });

  it('is found again when its mail or its event was lost', async () => {
    sent('Bounced');
    desk.asks();
    const { clock, spool, org } = desk;
    org.openRequests = async () => [{ contactId: 'Ann', accountId: ACME }];
    await spool.renewLease(new Date(clock.now().getTime() + MINUTE_MS));
    const ticks = sweeps({ org, spool, clock, log: logBook() });
    const tick = (name: string) => ticks.find((one) => one.name === name)?.run(clock.now());
    await tick('open requests');
    await desk.work();
    expect(desk.mails()).toEqual([again]);
    await spool.settle({ dropped: await spool.claim('mail', 1) });
    await tick('unsent mails');
    expect(desk.mails()).toEqual([again]);
  });

  it('says so when Salesforce refuses the decision', async () => {
    sent('Bounced');
    desk.org.onDecisions = () => ({ written: false, transient: false, reason: 'account: Locked.' });
    await desk.resend();
    expect([desk.mails(), desk.org.resendResults]).toEqual([
      [],
      [expect.stringContaining('refused it: account: Locked.')],
    ]);
  });

  it('does not give way to a moment that matters more', async () => {
    sent('Bounced');
    await desk.resend();
    const survey = desk.survey();
    expect(survey).toMatchObject({ status: 'Queued' });

    const moment = { trigger: 'Pre_Renewal', sourceId: ACME, anchorDate: '2026-11-18' };
    const payload = { eventUuid: 'e', moment, accountId: ACME, publishedAt: NOW.toISOString() };
    await desk.spool.put([{ lane: 'event', key: 'e', accountId: ACME, payload, dueAt: NOW }]);
    const { clock, spool, org } = desk;
    const parts = { clock, spool, org, log: logBook(), mayBeMailed: () => true, languages: ['en'] };
    await invite(await spool.claim('event', 1), parts);
    expect(desk.survey()).toMatchObject({ status: 'Queued' });
  });
});
