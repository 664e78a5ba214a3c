/** An item as the screens show and find it: its level, its lots in the order of use, what it is worth. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { StockItem } from '#recipes/kitchen.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import type { LotState } from '#recipes/stock/allocate.ts';
import { valueLeft } from '#recipes/stock/lot-value.ts';
import { moneyOf } from '../ledger/money.ts';
import { searchKeys } from '../recipe-book/search-keys.ts';
import { type Costs, unitCostText } from './costs.ts';
import { type LevelItem, type LevelParts, levelState } from './levels.ts';

export type ItemViewParts = LevelParts & {
  readonly costs: Costs;
  /** Barcodes that people taught, by item: code to the unit that one scan is. */
  readonly taught: ReadonlyMap<string, ReadonlyMap<string, string | null>>;
};

/** One item as the API shows it. */
export function itemView(parts: ItemViewParts, item: LevelItem, until: string | null) {
  const number = parts.ledger.items.find(item.id);
  const states = number === undefined ? [] : parts.ledger.shelf.lotsOf(number);
  const total = states.reduce((sum, state) => sum + state.amount, 0);
  const unitCost = parts.costs.unit(item.id);
  return {
    item: item.id,
    name: item.name,
    search: searchKeys(item.name),
    category: item.category ?? null,
    onHand: decimalFromMicro(total),
    unit: item.unit,
    state: levelState(total, item.safety),
    safety: decimalFromMicro(item.safety),
    lots: states.map((state) => lotView(parts, state)),
    ...shelfFields(parts, item),
    value: worthOf(parts, states),
    unitCost: unitCost === undefined ? null : unitCostText(unitCost),
    until,
  };
}

/** What the book says of it; of an item that left the book, nothing. */
function shelfFields(parts: ItemViewParts, item: LevelItem & Partial<StockItem>) {
  const taught = parts.taught.get(item.id) ?? NONE;
  const units = [...(item.unitNames ?? []), ...USUAL[item.unit]];
  return {
    station: item.station ?? null,
    made: item.made ?? false,
    allergens: item.allergens ?? [],
    barcodes: [...new Set([...(item.barcodes ?? []), ...taught.keys()])],
    barcodeUnits: Object.fromEntries([...taught].filter(([, unit]) => unit !== null)),
    units: [...new Set(units)],
    maxTemperature: item.maxTemperature === undefined ? null : String(item.maxTemperature),
  };
}

const NONE: ReadonlyMap<string, string | null> = new Map();

/** Units in which people weigh and measure whatever the book says. */
const USUAL: Readonly<Record<StockItem['unit'], readonly string[]>> = {
  g: ['kg', 'g'],
  ml: ['l', 'ml'],
  ea: ['ea'],
};

function lotView(parts: ItemViewParts, state: LotState) {
  const lot = state.lot === UNALLOCATED ? undefined : parts.lots.get(state.lot);
  const received = lot === undefined ? null : new Date(lot.receivedAt).toISOString();
  return {
    id: state.lot,
    lot: lot?.code ?? 'unallocated',
    onHand: decimalFromMicro(state.amount),
    receivedAt: received,
    expiresAt: state.expiresAt === null ? null : new Date(state.expiresAt).toISOString(),
    opened: state.openedAt !== null,
  };
}

/** What the lots are worth; null when one of them has no known cost, or there is none. */
function worthOf(parts: ItemViewParts, states: readonly LotState[]): string | null {
  let sum = 0;
  for (const { lot, amount } of states) {
    if (lot === UNALLOCATED) continue;
    const stored = parts.lots.get(lot);
    const worth = stored ? valueLeft(stored, amount) : null;
    if (worth === null) return null;
    sum += worth;
  }
  return states.length === 0 ? null : moneyOf(sum);
}

/** What people taught, by item; of the newest meaning of each code. */
export function taughtByItem(
  barcodes: Iterable<{
    readonly code: string;
    readonly item: string;
    readonly unit: string | null;
  }>,
): Map<string, Map<string, string | null>> {
  const items = new Map<string, Map<string, string | null>>();
  for (const { code, item, unit } of barcodes) {
    const codes = items.get(item) ?? new Map<string, string | null>();
    items.set(item, codes.set(code, unit));
  }
  return items;
}
