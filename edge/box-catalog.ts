/** What head office says: the door, and what its books need of the box. */
import type { HqBookParts } from './catalog/book-of-hq.ts';
import { type CatalogStore, openCatalogStore } from './catalog/catalog-store.ts';
import { type OverrideStore, openOverrideStore } from './catalog/override-store.ts';
import { type Catalog, openCatalog } from './catalog/take-version.ts';
import type { Config } from './config.ts';
import type { Db } from './db/open.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { ReceiveParts } from './pos/receive.ts';
import type { BookStore } from './recipe-book/book-store.ts';
import type { Log } from './runtime/log.ts';
import type { Ports } from './runtime/ports.ts';

export type CatalogParts = {
  readonly catalog: Catalog;
  readonly catalogStore: CatalogStore;
  readonly overrides: OverrideStore;
};

type Inside = {
  readonly config: Pick<Config, 'store'>;
  readonly ledger: Ledger;
  readonly receiving: Pick<ReceiveParts, 'dayOf'>;
  readonly ports: Pick<Ports, 'now'>;
  readonly log: Log;
};

/** Opens the door; each part of the box that deals with a kind of versions says `catalog.on(kind, …)`. */
export function openCatalogParts(db: Db, inside: Inside): CatalogParts {
  const catalogStore = openCatalogStore(db);
  const catalog = openCatalog({
    ledger: inside.ledger,
    catalog: catalogStore,
    store: inside.config.store,
    dayOf: inside.receiving.dayOf,
    now: inside.ports.now,
    log: inside.log,
  });
  return { catalog, catalogStore, overrides: openOverrideStore(db) };
}

type BookInside = CatalogParts & {
  readonly ledger: Ledger;
  readonly books: BookStore;
  readonly receiving: Pick<ReceiveParts, 'knowledge' | 'dayOf'>;
};

/** What the commands and the versions of the book share. */
export function hqBookParts(parts: BookInside): HqBookParts {
  const { ledger, books, catalogStore: catalog, overrides, receiving } = parts;
  const { knowledge, dayOf } = receiving;
  return { ledger, books, knowledge, catalog, overrides, dayOf };
}
