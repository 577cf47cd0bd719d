import { beforeEach, describe, expect, it } from 'vitest';
import { record } from '../../src/loop/record.ts';
import { sweeps } from '../../src/loop/sweep.ts';
import { DEFAULT_SETTINGS } from '../../src/nps/settings.ts';
import { answering } from './answering.ts';
import { ACME, DAY_MS, MINUTE_MS } from './fakes.ts';

let stage: ReturnType<typeof answering>;

beforeEach(async () => {
  stage = answering();
  await stage.spool.renewLease(new Date(stage.clock.wall().getTime() + 60 * MINUTE_MS));
  stage.org.addSurvey('one', ACME);
});

async function run(name: string) {
  const tick = sweeps(stage).find((one) => one.name === name);
  if (!tick) throw new Error(`There is no tick "${name}".`);
  await tick.run(stage.clock.now());
}

describe('the sweep', () => {
  it('brings a provisional answer to its verdict after the quarantine', async () => {
    await stage.give({ surveyKey: 'one', score: 10, evidence: 'script' });
    stage.clock.advance(30 * MINUTE_MS);
    await run('verdicts');
    await stage.work();
    expect(stage.org.responses.get('one')).toMatchObject({ verdict: 'Accepted' });
    expect(stage.mails()).toEqual(['thank-you to Ann Lee']);
  });

  it('sends the mail of a survey that was decided and never mailed, once', async () => {
    stage.org.addSurvey('lost', ACME, { status: 'Queued' });
    await run('unsent mails');
    await run('unsent mails');
    expect(stage.spool.open('mail')).toMatchObject([
      { key: 'lost:invitation', payload: { from: { name: 'Cleo Sun' } } },
    ]);
  });

  it('keeps the contact’s own clock for a mail that was lost, not the CSM’s', async () => {
    const { contact } = stage.org.addSurvey('lost', ACME, { status: 'Queued' });
    if (contact)
      stage.org.addSurvey('lost', ACME, { status: 'Queued', contact: { ...contact, timeZone: 'Asia/Tokyo' } });
    await run('unsent mails');
    expect(stage.spool.open('mail')).toMatchObject([{ payload: { to: { timeZone: 'Asia/Tokyo' } } }]);
  });

  it('sends nothing while another installation does', async () => {
    stage.org.addSurvey('lost', ACME, { status: 'Queued' });
    await stage.spool.endLease();
    await run('unsent mails');
    expect(stage.spool.open('mail')).toEqual([]);
  });

  it('sends nothing for a survey whose contact is gone', async () => {
    stage.org.addSurvey('lost', ACME, { status: 'Queued', contact: null });
    await run('unsent mails');
    expect(stage.spool.open('mail')).toEqual([]);
  });

  it('gives back the dates of surveys that reached nobody', async () => {
    const asked = { at: stage.clock.now(), accountBefore: null, contactBefore: null };
    stage.org.addSurvey('cancelled', ACME, { status: 'Cancelled', asked });
    await run('dates to give back');
    await run('dates to give back');
    await record(await stage.spool.claim('receipt', 10), stage);
    expect(stage.org.datesGivenBack).toEqual(['cancelled']);
    expect(stage.spool.open('receipt')).toEqual([]);
  });

  it('has suppressed surveys deleted that are older than the settings say', async () => {
    const days: number[] = [];
    stage.org.settings = async () => ({ ...DEFAULT_SETTINGS, suppressedRetentionDays: 100 });
    stage.org.deleteSuppressed = async (before) => {
      days.push((stage.clock.now().getTime() - before.getTime()) / DAY_MS);
      return 3;
    };
    await run('suppressed surveys');
    expect(days).toEqual([100]);
  });

  it('rebuilds the numbers of every account with responses, once a fire time', async () => {
    await stage.give({ surveyKey: 'one', score: 9 });
    await run('account numbers');
    await run('account numbers');
    expect(stage.spool.open('answer')).toMatchObject([{ payload: { kind: 'review', accountId: ACME } }]);
  });
});

describe('a receipt', () => {
  it.each([
    ['of an invitation that was refused', 'invitation', true],
    ['of a reply that was refused', 'acknowledgment', false],
  ] as const)('%s gives the date back: %s, %s', async (_, template, givesBack) => {
    const payload = { kind: 'mail-refused' as const, template, surveyKey: 'one', reason: 'No such mailbox.' };
    await stage.spool.put([{ lane: 'receipt', key: 'r', accountId: ACME, payload, dueAt: stage.clock.now() }]);
    await record(await stage.spool.claim('receipt', 10), stage);
    expect(stage.org.datesGivenBack).toEqual(givesBack ? ['one'] : []);
  });

  const put = async (surveyKey: string) => {
    const payload = { kind: 'opt-out' as const, surveyKey };
    await stage.spool.put([{ lane: 'receipt', key: surveyKey, accountId: ACME, payload, dueAt: stage.clock.now() }]);
  };

  it('is written, tried again or kept as a dead letter, each by itself', async () => {
    await put('fine');
    await put('locked');
    await put('refused');
    stage.org.writeReceipts = async () => [
      { written: true },
      { written: false, transient: true, reason: 'UNABLE_TO_LOCK_ROW' },
      { written: false, transient: false, reason: 'No access.' },
    ];
    await record(await stage.spool.claim('receipt', 10), stage);
    expect(stage.spool.open('receipt')).toMatchObject([{ key: 'locked', attempts: 1 }]);
    expect(await stage.spool.dead()).toMatchObject([{ key: 'refused', reason: 'No access.' }]);
    expect(stage.log.complaints()).toHaveLength(2);
  });
});
