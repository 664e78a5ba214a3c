/** SQL of the books that stores have adopted, and of what the ledger calls its items. */
import type { Databases } from '../parts.ts';

type Db = Databases['chain'];

/** The book of a store that is in force. */
export type BookKey = {
  readonly store: number;
  readonly life: number;
  readonly version: number;
  /** Of its document: stores with the same book share what is read from it. */
  readonly digest: string;
};

/**
 * The book in force at an instant in each of these lives. The first book reaches back without limit.
 * @param at epoch milliseconds
 */
export async function booksInForce(
  db: Db,
  [stores, lives]: readonly [readonly number[], readonly number[]],
  at: number,
): Promise<Omit<BookKey, 'digest'>[]> {
  const { rows } = await db.query<Omit<BookKey, 'digest'>>({
    name: 'books-in-force',
    text: `SELECT DISTINCT ON (b.store) b.store, b.life, b.version
           FROM unnest($1::int[], $2::smallint[]) AS t (store, life)
           JOIN book b ON b.store = t.store AND b.life = t.life
           ORDER BY b.store, b.valid_from <= $3 DESC,
             CASE WHEN b.valid_from <= $3 THEN -b.valid_from ELSE b.valid_from END, b.version DESC`,
    values: [stores, lives, at],
  });
  return rows;
}

/** Digests of documents that nobody has looked at yet. */
export async function bookDigests(
  db: Db,
  books: readonly Omit<BookKey, 'digest'>[],
): Promise<BookKey[]> {
  const { rows } = await db.query<BookKey>({
    name: 'book-digests',
    text: `SELECT b.store, b.life, b.version, md5(b.document) AS digest
           FROM unnest($1::int[], $2::smallint[], $3::int[]) AS t (store, life, version)
           JOIN book b USING (store, life, version)`,
    values: [
      books.map(({ store }) => store),
      books.map(({ life }) => life),
      books.map(({ version }) => version),
    ],
  });
  return rows;
}

/** The document of a book. */
export async function bookDocument(
  db: Db,
  { store, life, version }: Omit<BookKey, 'digest'>,
): Promise<string | undefined> {
  const { rows } = await db.query<{ document: string }>({
    name: 'book-document',
    text: 'SELECT document FROM book WHERE store = $1 AND life = $2 AND version = $3',
    values: [store, life, version],
  });
  return rows[0]?.document;
}

export type ItemRow = {
  readonly store: number;
  readonly id: number;
  readonly code: string;
  readonly unit: string;
};

/** Numbers and codes of all items in each of these lives. */
export async function readItems(
  db: Db,
  [stores, lives]: readonly [readonly number[], readonly number[]],
): Promise<ItemRow[]> {
  const { rows } = await db.query<ItemRow>({
    name: 'items-of-lives',
    text: `SELECT i.store, i.id, i.code, i.unit
           FROM unnest($1::int[], $2::smallint[]) AS t (store, life)
           JOIN item i ON i.store = t.store AND i.life = t.life`,
    values: [stores, lives],
  });
  return rows;
}
