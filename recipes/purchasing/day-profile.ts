/** How demand runs through a day, by what was used in each hour of the clock before. */
import type { WallClock } from '../time/wall-clock.ts';
import type { DemandDay, SuggestInput } from './suggest-input.ts';

/**
 * Share of a day's demand that has come by an instant. By the hours that the clock shows: on the day of a
 * change one is missing, or there twice.
 * @param hours 0 to 23, each once; the amounts, in any unit, add up to more than 0
 */
export function dayProfile(
  hours: readonly { readonly hour: number; readonly amount: number }[],
  clock: WallClock,
): NonNullable<SuggestInput['profile']> {
  const total = hours.reduce((sum, { amount }) => sum + amount, 0);
  const share = new Float64Array(24);
  for (const { hour, amount } of hours) share[hour] = amount / total;
  return (day, at) => shareUntil(share, clock, day, at);
}

const HOUR_MS = 3_600_000;

function shareUntil(
  share: Float64Array,
  clock: WallClock,
  day: Pick<DemandDay, 'from' | 'until'>,
  at: number,
): number {
  if (at <= day.from) return 0;
  if (at >= day.until) return 1;
  let sum = 0;
  for (let from = day.from; from < at; ) {
    const shown = clock(from);
    const until = Math.min(at, from + HOUR_MS - (shown % HOUR_MS));
    sum += ((share[Math.floor(shown / HOUR_MS) % 24] ?? 0) * (until - from)) / HOUR_MS;
    from = until;
  }
  return Math.min(1, sum);
}
