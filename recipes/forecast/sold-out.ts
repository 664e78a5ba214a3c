/** What a day that sold out teaches: demand was at least what was sold. */

/**
 * What a day that sold out most likely asked for: the mean of the demands it may have been, given that it
 * was at least `sold` (truncated normal). Never less than what was expected anyway.
 */
export function leastDemand(said: number, sold: number, sd: number): number {
  if (sd <= 0) return Math.max(said, sold);
  const z = (sold - said) / sd;
  if (z < -4) return said;
  const mean = said + sd * hazard(z);
  return Math.max(said, sold, Math.min(mean, MOST_UNSEEN * Math.max(said, sold)));
}

/** What nobody saw is believed up to this multiple of what was sold or expected. */
const MOST_UNSEEN = 1.3;

/** Density over upper tail of the standard normal; for large z it is close to z + 1/z. */
function hazard(z: number): number {
  if (z > 4) return z + 1 / z;
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / upperTail(z);
}

/** Zelen and Severo 1964 (Abramowitz and Stegun 26.2.17), error below 1e-7. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z >= 0 ? tail : 1 - tail;
}
