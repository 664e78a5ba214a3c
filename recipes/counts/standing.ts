/**
 * Which posted counts of an item decide now.
 *
 * The newest count of the whole item does, by the moment at which it was counted, then by its entry.
 * Counts of single lots stand beside it when they were counted later. Everything else is history: the
 * later count has already absorbed it.
 */
import { WHOLE_ITEM } from './observed.ts';

/** A posted count of an item or of one of its lots. */
export type PostedTarget = {
  readonly item: number;
  /** Number of the lot, or `WHOLE_ITEM`. */
  readonly lot: number;
  /** Sequence of the entry that posted it. */
  readonly entry: number;
  readonly at: number;
  /** Millionths that were there at that moment. */
  readonly qty: number;
};

/**
 * @param rows posted counts of ONE item whose entries were not reversed
 * @returns those that decide, by their moments, the earliest first
 */
export function decidingTargets<T extends PostedTarget>(rows: readonly T[]): T[] {
  const newest = new Map<number, T>();
  for (const row of rows) {
    const known = newest.get(row.lot);
    if (known === undefined || isLater(row, known)) newest.set(row.lot, row);
  }
  const whole = newest.get(WHOLE_ITEM);
  return [...newest.values()]
    .filter((row) => row === whole || whole === undefined || row.at > whole.at)
    .sort((a, b) => a.at - b.at || a.lot - b.lot);
}

function isLater(a: PostedTarget, b: PostedTarget): boolean {
  return a.at > b.at || (a.at === b.at && a.entry > b.entry);
}
