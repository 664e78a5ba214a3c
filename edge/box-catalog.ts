/** The door for what head office says, before anybody is behind it. */

import { type CatalogStore, openCatalogStore } from './catalog/catalog-store.ts';
import { type Catalog, openCatalog } from './catalog/take-version.ts';
import type { Config } from './config.ts';
import type { Db } from './db/open.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { ReceiveParts } from './pos/receive.ts';
import type { Log } from './runtime/log.ts';
import type { Ports } from './runtime/ports.ts';

export type CatalogParts = { readonly catalog: Catalog; readonly catalogStore: CatalogStore };

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
  return { catalog, catalogStore };
}
