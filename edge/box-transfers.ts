/** Goods between stores put together: what the kitchen and purchasing hand over, and what head office says. */
import { hash } from 'node:crypto';
import type { Catalog } from './catalog/take-version.ts';
import type { Config } from './config.ts';
import type { Db } from './db/open.ts';
import { findGoods } from './kitchen/find-goods.ts';
import type { KitchenParts } from './kitchen/kitchen-parts.ts';
import { takeOut } from './kitchen/take-out.ts';
import type { LotStore } from './ledger/lot-store.ts';
import type { IncarnationStore } from './lives/incarnation-store.ts';
import type { ReceiveParts } from './pos/receive.ts';
import type { Orders } from './purchasing/orders.ts';
import { openOutsourceStore } from './transfers/outsource-store.ts';
import { openRequisitionStore } from './transfers/requisition-store.ts';
import { takersOf } from './transfers/take-down.ts';
import type { TransferParts } from './transfers/transfer-parts.ts';
import { openTransferStore } from './transfers/transfer-store.ts';

type Inside = {
  readonly config: Pick<Config, 'store'>;
  readonly receiving: Pick<ReceiveParts, 'ledger' | 'knowledge' | 'dayOf'>;
  readonly lots: LotStore;
  readonly purchasing: { readonly orders: Orders };
  readonly incarnation: Pick<IncarnationStore, 'life'>;
};

/** Opens goods between stores on the box's database. */
export function openTransfers(db: Db, inside: Inside): TransferParts {
  const { lots, receiving, incarnation } = inside;
  const { orders } = inside.purchasing;
  const { ledger, knowledge, dayOf } = receiving;
  const kitchen: KitchenParts = { ledger, knowledge, lots, dayOf };
  return {
    store: inside.config.store,
    ledger,
    knowledge,
    lots,
    dayOf,
    goods: {
      find: (book, named) => findGoods(kitchen, book, named),
      take: (draft, wanted) => takeOut(kitchen, draft, wanted),
    },
    orders: { has: (order) => orders.get(order) !== undefined, received: orders.received },
    transfers: openTransferStore(db),
    requisitions: openRequisitionStore(db),
    jobs: openOutsourceStore(db),
    numbersAfter() {
      const life = incarnation.life();
      return life.parent === null ? 0 : bandOf(life.incarnation);
    },
  };
}

/**
 * A life that began from another one may not know the numbers that the other gave out today: its own begin
 * at another hundred. Where two meet all the same, head office tells a person.
 */
function bandOf(incarnation: string): number {
  return 100 * (1 + (Number.parseInt(hash('sha256', incarnation, 'hex').slice(0, 6), 16) % 899));
}

/** Head office says what is on its way, and what other stores ask for. */
export function hearOfTransfers(catalog: Catalog, parts: TransferParts, now: () => number): void {
  for (const [kind, take] of Object.entries(takersOf(parts))) {
    catalog.on(kind, (version) => () => take(version.payload, now()));
  }
}
