import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCORES, scoreFrom, segmentOf } from '../../src/nps/score.ts';

describe('a score', () => {
  it('is one of eleven, shown from 0 to 10', () => {
    expect(SCORES).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it.each(SCORES)('%i is read back from its own digits', (score) => {
    expect(scoreFrom(String(score))).toBe(score);
  });

  it.each(['', ' ', '11', '-1', '00', '07', '7.0', '7 ', '1e1', '0x5', 'ten', '٣', 'null'])(
    '"%s" is not one',
    (text) => {
      expect(scoreFrom(text)).toBeUndefined();
    },
  );

  it('is never read from text that is not its digits', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^(?:\d|10)$/.test(text));
        expect(scoreFrom(text)).toBeUndefined();
      }),
    );
  });
});

describe('a segment', () => {
  it.each([
    [0, 'Detractor'],
    [6, 'Detractor'],
    [7, 'Passive'],
    [8, 'Passive'],
    [9, 'Promoter'],
    [10, 'Promoter'],
  ] as const)('of %i is %s', (score, segment) => {
    expect(segmentOf(score)).toBe(segment);
  });

  it('splits the eleven scores into seven, two and two', () => {
    const sizes = Map.groupBy(SCORES, segmentOf);
    expect([...sizes].map(([segment, scores]) => [segment, scores.length])).toEqual([
      ['Detractor', 7],
      ['Passive', 2],
      ['Promoter', 2],
    ]);
  });
});
