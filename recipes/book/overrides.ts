/**
 * What a store keeps different from the book of head office, laid over it. Only what is named is
 * different; an id that the book does not have is left for a book that has it.
 */
import type { Book } from '../contracts/book.ts';
import type { BookOverride } from '../contracts/catalog-command.ts';

/** One field of one thing that is different here. */
export type Override = {
  readonly what: 'item' | 'recipe' | 'supplier' | 'supplierItem';
  /** Of a supplier's item: both ids with a space between. */
  readonly id: string;
  readonly field: string;
  /** null = as head office says. */
  readonly value: unknown;
};

const STOCK_FIELDS = ['safety', 'par', 'max'] as const;
const SUPPLIER_FIELDS = ['deliveries', 'deliverAt', 'cutOff', 'minimumOrder'] as const;

/** What a command says, field by field. */
export function overridesOf(said: BookOverride): Override[] {
  const list: Override[] = [];
  const add = (what: Override['what'], id: string, field: string, value: unknown) => {
    if (value !== undefined) list.push({ what, id, field, value });
  };
  for (const { id, stock, station } of said.items ?? []) {
    for (const field of STOCK_FIELDS) add('item', id, field, stock?.[field]);
    add('item', id, 'station', station);
  }
  for (const { id, price, off } of said.recipes ?? []) {
    add('recipe', id, 'price', price);
    add('recipe', id, 'off', off);
  }
  for (const { items, ...supplier } of said.suppliers ?? []) {
    for (const field of SUPPLIER_FIELDS) add('supplier', supplier.id, field, supplier[field]);
    for (const { item, price } of items ?? []) {
      add('supplierItem', `${supplier.id} ${item}`, 'price', price);
    }
  }
  return list;
}

export type Merged = {
  readonly book: Book;
  /** Those that name something the book does not have. */
  readonly unused: readonly Override[];
};

/** The book with what is different here. Its meaning must be checked again: a unit may be gone. */
export function withOverrides(book: Book, overrides: readonly Override[]): Merged {
  const different = overrides.filter(({ value }) => value !== null);
  if (different.length === 0) return { book, unused: [] };
  const merged = structuredCloneOf(book);
  const unused = different.filter((override) => !lay(merged, override));
  return { book: merged, unused };
}

type Fields = Record<string, unknown> & { id: string };

/**
 * What the book says of the field: null when it says nothing, undefined when it does not have the thing.
 * Of `off`: true when the recipe has no codes under which it is sold.
 */
export function valueIn(book: Book, one: Pick<Override, 'what' | 'id' | 'field'>): unknown {
  const thing = thingIn(book, one);
  if (!thing) return undefined;
  if (one.field === 'off') return thing['sku'] === undefined ? true : null;
  const holder = isLimit(one) ? (thing['stock'] as Record<string, unknown> | undefined) : thing;
  return holder?.[one.field] ?? null;
}

/** @returns false when the book does not have it */
function lay(book: Book, one: Override): boolean {
  const thing = thingIn(book, one);
  if (!thing) return false;
  const { field, value } = one;
  // Other dishes may be made of it: it only loses the codes under which it is sold.
  if (field === 'off') delete thing['sku'];
  else if (isLimit(one)) {
    thing['stock'] = { ...(thing['stock'] as object | undefined), [field]: value };
  } else thing[field] = value;
  return true;
}

/** Limits of stock stand one level below their item. */
function isLimit({ what, field }: Pick<Override, 'what' | 'field'>): boolean {
  return what === 'item' && field !== 'station';
}

function thingIn(book: Book, { what, id }: Pick<Override, 'what' | 'id'>): Fields | undefined {
  if (what === 'item') return byId(book.items, id) ?? byId(book.recipes, id);
  if (what === 'recipe') return byId(book.recipes, id);
  if (what === 'supplier') return byId(book.suppliers, id);
  const [supplier = '', item] = id.split(' ');
  const lines = book.suppliers?.find((s) => s.id === supplier)?.items;
  return lines?.find((l) => l.item === item) as Fields | undefined;
}

function byId(list: readonly object[] | undefined, id: string): Fields | undefined {
  return list?.find((entry) => (entry as Fields).id === id) as Fields | undefined;
}

/** A book is JSON. */
function structuredCloneOf(book: Book): Book {
  return JSON.parse(JSON.stringify(book)) as Book;
}
