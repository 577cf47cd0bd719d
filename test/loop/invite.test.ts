import { beforeEach, describe, expect, it } from 'vitest';
import { invite } from '../../src/loop/invite.ts';
import type { LifecycleEvent } from '../../src/loop/ports.ts';
import { fullRecordId, momentKey } from '../../src/nps/moment.ts';
import { CLEO, contact, type FakeOrg, fakeOrg, trigger } from './fake-org.ts';
import { ACME, BOLT, DAY_MS, logBook, MINUTE_MS, movableClock, NOW } from './fakes.ts';
import { type MemorySpool, memorySpool } from './memory-spool.ts';

let clock = movableClock();
let spool: MemorySpool;
let org: FakeOrg;
let log = logBook();
const mayBeMailed = () => true;

beforeEach(() => {
  clock = movableClock();
  spool = memorySpool(clock);
  org = fakeOrg(clock);
  log = logBook();
  org.addAccount(ACME);
  org.addAccount(BOLT);
});

const event = (uuid: string, facts: Partial<LifecycleEvent> = {}, trigger = 'Pre_Renewal'): LifecycleEvent => {
  const accountId = facts.accountId ?? ACME;
  const moment = { trigger, sourceId: accountId, anchorDate: '2026-11-18' };
  return { eventUuid: uuid, accountId, publishedAt: NOW.toISOString(), moment, ...facts };
};

async function arrive(...events: LifecycleEvent[]) {
  await spool.put(
    events.map((payload) => {
      const { eventUuid: key, accountId } = payload;
      return { lane: 'event', key, accountId, payload, dueAt: clock.now() };
    }),
  );
  await work();
}
async function work() {
  await invite(await spool.claim('event', 200), { org, spool, clock, log, mayBeMailed, languages: ['en', 'de'] });
}
const outcomes = () => org.decisionsWritten.flatMap(({ decisions }) => decisions.map(({ outcome }) => outcome));
const mails = () => spool.open('mail').map(({ key }) => key);

describe('an event', () => {
  it("commits the survey, the account's date and the mail in that order", async () => {
    const happened = event('a');
    org.onDecisions = () => {
      expect(mails()).toEqual([]);
      return { written: true };
    };
    await arrive(happened);
    const surveyKey = momentKey(happened.moment);
    expect(org.decisionsWritten).toEqual([
      {
        accountId: ACME,
        contactDates: [],
        decisions: [
          {
            ...{
              surveyKey,
              kind: 'Survey',
              moment: happened.moment,
              accountId: ACME,
              contactId: 'Ann',
              csmId: 'Cleo',
              language: 'en',
            },
            recovery: null,
            outcome: { status: 'Queued', asked: { at: NOW, accountBefore: null, contactBefore: null } },
          },
        ],
      },
    ]);
    expect(spool.open('mail')).toMatchObject([
      {
        key: `${surveyKey}:invitation`,
        accountId: ACME,
        payload: { template: 'invitation', to: { email: 'ann@acme.example' }, from: { email: 'cleo@us.example' } },
      },
    ]);
    expect(spool.open('event')).toEqual([]);
  });

  it('asks the contact it names', async () => {
    await arrive(event('a', { contactId: 'Ben' }));
    expect(spool.open('mail')).toMatchObject([{ payload: { to: { email: 'ben@acme.example' } } }]);
  });

  it('for an account that does not exist is a stored decision about no account', async () => {
    await arrive(event('a', { accountId: fullRecordId('001000000000009') }), event('b', { accountId: 'no id' }));
    expect(org.decisionsWritten.map(({ accountId }) => accountId)).toEqual([null, null]);
    expect(outcomes()).toMatchObject([{ code: 'UNKNOWN_ACCOUNT' }, { code: 'UNKNOWN_ACCOUNT' }]);
    expect(mails()).toEqual([]);
  });

  it('of a trigger nobody configured is a stored decision that names it', async () => {
    await arrive(event('a', {}, 'Birthday'));
    expect(outcomes()).toEqual([
      { status: 'Suppressed', code: 'UNKNOWN_TRIGGER', reason: expect.stringContaining('"Birthday"') },
    ]);
  });

  it('finds its trigger whatever the case, and is kept under the name it has in Setup', async () => {
    await arrive(event('a', {}, 'PRE_renewal'));
    expect(org.decisionsWritten[0]?.decisions[0]).toMatchObject({ moment: { trigger: 'Pre_Renewal' } });
    expect(mails()).toHaveLength(1);
  });

  it('keeps whom it would have asked when nobody is there to ask', async () => {
    org.addAccount(ACME, { csmCandidates: [{ ...CLEO, active: false }] });
    await arrive(event('a'));
    expect(org.decisionsWritten[0]?.decisions[0]).toMatchObject({ contactId: 'Ann', outcome: { code: 'NO_CSM' } });
  });
});

describe('events that arrive together', () => {
  it('of one account ask once, and the other is suppressed by the 90 days', async () => {
    await arrive(event('a'), event('b', {}, 'First_Value'));
    expect(outcomes()).toMatchObject([{ status: 'Queued' }, { status: 'Suppressed', code: 'ACCOUNT_ASKED_RECENTLY' }]);
    expect(org.decisionsWritten).toHaveLength(1);
    expect(mails()).toHaveLength(1);
  });

  it('about the same moment are one decision', async () => {
    await arrive(event('a'), event('b'), event('c', {}, 'pre_renewal'));
    expect(outcomes()).toMatchObject([{ status: 'Queued' }]);
    expect(spool.open('event')).toEqual([]);
  });

  it('of two accounts are decided apart', async () => {
    org.addAccount(BOLT, { contacts: [contact('Zoe', { surveyOptOut: true })] });
    await arrive(event('a'), event('b', { accountId: BOLT }));
    expect(outcomes()).toMatchObject([{ status: 'Queued' }, { code: 'CONTACT_OPTED_OUT' }]);
  });

  it('ninety days apart ask twice', async () => {
    await arrive(event('a'));
    clock.advance(90 * DAY_MS);
    const later = { trigger: 'Pre_Renewal', sourceId: ACME, anchorDate: '2027-02-16' };
    await arrive(event('b', { moment: later }));
    expect(mails()).toHaveLength(2);
  });
});

describe('a survey whose mail has not left', () => {
  const usage = () => event('usage', { contactId: 'Ben' }, 'First_Value');
  const renewal = () => event('renewal');

  it('gives way to what matters more, and gives the contact its date back', async () => {
    await arrive(usage());
    clock.advance(DAY_MS);
    await arrive(renewal());
    expect(org.decisionsWritten[1]).toMatchObject({
      contactDates: [{ id: 'Ben', lastSurveyedAt: null }],
      decisions: [
        { moment: { trigger: 'Pre_Renewal' }, contactId: 'Ann', outcome: { asked: { accountBefore: null } } },
        {
          moment: { trigger: 'First_Value' },
          contactId: 'Ben',
          outcome: { status: 'Suppressed', code: 'ACCOUNT_ASKED_RECENTLY' },
        },
      ],
    });
    expect(outcomes()[2]).toHaveProperty('reason', expect.stringContaining('For Pre_Renewal, which comes first'));
  });

  it('waits for its turn where its trigger says so, and is decided anew then', async () => {
    org.triggersByName.set('first_value', trigger('First_Value', { priority: 30, waitDays: 90 }));
    await arrive(usage());
    await arrive(renewal());
    expect(outcomes()[2]).toMatchObject({ status: 'Deferred', notBefore: '2027-02-16' });
    clock.advance(90 * DAY_MS);
    await arrive(event('again', { contactId: 'Ben', publishedAt: NOW.toISOString() }, 'First_Value'));
    expect(outcomes()[3]).toMatchObject({ status: 'Queued' });
  });

  it('stays where nothing that matters more is asked about', async () => {
    await arrive(renewal());
    await arrive(usage());
    org.addAccount(BOLT);
    await arrive(event('other', { accountId: BOLT }, 'First_Value'));
    await arrive(event('sleeping', { accountId: BOLT }, 'Sleeping'));
    expect(outcomes()).toMatchObject([
      { status: 'Queued' },
      { code: 'ACCOUNT_ASKED_RECENTLY' },
      { status: 'Queued' },
      { code: 'TRIGGER_INACTIVE' },
    ]);
  });

  it('is one no longer once its mail left', async () => {
    await arrive(usage());
    await spool.settle({ done: await spool.claim('mail', 10) });
    await arrive(renewal());
    expect(outcomes()).toMatchObject([{ status: 'Queued' }, { code: 'ACCOUNT_ASKED_RECENTLY' }]);
  });

  it('stays when what should take its place cannot be written', async () => {
    await arrive(usage());
    org.onDecisions = ({ decisions }) =>
      decisions.some(({ outcome }) => outcome.status === 'Queued')
        ? { written: false, transient: false, reason: 'Region is required.' }
        : { written: true };
    await arrive(renewal());
    expect(org.decisionsWritten.at(-1)).toMatchObject({
      contactDates: [],
      decisions: [{ moment: { trigger: 'Pre_Renewal' }, outcome: { status: 'Failed' } }],
    });
    expect(mails()).toHaveLength(1);
  });
});

describe('after a crash', () => {
  it('between decision and mail, the queued survey gets its mail and no second decision', async () => {
    const happened = event('a');
    org.addSurvey(momentKey(happened.moment), ACME, { status: 'Queued' });
    await arrive(happened);
    expect(org.decisionsWritten).toEqual([]);
    expect(mails()).toEqual([`${momentKey(happened.moment)}:invitation`]);
  });

  it.each(['Sent', 'Delivered', 'Responded', 'Suppressed', 'Failed', 'Cancelled'])(
    'a survey that is %s gets no mail',
    async (status) => {
      const happened = event('a');
      org.addSurvey(momentKey(happened.moment), ACME, { status });
      await arrive(happened);
      expect([mails(), org.decisionsWritten, spool.open('event')]).toEqual([[], [], []]);
    },
  );

  it('the whole batch may be decided again and leaves one mail', async () => {
    await arrive(event('a'));
    await arrive(event('b'));
    expect(mails()).toHaveLength(1);
    expect(outcomes()).toHaveLength(1);
  });
});

describe('a decision that cannot be written', () => {
  it('for now is tried again, and nobody is mailed before', async () => {
    org.onDecisions = () => ({ written: false, transient: true, reason: 'UNABLE_TO_LOCK_ROW' });
    await arrive(event('a'));
    expect(mails()).toEqual([]);
    expect(spool.open('event')).toMatchObject([{ attempts: 1, reason: 'UNABLE_TO_LOCK_ROW' }]);
    org.onDecisions = () => ({ written: true });
    clock.advance(MINUTE_MS);
    await work();
    expect(mails()).toHaveLength(1);
  });

  it("with the account's date is stored without it as failed, and nobody is mailed", async () => {
    org.onDecisions = ({ decisions }) =>
      decisions.some(({ outcome }) => outcome.status === 'Queued')
        ? { written: false, transient: false, reason: 'Region is required.' }
        : { written: true };
    await arrive(event('a'), event('b', {}, 'First_Value'));
    expect(org.decisionsWritten).toHaveLength(2);
    expect(org.decisionsWritten[1]?.decisions.map(({ outcome }) => outcome)).toMatchObject([
      { status: 'Failed', code: 'NOT_WRITABLE', reason: 'Region is required.' },
      { status: 'Suppressed', code: 'ACCOUNT_ASKED_RECENTLY' },
    ]);
    expect([mails(), spool.open('event'), await spool.dead()]).toEqual([[], [], []]);
  });

  it('at all is a dead letter with the reason, and does not hold up other accounts', async () => {
    org.onDecisions = ({ accountId }) =>
      accountId === ACME ? { written: false, transient: false, reason: 'No access.' } : { written: true };
    await arrive(event('a'), event('b', { accountId: BOLT }));
    expect(await spool.dead()).toMatchObject([{ key: 'a', reason: 'No access.' }]);
    expect(spool.open('mail')).toMatchObject([{ accountId: BOLT }]);
  });
});

describe('a moment of a renewal mail', () => {
  const answered = (segment: 'Promoter' | 'Detractor', sequence: 'runs' | 'is over') => ({
    answers: [{ contactId: 'Ann', segment, respondedAt: NOW, sequence }],
  });

  beforeEach(() => {
    const rule = trigger('Renewal_Mail', { kind: 'Renewal Mail', priority: 50, waitDays: 30 });
    org.triggersByName.set('renewal_mail', rule);
  });

  it('takes no date, and stops no survey that meets it, nor is stopped by one', async () => {
    org.addAccount(ACME, answered('Promoter', 'runs'));
    await arrive(event('a', {}, 'Renewal_Mail'), event('b'));
    expect(outcomes()).toEqual([
      { status: 'Queued', asked: { at: NOW, accountBefore: null, contactBefore: null } },
      { status: 'Queued', branch: 'Accomplishments' },
    ]);
    await arrive(event('c', { accountId: BOLT }, 'Renewal_Mail'));
    expect(org.accounts.get(BOLT)).toMatchObject({ lastSurveyedAt: null });
    expect(spool.open('mail').map(({ payload }) => payload.template)).toEqual(['invitation', 'renewal', 'renewal']);
  });

  it('is decided once, and its mail comes again if it was lost', async () => {
    const happened = event('a', {}, 'Renewal_Mail');
    await arrive(happened);
    await arrive({ ...happened, eventUuid: 'b' });
    expect(org.decisionsWritten).toHaveLength(1);
    expect(spool.open('mail')).toMatchObject([{ key: `${momentKey(happened.moment)}:renewal` }]);
    await spool.settle({ dropped: await spool.claim('mail', 10) });
    await arrive({ ...happened, eventUuid: 'c' });
    expect(spool.open('mail')).toMatchObject([{ payload: { template: 'renewal', branch: 'Neutral' } }]);
  });

  it('waits for a Detractor’s sequence, and is decided again on the next day', async () => {
    org.addAccount(ACME, answered('Detractor', 'runs'));
    const happened = event('a', {}, 'Renewal_Mail');
    await arrive(happened);
    expect(outcomes()).toMatchObject([{ status: 'Deferred', code: 'SEQUENCE_RUNNING' }]);
    org.addAccount(ACME, answered('Detractor', 'is over'));
    clock.advance(DAY_MS);
    await arrive({ ...happened, eventUuid: 'b' });
    expect(outcomes().at(-1)).toEqual({ status: 'Queued', branch: 'Issue Acknowledgment' });
  });
});
