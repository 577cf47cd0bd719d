import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { carryOut, isRequest, REQUESTS, type Requested, whyNotResent } from '../../src/nps/request.ts';
import type { Verdict } from '../../src/nps/verdict.ts';

const AT = new Date('2026-11-18T12:00:00Z');
const asked = (request: Exclude<Requested['request'], 'Resend'>, note = '') => ({
  request,
  by: 'Jane Doe',
  at: AT,
  note,
});
const standing = (verdict: Verdict, paused = false) => ({ verdict, reason: 'The button was pressed.', paused });

describe('a request', () => {
  test.each<[Exclude<Requested['request'], 'Resend'>, ReturnType<typeof standing>, object, string]>([
    [
      'Void',
      standing('Confirmed'),
      { verdict: 'Void' },
      'Declared void by Jane Doe on 2026-11-18: Sent to the wrong person',
    ],
    [
      'Void',
      standing('Provisional', true),
      { verdict: 'Void', paused: true },
      'Declared void by Jane Doe on 2026-11-18: Sent to the wrong person',
    ],
    [
      'It Was a Person',
      standing('Unresolved'),
      { verdict: 'Confirmed' },
      'Confirmed as the answer of a person by Jane Doe on 2026-11-18: Sent to the wrong person',
    ],
    [
      'It Was a Person',
      standing('Void'),
      { verdict: 'Confirmed' },
      'Confirmed as the answer of a person by Jane Doe on 2026-11-18: Sent to the wrong person',
    ],
    [
      'Pause',
      standing('Confirmed'),
      { verdict: 'Confirmed', paused: true },
      'Paused by Jane Doe on 2026-11-18: Sent to the wrong person',
    ],
    [
      'Resume',
      standing('Confirmed', true),
      { verdict: 'Confirmed', paused: false },
      'Resumed by Jane Doe on 2026-11-18: Sent to the wrong person',
    ],
  ])('to %s is carried out and told with who, when and why', (request, before, after, result) => {
    const done = carryOut(asked(request, 'Sent to the wrong person'), before, null);
    expect(done).toMatchObject({ standing: after, result });
  });

  it('that judges keeps who judged, and why, as the reason of the verdict', () => {
    const { standing: after, result } = carryOut(asked('Void', 'A test'), standing('Confirmed'), null);
    expect(after.reason).toBe(result);
  });

  test.each<[Exclude<Requested['request'], 'Resend'>, ReturnType<typeof standing>, string]>([
    ['Void', standing('Void'), 'The answer is Void already.'],
    ['It Was a Person', standing('Confirmed'), 'The answer is Confirmed already.'],
    ['Pause', standing('Confirmed', true), 'The sequence is paused already.'],
    ['Resume', standing('Confirmed'), 'The sequence is not paused.'],
  ])('to %s what is so already changes nothing and says so', (request, before, why) => {
    const { standing: after, result } = carryOut(asked(request), before, null);
    expect(after).toEqual(before);
    expect(result).toBe(`${request}, asked for by Jane Doe on 2026-11-18, was not done. ${why}`);
  });

  it('to resume a sequence that was stopped says why it was', () => {
    const { result } = carryOut(
      asked('Resume'),
      standing('Confirmed'),
      'The sequence was stopped: The customer replied.',
    );
    expect(result).toContain('was not done. The sequence was stopped: The customer replied.');
  });

  it('asked twice is carried out once, and every sentence fits its field', () => {
    const requests = REQUESTS.filter((request) => request !== 'Resend');
    const verdicts: Verdict[] = ['Provisional', 'Unresolved', 'Accepted', 'Confirmed', 'Void'];
    fc.assert(
      fc.property(
        ...([
          fc.constantFrom(...requests),
          fc.constantFrom(...verdicts),
          fc.boolean(),
          fc.string({ maxLength: 300 }),
        ] as const),
        (request, verdict, paused, note) => {
          const once = carryOut(asked(request, note), standing(verdict, paused), null);
          const twice = carryOut(asked(request, note), once.standing, null);
          expect(twice.standing).toEqual(once.standing);
          expect(twice.result).toContain('was not done');
          for (const { result, standing: after } of [once, twice]) {
            expect(result.length).toBeLessThanOrEqual(255);
            expect(after.reason.length).toBeLessThanOrEqual(255);
          }
        },
      ),
    );
  });

  it('that only a flow carries out is none of the service’s', () => {
    expect(['Log Follow-Up', '', 'void'].filter(isRequest)).toEqual([]);
    expect(REQUESTS.every(isRequest)).toBe(true);
  });
});

const FREE = {
  verdict: 'Confirmed' as const,
  sentBefore: true,
  reachable: true,
  optedOut: false,
  bounced: false,
  writable: true,
};

test.each([
  [{}, undefined],
  [{ verdict: 'Void' as const }, 'void'],
  [{ sentBefore: false }, 'No mail'],
  [{ reachable: false }, 'no address'],
  [{ optedOut: true }, 'wants no more'],
  [{ bounced: true }, 'correct the address'],
  [{ writable: false }, 'CSM'],
])('a mail is sent once more unless something speaks against it: %o', (facts, why) => {
  const reason = whyNotResent({ ...FREE, ...facts });
  if (why === undefined) expect(reason).toBeUndefined();
  else expect(reason).toContain(why);
});
