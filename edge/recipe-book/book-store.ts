/** SQL of adopted books and of what people said POS codes mean. */
import { asc, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Db } from '../db/open.ts';
import { bookTable, skuMapTable } from '../db/schema.ts';

export type BookVersion = {
  readonly version: number;
  /** Sequence of the entry that adopted it. */
  readonly entry: number;
  readonly validFrom: number;
  readonly adoptedAt: number;
  /** SHA-256 of the document, hex. */
  readonly hash: string;
};

/** `recipe: null` = this code has no meaning for stock. */
export type Mapping = {
  readonly entry: number;
  readonly sku: string;
  readonly recipe: string | null;
};

/** Name and currency as the document has them. */
export type BookFields = {
  readonly name?: string | { zh?: string; en?: string } | null;
  readonly currency?: string | null;
};

export type BookStore = {
  insert(version: BookVersion, document: string): void;
  versions(): BookVersion[];
  /** The document as JSON text. */
  document(version: number): string | undefined;
  /** Name and currency without reading all of the document. */
  fields(version: number): BookFields;
  insertMapping(mapping: Mapping): void;
  /** Oldest first: a later one of the same sku overrules. */
  mappings(): Mapping[];
};

export function openBookStore(db: Db): BookStore {
  const orm = drizzle(db);
  const { version, entry, validFrom, adoptedAt, hash, document } = bookTable;
  const versionColumns = { version, entry, validFrom, adoptedAt, hash };
  const head = sql<string>`json_object('name', json_extract(${document}, '$.name'),
                                       'currency', json_extract(${document}, '$.currency'))`;
  return {
    insert: (book, text) => {
      orm
        .insert(bookTable)
        .values({ ...book, document: text })
        .run();
    },
    versions: () => orm.select(versionColumns).from(bookTable).orderBy(asc(version)).all(),
    document: (number) =>
      orm.select({ document }).from(bookTable).where(eq(version, number)).get()?.document,
    fields: (number) => {
      const row = orm.select({ head }).from(bookTable).where(eq(version, number)).get();
      return JSON.parse(row?.head ?? '{}') as BookFields;
    },
    insertMapping: (mapping) => {
      orm.insert(skuMapTable).values(mapping).run();
    },
    mappings: () => orm.select().from(skuMapTable).orderBy(asc(skuMapTable.entry)).all(),
  };
}
