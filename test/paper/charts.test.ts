import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barLength, columnChart, onLine, stackedBar, trendChart } from '../../src/paper/charts.ts';

const counts = fc.array(fc.nat({ max: 500 }), { minLength: 1, maxLength: 11 });
const value = fc.record({
  label: fc.constant('Q1'),
  value: fc.option(fc.integer({ min: -100, max: 100 })),
  interval: fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 })).map(([one, other]) => ({
    from: Math.min(one, other),
    to: Math.max(one, other),
  })),
  n: fc.nat(),
});

describe('a chart of the summary', () => {
  it('keeps every point, whisker and line of the scale within its drawing, and says higher is higher', () => {
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 8 }),
        fc.option(fc.integer({ min: -100, max: 100 })),
        (values, target) => {
          const { points, grid, target: line } = trendChart(values, target);
          const heights = points.flatMap(({ shown }) => (shown ? [shown.top, shown.bottom] : []));
          for (const y of [...heights, ...grid.map((one) => one.y), ...(line ? [line.y] : [])]) {
            expect(y).toBeGreaterThanOrEqual(17.9);
            expect(y).toBeLessThanOrEqual(118.1);
          }
          for (const { shown } of points) if (shown) expect(shown.top).toBeLessThanOrEqual(shown.bottom);
          expect(grid.filter(({ isZero }) => isZero)).toHaveLength(1);
        },
      ),
    );
  });

  it('draws columns as high as their counts are to each other', () => {
    expect(columnChart([2, 4, 0]).map(({ height }) => height)).toEqual([34, 68, 0]);
    fc.assert(
      fc.property(counts, (given) => {
        for (const { y, height, count } of columnChart(given)) {
          expect(y + height).toBeCloseTo(84, 6);
          expect(height > 0.05 || count < 5).toBe(true);
        }
      }),
    );
  });

  it('fills a bar with its parts and leaves nothing over', () => {
    fc.assert(
      fc.property(counts, (parts) => {
        const bars = stackedBar(parts, 352);
        const last = bars.at(-1);
        const isEmpty = parts.every((part) => part === 0);
        expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(isEmpty ? 0 : 352, 1);
      }),
    );
  });

  it('puts a share between the ends of its line, and nothing where there is none', () => {
    expect(onLine({ share: 0.5, interval: { from: 0, to: 1 } }, 220)).toMatchObject({ from: 5, at: 110, to: 215 });
    expect(onLine({ share: null, interval: { from: 0, to: 1 } }, 220).at).toBeNull();
  });

  it('shows whatever there is by a sliver at least', () => {
    expect([barLength(1, 10_000, 100), barLength(0, 10, 100), barLength(10, 10, 100)]).toEqual([1, 0, 100]);
    expect(barLength(0, 0, 100)).toBe(0);
  });
});
