/**
 * What is usually logged at this time of day: every earlier entry weighs by how long ago it was and how
 * near it lies to the present hour, so that the tiles of the morning are not those of the evening.
 */

export type Usage = {
  /** What it was about. */
  readonly key: string;
  /** How many days ago. */
  readonly daysAgo: number;
  /** Hours between its time of day and the present one. */
  readonly hoursOff: number;
  /** At the same station as now. */
  readonly here: boolean;
};

/** Old habits fade by half in a week. */
const HALF_LIFE_DAYS = 7;
const NEAR_HOURS = 2;
/** What is done at any hour counts a little at each. */
const ANY_HOUR = 0.1;
const HERE = 3;

function weightOf({ daysAgo, hoursOff, here }: Usage): number {
  const fresh = 2 ** (-Math.max(0, daysAgo) / HALF_LIFE_DAYS);
  const near = ANY_HOUR + Math.exp(-(hoursOff ** 2) / (2 * NEAR_HOURS ** 2));
  return fresh * near * (here ? HERE : 1);
}

/** Keys by the sum of their weights, most usual first; of equals the first one met. */
export function mostUsual(usages: Iterable<Usage>): string[] {
  const weights = new Map<string, number>();
  for (const usage of usages) {
    weights.set(usage.key, (weights.get(usage.key) ?? 0) + weightOf(usage));
  }
  return [...weights].sort((a, b) => b[1] - a[1]).map(([key]) => key);
}
