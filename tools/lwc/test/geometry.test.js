import { bars, markPath, scale, scoreChart } from 'c/npsGeometry';

const SIZE = { width: 600, height: 220 };
const said = (id, score, at, isCounted = true) => ({ id, score, respondedAt: at, isCounted, segment: 'Passive' });

describe('the chart', () => {
  it('puts a single value in the middle', () => {
    expect(scale([3, 3], [0, 10])(3)).toBe(5);
    expect(scale([0, 10], [100, 0])(2.5)).toBe(75);
  });

  it('runs from the oldest answer on the left to the newest on the right, higher scores above', () => {
    const { marks, plot } = scoreChart([said('new', 9, '2026-11-01'), said('old', 3, '2026-01-01')], SIZE);
    expect(marks.map(({ answer }) => answer.id)).toEqual(['old', 'new']);
    expect(marks[0].x).toBeLessThan(marks[1].x);
    expect(marks[0].y).toBeGreaterThan(marks[1].y);
    for (const { x, y } of marks) {
      expect(x).toBeGreaterThan(plot.left);
      expect(x).toBeLessThan(plot.right);
      expect(y).toBeGreaterThan(plot.top);
      expect(y).toBeLessThan(plot.bottom);
    }
  });

  it('draws its line through what counts only', () => {
    const { line } = scoreChart([said('a', 9, '2026-01-01'), said('b', 1, '2026-02-01', false)], SIZE);
    expect(line.split(' ')).toHaveLength(1);
  });

  it('shows one day where all was on one, and both ends otherwise', () => {
    expect(scoreChart([said('a', 9, '2026-01-01')], SIZE).days).toHaveLength(1);
    const { days } = scoreChart([said('a', 9, '2026-01-01'), said('b', 9, '2026-11-01')], SIZE);
    expect(days.at(0).at).toBe(Date.parse('2026-01-01'));
    expect(days.at(-1).at).toBe(Date.parse('2026-11-01'));
  });

  it('has a band for each segment that ends where the next begins', () => {
    const { bands, plot } = scoreChart([said('a', 9, '2026-01-01')], SIZE);
    expect(bands[0].y).toBeCloseTo(plot.top);
    expect(bands[0].y + bands[0].height).toBeCloseTo(bands[1].y, 0);
    expect(bands[2].y + bands[2].height).toBeCloseTo(plot.bottom, 0);
  });

  it('tells segments by shape', () => {
    const shapes = ['Promoter', 'Passive', 'Detractor'].map((segment) => markPath(segment, 10, 10, 5));
    expect(new Set(shapes).size).toBe(3);
  });

  it('gives the highest count the whole height, and none a foot', () => {
    const [none, half, all] = bars([0, 5, 10], { width: 30, height: 60 });
    expect([none.height, half.height, all.height]).toEqual([1, 30, 60]);
    expect(all.y).toBe(0);
  });
});
