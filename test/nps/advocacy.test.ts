import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Advocacy,
  ASK_CODES,
  ASKS,
  type Ask,
  type AskEntry,
  askFrom,
  FIRST_ASKS,
  isDone,
  isFollowed,
  isOpen,
  nextAsk,
  offerVariantOf,
  standingAsk,
  withEntry,
} from '../../src/nps/advocacy.ts';

const day = (number: number) => new Date(Date.UTC(2026, 10, number));
const asked = (ask: Ask, on: number): AskEntry => ({ ask, what: 'asked', at: day(on) });
const followed = (ask: Ask, on: number): AskEntry => ({ ask, what: 'followed', at: day(on) });
const response = (...log: AskEntry[]): Advocacy => ({ log, completed: null });
const ALL = new Set(ASKS);

const entry = fc.record({
  ask: fc.constantFrom(...ASKS),
  what: fc.constantFrom('asked', 'followed'),
  at: fc.integer({ min: 1, max: 28 }).map(day),
}) satisfies fc.Arbitrary<AskEntry>;
const advocacy = fc.record({
  log: fc.array(entry, { maxLength: 6 }),
  completed: fc.option(fc.constantFrom(...ASKS)),
});
const past = fc.array(advocacy, { maxLength: 6 });
const available = fc.subarray([...ASKS]).map((asks) => new Set<Ask>(asks));

describe('the ask of a thank-you', () => {
  it.each([
    ['begins with the first', [], 'AppExchange Review'],
    ['is the next in turn', [response(asked('AppExchange Review', 1))], 'G2 Review'],
    ['goes round', [response(asked('Case Study', 1))], 'AppExchange Review'],
    [
      'follows what the account was asked last, by whatever response',
      [response(asked('G2 Review', 9)), response(asked('AppExchange Review', 2))],
      'Case Study',
    ],
    ['does not count a referral as a turn', [response(asked('G2 Review', 1), asked('Referral', 15))], 'Case Study'],
    [
      'leaves out what was followed',
      [response(asked('AppExchange Review', 1)), response(followed('G2 Review', 0))],
      'Case Study',
    ],
    [
      'leaves out what the CSM says is done',
      [response(asked('AppExchange Review', 1)), { log: [], completed: 'G2 Review' }],
      'Case Study',
    ],
  ] as const)('%s', (_, responses, ask) => {
    expect(nextAsk(ALL, responses)).toBe(ask);
  });

  it('is none when all were done, or none leads anywhere', () => {
    expect(nextAsk(ALL, [response(...FIRST_ASKS.map((ask) => followed(ask, 1)))])).toBeNull();
    expect(nextAsk(new Set(['Referral']), [])).toBeNull();
  });

  it('is made again when it is the only one left and came to nothing', () => {
    expect(nextAsk(new Set(['G2 Review']), [response(asked('G2 Review', 1))])).toBe('G2 Review');
  });

  it('is never one that was done, that leads nowhere, or a referral', () => {
    fc.assert(
      fc.property(available, past, (asks, responses) => {
        const ask = nextAsk(asks, responses);
        if (ask === null) {
          expect(FIRST_ASKS.filter((one) => asks.has(one) && !isDone(one, responses))).toEqual([]);
          return;
        }
        expect(asks.has(ask)).toBe(true);
        expect(isDone(ask, responses)).toBe(false);
        expect(ask).not.toBe('Referral');
      }),
    );
  });

  it('takes turns: whatever is never taken up comes once in as many thank-yous as there are asks', () => {
    fc.assert(
      fc.property(available, (asks) => {
        const wanted = FIRST_ASKS.filter((ask) => asks.has(ask));
        const made: Advocacy[] = [];
        for (let turn = 1; turn <= wanted.length; turn += 1) {
          const ask = nextAsk(asks, made);
          if (ask) made.push(response(asked(ask, turn)));
        }
        expect(made.map(({ log }) => log[0]?.ask).toSorted()).toEqual(wanted.toSorted());
      }),
    );
  });
});

describe('the log of a response', () => {
  it('keeps the earlier time of what is told twice', () => {
    const log = withEntry([asked('G2 Review', 2)], asked('G2 Review', 5));
    expect(log).toEqual([asked('G2 Review', 2)]);
    expect(withEntry(log, asked('G2 Review', 1))).toEqual([asked('G2 Review', 1)]);
  });

  it.each([
    ['nothing', [], null],
    ['an ask', [asked('G2 Review', 1)], { ask: 'G2 Review', askedAt: day(1), followedAt: null }],
    [
      'a referral instead',
      [asked('G2 Review', 1), asked('Referral', 15)],
      { ask: 'Referral', askedAt: day(15), followedAt: null },
    ],
    [
      'an old link that was followed late',
      [asked('G2 Review', 1), asked('Referral', 15), followed('G2 Review', 20)],
      { ask: 'G2 Review', askedAt: day(1), followedAt: day(20) },
    ],
    [
      'a click that was told before its mail',
      [followed('G2 Review', 3)],
      { ask: 'G2 Review', askedAt: null, followedAt: day(3) },
    ],
  ] as const)('with %s stands so', (_, log, standing) => {
    expect(standingAsk(log)).toEqual(standing);
  });

  it('stands the same in whatever order and however often it is told', () => {
    const told = fc.array(entry, { maxLength: 8 });
    const twice = told.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    );
    const keep = (entries: readonly AskEntry[]) => entries.reduce<readonly AskEntry[]>(withEntry, []);
    fc.assert(
      fc.property(twice, ([one, other]) => {
        expect(keep(other)).toEqual(keep(one));
        expect(standingAsk(keep(other))).toEqual(standingAsk(keep(one)));
      }),
    );
  });

  it('is open, followed, or empty', () => {
    fc.assert(
      fc.property(advocacy, (one) => {
        expect([isOpen(one), isFollowed(one)]).not.toEqual([true, true]);
        if (one.completed) expect(isOpen(one)).toBe(false);
      }),
    );
  });
});

describe('names', () => {
  it.each(ASKS)('of %s in links lead back to it', (ask) => {
    expect(askFrom(ASK_CODES[ask])).toBe(ask);
    expect(ASK_CODES[ask]).toMatch(/^[a-z0-9-]+$/);
  });
});

describe('the variant of an offer', () => {
  it('is the same for the same response, and about half of each, whatever the subject was', () => {
    const key = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
    const keys = fc.sample(key, { seed: 1, numRuns: 2_000 });
    for (const half of [0, 1]) {
      const ofSubject = keys.filter((one) => Number.parseInt(one.slice(-1), 16) % 2 === half);
      const share = ofSubject.filter((one) => offerVariantOf(one) === 'B').length / ofSubject.length;
      expect(share).toBeGreaterThan(0.45);
      expect(share).toBeLessThan(0.55);
    }
    expect(keys.map(offerVariantOf)).toEqual(keys.map(offerVariantOf));
  });
});
