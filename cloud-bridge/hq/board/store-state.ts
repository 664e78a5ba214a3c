/** How a store stands: in touch, behind, silent; whether two boxes speak for it. */

import type { Past } from './past.ts';
import type { LifeRow } from './past-store.ts';
import { openFor } from './store-day.ts';

/** Silence and lag longer than this are alarms, at head office as in the box. */
export const ALARM_MS = 5 * 60_000;

export type StoreState = 'ok' | 'late' | 'silent' | 'never';

/** @param now by head office's own clock */
export function stateOf(past: Past, now: number): StoreState {
  if (past.away) return 'silent';
  if (past.main === undefined) return 'never';
  if (isSilent(past, now)) return 'silent';
  return lagOf(past.main, now) > ALARM_MS ? 'late' : 'ok';
}

/**
 * Not heard for five minutes in which it was open: at eight in the morning nobody has been expected
 * since the night before.
 */
export function isSilent(past: Past, now: number): boolean {
  if (past.main === undefined) return false;
  const open = openFor(past, now);
  return open !== null && Math.min(now - past.main.seenAt, open) > ALARM_MS;
}

/** For how long the oldest entry that is not here has been known to be missing, milliseconds. */
export function lagOf(main: LifeRow, now: number): number {
  const behind = main.headSeq > main.seq ? main.behindSince : null;
  return behind === null ? 0 : Math.max(0, now - behind);
}

/** Other lives that speak: another box works for the same store. */
export function otherBoxes({ lives }: Pick<Past, 'lives'>): LifeRow[] {
  return lives.filter(({ state }) => state === 'second');
}
