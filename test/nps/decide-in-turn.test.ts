import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, decideInTurn } from '../../src/nps/decide-in-turn.ts';
import type { AccountFacts } from '../../src/nps/eligibility.ts';
import { DEFAULT_SETTINGS } from '../../src/nps/settings.ts';
import { CLEO, contact, trigger } from '../loop/fake-org.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const account: AccountFacts = {
  ...{ id: 'Acme', name: 'Acme', createdAt: new Date(0), surveyOptOut: false, lastSurveyedAt: null },
  ...{ churned: false, inProgramme: true, escalated: false, answers: [] },
  csmCandidates: [CLEO],
  contacts: [contact('Ann'), contact('Ben')],
};
const circumstances = { now: NOW, mayBeMailed: () => true, settings: DEFAULT_SETTINGS };

const candidate = (triggerName: string, priority: number, contactId?: string): Candidate => ({
  ...{ triggerName, trigger: trigger(triggerName, { priority }), contactId, happenedAt: NOW },
});
const outcomes = (...candidates: Candidate[]) =>
  decideInTurn(candidates, account, circumstances).map(({ candidate: { triggerName }, decision }) => [
    triggerName,
    decision.send ? decision.contact.id : decision.code,
  ]);

describe('moments that meet at one account', () => {
  it('are decided by priority: the first is asked about, the gap stops the others', () => {
    expect(outcomes(candidate('Usage', 40), candidate('Renewal', 10), candidate('Case', 20, 'Ben'))).toEqual([
      ['Renewal', 'Ann'],
      ['Case', 'ACCOUNT_ASKED_RECENTLY'],
      ['Usage', 'ACCOUNT_ASKED_RECENTLY'],
    ]);
  });

  it('pass on to the next when the first may not be asked about', () => {
    const sleeping = { ...candidate('Renewal', 10), trigger: trigger('Renewal', { active: false }) };
    expect(outcomes(candidate('Case', 20, 'Ben'), sleeping)).toEqual([
      ['Renewal', 'TRIGGER_INACTIVE'],
      ['Case', 'Ben'],
    ]);
  });

  it('of a trigger nobody knows come last', () => {
    const unknown = { ...candidate('Birthday', 1), trigger: undefined };
    expect(outcomes(unknown, candidate('Renewal', 999)).map(([name]) => name)).toEqual(['Renewal', 'Birthday']);
  });

  it('leave the account and its contact with the day of the survey', () => {
    const [turn] = decideInTurn([candidate('Renewal', 10, 'Ben')], account, circumstances);
    expect(turn?.account).toMatchObject({
      lastSurveyedAt: NOW,
      contacts: [
        { id: 'Ann', lastSurveyedAt: null },
        { id: 'Ben', lastSurveyedAt: NOW },
      ],
    });
  });

  describe('with a survey whose mail has not left', () => {
    const yesterday = new Date('2026-11-21T12:00:00Z');
    const before = new Date('2026-05-01T12:00:00Z');
    const taken = { at: yesterday, accountBefore: before, contactBefore: null };
    const held: AccountFacts = {
      ...account,
      lastSurveyedAt: yesterday,
      contacts: [contact('Ann'), contact('Ben', { lastSurveyedAt: yesterday })],
    };
    const unsent = { ...candidate('Case', 20, 'Ben'), taken };
    const turnsOf = (...candidates: Candidate[]) => decideInTurn(candidates, held, circumstances);

    it('ask about what matters more, as if the other had asked nobody', () => {
      const [winner, loser] = turnsOf(unsent, candidate('Renewal', 10, 'Ben'));
      expect(winner).toMatchObject({
        decision: { send: true, contact: { id: 'Ben' } },
        before: { lastSurveyedAt: before },
      });
      expect(loser).toMatchObject({ candidate: { triggerName: 'Case' }, decision: { code: 'ACCOUNT_ASKED_RECENTLY' } });
    });

    it.each([
      ['matters less', candidate('Usage', 40)],
      ['matters as much', candidate('Other', 20)],
    ])('leave it as it is where the other %s', (_, other) => {
      const turns = turnsOf(other, unsent);
      expect(turns).toMatchObject([{ candidate: { triggerName: other.triggerName }, decision: { send: false } }]);
      expect(turns[0]?.account?.lastSurveyedAt).toEqual(yesterday);
    });

    it('leave it as it is where the other may not be asked about', () => {
      const sleeping = { ...candidate('Renewal', 10), trigger: trigger('Renewal', { active: false }) };
      expect(turnsOf(sleeping, unsent).map(({ decision }) => 'code' in decision && decision.code)).toEqual([
        'TRIGGER_INACTIVE',
      ]);
    });

    it('never take back a date that somebody else has set since', () => {
      const today = { ...held, lastSurveyedAt: NOW };
      const [turn] = decideInTurn([candidate('Renewal', 10), unsent], today, circumstances);
      expect(turn?.decision).toMatchObject({ send: false, code: 'ACCOUNT_ASKED_RECENTLY' });
    });
  });

  it('come to the same in whatever order they came, if no two matter alike', () => {
    const priorities = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 6 });
    const shuffled = priorities.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const come = (order: number[]) => outcomes(...order.map((priority) => candidate(`T${priority}`, priority)));
        expect(come(other)).toEqual(come(one));
      }),
    );
  });

  it('never ask an account twice, however many and in whatever order', () => {
    const some = fc.array(
      fc.record({ priority: fc.integer({ min: 1, max: 5 }), who: fc.constantFrom(undefined, 'Ann', 'Ben') }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(some, (given) => {
        const candidates = given.map(({ priority, who }, index) => candidate(`T${index}`, priority, who));
        const turns = decideInTurn(candidates, account, circumstances);
        expect(turns.filter(({ decision }) => decision.send)).toHaveLength(1);
        const best = Math.min(...given.map(({ priority }) => priority));
        expect(turns[0]?.candidate).toBe(candidates.find(({ trigger: rule }) => rule?.priority === best));
      }),
    );
  });
});
