import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Happened, NOTHING_HAPPENED } from '../../src/nps/happened.ts';
import { SCORES, segmentOf } from '../../src/nps/score.ts';
import {
  type Course,
  courseAfter,
  NOT_BEGUN,
  type Sequence,
  type SequenceStep,
  type StandingAnswer,
  withStepDone,
} from '../../src/nps/sequence.ts';

const HOUR_MS = 3_600_000;
const START = new Date('2027-01-04T12:00:00Z');
const hoursIn = (hours: number) => new Date(START.getTime() + hours * HOUR_MS);

const step = (name: string, order: number, delayHours: number, facts: Partial<SequenceStep> = {}): SequenceStep => ({
  ...{ name, order, delayHours, segment: 'Detractor', lowest: 0, highest: 6 },
  ...{ delayPercent: null, recipient: null },
  ...{ from: 'Answer', action: 'Mail', template: 'acknowledgment', condition: null },
  ...facts,
});

const NO_ESCALATION = { escalation: { steps: [], problem: null } };

const DETRACTOR: Sequence = {
  ...NO_ESCALATION,
  problem: null,
  steps: [
    step('Fixed', 4, 14 * 24, { condition: 'Resolved' }),
    step('Acknowledge', 1, 0),
    step('Call', 2, 48, { action: 'Task', condition: 'Customer Silent', from: 'Previous Step' }),
    step('Did', 3, 49, { condition: 'Actions Taken' }),
  ],
};

const answer = (facts: Partial<StandingAnswer> = {}): StandingAnswer => ({
  ...{ score: 3, segment: 'Detractor', counts: true, void: false, answeredAt: START },
  ...facts,
});

interface World {
  happened: Partial<Happened>;
  answer: Partial<StandingAnswer>;
  sequence: Sequence;
}

/** Looks at each of these hours, takes every step that is due at once, and tells which were taken when. */
function travelled(hours: readonly number[], world: Partial<World> = {}, from: Course = NOT_BEGUN) {
  let course = from;
  const taken: string[] = [];
  for (const hour of hours) {
    for (;;) {
      const happened = { ...NOTHING_HAPPENED, ...world.happened };
      const now = hoursIn(hour);
      const look = courseAfter(course, answer(world.answer), happened, world.sequence ?? DETRACTOR, now);
      course = look.course;
      if (!look.step) break;
      taken.push(look.step.name);
      course = withStepDone(course, look.step.name, now);
    }
  }
  return { course, taken };
}

const days = (count: number) => Array.from({ length: count + 1 }, (_, day) => day * 24);

it('whose start was blanked by a person counts from the answer: nothing is due at once', () => {
  const blanked = { ...travelled([0]).course, startedAt: null };
  const happened = { ...NOTHING_HAPPENED, actionsTaken: true, resolved: true };
  const look = courseAfter({ ...blanked, next: { step: '', due: START } }, answer(), happened, DETRACTOR, hoursIn(1));
  expect(look).toMatchObject({ step: null, course: { startedAt: START, next: { step: 'Call', due: hoursIn(48) } } });
});

describe('a step that is under way', () => {
  it('keeps every other from being named, whatever the score was corrected to, until it is done', () => {
    const band = { lowest: 4, highest: 6 } as const;
    const banded = { ...DETRACTOR, steps: [...DETRACTOR.steps, step('Milder', 1, 0, band)] };
    fc.assert(
      fc.property(fc.constantFrom(...SCORES.slice(0, 7)), fc.integer({ min: 0, max: 900 }), (score, hour) => {
        const now = hoursIn(hour);
        const happened = { ...NOTHING_HAPPENED, underWay: ['Acknowledge'] };
        const look = courseAfter(NOT_BEGUN, answer({ score }), happened, banded, now);
        expect(look.step).toBeNull();
        expect(look.course.next).toMatchObject({ step: 'Acknowledge' });
        expect(look.course.next?.due.getTime()).toBeGreaterThan(now.getTime());
        const told = withStepDone(look.course, 'Acknowledge', now);
        expect(courseAfter(told, answer({ score }), happened, banded, now).step?.order ?? 2).toBeGreaterThan(1);
      }),
    );
  });
});

describe('a sequence', () => {
  it('waits for the next step and says when it comes', () => {
    const { course, taken } = travelled([0, 1]);
    expect(taken).toEqual(['Acknowledge']);
    expect(course).toMatchObject({ sequence: 'Detractor', startedAt: START, next: { step: 'Call', due: hoursIn(48) } });
  });

  it.each([
    ['nothing is known', {}, ['Acknowledge', 'Call']],
    ['somebody has acted', { followedUp: true }, ['Acknowledge']],
    ['the CSM wrote what was done', { actionsTaken: true }, ['Acknowledge', 'Call', 'Did']],
    ['it is resolved, too', { actionsTaken: true, resolved: true }, ['Acknowledge', 'Call', 'Did', 'Fixed']],
    ['it is paused', { paused: true }, []],
  ] as const)('takes, day by day, when %s', (_, happened, steps) => {
    expect(travelled(days(60), { happened }).taken).toEqual(steps);
  });

  it('names a step again until it is said to be done', () => {
    const look = () => courseAfter(NOT_BEGUN, answer(), NOTHING_HAPPENED, DETRACTOR, START).step?.name;
    expect([look(), look()]).toEqual(['Acknowledge', 'Acknowledge']);
  });

  it('waits 14 days for a condition, then passes the step over and ends', () => {
    const late = travelled([...days(12), 300], { happened: { followedUp: true } });
    expect(late.course.next?.step).toBe('Did');
    expect(travelled([312], { happened: { actionsTaken: true } }, late.course).taken).toEqual(['Did']);
    const over = travelled(days(40), { happened: { followedUp: true } }).course;
    expect(over).toMatchObject({ next: null, stopped: null });
    expect(travelled([24 * 41], { happened: { resolved: true } }, over).taken).toEqual([]);
  });

  it('keeps a time that somebody moved', () => {
    const { course } = travelled([0, 1]);
    const moved = { ...course, next: { step: 'Call', due: hoursIn(5) } };
    expect(travelled([4], {}, moved).taken).toEqual([]);
    expect(travelled([5], {}, moved).taken).toEqual(['Call']);
  });

  it('says other things to a 0 than to a 6', () => {
    const sequence = {
      ...NO_ESCALATION,
      problem: null,
      steps: [step('Grave', 1, 0, { highest: 2 }), step('Mild', 1, 24, { lowest: 3 })],
    };
    expect(travelled([0], { sequence, answer: { score: 0 } }).taken).toEqual(['Grave']);
    expect(travelled([0, 24], { sequence, answer: { score: 6 } }).taken).toEqual(['Mild']);
  });

  it.each([
    ['replied', 'The customer replied.'],
    ['optedOut', 'The contact wants no more mails.'],
    ['bounced', 'Mails to the contact come back.'],
    ['unreachable', 'The contact is gone or has no address.'],
    ['newCase', 'The account has a new case of high priority.'],
    ['lostOpportunity', 'An opportunity of the account was lost.'],
    ['answeredAgain', 'The contact answered another survey since.'],
  ] as const)('stops for good when the fact is: %s', (fact, reason) => {
    const { course } = travelled([0, 1]);
    const stopped = travelled([2], { happened: { [fact]: true } }, course).course;
    expect(stopped).toMatchObject({ next: null, stopped: reason });
    expect(travelled(days(60), {}, stopped)).toEqual({ course: stopped, taken: [] });
  });

  it('does not begin before an answer counts, and stops when it is void', () => {
    expect(travelled(days(3), { answer: { counts: false } }).course).toEqual(NOT_BEGUN);
    const { course } = travelled([0, 1]);
    const standing = { counts: false, void: true };
    expect(travelled([2], { answer: standing }, course).course.stopped).toBe('The answer was declared void.');
  });

  it('gives way to that of the corrected score, and does nothing twice when the score comes back', () => {
    const promoter: Sequence = {
      ...NO_ESCALATION,
      problem: null,
      steps: [step('Thank', 1, 0, { segment: 'Promoter', lowest: 9, highest: 10 })],
    };
    const first = travelled([0, 1]).course;
    const corrected = { score: 9, segment: 'Promoter', answeredAt: hoursIn(2) } as const;
    const second = travelled([2], { answer: corrected, sequence: promoter }, first);
    expect(second).toMatchObject({
      taken: ['Thank'],
      course: { sequence: 'Promoter', startedAt: hoursIn(2), stopped: null },
    });
    const back = travelled([3, 50, 51], { answer: { answeredAt: hoursIn(3) } }, second.course);
    expect(back.taken).toEqual(['Call']);
  });

  it('holds while one of its records cannot be used, and goes on when it is mended', () => {
    const held = travelled(days(1), { sequence: { ...DETRACTOR, problem: 'Broken.' } });
    expect([held.taken, held.course.next?.due]).toEqual([[], hoursIn(25)]);
    expect(travelled([25], {}, held.course).taken).toEqual(['Acknowledge']);
  });
});

describe('whatever the records and the facts', () => {
  const conditions = fc.constantFrom(null, 'Customer Silent', 'Actions Taken', 'Resolved');
  const steps = fc
    .array(
      fc.record({
        ...{ delayHours: fc.nat({ max: 800 }), condition: conditions, action: fc.constantFrom('Mail', 'Task') },
        ...{ from: fc.constantFrom('Answer', 'Previous Step'), lowest: fc.nat({ max: 6 }) },
      }),
      { maxLength: 6 },
    )
    .map((facts): Sequence => {
      const numbered = facts.map((one, index) =>
        step(`S${index}`, index + 1, one.delayHours, one as Partial<SequenceStep>),
      );
      return { ...NO_ESCALATION, problem: null, steps: numbered };
    });
  const facts = fc.record({ followedUp: fc.boolean(), actionsTaken: fc.boolean(), resolved: fc.boolean() });
  const score = fc.constantFrom(...SCORES.filter((one) => segmentOf(one) === 'Detractor'));
  const worlds = fc.record({ sequence: steps, happened: facts, answer: score.map((one) => ({ score: one })) });
  const looks = fc.array(fc.nat({ max: 2_500 }), { maxLength: 30 }).map((hours) => hours.toSorted((a, b) => a - b));

  it('a step is taken once and in order, however often somebody looks', () => {
    fc.assert(
      fc.property(worlds, looks, (world, hours) => {
        const { taken } = travelled(hours, world);
        expect(taken).toEqual([...new Set(taken)].toSorted());
      }),
    );
  });

  it('one jump and a look every hour take the same steps', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const plain = world.sequence.steps.map((one) => ({ ...one, from: 'Answer' as const }));
        const sequence = { ...world.sequence, steps: plain };
        const hourly = Array.from({ length: 1_200 }, (_, hour) => hour);
        expect(travelled([1_199], { ...world, sequence }).taken).toEqual(
          travelled(hourly, { ...world, sequence }).taken,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('nothing is taken after a stop', () => {
    fc.assert(
      fc.property(worlds, looks, looks, (world, before, since) => {
        const { course } = travelled(before, world);
        const stopped = travelled([2_500], { ...world, happened: { ...world.happened, replied: true } }, course).course;
        expect(travelled(since, world, stopped).taken).toEqual([]);
      }),
    );
  });
});
