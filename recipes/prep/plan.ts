/** How much of something made ahead is to be made: par until the next close, less what is still good then. */
import type { Micro } from '../amount.ts';

export type PrepLot = { readonly amount: Micro; readonly expiresAt: number | null };

export type PrepNeed = {
  /** What is there until `until`: lots that expire before do not count, a shortage does. */
  readonly usable: Micro;
  /** What is there now but will have expired. */
  readonly expiring: Micro;
  readonly missing: Micro;
  /** Whole runs of the recipe. */
  readonly runs: number;
  readonly suggested: Micro;
};

/**
 * @param lots what is on hand, the shortage of the unallocated pseudo-lot as a negative amount
 * @param makes what one run gives; 0 = runs cannot be counted
 * @param until epoch milliseconds up to which it must last
 */
export function prepNeed(
  lots: readonly PrepLot[],
  par: Micro,
  makes: Micro,
  until: number,
): PrepNeed {
  let usable = 0;
  let expiring = 0;
  for (const { amount, expiresAt } of lots) {
    if (expiresAt === null || expiresAt >= until || amount < 0) usable += amount;
    else expiring += amount;
  }
  const missing = Math.max(0, par - usable);
  const runs = missing === 0 || makes <= 0 ? 0 : Math.ceil(missing / makes);
  return { usable, expiring, missing, runs, suggested: runs * makes };
}

/**
 * Until when a batch made now must last: tomorrow's close; what does not keep so long is made for
 * today, and what does not keep until tonight is made as it is needed.
 */
export function prepHorizon(
  now: number,
  closes: { readonly today: number; readonly tomorrow: number },
  shelfLifeMs: number | undefined,
): number {
  const keeps = now + (shelfLifeMs ?? Number.POSITIVE_INFINITY);
  if (keeps >= closes.tomorrow) return closes.tomorrow;
  return keeps >= closes.today ? closes.today : now;
}
