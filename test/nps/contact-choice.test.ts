import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContactRules, chooseContact, inOrder, isUsable } from '../../src/nps/contact-choice.ts';
import type { ContactFacts } from '../../src/nps/eligibility.ts';
import { DEFAULT_SETTINGS } from '../../src/nps/settings.ts';

const contact = (id: string, facts: Partial<ContactFacts> = {}): ContactFacts => ({
  ...{ id, name: `${id} Lee`, firstName: id, email: `${id.toLowerCase()}@acme.example`, language: null },
  ...{ timeZone: null, privacy: { country: null, consented: false, objected: false, hidden: false } },
  ...{ surveyOptOut: false, emailOptOut: false, bounced: false, lastSurveyedAt: null },
  ...{ roles: [], primary: false, lastActiveOn: null },
  ...facts,
});
const rules: ContactRules = {
  settings: { ...DEFAULT_SETTINGS, contactRole: 'Executive Sponsor' },
  mayBeMailed: () => true,
  isAsked: true,
  askedRecently: () => undefined,
};

const first = contact('First');
const recent = contact('Recent', { lastActiveOn: '2026-11-20' });
const earlier = contact('Earlier', { lastActiveOn: '2026-03-01' });
const primary = contact('Primary', { primary: true });
const sponsor = contact('Sponsor', { roles: ['Evaluator', 'executive sponsor'] });
const everybody = [first, earlier, recent, primary, sponsor];
const idsOf = (contacts: readonly ContactFacts[]) => contacts.map(({ id }) => id);

describe('contacts are asked in order', () => {
  it.each<[string, string | undefined, string | null, string[]]>([
    ['the named one first', 'First', 'Executive Sponsor', ['First', 'Sponsor', 'Primary', 'Recent', 'Earlier']],
    ['then the role', undefined, 'Executive Sponsor', ['Sponsor', 'Primary', 'Recent', 'Earlier', 'First']],
    ['then the primary one', undefined, null, ['Primary', 'Recent', 'Earlier', 'First', 'Sponsor']],
    [
      'a stranger is no one of the account',
      'Zoe',
      'Decision Maker',
      ['Primary', 'Recent', 'Earlier', 'First', 'Sponsor'],
    ],
  ])('%s', (_, named, role, order) => {
    expect(idsOf(inOrder(everybody, named, role))).toEqual(order);
  });

  it('and the one entered first where nothing tells them apart', () => {
    expect(idsOf(inOrder([contact('B'), contact('A')], undefined, null))).toEqual(['B', 'A']);
  });
});

describe('the choice', () => {
  const anyContact = fc.record({
    id: fc.uuid(),
    ...{ name: fc.constant('x'), firstName: fc.constant('x'), language: fc.constant(null) },
    ...{
      timeZone: fc.constant(null),
      privacy: fc.constant({ country: null, consented: false, objected: false, hidden: false }),
    },
    email: fc.constantFrom(null, 'x@acme.example', 'x@mail.example', 'x@acme.example.invalid'),
    surveyOptOut: fc.boolean(),
    emailOptOut: fc.constantFrom(true, false, false, null),
    bounced: fc.boolean(),
    lastSurveyedAt: fc.constant(null),
    roles: fc.constantFrom([], ['Executive Sponsor']),
    primary: fc.boolean(),
    lastActiveOn: fc.constantFrom(null, '2026-01-01', '2026-06-01'),
  });
  const strict: ContactRules = { ...rules, settings: { ...rules.settings, excludedDomains: ['mail.example'] } };
  const mayBeAsked = (one: ContactFacts) =>
    one.email === 'x@acme.example' && !one.surveyOptOut && one.emailOptOut === false && !one.bounced;

  it('is the first in order who may be asked, and a reason exactly when nobody may', () => {
    fc.assert(
      fc.property(fc.array(anyContact, { maxLength: 5 }), fc.nat(5), (contacts, place) => {
        const named = contacts[place]?.id;
        const choice = chooseContact(contacts, named, strict);
        const expected = inOrder(contacts, named, 'Executive Sponsor').find(mayBeAsked);
        if ('chosen' in choice) expect(choice.chosen).toEqual(expected);
        else {
          expect(expected).toBeUndefined();
          expect(choice.refused === undefined).toBe(contacts.length === 0);
          if (choice.refused) expect(choice.refused.reason).toMatch(/^[A-Z].*\.$/);
        }
      }),
      { numRuns: 2_000, seed: 4 },
    );
  });

  it('orders the same contacts the same, wherever they stand, but for those nothing tells apart', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(everybody, { minLength: 5 }), (shuffled) => {
        expect(idsOf(inOrder(shuffled, undefined, 'Executive Sponsor'))).toEqual(
          idsOf(inOrder(everybody, undefined, 'Executive Sponsor')),
        );
      }),
    );
  });
});

describe('an address', () => {
  it.each([
    ['ann@acme.example', true],
    ["o'neill+nps@eu.acme.example", true],
    ['ann@acme', false],
    ['ann', false],
    ['ann@acme.example.invalid', false],
    ['ann@@acme.example', false],
    ['ann lee@acme.example', false],
  ])('%s can be mailed: %s', (email, usable) => {
    expect(isUsable(email)).toBe(usable);
  });
});
