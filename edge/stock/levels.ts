/** How much there is of each item, and whether that is enough. */
import type { StockItem } from '#recipes/kitchen.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { LotStore } from '../ledger/lot-store.ts';

export type LevelState = 'ok' | 'low' | 'out';

/** out: nothing left; low: at or below the item's safety stock. */
export function levelState(onHand: number, safety: number): LevelState {
  if (onHand <= 0) return 'out';
  return onHand <= safety ? 'low' : 'ok';
}

export type LevelParts = { readonly ledger: LedgerReader; readonly lots: LotStore };

/** What an item is called and how it is counted; of one that left the book, what the ledger knows. */
export type LevelItem = Pick<StockItem, 'id' | 'name' | 'unit' | 'safety'> & {
  readonly category?: string;
};

/** Items of the book, then what is still on the shelf of items that left it. */
export function levelItems(ledger: LedgerReader, book: Iterable<StockItem>): LevelItem[] {
  const items: LevelItem[] = [...book];
  const named = new Set(items.map((item) => item.id));
  for (const code of ledger.items.codes()) {
    if (!named.has(code) && onHand({ ledger }, code) !== 0) items.push(formerItem(ledger, code));
  }
  return items;
}

/** An item that has moved but is in no book in force. */
export function formerItem(ledger: LedgerReader, code: string): LevelItem {
  const unit = ledger.items.unit(ledger.items.find(code) ?? 0) as StockItem['unit'];
  return { id: code, name: {}, unit, safety: 0 };
}

/** What is on hand of an item, millionths; 0 for one that never moved. */
export function onHand(parts: Pick<LevelParts, 'ledger'>, item: string): number {
  const number = parts.ledger.items.find(item);
  return number === undefined ? 0 : parts.ledger.shelf.onHand(number);
}
