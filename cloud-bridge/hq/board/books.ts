/**
 * What stores' books say of their goods: names, units, levels, prices. A document is read once,
 * however many stores have it and however often it is asked for.
 */
import type { Book } from '#recipes/contracts/book.ts';
import { type Kitchen, openKitchen } from '#recipes/kitchen.ts';
import { div, type Rational, rationalFromDecimal, rationalFromMicro } from '#recipes/rational.ts';
import type { HqParts } from '../parts.ts';
import { type BookKey, bookDigests, bookDocument, booksInForce } from './book-store.ts';
import { byServer, mainColumns, type SpokenPast } from './past.ts';

export type Name = { readonly zh?: string | undefined; readonly en?: string | undefined };

/** An item as a book has it; levels in millionths, 0 where the book is silent. */
export type Goods = {
  readonly name: Name;
  readonly unit: string;
  readonly category: string | null;
  readonly safety: bigint;
  readonly par: bigint;
  readonly max: bigint;
  /** Money for 1 base unit: of the first supplier that names a price. */
  readonly price: Rational | undefined;
};

/** The goods of a book, by code, and its currency. */
export type BookGoods = {
  readonly digest: string;
  readonly currency: string;
  readonly items: ReadonlyMap<string, Goods>;
};

export const NO_GOODS: BookGoods = { digest: '', currency: 'CNY', items: new Map() };

export type Books = {
  /** The goods of each store's book in force, by number of the store; without those that have none. */
  goods(pasts: readonly SpokenPast[]): Promise<Map<number, BookGoods>>;
  /** The whole book in force of one store. */
  kitchen(past: SpokenPast): Promise<Kitchen | undefined>;
};

type Parts = Pick<HqParts, 'db' | 'ports' | 'log'>;

/** Which book is in force is asked again after this. */
const FRESH_MS = 2_000;
const KITCHENS_KEPT = 32;
const DIGESTS_KEPT = 20_000;

export function openBooks(parts: Parts): Books {
  const digests = new Map<string, string>();
  const goods = new Map<string, BookGoods>();
  const kitchens = new Map<string, Kitchen>();
  const inForce = new Map<number, { book: BookKey; until: number }>();

  /** Asks for those that were not asked for a moment ago. */
  async function keysOf(pasts: readonly SpokenPast[]): Promise<Map<number, BookKey>> {
    const now = parts.ports.mono();
    const isFresh = ({ store, main }: SpokenPast) => {
      const known = inForce.get(store.id);
      return known !== undefined && known.until > now && known.book.life === main.id;
    };
    const stale = pasts.filter((past) => !isFresh(past));
    for (const [db, own] of await byServer(parts, stale, ({ store }) => store.id)) {
      const found = await booksInForce(db, mainColumns(own), parts.ports.now());
      const unknown = found.filter((book) => !digests.has(keyOf(book)));
      if (digests.size > DIGESTS_KEPT) digests.clear();
      for (const book of unknown.length === 0 ? [] : await bookDigests(db, unknown)) {
        digests.set(keyOf(book), book.digest);
      }
      for (const { store } of own) inForce.delete(store.id);
      for (const book of found) {
        const digest = digests.get(keyOf(book)) ?? '';
        inForce.set(book.store, { book: { ...book, digest }, until: now + FRESH_MS });
      }
    }
    const keys = new Map<number, BookKey>();
    for (const { store } of pasts) {
      const book = inForce.get(store.id)?.book;
      if (book !== undefined) keys.set(store.id, book);
    }
    return keys;
  }

  async function open(key: BookKey): Promise<Kitchen | undefined> {
    const known = kitchens.get(key.digest);
    if (known !== undefined || goods.get(key.digest)?.items.size === 0) return known;
    const text = await bookDocument(await parts.db.of(key.store), key);
    const kitchen = text === undefined ? undefined : readKitchen(parts, key, text);
    if (kitchen === undefined) {
      // Not tried again at every look.
      goods.set(key.digest, { ...NO_GOODS, digest: key.digest });
      return undefined;
    }
    goods.set(key.digest, goodsOf(key.digest, JSON.parse(text ?? '{}') as Book, kitchen));
    const [oldest] = kitchens.keys();
    if (kitchens.size >= KITCHENS_KEPT && oldest !== undefined) kitchens.delete(oldest);
    kitchens.set(key.digest, kitchen);
    return kitchen;
  }

  return {
    async goods(pasts) {
      const keys = await keysOf(pasts);
      const used = new Set([...keys.values()].map(({ digest }) => digest));
      // What no store has in force any more; the rest is a few dozen numbers per item.
      if (goods.size > 2 * used.size + KITCHENS_KEPT) {
        for (const digest of goods.keys()) if (!used.has(digest)) goods.delete(digest);
      }
      const found = new Map<number, BookGoods>();
      for (const [store, key] of keys) {
        if (!goods.has(key.digest)) await open(key);
        const known = goods.get(key.digest);
        if (known !== undefined) found.set(store, known);
      }
      return found;
    },
    async kitchen(past) {
      const key = (await keysOf([past])).get(past.store.id);
      return key && open(key);
    },
  };
}

function keyOf({ store, life, version }: Omit<BookKey, 'digest'>): string {
  return `${store}:${life}:${version}`;
}

/** A book that this version cannot read (a newer box wrote it) leaves the codes of its items. */
function readKitchen({ log }: Parts, key: BookKey, text: string): Kitchen | undefined {
  try {
    return openKitchen(JSON.parse(text) as Book);
  } catch (error) {
    log.warn(
      { err: error, store: key.store, book: key.version },
      "a store's book cannot be read here",
    );
    return undefined;
  }
}

function goodsOf(digest: string, book: Book, kitchen: Kitchen): BookGoods {
  const prices = pricesOf(kitchen);
  const items = new Map(
    [...kitchen.items.values()].map((item): [string, Goods] => [
      item.id,
      {
        name: item.name,
        unit: item.unit,
        category: item.category ?? null,
        safety: BigInt(item.safety),
        par: BigInt(item.par),
        max: BigInt(item.max),
        price: prices.get(item.id),
      },
    ]),
  );
  return { digest, currency: book.currency ?? NO_GOODS.currency, items };
}

/** By item, money for 1 base unit by the first supplier of the book that names a price. */
function pricesOf(kitchen: Kitchen): Map<string, Rational> {
  const prices = new Map<string, Rational>();
  for (const supplier of kitchen.suppliers.values()) {
    for (const { item, pack, price } of supplier.items) {
      if (price === undefined || pack <= 0 || prices.has(item)) continue;
      prices.set(item, div(rationalFromDecimal(price), rationalFromMicro(pack)));
    }
  }
  return prices;
}
