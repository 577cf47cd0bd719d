const COUNTED = ['Confirmed', 'Accepted'];
const Z95 = 1.959964;
const SCALE = 100;

export const DAY_MS = 86_400_000;

/** Whether an answer of this verdict enters the numbers. */
export function isCounted(verdict) {
  return COUNTED.includes(verdict);
}

/** One answer a person, the newest; answers of nobody known stand for themselves. As `src/nps/numbers.ts`. */
export function newestOfEach(answers) {
  const oldestFirst = answers.toSorted(byTime);
  return [...new Map(oldestFirst.map((answer) => [answer.contactId ?? answer.key, answer])).values()];
}

export function countsOf(answers) {
  const counts = { Promoter: 0, Passive: 0, Detractor: 0 };
  for (const { segment } of answers) counts[segment] += 1;
  return counts;
}

/**
 * The Net Promoter Score (-100 to 100) of so many people, with the 95 % interval it lies in; null where nobody answered.
 * As `src/nps/net-promoter.ts`, which names the source; a test holds the two equal.
 */
export function netPromoter({ Promoter, Passive, Detractor }) {
  const n = Promoter + Passive + Detractor;
  if (n === 0) return { n, score: null, from: -SCALE, to: SCALE };
  const [promoters, detractors] = [(Promoter + 1) / (n + 2), (Detractor + 1) / (n + 2)];
  const centre = promoters - detractors;
  const reach = Z95 * Math.sqrt((promoters + detractors - centre * centre) / (n + 2));
  return {
    n,
    score: (SCALE * (Promoter - Detractor)) / n,
    from: SCALE * Math.max(-1, centre - reach),
    to: SCALE * Math.min(1, centre + reach),
  };
}

function byTime(one, other) {
  return Date.parse(one.respondedAt) - Date.parse(other.respondedAt) || (one.key < other.key ? -1 : 1);
}
