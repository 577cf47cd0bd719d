import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccountFacts,
  type ContactFacts,
  decide,
  type Occasion,
  type TriggerRule,
  type UserFacts,
} from '../../src/nps/eligibility.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/nps/settings.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const trigger: TriggerRule = {
  ...{ name: 'Pre_Renewal', kind: 'Survey', active: true, activeFrom: '2026-01-01', problem: null },
  ...{ priority: 10, onboarding: false, minimumAccountAgeDays: 30, minimumGapDays: 90, waitDays: 0 },
};
const ann: ContactFacts = {
  id: 'Ann',
  name: 'Ann Lee',
  firstName: 'Ann',
  email: 'ann@acme.example',
  language: null,
  timeZone: null,
  privacy: { country: null, consented: false, objected: false, hidden: false },
  surveyOptOut: false,
  emailOptOut: false,
  bounced: false,
  lastSurveyedAt: null,
  ...{ roles: [], primary: false, lastActiveOn: null },
};
const ben: ContactFacts = { ...ann, id: 'Ben', name: 'Ben Roy', firstName: 'Ben', email: 'ben@acme.example' };
const csm: UserFacts = {
  id: 'Cleo',
  name: 'Cleo Sun',
  email: 'cleo@us.example',
  active: true,
  timeZone: 'UTC',
  phone: null,
};
const owner: UserFacts = { ...csm, id: 'Otto', name: 'Otto Gray', email: 'otto@us.example' };
const account: AccountFacts = {
  id: 'Acme',
  name: 'Acme',
  createdAt: daysAgo(400),
  ...{ churned: false, inProgramme: true, escalated: false, answers: [] },
  surveyOptOut: false,
  lastSurveyedAt: null,
  csmCandidates: [csm, owner],
  contacts: [ann, ben],
};
const occasion: Occasion = {
  trigger,
  triggerName: 'Pre_Renewal',
  account,
  contactId: undefined,
  happenedAt: NOW,
  now: NOW,
  mayBeMailed: () => true,
  settings: DEFAULT_SETTINGS,
};
const withAccount = (facts: Partial<AccountFacts>): Occasion => ({ ...occasion, account: { ...account, ...facts } });
const withSettings = (settings: Partial<Settings>): Occasion => ({
  ...occasion,
  settings: { ...DEFAULT_SETTINGS, ...settings },
});
const withContact = (facts: Partial<ContactFacts>) => withAccount({ contacts: [{ ...ann, ...facts }] });

describe('an occasion', () => {
  it("asks the account's first contact, from its CSM", () => {
    expect(decide(occasion)).toEqual({ send: true, contact: ann, csm });
  });

  it.each<[string, Occasion, string]>([
    ['UNKNOWN_TRIGGER', { ...occasion, trigger: undefined, triggerName: 'Birthday' }, 'named "Birthday"'],
    ['TRIGGER_INACTIVE', { ...occasion, trigger: { ...trigger, active: false } }, 'Pre_Renewal is not active'],
    [
      'TRIGGER_MISCONFIGURED',
      { ...occasion, trigger: { ...trigger, problem: 'Pre_Renewal names no date.' } },
      'no date',
    ],
    ['ACCOUNT_TOO_YOUNG', withAccount({ createdAt: daysAgo(29) }), 'is 29 days old; Pre_Renewal asks from 30 days on'],
    ['BEFORE_ACTIVE_FROM', { ...occasion, happenedAt: new Date('2025-12-31T23:59:59Z') }, 'from 2026-01-01 on'],
    ['UNKNOWN_ACCOUNT', { ...occasion, account: undefined }, 'does not exist'],
    ['CHURNED', withAccount({ churned: true }), 'customer no more'],
    ['OUTSIDE_PROGRAMME', withAccount({ inProgramme: false }), "programme's condition"],
    ['OPEN_ESCALATION', withAccount({ escalated: true }), 'open case'],
    ['EXCLUDED_DOMAIN', withSettings({ excludedDomains: ['acme.example'] }), 'excluded in the settings'],
    [
      'BLACKOUT',
      withSettings({ blackouts: [{ from: '2026-11-20', to: '2026-11-22', reason: 'Audit' }] }),
      'until 2026-11-22: Audit',
    ],
    ['ACCOUNT_OPTED_OUT', withAccount({ surveyOptOut: true }), 'account opted out'],
    ['ACCOUNT_ASKED_RECENTLY', withAccount({ lastSurveyedAt: daysAgo(3) }), 'account was asked on 2026-11-19; 90 days'],
    ['NO_CONTACT', withAccount({ contacts: [] }), 'no contact'],
    ['NO_ADDRESS', withContact({ email: null }), 'no email address'],
    ['NO_ADDRESS', withContact({ email: 'ann@acme.example.invalid' }), 'ann@acme.example.invalid cannot be mailed'],
    ['BOUNCED', withContact({ bounced: true }), 'bounced'],
    ['CONTACT_OPTED_OUT', withContact({ surveyOptOut: true }), 'opted out of surveys'],
    ['EMAIL_OPTED_OUT', withContact({ emailOptOut: true }), 'opted out of all email'],
    ['EMAIL_OPT_OUT_HIDDEN', withContact({ emailOptOut: null }), 'Grant it to NPS_Integration'],
    ['CONTACT_ASKED_RECENTLY', withContact({ lastSurveyedAt: daysAgo(89) }), 'contact was asked on 2026-08-25'],
    ['NOT_ON_ALLOW_LIST', { ...occasion, mayBeMailed: () => false }, 'MAIL_ALLOWLIST'],
    ['NO_CSM', withAccount({ csmCandidates: [] }), 'Nobody looks after the account'],
  ])('is suppressed as %s, with a sentence', (code, given, words) => {
    const decision = decide(given);
    expect(decision).toMatchObject({ send: false, code });
    expect(decision).toHaveProperty('reason', expect.stringContaining(words));
    expect(decision).toHaveProperty('reason', expect.stringMatching(/^[A-Z].*\.$/));
  });

  it('of the very day a trigger begins is asked about', () => {
    expect(decide({ ...occasion, happenedAt: new Date('2026-01-01T00:00:00Z') }).send).toBe(true);
  });

  it('in a blackout is asked about on the day after', () => {
    const blackouts = [{ from: '2026-11-22', to: '2026-12-31', reason: 'Holidays' }];
    expect(decide(withSettings({ blackouts }))).toMatchObject({
      code: 'BLACKOUT',
      notBefore: '2027-01-01',
      contact: { id: 'Ann' },
    });
    expect(decide({ ...withSettings({ blackouts }), now: new Date('2027-01-01T00:00:00Z') }).send).toBe(true);
  });

  it('at an account of thirty days is asked about', () => {
    expect(decide(withAccount({ createdAt: daysAgo(30) })).send).toBe(true);
  });

  it('of onboarding is asked about from the first day', () => {
    expect(decide({ ...withAccount({ createdAt: NOW }), trigger: { ...trigger, onboarding: true } }).send).toBe(true);
  });

  it('with a trigger that has no first day is asked about', () => {
    expect(decide({ ...occasion, trigger: { ...trigger, activeFrom: null } }).send).toBe(true);
  });
});

describe('the 90 days', () => {
  it('are longer where the trigger says so, and never shorter', () => {
    const asked = (minimumGapDays: number, days: number) =>
      decide({ ...withAccount({ lastSurveyedAt: daysAgo(days) }), trigger: { ...trigger, minimumGapDays } }).send;
    expect([asked(120, 119), asked(120, 120), asked(10, 89), asked(10, 90)]).toEqual([false, true, false, true]);
  });

  it('are longer where the settings say so', () => {
    const asked = (days: number) =>
      decide({ ...withSettings({ minimumGapDays: 180 }), account: { ...account, lastSurveyedAt: daysAgo(days) } }).send;
    expect([asked(179), asked(180)]).toEqual([false, true]);
  });

  it.each([
    ['its trigger waits long enough', 10, '2026-12-02'],
    ['its trigger does not wait so long', 9, undefined],
    ['its trigger does not wait', 0, undefined],
  ])('that end in ten days: a moment is decided again then if %s', (_, waitDays, notBefore) => {
    const waiting = { ...occasion, trigger: { ...trigger, waitDays } };
    const tooSoon = { lastSurveyedAt: daysAgo(80) };
    const ofAccount = decide({ ...waiting, account: { ...account, ...tooSoon } });
    const ofContact = decide({ ...waiting, account: { ...account, contacts: [{ ...ann, ...tooSoon }] } });
    expect([ofAccount, ofContact]).toMatchObject([
      { send: false, code: 'ACCOUNT_ASKED_RECENTLY' },
      { send: false, code: 'CONTACT_ASKED_RECENTLY' },
    ]);
    for (const decision of [ofAccount, ofContact]) {
      expect('notBefore' in decision ? decision.notBefore : undefined).toBe(notBefore);
    }
  });

  it('make a moment wait from the day it happened, however often it is decided', () => {
    const waiting = { ...withAccount({ lastSurveyedAt: daysAgo(80) }), trigger: { ...trigger, waitDays: 30 } };
    expect(decide({ ...waiting, happenedAt: daysAgo(20) })).toHaveProperty('notBefore', '2026-12-02');
    expect(decide({ ...waiting, happenedAt: daysAgo(21) })).not.toHaveProperty('notBefore');
  });

  const lateInTheDay = (days: number) => new Date(`${daysAgo(days).toISOString().slice(0, 10)}T23:59:59Z`);

  it.each([
    [0, false],
    [89, false],
    [90, true],
    [91, true],
  ])('between surveys: day %i may ask the account and the contact again: %s', (days, send) => {
    expect(decide(withAccount({ lastSurveyedAt: lateInTheDay(days) })).send).toBe(send);
    expect(decide(withContact({ lastSurveyedAt: lateInTheDay(days) })).send).toBe(send);
  });
});

describe('the contact', () => {
  it('is the one the event named', () => {
    expect(decide({ ...occasion, contactId: 'Ben' })).toMatchObject({ send: true, contact: { id: 'Ben' } });
  });

  it('is another when the one the event named may not be asked', () => {
    const optedOut = { ...withAccount({ contacts: [ann, { ...ben, surveyOptOut: true }] }), contactId: 'Ben' };
    expect(decide(optedOut)).toMatchObject({ send: true, contact: { id: 'Ann' } });
  });

  it('who comes first says why nobody may be asked', () => {
    const nobody = [
      { ...ann, bounced: true },
      { ...ben, surveyOptOut: true },
    ];
    expect(decide(withAccount({ contacts: nobody }))).toMatchObject({
      ...{ code: 'BOUNCED', contact: { id: 'Ann' } },
      reason: "Mail to the contact's address bounced. Nobody else at the account may be asked either.",
    });
  });
});

describe('the sender', () => {
  it.each([
    ['left', { ...csm, active: false }],
    ['has no address', { ...csm, email: null }],
  ])('is the owner when the CSM %s', (_, gone) => {
    expect(decide(withAccount({ csmCandidates: [gone, owner] }))).toMatchObject({ send: true, csm: { id: 'Otto' } });
  });
});

describe('a survey', () => {
  /** Each stop holds now and then, so that all of them are let through together often enough. */
  const seldom = fc.constantFrom(false, false, false, false, false, false, false, false, false, true);
  const lastSurvey = fc.option(fc.integer({ min: 0, max: 400 }).map(daysAgo));
  const contact = fc.record({
    ...{ id: fc.constantFrom('Ann', 'Ben'), name: fc.constant('Ann Lee'), firstName: fc.constant('Ann') },
    email: fc.option(fc.constantFrom('ann@acme.example', 'ben@copy.example')),
    surveyOptOut: seldom,
    emailOptOut: fc.option(seldom),
    bounced: seldom,
    lastSurveyedAt: lastSurvey,
    language: fc.constant(null),
    timeZone: fc.constant(null),
    privacy: fc.constant({ country: null, consented: false, objected: false, hidden: false }),
    roles: fc.constant([]),
    primary: seldom,
    lastActiveOn: fc.constant(null),
  });
  const user = fc.record({
    ...{
      id: fc.constant('Cleo'),
      name: fc.constant('Cleo Sun'),
      timeZone: fc.constant('UTC'),
      phone: fc.constant(null),
    },
    email: fc.option(fc.constant('cleo@us.example')),
    active: seldom.map((left) => !left),
  });
  const anyOccasion = fc.record({
    trigger: fc.constantFrom(trigger, trigger, { ...trigger, active: false }, undefined),
    triggerName: fc.constant('Pre_Renewal'),
    account: fc.record({
      ...{ id: fc.constant('Acme'), name: fc.constant('Acme'), surveyOptOut: seldom },
      lastSurveyedAt: lastSurvey,
      ...{ churned: seldom, inProgramme: seldom.map((out) => !out), escalated: seldom },
      createdAt: fc.constantFrom(daysAgo(10), daysAgo(100)),
      csmCandidates: fc.array(user, { maxLength: 3 }),
      contacts: fc.uniqueArray(contact, { maxLength: 2, selector: ({ id }) => id }),
      answers: fc.constant([]),
    }),
    contactId: fc.constantFrom(undefined, 'Ann', 'Ben'),
    happenedAt: fc.constantFrom(NOW, NOW, new Date('2025-06-01T00:00:00Z')),
    now: fc.constant(NOW),
    settings: fc.constantFrom(DEFAULT_SETTINGS, DEFAULT_SETTINGS, {
      ...DEFAULT_SETTINGS,
      blackouts: [{ from: '2026-11-01', to: '2026-12-01', reason: 'x' }],
    }),
    mayBeMailed: fc.constant((email: string) => email.endsWith('@acme.example')),
  });
  const gap = (last: Date | null) => last === null || (Date.parse('2026-11-22') - last.getTime()) / 86_400_000 > 89;

  it('is never sent when any hard stop holds', () => {
    let sent = 0;
    fc.assert(
      fc.property(anyOccasion, (given) => {
        const decision = decide(given);
        if (!decision.send) return;
        sent += 1;
        expect(given.trigger?.active).toBe(true);
        expect(given.happenedAt).toEqual(NOW);
        expect(given.account).toMatchObject({
          surveyOptOut: false,
          createdAt: daysAgo(100),
          churned: false,
          inProgramme: true,
          escalated: false,
        });
        expect(given.settings.blackouts).toEqual([]);
        expect(gap(given.account.lastSurveyedAt)).toBe(true);
        expect(given.account.contacts).toContainEqual(decision.contact);
        expect(decision.contact).toMatchObject({ surveyOptOut: false, emailOptOut: false, bounced: false });
        expect(gap(decision.contact.lastSurveyedAt)).toBe(true);
        expect(decision.contact.email).toBe('ann@acme.example');
        expect(given.account.csmCandidates).toContainEqual(decision.csm);
        expect(decision.csm).toMatchObject({ active: true, email: 'cleo@us.example' });
      }),
      { numRuns: 10_000, seed: 22 },
    );
    expect(sent).toBeGreaterThan(20);
  });
});

describe('a renewal mail', () => {
  const renewal: TriggerRule = { ...trigger, name: 'Renewal_Mail', kind: 'Renewal Mail', waitDays: 30 };
  const of = (facts: Partial<AccountFacts>, more: Partial<Occasion> = {}) =>
    decide({ ...occasion, trigger: renewal, account: { ...account, ...facts }, ...more });
  const askedYesterday = { ...ann, lastSurveyedAt: daysAgo(1), surveyOptOut: true };
  const unfinished = { contactId: 'Ann', segment: 'Detractor', respondedAt: daysAgo(3), sequence: 'runs' } as const;

  it('minds neither days between surveys nor who left them, at account and contact alike', () => {
    const facts = { lastSurveyedAt: daysAgo(1), surveyOptOut: true, contacts: [askedYesterday] };
    expect(of(facts)).toEqual({ send: true, contact: askedYesterday, csm, branch: 'Neutral' });
  });

  it.each<[string, Partial<AccountFacts>]>([
    ['CHURNED', { churned: true }],
    ['OUTSIDE_PROGRAMME', { inProgramme: false }],
    ['OPEN_ESCALATION', { escalated: true }],
    ['EMAIL_OPTED_OUT', { contacts: [{ ...ann, emailOptOut: true }] }],
    ['BOUNCED', { contacts: [{ ...ann, bounced: true }] }],
    ['NO_ADDRESS', { contacts: [{ ...ann, email: null }] }],
    ['PRIVACY_OPTED_OUT', { contacts: [{ ...ann, privacy: { ...ann.privacy, objected: true } }] }],
    ['NO_CSM', { csmCandidates: [] }],
  ])('is ordinary mail, and not sent: %s', (code, facts) => {
    expect(of(facts)).toMatchObject({ send: false, code });
  });

  it('waits from day to day for what follows a Detractor’s answer, until it would be too late', () => {
    const waits = { send: false, code: 'SEQUENCE_RUNNING', reason: expect.stringContaining('still runs') };
    expect(of({ answers: [unfinished] })).toMatchObject({ ...waits, notBefore: '2026-11-23' });
    expect(of({ answers: [unfinished] }, { happenedAt: daysAgo(29) })).toMatchObject({ notBefore: '2026-11-23' });
    expect(of({ answers: [unfinished] }, { happenedAt: daysAgo(30) })).not.toHaveProperty('notBefore');
    expect(of({ answers: [{ ...unfinished, sequence: 'is over' }] })).toMatchObject({ branch: 'Issue Acknowledgment' });
  });
});
