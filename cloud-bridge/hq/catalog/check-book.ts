/** Everything that is wrong with a book before it is published, and what it would change. */
import { type BookChanges, bookChanges } from '#recipes/book/changes.ts';
import { checkBook } from '#recipes/book/check.ts';
import { parseBookText } from '#recipes/book/load.ts';
import { type PriceChange, priceChanges } from '#recipes/book/price-changes.ts';
import type { BookProblem } from '#recipes/book/problem.ts';
import { unitChanges } from '#recipes/book/unit-changes.ts';
import type { Book } from '#recipes/contracts/book.ts';
import { hqBookSchema } from '#recipes/contracts/catalog-command.ts';
import { openKitchen } from '#recipes/kitchen.ts';
import type { HqParts } from '../parts.ts';
import { bookHeads, readVersion, type StoredVersion, type VersionHead } from './catalog-store.ts';
import { otherUnits } from './counted-store.ts';

export type Checked =
  | { readonly ok: true; readonly book: Book }
  | { readonly ok: false; readonly problems: readonly BookProblem[] };

/**
 * @param said a document, or its text in YAML or JSON
 * @param stores codes; null = every store
 */
export async function checkForChain(
  parts: Pick<HqParts, 'db'>,
  said: unknown,
  stores: readonly string[] | null,
): Promise<Checked> {
  const read = typeof said === 'string' ? parseBookText(said, formatOf(said)) : undefined;
  if (read?.ok === false) return read;
  const checked = checkBook(read ? read.value : said);
  if (!checked.ok) return checked;
  const units = [...openKitchen(checked.book).items.values()].map(({ id, unit }) => ({
    item: id,
    unit,
  }));
  const counted = await otherUnits(parts.db.chain, units, stores);
  const byItem = new Map(counted.map((row) => [row.item, row]));
  const problems = unitChanges(checked.book, (item) => {
    const row = byItem.get(item);
    return row && { unit: row.unit, where: row.stores.join(', ') };
  });
  return problems.length > 0 ? { ok: false, problems } : checked;
}

/** JSON when it begins like it: a book in YAML never does. */
export function formatOf(text: string): 'json' | 'yaml' {
  return /^\s*\{/.test(text) ? 'json' : 'yaml';
}

/** A person sees this before publishing. */
export type Preview = BookChanges & {
  /** Version that it is compared with; null = there is none. */
  readonly comparedWith: number | null;
  readonly prices: readonly PriceChange[];
  readonly priceCount: number;
};

const PRICES_LISTED = 200;

function previewOf(before: StoredVersion | undefined, book: Book): Preview {
  const old = before && documentOf(before);
  const prices = priceChanges(old, book);
  return {
    comparedWith: before?.version ?? null,
    ...bookChanges(old, book),
    prices: prices.slice(0, PRICES_LISTED),
    priceCount: prices.length,
  };
}

/** The document of a published book; it was checked when it was published. */
export function documentOf(version: StoredVersion): Book | undefined {
  const { payload } = JSON.parse(version.signed) as { payload?: unknown };
  const said = hqBookSchema.safeParse(payload);
  return said.success ? (said.data.book as Book) : undefined;
}

/** More were never published at once; older ones hold no more. */
const BOOKS_READ = 200;

/** Published books that reach any of these stores, newest first. */
export async function booksFor(
  parts: Pick<HqParts, 'db'>,
  stores: readonly string[] | null,
): Promise<VersionHead[]> {
  const books = await bookHeads(parts.db.chain, BOOKS_READ);
  return books.filter(
    (book) =>
      book.stores === null || stores === null || book.stores.some((code) => stores.includes(code)),
  );
}

/** What a book would change of the newest one for the same stores. */
export async function previewFor(
  parts: Pick<HqParts, 'db'>,
  books: readonly VersionHead[],
  book: Book,
): Promise<Preview> {
  const [newest] = books;
  const before = newest && (await readVersion(parts.db.chain, newest.version));
  return previewOf(before, book);
}
