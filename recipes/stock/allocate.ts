/**
 * FEFO: which lots an amount leaves from. Opened lots go first, then the earliest expiry, then the
 * earliest receipt, then the lowest lot number, so that the answer never depends on anything else.
 * What no lot can give is taken from the unallocated pseudo-lot, which may go below zero: a sale
 * that happened is never refused.
 */
import { UNALLOCATED } from '../ledger/entry.ts';

export type LotState = {
  readonly lot: number;
  /** Epoch milliseconds, or null when unopened. */
  readonly openedAt: number | null;
  /** Epoch milliseconds, or null when it does not expire. */
  readonly expiresAt: number | null;
  readonly receivedAt: number;
  /** Millionths of the item's base unit; below zero only on the unallocated pseudo-lot. */
  amount: number;
};

/** Order of use; negative when `a` goes before `b`. */
export function byFefo(a: LotState, b: LotState): number {
  // Goods put back without a known lot were handled before: use them up first.
  if ((a.lot === UNALLOCATED) !== (b.lot === UNALLOCATED)) return a.lot === UNALLOCATED ? -1 : 1;
  if ((a.openedAt === null) !== (b.openedAt === null)) return a.openedAt === null ? 1 : -1;
  const expiry = (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity);
  if (expiry !== 0 && !Number.isNaN(expiry)) return expiry;
  return a.receivedAt - b.receivedAt || a.lot - b.lot;
}

/**
 * Calls `take` for each lot that gives something, in FEFO order; the remainder is taken from the
 * unallocated pseudo-lot. The calls add up to `amount` exactly.
 *
 * @param lots in FEFO order
 * @param amount millionths, positive
 */
export function allocate(
  lots: readonly LotState[],
  amount: number,
  take: (lot: number, amount: number) => void,
): void {
  let open = amount;
  for (const lot of lots) {
    if (lot.amount <= 0) continue;
    const given = lot.amount < open ? lot.amount : open;
    take(lot.lot, given);
    open -= given;
    if (open === 0) return;
  }
  if (open > 0) take(UNALLOCATED, open);
}
