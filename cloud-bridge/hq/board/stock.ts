/** What every store has: one store with its lots, one item over the chain, or all of it. */
import type { HqParts } from '../parts.ts';
import { type BookGoods, type Books, type Goods, type Name, NO_GOODS } from './books.ts';
import { addKnown, amountText, moneyText } from './figures.ts';
import { instantOrNull } from './instants.ts';
import { byServer, inPieces, mainColumns, type Past, type SpokenPast, spoken } from './past.ts';
import { type LotRow, lotsOnShelf, type StockSum, stockSums } from './stock-store.ts';

/** out: nothing left; low: at or below its safety stock; over: more than there is room for. */
export type LevelState = 'ok' | 'low' | 'out' | 'over';

/** An item of one store; amounts are decimal text in `unit`, levels null where the book is silent. */
export type StockItemRow = {
  readonly item: string;
  readonly name: Name;
  readonly category: string | null;
  readonly unit: string;
  readonly onHand: string;
  readonly par: string | null;
  readonly safety: string | null;
  readonly max: string | null;
  readonly state: LevelState;
  readonly value: string | null;
};

export type StockParts = Pick<HqParts, 'db' | 'ports'> & { readonly books: Books };

/** Levels of one item of one store, in figures. */
export type Level = {
  readonly code: string;
  readonly goods: Goods | undefined;
  readonly unit: string;
  readonly amount: bigint;
  readonly value: bigint | null;
};

/** Stores that are read in one statement. */
const STORES_AT_ONCE = 100;

/** The levels of each store, in the order of the stores; a piece of the chain at a time. */
export async function* eachStoreLevels(
  parts: StockParts,
  pasts: readonly Past[],
  item?: string,
): AsyncGenerator<{ past: SpokenPast; book: BookGoods; levels: Level[] }> {
  for (const piece of inPieces(spoken(pasts), STORES_AT_ONCE)) {
    const books = await parts.books.goods(piece);
    const sums = new Map<number, StockSum[]>();
    for (const [db, own] of await byServer(parts, piece, ({ store }) => store.id)) {
      for (const sum of await stockSums(db, mainColumns(own), item)) {
        const known = sums.get(sum.store);
        if (known === undefined) sums.set(sum.store, [sum]);
        else known.push(sum);
      }
    }
    for (const past of piece) {
      const book = books.get(past.store.id) ?? NO_GOODS;
      yield { past, book, levels: levelsOf(book, sums.get(past.store.id) ?? [], item) };
    }
  }
}

/** Items of the book, then what still lies there of items that left it. */
function levelsOf(book: BookGoods, sums: readonly StockSum[], item: string | undefined): Level[] {
  const rest = new Map(sums.map((sum) => [sum.item, sum]));
  const levels: Level[] = [];
  for (const [code, goods] of book.items) {
    if (item !== undefined && code !== item) continue;
    const sum = rest.get(code);
    rest.delete(code);
    const { amount, value } = sum ?? { amount: 0n, value: null };
    levels.push({ code, goods, unit: goods.unit, amount, value });
  }
  for (const { item: code, unit, amount, value } of rest.values()) {
    if (amount !== 0n) levels.push({ code, goods: undefined, unit, amount, value });
  }
  return levels;
}

/** How a level stands against what the book wants. */
export function levelState({ goods, amount }: Pick<Level, 'goods' | 'amount'>): LevelState {
  if (amount <= 0n) return 'out';
  if (goods === undefined) return 'ok';
  if (amount <= goods.safety) return 'low';
  return goods.max > 0n && amount > goods.max ? 'over' : 'ok';
}

/** A level as it goes over the wire. */
export function stockItemRow(level: Level): StockItemRow {
  const { code, goods, unit, amount, value } = level;
  return {
    item: code,
    name: goods?.name ?? {},
    category: goods?.category ?? null,
    unit,
    onHand: amountText(amount),
    par: levelText(goods?.par),
    safety: levelText(goods?.safety),
    max: levelText(goods?.max),
    state: levelState(level),
    value: moneyText(value),
  };
}

/** One store with its lots. */
export async function storeStock(parts: StockParts, past: Past) {
  const { store, main } = past;
  if (main === undefined) {
    return { store: store.code, seq: 0, currency: NO_GOODS.currency, value: null, items: [] };
  }
  const lots = new Map<string, LotRow[]>();
  for (const lot of await lotsOnShelf(await parts.db.of(store.id), store.id, main.id)) {
    lots.set(lot.item, [...(lots.get(lot.item) ?? []), lot]);
  }
  for await (const { book, levels } of eachStoreLevels(parts, [past])) {
    const value = levels.reduce<bigint | null>((sum, one) => addKnown(sum, one.value), null);
    return {
      store: store.code,
      seq: main.seq,
      currency: book.currency,
      value: moneyText(value),
      items: levels.map((level) => ({
        ...stockItemRow(level),
        lots: (lots.get(level.code) ?? []).map(lotView),
      })),
    };
  }
  throw new Error(`store ${store.code} has spoken and has no stock`);
}

/** An item over the chain. */
export type ChainItem = {
  readonly item: string;
  readonly name: Name;
  readonly category: string | null;
  readonly unit: string;
  readonly onHand: string;
  readonly value: string | null;
  readonly stores: readonly {
    readonly store: string;
    readonly onHand: string;
    readonly par: string | null;
    readonly state: LevelState;
  }[];
};

/** Every item with what each store has of it; the name is that of the first store whose book has it. */
export async function chainStock(
  parts: StockParts,
  pasts: readonly Past[],
  item?: string,
): Promise<ChainItem[]> {
  type Sum = Omit<ChainItem, 'onHand' | 'value' | 'stores'> & {
    amount: bigint;
    value: bigint | null;
    stores: ChainItem['stores'][number][];
  };
  const items = new Map<string, Sum>();
  for await (const { past, levels } of eachStoreLevels(parts, pasts, item)) {
    for (const level of levels) {
      // One code with two units is two things.
      const key = `${level.code} ${level.unit}`;
      const { name, category } = level.goods ?? { name: {}, category: null };
      const fresh = { item: level.code, name, category, unit: level.unit, amount: 0n, value: null };
      const sum: Sum = items.get(key) ?? { ...fresh, stores: [] };
      items.set(key, sum);
      sum.amount += level.amount;
      sum.value = addKnown(sum.value, level.value);
      sum.stores.push({
        store: past.store.code,
        onHand: amountText(level.amount),
        par: levelText(level.goods?.par),
        state: levelState(level),
      });
    }
  }
  return [...items.values()].map(({ amount, value, ...rest }) => ({
    ...rest,
    onHand: amountText(amount),
    value: moneyText(value),
  }));
}

function levelText(level: bigint | undefined): string | null {
  return level === undefined || level === 0n ? null : amountText(level);
}

function lotView({ id, code, amount, receivedAt, expiresAt }: LotRow) {
  return {
    lot: code ?? (id === 0 ? 'unallocated' : String(id)),
    onHand: amountText(amount),
    receivedAt: instantOrNull(receivedAt),
    expiresAt: instantOrNull(expiresAt),
  };
}
