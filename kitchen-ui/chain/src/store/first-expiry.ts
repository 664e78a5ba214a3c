import { dayAt } from '../../../src/receive/calendar.ts';

/** The day, by the clock of the store, on which the first of the lots expires; undefined = none does. */
export function firstExpiry(
  lots: readonly { readonly expiresAt: string | null }[],
  timezone: string,
): string | undefined {
  const times = lots.flatMap(({ expiresAt }) =>
    expiresAt === null ? [] : [Date.parse(expiresAt)],
  );
  return times.length === 0 ? undefined : dayAt(Math.min(...times), timezone);
}
