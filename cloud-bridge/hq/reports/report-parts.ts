/** What the reports share: a chain read a few stores and weeks at a time, and rows that lead to entries. */
import { dayText } from '#recipes/time/business-day.ts';
import type { BookGoods, Books, Name } from '../board/books.ts';
import { NO_GOODS } from '../board/books.ts';
import {
  byServer,
  inPieces,
  type Past,
  type SpokenPast,
  spoken,
  stretchColumns,
} from '../board/past.ts';
import { keyOf, undoneOf } from '../board/undone-store.ts';
import type { Databases, HqParts } from '../parts.ts';
import { type Days, entriesOfKinds, type ReportEntry } from './report-store.ts';

export type ReportParts = Pick<HqParts, 'db' | 'ports'> & { readonly books: Books };
export type { Days };

/** Stores that are read at once: a month of their waste and counts fits into a few megabytes. */
const STORES_AT_ONCE = 20;

/** Some stores of one server. */
export type Piece = {
  readonly db: Databases['chain'];
  readonly pasts: readonly SpokenPast[];
  readonly books: ReadonlyMap<number, BookGoods>;
};

/** The stores in their order, a piece of one server at a time. */
export async function* eachPiece(
  parts: ReportParts,
  pasts: readonly Past[],
): AsyncGenerator<Piece> {
  for (const some of inPieces(spoken(pasts), STORES_AT_ONCE)) {
    const books = await parts.books.goods(some);
    for (const [db, own] of await byServer(parts, some, ({ store }) => store.id)) {
      yield { db, pasts: own, books };
    }
  }
}

/** Entries of these kinds that stand, by store. */
export async function standing(
  { db, pasts }: Piece,
  kinds: readonly number[],
  days: Days,
): Promise<Map<number, ReportEntry[]>> {
  const entries = await entriesOfKinds(db, stretchColumns(pasts), kinds, days);
  const undone = await undoneOf(db, pasts, entries);
  return byStore(entries.filter((entry) => !undone.has(keyOf(entry))));
}

/** Rows by the number of their store. */
export function byStore<T extends { readonly store: number }>(rows: readonly T[]) {
  const stores = new Map<number, T[]>();
  for (const row of rows) {
    const known = stores.get(row.store);
    if (known === undefined) stores.set(row.store, [row]);
    else known.push(row);
  }
  return stores;
}

/** What an item is called and counted in, by the store's book. */
export function goodsOf(book: BookGoods | undefined, code: string): { name: Name; unit: string } {
  const goods = (book ?? NO_GOODS).items.get(code);
  return { name: goods?.name ?? {}, unit: goods?.unit ?? '' };
}

/** Where the entries behind a number are. */
export function entriesUrl(
  query: { readonly store: string; readonly item?: string; readonly kind: string },
  days: Days | undefined,
): string {
  const { store, item, kind } = query;
  const said = new URLSearchParams({ store, ...(item === undefined ? {} : { item }), kind });
  if (days !== undefined) {
    said.set('from', dayText(days.from));
    said.set('to', dayText(days.to));
  }
  return `/hq/v1/entries?${said}`;
}

/** A cell of a table: text, or null for nothing. */
export type Cell = string | number | null;

/** A report: rows that come as they are made, and what is known when the last one has come. */
export type Report<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly rows: AsyncIterable<Row>;
  /** Sums and totals; only after the last row. */
  readonly totals: () => Readonly<Record<string, unknown>>;
};

export type Column<Row> = {
  readonly name: string;
  readonly number?: boolean;
  readonly cell: (row: Row) => Cell;
};

/** A column of text. */
export function text<Row>(name: string, cell: (row: Row) => Cell): Column<Row> {
  return { name, cell };
}

/** A column of numbers. */
export function figure<Row>(name: string, cell: (row: Row) => Cell): Column<Row> {
  return { name, number: true, cell };
}
