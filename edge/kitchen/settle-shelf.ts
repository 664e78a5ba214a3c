/**
 * A void, an undone entry or a corrected batch puts goods back into lots while the item is still short
 * elsewhere. The lots pay for that here, as a receipt does at once, so that nobody reads "below zero"
 * beside a lot that is full, and goods of a delivery that was taken back do not linger in its lots.
 */
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { settleFromAll } from '../ledger/settle-shortage.ts';

export type SettleShelfParts = {
  readonly ledger: Ledger;
  readonly dayOf: (at: number) => number;
  readonly now: () => number;
};

/**
 * One entry for all of these items that have both a shortage and a lot. Runs its own transaction.
 * @param items numbers of items whose stock has changed
 */
export function settleShelf(parts: SettleShelfParts, items: Iterable<number>): void {
  const { ledger } = parts;
  const open = [...items].filter((item) => {
    const lots = ledger.shelf.lotsOf(item);
    const isShort = lots.some(({ lot, amount }) => lot === UNALLOCATED && amount < 0);
    return isShort && lots.some(({ amount }) => amount > 0);
  });
  if (open.length === 0) return;
  ledger.transact(() => {
    const draft = ledger.draft();
    for (const item of open.sort((a, b) => a - b)) settleFromAll(ledger, draft, -1, item);
    const now = parts.now();
    ledger.append(
      {
        kind: 'settle',
        event: null,
        command: null,
        sale: null,
        reverses: null,
        book: null,
        day: parts.dayOf(now),
        occurredAt: now,
        recordedAt: now,
        actor: null,
        note: null,
      },
      draft,
    );
  });
}
