/**
 * A void, an undone entry or a corrected batch puts goods back into lots while the item is still short
 * elsewhere. The lots pay for that here, as a receipt does at once, so that nobody reads "below zero"
 * beside a lot that is full, and goods of a delivery that was taken back do not linger in its lots.
 *
 * What lots have paid is a difference like inferred prep: when the shortage turns out not to have been
 * (its sale is voided), they get it back, and stand where they stood.
 */
import type { Micro } from '#recipes/amount.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Draft } from '../ledger/draft.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { settleFromAll } from '../ledger/settle-shortage.ts';
import type { SettledStore } from './settled-store.ts';

export type SettleShelfParts = {
  readonly ledger: Ledger;
  readonly settled: SettledStore;
  readonly dayOf: (at: number) => number;
  readonly now: () => number;
};

/**
 * Looks at these items: one entry for all of them in which lots pay, or get back what they paid. Runs
 * its own transaction.
 */
export type ShelfSettler = (items: Iterable<number>) => void;

export function openShelfSettler(parts: SettleShelfParts): ShelfSettler {
  const { ledger } = parts;
  /** Item to lot to what it has paid, millionths. */
  const paid = new Map<number, Map<number, Micro>>();
  for (const { item, lot, amount } of parts.settled.all()) note(item, lot, amount);

  function note(item: number, lot: number, amount: Micro): void {
    const lots = paid.get(item) ?? new Map<number, Micro>();
    const sum = (lots.get(lot) ?? 0) + amount;
    if (sum === 0) lots.delete(lot);
    else lots.set(lot, sum);
    paid.set(item, lots);
  }

  function isOff(item: number): boolean {
    const lots = ledger.shelf.lotsOf(item);
    const open = lots.find(({ lot }) => lot === UNALLOCATED)?.amount ?? 0;
    if (open > 0) return (paid.get(item)?.size ?? 0) > 0;
    return open < 0 && lots.some(({ amount }) => amount > 0);
  }

  function bring(draft: Draft, item: number): void {
    settleFromAll(ledger, draft, -1, item);
    const open = ledger.shelf.lotsOf(item).find(({ lot }) => lot === UNALLOCATED)?.amount ?? 0;
    giveBack(draft, item, open, paid.get(item) ?? new Map());
  }

  return (items) => {
    const off = [...items].filter(isOff).sort((a, b) => a - b);
    if (off.length === 0) return;
    const moves = ledger.transact(() => {
      const draft = ledger.draft();
      for (const item of off) bring(draft, item);
      append(parts, draft);
      return draft.moves;
    });
    for (const { item, lot, to, amount } of moves) {
      if (lot !== UNALLOCATED) note(item, lot, to === PLACES.settle ? amount : -amount);
    }
  };
}

/** The newest lots first: they paid last. */
function giveBack(draft: Draft, item: number, most: Micro, paid: ReadonlyMap<number, Micro>): void {
  const { settle, stock } = PLACES;
  let open = most;
  for (const [lot, sum] of [...paid].sort(([a], [b]) => b - a)) {
    const amount = Math.min(open, sum);
    if (amount <= 0) continue;
    draft.move({ line: -1, item, lot: UNALLOCATED, from: stock, to: settle, amount });
    draft.move({ line: -1, item, lot, from: settle, to: stock, amount });
    open -= amount;
  }
}

function append(parts: SettleShelfParts, draft: Draft): void {
  const now = parts.now();
  parts.ledger.append(
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
}
