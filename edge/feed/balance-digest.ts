/** The digest of all balances as the shelf has them now, and the balances themselves. */
import { StateDigest } from '#recipes/sync/state-digest.ts';
import type { LedgerReader } from '../ledger/ledger.ts';

/** [item, place, lot, millionths]; lots are told apart in the stock only, elsewhere the lot is 0. */
export type BalanceRow = [item: number, place: number, lot: number, amount: number];

/** Every balance that is not empty, as numbers. */
export function balanceRows({ shelf }: Pick<LedgerReader, 'shelf'>): BalanceRow[] {
  const rows: BalanceRow[] = [];
  shelf.each((item, place, lot, amount) => {
    if (amount !== 0) rows.push([item, place, lot, amount]);
  });
  return rows;
}

/**
 * Worked out from the balances, not from the moves: head office adds up the moves, so that the two
 * ends agree only when both are right. Remembered until the next entry.
 */
export function openBalanceDigest(ledger: Pick<LedgerReader, 'shelf' | 'seq'>): () => string {
  let known: { readonly seq: number; readonly digest: string } | undefined;
  return () => {
    const seq = ledger.seq();
    if (known?.seq === seq) return known.digest;
    const digest = new StateDigest();
    ledger.shelf.each((item, place, lot, amount) => {
      if (amount !== 0) digest.add(item, place, lot, amount);
    });
    known = { seq, digest: digest.hex() };
    return known.digest;
  };
}
