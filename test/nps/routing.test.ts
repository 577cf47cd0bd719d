import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explanation, type RoutingFacts, type RoutingRule, route, ruleNotice } from '../../src/nps/routing.ts';
import { SCORES, segmentOf } from '../../src/nps/score.ts';
import { rule } from './routing-rules.ts';

const facts: RoutingFacts = {
  ...{ score: 7, previousScore: null, comment: '', sentiment: null, trigger: 'Pre_Renewal', trend: 'Stable' },
  ...{ revenue: 50_000, daysToRenewal: 40, meets: new Set(['Usage_Change__c < 0']) },
};
const fits = (conditions: Partial<RoutingRule>, about: Partial<RoutingFacts> = {}) =>
  route([rule('One', conditions)], { ...facts, ...about }).length === 1;

describe('a rule', () => {
  it.each<[string, Partial<RoutingRule>, Partial<RoutingFacts>, boolean]>([
    ['without conditions', {}, {}, true],
    ['for Passives', { segment: 'Passive' }, {}, true],
    ['for Passives', { segment: 'Passive' }, { score: 6 }, false],
    ['from 0 to 3', { highestScore: 3 }, { score: 0 }, true],
    ['from 0 to 3', { highestScore: 3 }, { score: 4 }, false],
    ['from 9 on', { lowestScore: 9 }, { score: 9 }, true],
    ['from 9 on', { lowestScore: 9 }, { score: 8 }, false],
    ['for a drop of 2: 9 then 7', { minimumDrop: 2 }, { previousScore: 9 }, true],
    ['for a drop of 2: 8 then 7', { minimumDrop: 2 }, { previousScore: 8 }, false],
    ['for a drop of 2: 5 then 7', { minimumDrop: 2 }, { previousScore: 5 }, false],
    ['for a drop: the first answer', { minimumDrop: 1 }, {}, false],
    ['for a declining trend', { trend: 'Declining' }, { trend: 'Declining' }, true],
    ['for a declining trend', { trend: 'Declining' }, {}, false],
    ['for revenue', { minimumRevenue: 50_000 }, {}, true],
    ['for more revenue', { minimumRevenue: 50_001 }, {}, false],
    ['for revenue nobody knows', { minimumRevenue: 0 }, { revenue: null }, false],
    ['for a renewal within 40 days', { renewalWithinDays: 40 }, {}, true],
    ['for a renewal within 39 days', { renewalWithinDays: 39 }, {}, false],
    ['for a renewal, without a contract', { renewalWithinDays: 365 }, { daysToRenewal: null }, false],
    ['for falling usage', { accountCondition: 'Usage_Change__c < 0' }, {}, true],
    ['for another condition', { accountCondition: "Type = 'Partner'" }, {}, false],
    ['for a phrase', { phrases: ['switch*'] }, { comment: 'We are considering switching' }, true],
    ['for a phrase that is denied', { phrases: ['switch*'] }, { comment: 'We will not switch' }, false],
    ['for a phrase, without a comment', { phrases: ['switch*'] }, {}, false],
    ['for a negative comment', { sentiment: 'Negative' }, { sentiment: 'Negative' }, true],
    ['for a negative comment', { sentiment: 'Negative' }, { sentiment: 'Positive' }, false],
    ['for a negative comment, where nobody can tell', { sentiment: 'Negative' }, {}, false],
    ['for its trigger in any case', { trigger: 'pre_renewal' }, {}, true],
    ['for another trigger', { trigger: 'First_Value' }, {}, false],
    ['with two conditions of which one fails', { segment: 'Passive', trend: 'Declining' }, {}, false],
    ['that is switched off', { active: false }, {}, false],
    ['that cannot be used', { problem: 'The NPS Routing Rule record One cannot be used.' }, {}, false],
  ])('%s', (_, conditions, about, expected) => {
    expect(fits(conditions, about)).toBe(expected);
  });

  it('says in words why it fits', () => {
    const one = rule('Save', {
      ...{ segment: 'Passive', minimumDrop: 2, phrases: ['switch*'], renewalWithinDays: 60, sentiment: 'Negative' },
    });
    const [routed] = route([one], { ...facts, previousScore: 9, comment: 'We may switch', sentiment: 'Negative' });
    expect(routed && explanation(routed)).toBe(
      'Why this Task: the routing rule Save, because 7 is the score of a Passive; the same person gave 9 before; the contract ends in 40 days; the comment says "switch*"; the comment sounds negative.',
    );
    const [always] = route([rule('Always')], facts);
    expect(always && explanation(always)).toBe(
      'Why this Task: the routing rule Always, because it holds for every answer.',
    );
  });
});

describe('a notification', () => {
  it.each([
    ['24 Nov, 17:00', 'NPS 7 from Ann (Acme): call. By the routing rule One. Due 24 Nov, 17:00.'],
    [null, 'NPS 7 from Ann (Acme): call. By the routing rule One.'],
  ])('due %s says who gave what, and what is to be done by which rule', (due, text) => {
    const about = { score: 7, who: 'Ann (Acme)', csm: 'Cleo Sun', due } as const;
    expect(ruleNotice({ rule: rule('One'), because: [] }, about)).toBe(text);
  });
});

describe('several rules', () => {
  const names = (rules: RoutingRule[]) => route(rules, facts).map((routed) => routed.rule.name);

  it('of different kinds add a Task each, in their order', () => {
    expect(names([rule('Second', { order: 20 }), rule('First', { order: 10 })])).toEqual(['First', 'Second']);
  });

  it('of one kind make one Task: that of the first that fits', () => {
    const misfit = rule('Misfit', { kind: 'Call', order: 1, segment: 'Promoter' });
    const first = rule('First', { kind: 'call', order: 2 });
    expect(names([rule('Late', { kind: 'Call', order: 3 }), first, misfit])).toEqual(['First']);
  });

  const anyRule = fc
    .record({
      order: fc.integer({ min: 1, max: 5 }),
      kind: fc.constantFrom('Call', 'CALL', 'At Risk', 'Product'),
      active: fc.boolean(),
      problem: fc.constantFrom(null, null, 'It cannot be used.'),
      segment: fc.constantFrom(null, 'Promoter', 'Passive', 'Detractor' as const),
      minimumDrop: fc.constantFrom(null, 1, 3),
      phrases: fc.constantFrom([], ['cancel*'], ['feature']),
    })
    .map((facts) => facts as Partial<RoutingRule>);
  const anyFacts = fc
    .record({
      score: fc.constantFrom(...SCORES),
      previousScore: fc.constantFrom(null, ...SCORES),
      comment: fc.constantFrom('', 'cancel', 'a feature, or we cancel', 'never cancel'),
    })
    .map((about) => ({ ...facts, ...about }));

  it('make the same Tasks in whatever order they are read, one of a kind, and none by a rule that is off', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 8 }), anyFacts, (some, about) => {
        const rules = some.map((one, index) => rule(`Rule ${index}`, one));
        const tasks = route(rules, about);
        expect(route(rules.toReversed(), about)).toEqual(tasks);
        const kinds = tasks.map((task) => task.rule.kind.toLowerCase());
        expect(new Set(kinds).size).toBe(kinds.length);
        for (const { rule: one } of tasks) {
          expect(one.active && one.problem === null).toBe(true);
          if (one.segment) expect(segmentOf(about.score)).toBe(one.segment);
        }
      }),
    );
  });

  it('leave nothing out: a kind without a Task has no rule that would fit alone', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 8 }), anyFacts, (some, about) => {
        const rules = some.map((one, index) => rule(`Rule ${index}`, one));
        const made = new Set(route(rules, about).map((task) => task.rule.kind.toLowerCase()));
        for (const one of rules)
          expect(route([one], about).length > 0 && !made.has(one.kind.toLowerCase())).toBe(false);
      }),
    );
  });
});
