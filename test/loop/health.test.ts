import { beforeEach, describe, expect, it } from 'vitest';
import { checkHealth } from '../../src/loop/health.ts';
import { SettingsError } from '../../src/nps/settings.ts';
import { fakeOrg, trigger } from './fake-org.ts';
import { ACME, logBook, MINUTE_MS, movableClock, NOW } from './fakes.ts';
import { memorySpool } from './memory-spool.ts';

const clock = movableClock();
let org = fakeOrg(clock);

/** An installation with a spool of its own at the one org. */
function installation(name: string) {
  const spool = memorySpool(clock, name);
  const log = logBook();
  return {
    spool,
    log,
    check: () => checkHealth({ org, spool, clock, log }),
    row: () => org.health.get(`heartbeat-${name}`),
  };
}

let one = installation('one');
let two = installation('two');
beforeEach(() => {
  org = fakeOrg(clock);
  one = installation('one');
  two = installation('two');
});

describe('the health of the service', () => {
  it('says what is wrong with each trigger, and that the others are well', async () => {
    org.triggersByName.set('bad', trigger('Bad', { problem: 'The NPS Trigger record Bad cannot be used: no.' }));
    await one.check();
    expect(org.health.get('trigger-bad')).toMatchObject({ state: 'Disabled', message: expect.stringContaining('Bad') });
    expect(org.health.get('trigger-pre_renewal')).toMatchObject({ state: 'OK' });
    org.triggersByName.set('bad', trigger('Bad'));
    await one.check();
    expect(org.health.get('trigger-bad')).toMatchObject({ state: 'OK', message: '' });
    const toldOfBad = one.log.complaints().filter((sentence) => sentence.includes('Bad'));
    expect(toldOfBad, 'told when it changed').toHaveLength(1);
  });

  it('says which shipped flows leave their trigger to the sweep', async () => {
    await one.check();
    expect(org.health.get('flow-pre_renewal')).toMatchObject({ kind: 'Flow', state: 'Warning' });
  });

  it('says why nobody is asked while the settings cannot be used', async () => {
    org.settings = async () => {
      throw new SettingsError(['Blackouts__c is odd']);
    };
    await one.check();
    expect(org.health.get('settings')).toMatchObject({
      state: 'Disabled',
      message: expect.stringContaining('Blackouts__c'),
    });
  });

  it('counts what was given up and what was written in part', async () => {
    const payload = { kind: 'opt-out' as const, surveyKey: 'ab' };
    await one.spool.put([{ lane: 'receipt', key: 'ab', accountId: ACME, payload, dueAt: NOW }]);
    const [item] = await one.spool.claim('receipt', 1);
    await one.spool.settle({ dead: item ? [{ item, reason: 'contact: ENTITY_IS_LOCKED: Dana' }] : [] });
    org.writeErrors = 2;
    await one.check();
    expect(org.health.get('dead-letters-receipt')).toMatchObject({ state: 'Warning', count: 1 });
    expect(org.health.get('write-errors')).toMatchObject({ state: 'Warning', count: 2 });
  });

  it('writes what changed and the heartbeat, nothing else', async () => {
    await one.check();
    await one.check();
    org.writeErrors = 1;
    await one.check();
    expect(org.healthWritten.slice(1)).toEqual([['heartbeat-one'], ['heartbeat-one', 'write-errors']]);
  });
});

describe('one installation sends mails for an org', () => {
  it('and lets a second one stand by, which tells so and nothing else', async () => {
    await one.check();
    const before = [...org.health.keys()];
    await two.check();
    expect([await one.spool.holdsLease(), await two.spool.holdsLease()]).toEqual([true, false]);
    expect(two.row()).toMatchObject({ state: 'Warning', message: expect.stringContaining('heartbeat-one') });
    expect([...org.health.keys()]).toEqual([...before, 'heartbeat-two']);
    expect(two.log.complaints()).toEqual([two.row()?.message]);
  });

  it('until it falls silent: it stops by itself before the other takes its place, and then stands by', async () => {
    await one.check();
    clock.advance(20 * MINUTE_MS);
    await two.check();
    expect([await one.spool.holdsLease(), await two.spool.holdsLease()]).toEqual([false, false]);
    clock.advance(5 * MINUTE_MS);
    await two.check();
    expect(await two.spool.holdsLease()).toBe(true);
    expect(one.row()).toMatchObject({ state: 'Warning', message: expect.stringContaining('No sign of this') });
    await one.check();
    expect([await one.spool.holdsLease(), await two.spool.holdsLease()]).toEqual([false, true]);
  });

  it('even where two begin at the same moment', async () => {
    await Promise.all([one.check(), two.check()]);
    expect([await one.spool.holdsLease(), await two.spool.holdsLease()]).toEqual([true, false]);
    await two.check();
    await one.check();
    expect([await one.spool.holdsLease(), await two.spool.holdsLease()]).toEqual([true, false]);
  });

  it('and its own restart changes nothing', async () => {
    await one.check();
    await two.check();
    await installation('one').check();
    await two.check();
    expect(await two.spool.holdsLease()).toBe(false);
  });
});
