import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contactNews,
  isDeadAddress,
  type MailFact,
  type MailOutcome,
  reachedNobody,
  statusAfter,
  whyUndelivered,
} from '../../src/nps/delivery.ts';

const FACTS: MailFact[] = [
  'sent',
  'refused',
  'delivered',
  'bounced',
  'blocked',
  'dropped',
  'spam-report',
  'unsubscribed',
];
const ON_THE_WAY = ['Queued', 'Sent', 'Delivered', 'Failed', 'Bounced', 'Responded'];
const OFF_THE_WAY = ['Suppressed', 'Deferred', 'Expired', 'Cancelled'];

describe('the status of a survey', () => {
  it.each<[string, MailFact, string]>([
    ['Queued', 'sent', 'Sent'],
    ['Queued', 'delivered', 'Delivered'],
    ['Sent', 'delivered', 'Delivered'],
    ['Delivered', 'sent', 'Delivered'],
    ['Delivered', 'bounced', 'Bounced'],
    ['Sent', 'bounced', 'Bounced'],
    ['Sent', 'blocked', 'Failed'],
    ['Sent', 'dropped', 'Failed'],
    ['Queued', 'refused', 'Failed'],
    ['Bounced', 'delivered', 'Bounced'],
    ['Bounced', 'dropped', 'Bounced'],
    ['Delivered', 'spam-report', 'Delivered'],
    ['Delivered', 'unsubscribed', 'Delivered'],
    ['Responded', 'delivered', 'Responded'],
    ['Responded', 'bounced', 'Responded'],
  ])('%s, when its mail is %s, is %s', (before, fact, after) => {
    expect(statusAfter(before, fact)).toBe(after);
  });

  const status = fc.constantFrom(...ON_THE_WAY, ...OFF_THE_WAY);
  const facts = fc.array(fc.constantFrom(...FACTS), { maxLength: 8 });
  const end = (start: string, told: readonly MailFact[]) => told.reduce(statusAfter, start);

  it('is the same in whatever order and however often things are told', () => {
    const orders = facts.chain((told) =>
      fc.tuple(fc.constant(told), fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2 })),
    );
    fc.assert(
      fc.property(status, orders, (start, [told, shuffled]) => {
        expect(end(start, shuffled)).toBe(end(start, told));
      }),
    );
  });

  it('is never lowered, and stays where mails have no say', () => {
    fc.assert(
      fc.property(status, facts, (start, told) => {
        const last = end(start, told);
        if (OFF_THE_WAY.includes(start) || start === 'Responded') expect(last).toBe(start);
        else expect(ON_THE_WAY.indexOf(last)).toBeGreaterThanOrEqual(ON_THE_WAY.indexOf(start));
      }),
    );
  });
});

describe('an event of a mail', () => {
  it.each<[MailOutcome, ReturnType<typeof contactNews>]>([
    [{ kind: 'bounced' }, 'dead-address'],
    [{ kind: 'dropped', cause: 'dead-address' }, 'dead-address'],
    [{ kind: 'dropped', cause: 'unwanted' }, 'unwanted'],
    [{ kind: 'dropped' }, undefined],
    [{ kind: 'spam-report' }, 'unwanted'],
    [{ kind: 'unsubscribed' }, 'unwanted'],
    [{ kind: 'blocked' }, undefined],
    [{ kind: 'delivered' }, undefined],
  ])('%o says about its contact: %s', (outcome, news) => {
    expect(contactNews(outcome)).toBe(news);
  });

  it('tells whether the mail reached nobody, and then why, within what the field holds', () => {
    for (const kind of ['bounced', 'blocked', 'dropped'] as const) {
      expect(reachedNobody(kind)).toBe(true);
      expect(whyUndelivered(kind, 'x'.repeat(400))?.reason).toHaveLength(255);
      expect(whyUndelivered(kind, '')?.reason).toMatch(/[a-z]\.$/);
    }
    for (const kind of ['delivered', 'spam-report', 'unsubscribed'] as const)
      expect([reachedNobody(kind), whyUndelivered(kind, 'why')]).toEqual([false, undefined]);
  });
});

it.each([
  ['ann@acme.example', 'Ann@Acme.example ', true],
  ['ann@acme.example', 'ann.lee@acme.example', false],
  ['ann@acme.example', null, false],
  [null, null, false],
])('an address %s, where %s bounced, is dead: %s', (email, returned, dead) => {
  expect(isDeadAddress(email, returned)).toBe(dead);
});
