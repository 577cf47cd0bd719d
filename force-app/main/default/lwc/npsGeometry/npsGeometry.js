/** Highest and lowest score of a segment, drawn as a band of the chart. */
export const BANDS = [
  { segment: 'Promoter', from: 9, to: 10 },
  { segment: 'Passive', from: 7, to: 8 },
  { segment: 'Detractor', from: 0, to: 6 },
];
const EDGE = { top: 10, right: 14, bottom: 26, left: 30 };
const TICK_WIDTH = 130;
const HALF = 0.5;

/** Where a value of `domain` lies in `range`; in its middle where the domain is a single point. */
export function scale([from, to], [start, end]) {
  return (value) => (from === to ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start));
}

/** The mark of a segment, which is told by its shape as well as by its colour: circle, square, triangle. */
export function markPath(segment, x, y, radius) {
  if (segment === 'Promoter')
    return `M${x - radius},${y} a${radius},${radius} 0 1,0 ${2 * radius},0 a${radius},${radius} 0 1,0 ${-2 * radius},0 Z`;
  if (segment === 'Passive') {
    const half = round(radius * 0.9);
    return `M${round(x - half)},${round(y - half)} h${2 * half} v${2 * half} h${-2 * half} Z`;
  }
  const wide = round(radius * 1.15);
  return `M${round(x - wide)},${round(y - radius)} h${2 * wide} L${x},${round(y + wide)} Z`;
}

/**
 * The score history as positions on a surface of `width` by `height`: bands, marks (oldest first), the line through the
 * counted ones, months below and scores beside it.
 */
export function scoreChart(answers, { width, height }) {
  const oldestFirst = answers.toSorted((one, other) => Date.parse(one.respondedAt) - Date.parse(other.respondedAt));
  const times = oldestFirst.map(({ respondedAt }) => Date.parse(respondedAt));
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const plot = { left: EDGE.left, right: width - EDGE.right, top: EDGE.top, bottom: height - EDGE.bottom };
  const x = scale([first, last], [plot.left + 10, plot.right - 10]);
  const y = scale([-HALF, 10 + HALF], [plot.bottom, plot.top]);
  const marks = oldestFirst.map((answer) => ({
    answer,
    x: round(x(Date.parse(answer.respondedAt))),
    y: round(y(answer.score)),
  }));
  return {
    plot,
    marks,
    bands: BANDS.map(({ segment, from, to }) => ({
      segment,
      y: round(y(to + HALF)),
      height: round(y(from - HALF) - y(to + HALF)),
    })),
    line: marks
      .filter(({ answer }) => answer.isCounted)
      .map((mark) => `${mark.x},${mark.y}`)
      .join(' '),
    scores: [0, 5, 10].map((score) => ({ score, y: round(y(score)) })),
    days: days(first, last, Math.max(1, Math.floor((plot.right - plot.left) / TICK_WIDTH))).map((at) => ({
      at,
      x: round(x(at)),
    })),
  };
}

/** Bars of counts over `width` by `height`, oldest first, the highest as high as the surface; a count of 0 has a foot. */
export function bars(counts, { width, height }) {
  const step = width / Math.max(1, counts.length);
  const y = scale([0, Math.max(1, ...counts)], [0, height]);
  return counts.map((count, index) => {
    const high = Math.max(1, y(count));
    return { count, x: round(index * step), y: round(height - high), width: round(step * 0.72), height: round(high) };
  });
}

/** Points of time spread evenly over a span, both ends among them; one where the span is a point. */
function days(first, last, most) {
  if (first === last) return [first];
  return Array.from({ length: most + 1 }, (_, index) => first + ((last - first) * index) / most);
}

function round(value) {
  return Math.round(value * 10) / 10;
}
