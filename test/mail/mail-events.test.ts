import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailEventReader } from '../../src/mail/mail-events.ts';
import { ACME, movableClock, NOW } from '../loop/fakes.ts';
import { eventSigner } from '../support/event-signer.ts';

const signer = eventSigner();
const read = mailEventReader(signer.publicKey, movableClock());
const SECOND_MS = 1000;
const later = (seconds: number) => new Date(NOW.getTime() + seconds * SECOND_MS);
const posted = (facts: object = {}) => ({
  ...{ event: 'delivered', sg_event_id: 'e1', timestamp: NOW.getTime() / SECOND_MS, email: 'ann@acme.example' },
  ...{ survey_key: 'ab12', template: 'invitation', account_id: ACME, key: 'ab12:invitation' },
  ...facts,
});
const told = (...events: unknown[]) => read(signer.signed(JSON.stringify(events), NOW));

describe('a call that is signed', () => {
  it('tells events in our words', () => {
    expect(told(posted())).toEqual({
      events: [
        {
          ...{ id: 'e1', kind: 'delivered', surveyKey: 'ab12', template: 'invitation', accountId: ACME },
          ...{ email: 'ann@acme.example', reason: '', at: NOW.toISOString() },
        },
      ],
    });
  });

  it.each<[object, object]>([
    [
      { event: 'bounce', type: 'bounce', reason: '550 5.1.1 No\n user' },
      { kind: 'bounced', reason: '550 5.1.1 No user' },
    ],
    [{ event: 'bounce' }, { kind: 'bounced' }],
    [{ event: 'bounce', type: 'blocked' }, { kind: 'blocked' }],
    [
      { event: 'dropped', reason: 'Bounced Address' },
      { kind: 'dropped', cause: 'dead-address' },
    ],
    [
      { event: 'dropped', reason: 'Invalid' },
      { kind: 'dropped', cause: 'dead-address' },
    ],
    [
      { event: 'dropped', reason: 'Spam Reporting Address' },
      { kind: 'dropped', cause: 'unwanted' },
    ],
    [
      { event: 'dropped', reason: 'Unsubscribed Address' },
      { kind: 'dropped', cause: 'unwanted' },
    ],
    [
      { event: 'dropped', reason: 'Recipient List over Package Quota' },
      { kind: 'dropped', cause: undefined },
    ],
    [{ event: 'spamreport' }, { kind: 'spam-report' }],
    [{ event: 'unsubscribe' }, { kind: 'unsubscribed' }],
    [
      { event: 'group_unsubscribe', account_id: undefined },
      { kind: 'unsubscribed', accountId: null },
    ],
    [{ event: 'bounce', reason: '550 <ann@acme.example> is unknown' }, { reason: '550 (address) is unknown' }],
  ])('%o is %o', (facts, event) => {
    expect(told(posted(facts))).toMatchObject({ events: [event] });
  });

  it.each(['processed', 'deferred', 'open', 'click', 'group_resubscribe', 'something new'])(
    'says nothing by %s',
    (event) => {
      expect(told(posted({ event }))).toEqual({ events: [] });
    },
  );

  it.each<[string, unknown]>([
    ['a mail of somebody else', { event: 'bounce', sg_event_id: 'e2', timestamp: 1, email: 'b@c.example' }],
    ['a key that is none', posted({ survey_key: "' OR Id != null" })],
    ['a template that is none', posted({ template: 'newsletter' })],
    ['no id', posted({ sg_event_id: undefined })],
    ['a time beyond all times', posted({ timestamp: 1e300 })],
    ['no object', 'delivered'],
    ['nothing', null],
  ])('passes over %s, and takes what stands beside it', (_, event) => {
    expect(told(event, posted())).toMatchObject({ events: [{ id: 'e1' }] });
  });

  it.each(['{}', 'null', '[', ''])('that is no list of events (%s) cannot be read', (body) => {
    expect(read(signer.signed(body, NOW))).toEqual({ unreadable: true });
  });

  it.each([299, -299])('holds for five minutes, %i seconds apart', (seconds) => {
    expect(read(signer.signed(JSON.stringify([posted()]), later(seconds)))).toHaveProperty('events.length', 1);
  });
});

describe('a call is refused', () => {
  const call = signer.signed(JSON.stringify([posted()]), NOW);

  it.each([301, -301, 86_400])('%i seconds away: one that was kept cannot be sent again', (seconds) => {
    expect(read(signer.signed(call.body.toString(), later(seconds)))).toHaveProperty('refused');
  });

  it.each([
    ['without a signature', { ...call, signature: undefined }],
    ['without a time', { ...call, timestamp: undefined }],
    ['with another time than was signed', { ...call, timestamp: String(Number(call.timestamp) + 1) }],
    ['with a time that is none', { ...call, timestamp: '0x10' }],
    ['with a signature that is none', { ...call, signature: 'nonsense' }],
    ["with somebody else's signature", { ...eventSigner().signed(call.body.toString(), NOW) }],
  ])('%s', (_, bad) => {
    expect(read(bad)).toHaveProperty('refused');
  });

  it('by whoever has no key to verify with', () => {
    expect(mailEventReader(null, movableClock())(call)).toEqual({ refused: expect.stringContaining('not set') });
  });

  it('whichever byte of it was changed', () => {
    fc.assert(
      fc.property(fc.nat(call.body.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const body = Buffer.from(call.body);
        body[at] = (body[at] ?? 0) ^ change;
        expect(read({ ...call, body })).toEqual({ refused: 'its signature is wrong' });
      }),
    );
  });
});
