import type { Interval } from '../nps/proportions.ts';

/** A straight scale from values to places in a drawing. */
export type Scale = (value: number) => number;

export function scale([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const place = (value: number) => start + ((value - from) / (to - from)) * (end - start);
  return (value) => Math.round(place(value) * 10) / 10;
}

/** A value over time with the interval it lies in; null where there is none. */
export interface TimedValue {
  label: string;
  value: number | null;
  interval: Interval;
  n: number;
}

const TREND = { left: 30, right: 352, rightOfTarget: 318, top: 18, bottom: 118 };

/** Points, whiskers and a line for values on a scale from -100 to 100, cut to where they lie. */
export function trendChart(values: readonly TimedValue[], target: number | null) {
  const known = values.flatMap(({ value, interval }) => (value === null ? [] : [interval.from, interval.to]));
  const heights = [0, ...known, ...(target === null ? [] : [target])];
  const [least, most] = [Math.min(...heights), Math.max(...heights)];
  const step = most - least > 120 ? 50 : 20;
  const low = Math.floor(least / step) * step;
  const high = Math.max(low + step, Math.ceil(most / step) * step);
  const y = scale([low, high], [TREND.bottom, TREND.top]);
  const right = target === null ? TREND.right : TREND.rightOfTarget;
  const width = (right - TREND.left) / Math.max(1, values.length);
  const points = values.map(({ label, value, interval, n }, index) => {
    const x = Math.round(10 * (TREND.left + width * (index + 0.5))) / 10;
    const shown = value === null ? null : { y: y(value), top: y(interval.to), bottom: y(interval.from), value };
    return { x, label, n, shown, isLast: index === values.length - 1 };
  });
  const lines = Array.from({ length: (high - low) / step + 1 }, (_, index) => low + index * step);
  return {
    left: TREND.left,
    right,
    points,
    grid: lines.map((value) => ({ value, y: y(value), isZero: value === 0 })),
    line: points.flatMap(({ x, shown }) => (shown ? [`${x},${shown.y}`] : [])).join(' '),
    target: target === null ? null : { y: y(target), value: target },
  };
}

const COLUMNS = { left: 4, right: 356, top: 16, bottom: 84, gap: 5 };

/** Columns of counts beside each other. */
export function columnChart(counts: readonly number[]) {
  const height = scale([0, Math.max(1, ...counts)], [0, COLUMNS.bottom - COLUMNS.top]);
  const width = (COLUMNS.right - COLUMNS.left) / counts.length;
  return counts.map((count, index) => {
    const tall = height(count);
    return {
      count,
      width: Math.round(10 * (width - COLUMNS.gap)) / 10,
      height: tall,
      y: COLUMNS.bottom - tall,
      x: Math.round(10 * (COLUMNS.left + width * index + COLUMNS.gap / 2)) / 10,
      middle: Math.round(10 * (COLUMNS.left + width * (index + 0.5))) / 10,
    };
  });
}

/** One bar of parts, from 0 to `width`; a part that is there is never too thin to be seen. */
export function stackedBar(parts: readonly number[], width: number): { x: number; width: number }[] {
  const total = Math.max(
    1,
    parts.reduce((sum, part) => sum + part, 0),
  );
  let x = 0;
  return parts.map((part) => {
    const bar = { x, width: Math.round((1000 * width * part) / total) / 1000 };
    x += bar.width;
    return bar;
  });
}

const LINE_END = 5;

/** A share with its interval on a line from 0 to 100 %. */
export function onLine({ share, interval }: { share: number | null; interval: Interval }, width: number) {
  const ends = { start: LINE_END, end: width - LINE_END };
  const x = scale([0, 1], [ends.start, ends.end]);
  return { ...ends, width, at: share === null ? null : x(share), from: x(interval.from), to: x(interval.to) };
}

/** How long a bar is beside the longest. */
export function barLength(value: number, longest: number, width: number): number {
  if (value <= 0 || longest <= 0) return 0;
  return Math.max(1, Math.round((10 * width * value) / longest) / 10);
}
