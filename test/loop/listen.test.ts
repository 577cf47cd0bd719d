import { beforeEach, describe, expect, it } from 'vitest';
import { LIFECYCLE, lifecycleEvent, listen, type ReceivedEvent } from '../../src/loop/listen.ts';
import { momentKey } from '../../src/nps/moment.ts';
import { ACME, logBook, movableClock, NOW } from './fakes.ts';
import { memorySpool } from './memory-spool.ts';

const SHORT_ACME = ACME.slice(0, 15);
const payload = { CreatedDate: Date.parse('2026-11-17T23:30:00Z'), Trigger__c: 'Pre_Renewal', Account_Id__c: ACME };
const received = (uuid: string, facts: object = {}): ReceivedEvent => ({
  uuid,
  replayId: Buffer.from(uuid),
  payload: { ...payload, ...facts },
});

describe('a lifecycle event', () => {
  it('without source and anchor is about the account and its own UTC day', () => {
    expect(lifecycleEvent(received('a'))).toEqual({
      eventUuid: 'a',
      accountId: ACME,
      contactId: undefined,
      publishedAt: '2026-11-17T23:30:00.000Z',
      moment: { trigger: 'Pre_Renewal', sourceId: ACME, anchorDate: '2026-11-17' },
    });
  });

  it('has its ids in full and its texts without spaces around', () => {
    const event = lifecycleEvent(
      received('a', {
        Trigger__c: ' Pre_Renewal ',
        Account_Id__c: ` ${SHORT_ACME}`,
        Contact_Id__c: '003D000000IqhSL',
        Source_Id__c: '800D000000IqhSL',
        Anchor_Date__c: '2027-01-31',
      }),
    );
    expect(event).toMatchObject({
      accountId: ACME,
      contactId: '003D000000IqhSLIAZ',
      moment: { trigger: 'Pre_Renewal', sourceId: '800D000000IqhSLIAZ', anchorDate: '2027-01-31' },
    });
  });

  it('is the same moment with a short id and a long one, a date and its milliseconds', () => {
    const one = lifecycleEvent(received('a', { Account_Id__c: SHORT_ACME, Anchor_Date__c: '2027-01-31' }));
    const other = lifecycleEvent(received('b', { Anchor_Date__c: Date.UTC(2027, 0, 31) }));
    expect(one && momentKey(one.moment)).toBe(other && momentKey(other.moment));
    expect(one).toBeDefined();
  });

  it.each([
    ['a trigger', { Trigger__c: '  ' }],
    ['an account', { Account_Id__c: null }],
    ['a date it was published on', { CreatedDate: 'soon' }],
  ])('without %s is none', (_, facts) => {
    expect(lifecycleEvent(received('a', facts))).toBeUndefined();
  });
});

describe('listening', () => {
  const clock = movableClock();
  let log = logBook();
  let spool = memorySpool(clock);
  beforeEach(() => {
    log = logBook();
    spool = memorySpool(clock);
  });

  it('stores events with the position behind the last of them', async () => {
    await listen([received('a'), received('b')], LIFECYCLE, { spool, clock, log });
    expect(spool.open('event').map(({ key, dueAt }) => [key, dueAt])).toEqual([
      ['a', NOW],
      ['b', NOW],
    ]);
    expect(await spool.position(LIFECYCLE.name)).toEqual(Buffer.from('b'));
  });

  it('leaves a malformed event behind, says so, and moves on', async () => {
    await listen([received('a'), received('b', { Account_Id__c: '' })], LIFECYCLE, { spool, clock, log });
    expect(spool.open('event').map(({ key }) => key)).toEqual(['a']);
    expect(await spool.position(LIFECYCLE.name)).toEqual(Buffer.from('b'));
    expect(log.complaints()).toEqual([expect.stringContaining('left behind')]);
  });

  it('takes an event delivered twice once', async () => {
    await listen([received('a')], LIFECYCLE, { spool, clock, log });
    await listen([received('a')], LIFECYCLE, { spool, clock, log });
    expect(spool.open('event')).toHaveLength(1);
  });

  it('leaves the position where it is when nothing came', async () => {
    await listen([], LIFECYCLE, { spool, clock, log });
    expect(await spool.position(LIFECYCLE.name)).toBeUndefined();
  });
});
