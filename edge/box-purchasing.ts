/**
 * Purchasing with what it needs of the rest of the box: the book in force, which receipts count, what is
 * set up for messages to suppliers. Paper is handed in later, because printing opens after purchasing.
 */
import type { Kitchen } from '#recipes/kitchen.ts';
import type { Config } from './config.ts';
import type { Db } from './db/open.ts';
import type { OrderInbox } from './inbox/order-inbox.ts';
import { openItemRegistry } from './ledger/item-store.ts';
import { openUndone } from './ledger/undone-store.ts';
import { type CreditStore, openCreditStore } from './purchasing/credit-store.ts';
import type { OrderCommandParts } from './purchasing/order-commands.ts';
import { type OrderPapers, openPapers } from './purchasing/order-papers.ts';
import { openOrderStore } from './purchasing/order-store.ts';
import { type OrderParts, type Orders, openOrders } from './purchasing/orders.ts';
import { openChannels, type SendingSettings } from './purchasing/sending/channels.ts';
import { openSendingStore } from './purchasing/sending/sending-store.ts';
import { type BookStore, openBookStore } from './recipe-book/book-store.ts';
import { Knowledge } from './recipe-book/knowledge.ts';
import type { SecretKeeper } from './secrets.ts';

/** What the rest of the box gets of purchasing. */
export type Purchasing = Omit<OrderCommandParts, 'ledger' | 'dayOf'> & {
  readonly credits: CreditStore;
  readonly currency: () => string;
  readonly settings: SendingSettings;
  /** How orders become paper: set once, while the box opens. */
  readonly papers: OrderPapers;
  /** What needs a person. */
  readonly inbox: OrderInbox;
};

/** What purchasing needs of the rest of the box. */
export type PurchasingParts = {
  readonly db: Db;
  readonly knowledge: Knowledge;
  readonly books: Pick<BookStore, 'fields'>;
  readonly config: Config;
  readonly secrets: Pick<SecretKeeper, 'ofSupplier'>;
  readonly now: () => number;
};

/** Opens orders, credit notes and the ways to suppliers on the box's database. */
export function openPurchasing(parts: PurchasingParts): Purchasing {
  const { db, knowledge, books, config, secrets, now } = parts;
  const store = openOrderStore(db);
  const sendings = openSendingStore(db);
  const { kitchen, kitchenAt, currency, stands } = readingOf(db, knowledge, books, now);
  const settings = {
    smtpUrl: config.mailUrl,
    mailFrom: config.mailFrom,
    webhookSecret: config.webhookSecret,
    robotSecret: config.robotSecret,
    ofSupplier: secrets.ofSupplier,
  };
  const papers = openPapers();
  const channels = openChannels(settings, () => papers.prints());
  const timeZone = config.timezone;
  const orders = openOrders({
    store,
    sendings,
    channels,
    kitchen,
    kitchenAt,
    currency,
    stands,
    timeZone,
    now,
  });
  return {
    store,
    sendings,
    channels,
    kitchen,
    currency,
    settings,
    papers,
    credits: openCreditStore(db),
    orders,
    inbox: {
      open: () => orders.list('open'),
      get: orders.get,
      ofDay: orders.ofDay,
      failed: sendings.failed,
      timeZone,
    },
    print: (order, how) => papers.print?.(order, how),
    chain: () => papers.chain,
  };
}

/** Orders of a database that is only read, by the book in force at `now`. */
export function openReadOrders(db: Db, now: number): Orders {
  const books = openBookStore(db);
  const knowledge = new Knowledge(books, openItemRegistry(db).find);
  return openOrders({
    ...readingOf(db, knowledge, books, () => now),
    store: openOrderStore(db),
    sendings: openSendingStore(db),
    // Nothing is sent from here.
    channels: { available: () => [] },
    timeZone: 'UTC',
    now: () => now,
  });
}

function readingOf(
  db: Db,
  knowledge: Knowledge,
  books: Pick<BookStore, 'fields'>,
  now: () => number,
): Pick<OrderParts, 'kitchen' | 'kitchenAt' | 'currency' | 'stands'> {
  const undone = openUndone(db);
  // Asked for every order of a list, and the whole book is read to answer it.
  let known: { readonly kitchen: Kitchen; readonly currency: string } | undefined;
  return {
    kitchen: () => knowledge.at(now())?.kitchen,
    kitchenAt: (at) => knowledge.at(at)?.kitchen,
    currency() {
      const inForce = knowledge.at(now());
      if (!inForce) return 'CNY';
      const { kitchen, version } = inForce;
      if (known?.kitchen !== kitchen)
        known = { kitchen, currency: books.fields(version.version).currency ?? 'CNY' };
      return known.currency;
    },
    stands: (entry) => !undone(entry),
  };
}
