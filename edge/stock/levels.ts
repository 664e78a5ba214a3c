/** How much there is of each item, and whether that is enough: what `stock/level` and the API say. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { StockItem } from '#recipes/kitchen.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { COST_UNIT } from '../ledger/cost-unit.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { Lot, LotStore } from '../ledger/lot-store.ts';

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

/** One item as the API shows it, with its lots in the order they will be used. */
export function stockOf(parts: LevelParts, item: LevelItem, until: string | null) {
  const number = parts.ledger.items.find(item.id);
  const states = number === undefined ? [] : parts.ledger.shelf.lotsOf(number);
  const total = number === undefined ? 0 : parts.ledger.shelf.onHand(number);
  let cost = 0;
  let known = states.length > 0;
  const lots = states.map((state) => {
    const lot = state.lot === UNALLOCATED ? undefined : parts.lots.get(state.lot);
    if (lot?.cost === undefined || lot.cost === null) known = known && state.lot === UNALLOCATED;
    else cost += costOfPart(lot, state.amount);
    return {
      lot: lot?.code ?? 'unallocated',
      onHand: decimalFromMicro(state.amount),
      expiresAt: state.expiresAt === null ? null : new Date(state.expiresAt).toISOString(),
      opened: state.openedAt !== null,
    };
  });
  return {
    item: item.id,
    name: item.name,
    category: item.category ?? null,
    onHand: decimalFromMicro(total),
    unit: item.unit,
    state: levelState(total, item.safety),
    safety: decimalFromMicro(item.safety),
    lots,
    value: known ? moneyText(cost) : null,
    until,
  };
}

/** The share of a lot's cost that an amount of it carries, in ten-thousandths. */
function costOfPart(lot: Lot, amount: number): number {
  return Math.round(((lot.cost ?? 0) * amount) / lot.amount);
}

/** Ten-thousandths of the currency as money with two decimals. */
export function moneyText(cost: number): string {
  return (cost / COST_UNIT).toFixed(2);
}
