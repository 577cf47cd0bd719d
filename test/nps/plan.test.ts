import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOfDay, dayOfDate, utcDay } from '../../src/nps/days.ts';
import type { AccountFacts } from '../../src/nps/eligibility.ts';
import { type AwaitedMoment, type PlanFacts, planAhead } from '../../src/nps/plan.ts';
import { DEFAULT_SETTINGS } from '../../src/nps/settings.ts';
import { CLEO, contact, trigger } from '../loop/fake-org.ts';

const NOW = new Date('2026-11-25T12:00:00Z');
const TODAY = utcDay(NOW);

const renewal = trigger('Pre_Renewal', { priority: 10, waitDays: 30 });
const resolution = trigger('Post_Resolution', { priority: 20 });
const milestone = trigger('Usage_Milestone', { priority: 40, waitDays: 20 });
const TRIGGERS = [renewal, resolution, milestone];

const acme: AccountFacts = {
  ...{ id: 'Acme', name: 'Acme', createdAt: new Date(0), surveyOptOut: false, lastSurveyedAt: null },
  ...{ churned: false, inProgramme: true, escalated: false, answers: [] },
  csmCandidates: [CLEO],
  contacts: [contact('Ann'), contact('Ben')],
};

/** A moment of Acme that falls due so many days from today. */
function due(inDays: number, rule = resolution, facts: Partial<AwaitedMoment> = {}): AwaitedMoment {
  const moment = { trigger: rule.name, sourceId: `source ${inDays}`, anchorDate: dateOfDay(TODAY + inDays - 14) };
  return { moment, trigger: rule, accountId: 'Acme', contactId: null, dueDay: TODAY + inDays, ...facts };
}

function plan(moments: AwaitedMoment[], facts: Partial<PlanFacts> = {}) {
  const accounts = new Map([['Acme', acme]]);
  return planAhead({
    ...{ moments, accounts, now: NOW, days: 30, mayBeMailed: () => true, settings: DEFAULT_SETTINGS },
    ...facts,
  });
}

/** What becomes of what, on which day from today. */
const told = (surveys: ReturnType<typeof plan>) =>
  surveys.map(({ trigger: name, decidedOn, outcome }) => [
    name,
    dayOfDate(decidedOn) - TODAY,
    outcome.status === 'Sent' ? 'Sent' : outcome.code,
  ]);

describe('a plan', () => {
  it('asks on the day a moment falls due: who, by whom, about what', () => {
    expect(plan([due(3, resolution, { contactId: 'Ben' })])).toMatchObject([
      {
        trigger: 'Post_Resolution',
        ...{ anchorDate: '2026-11-14', dueOn: '2026-11-28', decidedOn: '2026-11-28' },
        account: { id: 'Acme', name: 'Acme' },
        contact: { id: 'Ben' },
        csm: { id: 'Cleo' },
        outcome: { status: 'Sent' },
        insteadOf: null,
      },
    ]);
  });

  it.each([
    ['what is overdue is decided today', [due(-5)], [['Post_Resolution', 0, 'Sent']]],
    ['the last day belongs to it', [due(30)], [['Post_Resolution', 30, 'Sent']]],
    ['the day after does not', [due(31)], []],
    [
      'of two on one day the one that matters more is asked about',
      [due(2, milestone), due(2, resolution)],
      [
        ['Post_Resolution', 2, 'Sent'],
        ['Usage_Milestone', 2, 'ACCOUNT_ASKED_RECENTLY'],
      ],
    ],
    [
      'a survey of the plan stops those of the days after it, whatever their priority',
      [due(9, resolution), due(1, milestone)],
      [
        ['Usage_Milestone', 1, 'Sent'],
        ['Post_Resolution', 9, 'ACCOUNT_ASKED_RECENTLY'],
      ],
    ],
  ])('knows: %s', (_, moments, expected) => {
    expect(told(plan(moments))).toEqual(expected);
  });

  it('says which of its own surveys is sent in the place of another', () => {
    const [, stopped] = plan([due(1, milestone), due(9)]);
    expect(stopped).toMatchObject({ insteadOf: { trigger: 'Usage_Milestone', on: '2026-11-26' } });
    const before = { ...acme, lastSurveyedAt: new Date('2026-11-01') };
    const [alone] = plan([due(9)], { accounts: new Map([['Acme', before]]) });
    expect(alone).toMatchObject({ outcome: { code: 'ACCOUNT_ASKED_RECENTLY' }, insteadOf: null });
  });

  it('takes a moment that may wait up again on its day, if that still lies in the plan', () => {
    const free = (inDays: number) => ({ ...acme, lastSurveyedAt: new Date((TODAY + inDays - 90) * 86_400_000) });
    const asked = (inDays: number) => told(plan([due(1, renewal)], { accounts: new Map([['Acme', free(inDays)]]) }));
    expect(asked(12)).toEqual([['Pre_Renewal', 12, 'Sent']]);
    expect(asked(31)).toEqual([['Pre_Renewal', 1, 'ACCOUNT_ASKED_RECENTLY']]);
    const [waiting] = plan([due(1, renewal)], { accounts: new Map([['Acme', free(31)]]) });
    expect(waiting?.outcome).toMatchObject({ status: 'Deferred', notBefore: '2026-12-26' });
  });

  it('waits for blackouts to end', () => {
    const settings = { ...DEFAULT_SETTINGS, blackouts: [{ from: '2026-11-27', to: '2026-12-02', reason: 'Audit' }] };
    expect(told(plan([due(3)], { settings }))).toEqual([['Post_Resolution', 8, 'Sent']]);
  });

  it('names an account nobody knows as such', () => {
    expect(plan([due(3)], { accounts: new Map() })).toMatchObject([
      { account: { id: 'Acme', name: 'unknown account' }, outcome: { code: 'UNKNOWN_ACCOUNT' } },
    ]);
  });
});

describe('any plan', () => {
  const ids = ['Acme', 'Bolt', 'Corp'];
  const world = fc.record({
    moments: fc.uniqueArray(
      fc
        .record({
          inDays: fc.integer({ min: -7, max: 40 }),
          rule: fc.constantFrom(...TRIGGERS),
          accountId: fc.constantFrom(...ids),
        })
        .map(({ inDays, rule, accountId }) => due(inDays, rule, { accountId })),
      { maxLength: 20, selector: ({ moment, accountId }) => `${accountId} ${moment.trigger} ${moment.anchorDate}` },
    ),
    lastAskedDaysAgo: fc.array(fc.option(fc.integer({ min: 0, max: 200 })), { minLength: 3, maxLength: 3 }),
    blackout: fc.option(fc.integer({ min: 0, max: 40 })),
    days: fc.integer({ min: 1, max: 60 }),
  });
  const planned = ({
    moments,
    lastAskedDaysAgo,
    blackout,
    days,
  }: typeof world extends fc.Arbitrary<infer W> ? W : never) => {
    const accounts = new Map(
      ids.map((id, index) => {
        const ago = lastAskedDaysAgo[index] ?? null;
        return [id, { ...acme, id, lastSurveyedAt: ago === null ? null : new Date((TODAY - ago) * 86_400_000) }];
      }),
    );
    const blackouts =
      blackout === null
        ? []
        : [{ from: dateOfDay(TODAY + blackout), to: dateOfDay(TODAY + blackout + 4), reason: 'x' }];
    return plan(moments, { accounts, days, settings: { ...DEFAULT_SETTINGS, blackouts } });
  };

  it('says one thing about every moment that falls due in it, and nothing about others', () => {
    fc.assert(
      fc.property(world, (given) => {
        const inTime = given.moments.filter(({ dueDay }) => dueDay <= TODAY + given.days);
        expect(planned(given)).toHaveLength(inTime.length);
      }),
    );
  });

  it('keeps 90 days between the surveys of an account, those before it included', () => {
    fc.assert(
      fc.property(world, (given) => {
        const sent = planned({ ...given, days: 60 }).filter(({ outcome }) => outcome.status === 'Sent');
        for (const [index, id] of ids.entries()) {
          const days = sent.filter(({ account }) => account.id === id).map(({ decidedOn }) => dayOfDate(decidedOn));
          const ago = given.lastAskedDaysAgo[index] ?? null;
          const all = [...(ago === null ? [] : [TODAY - ago]), ...days];
          for (const [place, day] of all.slice(1).entries()) expect(day - (all[place] ?? 0)).toBeGreaterThanOrEqual(90);
        }
      }),
    );
  });

  it('sends nothing in a blackout, before its day, or outside its days', () => {
    fc.assert(
      fc.property(world, (given) => {
        for (const { decidedOn, dueOn, outcome } of planned(given)) {
          const day = dayOfDate(decidedOn) - TODAY;
          expect(day).toBeGreaterThanOrEqual(0);
          expect(day).toBeLessThanOrEqual(given.days);
          expect(decidedOn >= dueOn).toBe(true);
          if (outcome.status === 'Sent' && given.blackout !== null)
            expect(day < given.blackout || day > given.blackout + 4).toBe(true);
        }
      }),
    );
  });

  it('is the same whatever order the records come in, but for which of two equals is asked about', () => {
    fc.assert(
      fc.property(world, (given) => {
        const sent = (moments: AwaitedMoment[]) =>
          planned({ ...given, moments })
            .filter(({ outcome }) => outcome.status === 'Sent')
            .map(({ account, decidedOn, trigger: name }) => `${account.id} ${decidedOn} ${name}`)
            .sort();
        expect(sent(given.moments.toReversed())).toEqual(sent(given.moments));
      }),
    );
  });
});
