import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALWAYS_OPEN, type BusinessCalendar } from '../../src/nps/due.ts';
import { type EscalationTimes, escalationAfter, escalationDue } from '../../src/nps/escalation.ts';
import { type Happened, NOTHING_HAPPENED } from '../../src/nps/happened.ts';
import {
  type Course,
  courseAfter,
  NOT_BEGUN,
  type Sequence,
  type SequenceStep,
  type StandingAnswer,
  withStepDone,
} from '../../src/nps/sequence.ts';
import { shippedSequences } from '../support/shipped-sequences.ts';

// A Monday, at nine in the morning in London.
const START = new Date('2027-01-04T09:00:00Z');
const hoursIn = (hours: number) => new Date(START.getTime() + hours * 3_600_000);
const OFFICE: BusinessCalendar = {
  hours: new Map([1, 2, 3, 4, 5].map((weekday) => [weekday, { opens: 540, closes: 1_020 }])),
  holidays: new Set(),
};
const times = (facts: Partial<EscalationTimes> = {}): EscalationTimes => ({
  ...{ followUpDue: hoursIn(24), zone: 'Europe/London', calendar: ALWAYS_OPEN },
  ...facts,
});
const answer = (facts: Partial<StandingAnswer> = {}): StandingAnswer => ({
  ...{ score: 5, segment: 'Detractor', counts: true, void: false, answeredAt: START },
  ...facts,
});

const shipped = shippedSequences().get('Detractor');
if (!shipped) throw new Error('No sequence ships for detractors.');
const DETRACTOR: Sequence = shipped;

interface World {
  answer: Partial<StandingAnswer>;
  happened: Partial<Happened> | ((hour: number) => Partial<Happened>);
  times: Partial<EscalationTimes>;
}

/** Looks at each of these hours and takes what is due of both courses; tells what was escalated, and when. */
function travelled(hours: readonly number[], world: Partial<World> = {}, from: Course = NOT_BEGUN) {
  let course = from;
  const taken: string[] = [];
  for (const hour of hours) {
    const now = hoursIn(hour);
    const facts = typeof world.happened === 'function' ? world.happened(hour) : world.happened;
    const happened = { ...NOTHING_HAPPENED, ...facts };
    const standing = answer(world.answer);
    const mail = courseAfter(course, standing, happened, DETRACTOR, now);
    course = mail.step ? withStepDone(mail.course, mail.step.name, now) : mail.course;
    const { next, step } = escalationAfter(course, standing, happened, DETRACTOR.escalation, times(world.times), now);
    course = { ...course, nextEscalation: next };
    if (!step) continue;
    taken.push(`${hour} ${step.name}`);
    course = withStepDone(course, step.name, now);
  }
  return { course, taken };
}

const hourly = (count: number) => Array.from({ length: count + 1 }, (_, hour) => hour);
const ALL = ['12 Detractor_Reminder', '24 Detractor_Escalate_to_Manager', '36 Detractor_Escalate_to_Executive'];

describe('while nobody acts', () => {
  it('the CSM is reminded at half the time, the manager has a Task at the end of it, the executive half as long after', () => {
    expect(travelled(hourly(60)).taken).toEqual(ALL);
  });

  it('the owner of the account hears of it after two hours, unless the CSM is that', () => {
    const { taken } = travelled(hourly(60), { happened: { ownerIsCsm: false } });
    expect(taken).toEqual(['2 Detractor_Tell_Owner', ...ALL]);
  });

  it('the manager hears of a 0 to 3 at once, and not of a 4', () => {
    expect(travelled([0], { answer: { score: 3 } }).taken).toEqual(['0 Detractor_Tell_Manager']);
    expect(travelled([0], { answer: { score: 4 } }).taken).toEqual([]);
  });

  it('the next time stands on the response, and moves with the time there is', () => {
    const { course } = travelled([0, 3]);
    expect(course.nextEscalation).toEqual(hoursIn(12));
    expect(travelled([3], { times: { followUpDue: hoursIn(8) } }, course).course.nextEscalation).toEqual(hoursIn(4));
    expect(travelled(hourly(60)).course.nextEscalation).toBeNull();
  });

  it('nobody is told of a time that nobody has', () => {
    expect(travelled(hourly(60), { times: { followUpDue: null } }).taken).toEqual([]);
  });
});

describe('an escalation', () => {
  it.each([
    ['a reply', { replied: true }],
    ['an opt-out', { optedOut: true }],
    ['a bounce', { bounced: true }],
    ['a contact that is gone', { unreachable: true }],
    ['a new case', { newCase: true }],
    ['a lost opportunity', { lostOpportunity: true }],
    ['another answer', { answeredAgain: true }],
    ['a pause', { paused: true }],
  ])('goes on in spite of %s', (_, happened) => {
    expect(travelled(hourly(60), { happened }).taken).toEqual(ALL);
  });

  it.each([
    ['a follow-up', { happened: { followedUp: true } }],
    ['a void', { answer: { void: true, counts: false } }],
    ['a correction out of the detractors', { answer: { score: 9, segment: 'Promoter' } }],
  ] as const)('ends with %s', (_, world) => {
    const { course } = travelled(hourly(13));
    expect(travelled([14, 24, 60], world, course)).toMatchObject({ taken: [], course: { nextEscalation: null } });
  });

  it('does nothing twice when the score goes up and comes back down', () => {
    const { course } = travelled(hourly(13));
    const up = travelled([14], { answer: { score: 9, segment: 'Promoter' } }, course).course;
    const back = travelled([15, 24, 30, 40], { answer: { answeredAt: hoursIn(15) } }, up);
    expect(back.taken.map((line) => line.split(' ')[1])).toEqual(ALL.slice(1).map((line) => line.split(' ')[1]));
  });

  it('holds while one of its records cannot be used', () => {
    const { course } = travelled([0]);
    const broken = { ...DETRACTOR.escalation, problem: 'Broken.' };
    const look = escalationAfter(course, answer(), NOTHING_HAPPENED, broken, times(), hoursIn(30));
    expect(look).toEqual({ next: hoursIn(31), step: null });
  });
});

describe('its times', () => {
  const step = (delayPercent: number): Pick<SequenceStep, 'delayHours' | 'delayPercent'> => ({
    ...{ delayHours: 0, delayPercent },
  });

  it('are within business hours of the owner: half of a night is the next morning', () => {
    const due = escalationDue(step(50), START, times({ calendar: OFFICE }));
    expect(due).toEqual(new Date('2027-01-05T09:00:00Z'));
    const friday = new Date('2027-01-08T16:00:00Z');
    const monday = times({ followUpDue: new Date('2027-01-11T09:00:00Z'), calendar: OFFICE });
    expect(escalationDue(step(150), friday, monday)).toEqual(new Date('2027-01-13T09:00:00Z'));
  });

  it('come in the order of their percentages, never before them, and all within business hours', () => {
    const zones = fc.constantFrom('UTC', 'Europe/London', 'America/Los_Angeles', 'Asia/Kathmandu', 'Mars/Olympus');
    const percents = fc.array(fc.nat({ max: 300 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(fc.nat({ max: 9_000 }), fc.nat({ max: 200 }), zones, percents, (hour, span, zone, all) => {
        const startedAt = hoursIn(hour);
        const until = new Date(startedAt.getTime() + span * 3_600_000);
        const due = all
          .toSorted((one, other) => one - other)
          .map((percent) => {
            const at = escalationDue(step(percent), startedAt, { followUpDue: until, zone, calendar: OFFICE });
            const plain = startedAt.getTime() + (until.getTime() - startedAt.getTime()) * (percent / 100);
            expect(at?.getTime()).toBeGreaterThanOrEqual(Math.floor(plain));
            return at?.getTime() ?? 0;
          });
        expect(due).toEqual(due.toSorted((one, other) => one - other));
      }),
    );
  });
});

describe('after a weekend', () => {
  const saturday = new Date('2027-01-09T07:00:00Z');
  const monday = new Date('2027-01-11T09:00:00Z');
  const world = {
    answer: { score: 1, answeredAt: saturday } as const,
    happened: { ownerIsCsm: false },
    times: { followUpDue: monday, calendar: OFFICE },
  };
  const at = (time: string) => (new Date(`2027-01-${time}Z`).getTime() - START.getTime()) / 3_600_000;
  const all = ['Tell_Manager', 'Tell_Owner', 'Reminder', 'Escalate_to_Manager', 'Escalate_to_Executive'];

  it('what fell on it comes an hour apart, so that whoever is told first can act', () => {
    const quarters = Array.from({ length: 4 * 28 }, (_, quarter) => at('11T08:00') + quarter / 4);
    const hours = [at('11T09:00'), at('11T10:00'), at('11T11:00'), at('11T12:00'), at('12T10:00')];
    expect(travelled(quarters, world).taken).toEqual(all.map((name, place) => `${hours[place]} Detractor_${name}`));
  });

  it('and all of it is due for who looks late', () => {
    const late = at('14T12:00');
    expect(travelled([late, late, late, late, late], world).taken).toEqual(
      all.map((name) => `${late} Detractor_${name}`),
    );
  });
});

describe('the two courses', () => {
  const facts = fc.record({
    ...{ replied: fc.boolean(), actionsTaken: fc.boolean(), resolved: fc.boolean(), ownerIsCsm: fc.boolean() },
  });
  const looks = fc.array(fc.nat({ max: 1_000 }), { maxLength: 40 }).map((all) => all.toSorted((a, b) => a - b));

  it('never take a step twice, in whatever order they are looked at', () => {
    fc.assert(
      fc.property(facts, looks, (happened, hours) => {
        const { course } = travelled(hours, { happened });
        const names = course.done.map(({ step }) => step);
        expect(names).toEqual([...new Set(names)]);
      }),
    );
  });

  it('do not move each other: the mails come as if nobody escalated', () => {
    const silent: Sequence = { ...DETRACTOR, escalation: { steps: [], problem: null } };
    fc.assert(
      fc.property(facts, looks, (happened, hours) => {
        const both = travelled(hours, { happened }).course;
        let alone = NOT_BEGUN;
        for (const hour of hours) {
          const look = courseAfter(alone, answer(), { ...NOTHING_HAPPENED, ...happened }, silent, hoursIn(hour));
          alone = look.step ? withStepDone(look.course, look.step.name, hoursIn(hour)) : look.course;
        }
        const isMail = ({ step }: Course['done'][number]) => silent.steps.some(({ name }) => name === step);
        expect(both.done.filter(isMail)).toEqual(alone.done);
      }),
    );
  });

  it('nothing escalates once somebody has acted', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), (acted) => {
        const happened = (hour: number) => ({ followedUp: hour >= acted });
        const { taken } = travelled(hourly(60), { happened });
        expect(taken.every((line) => Number(line.split(' ')[0]) < acted)).toBe(true);
      }),
    );
  });
});
