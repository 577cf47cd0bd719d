/** Coefficients of formula 7.1.26. */
const T = 0.3275911;
const A = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];

/**
 * How likely a normal value is to lie as far out as `z`, on either side; exact to 2e-7.
 * Source: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), formula 7.1.26.
 */
export function bothTails(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + T * x);
  const polynomial = A.reduceRight((sum, coefficient) => (sum + coefficient) * t, 0);
  return Math.min(1, Math.max(0, polynomial * Math.exp(-x * x)));
}
