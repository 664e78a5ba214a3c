/**
 * The inside of the box: one database, one writer, what it knows, and the doors in. No network here;
 * `box.ts` puts it on the bus and behind HTTP.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { businessCalendar } from '#recipes/time/business-day.ts';
import { openCatalogParts } from './box-catalog.ts';
import { openCounting } from './box-counting.ts';
import { openPrinting, type Printing } from './box-print.ts';
import { openPurchasing, type Purchasing } from './box-purchasing.ts';
import { hearOfTransfers, openTransfers } from './box-transfers.ts';
import { openUsage } from './box-usage.ts';
import { openCommandStore } from './commands/command-store.ts';
import type { Config } from './config.ts';
import { lockDatabase } from './db/lock.ts';
import { type Db, openDatabase } from './db/open.ts';
import { openPrepInference } from './kitchen/infer-prep.ts';
import { openInferredStore } from './kitchen/inferred-store.ts';
import { openSettledStore } from './kitchen/settled-store.ts';
import { openWasteStore } from './kitchen/waste-store.ts';
import { openLedger } from './ledger/append.ts';
import type { Ledger } from './ledger/ledger.ts';
import { openLotStore } from './ledger/lot-store.ts';
import { openMoveStore } from './ledger/move-store.ts';
import { openIncarnationStore } from './lives/incarnation-store.ts';
import { openLifeStore } from './lives/life-store.ts';
import { openPeople } from './people/open-people.ts';
import { openConflictStore } from './pos/conflict-store.ts';
import { openDayCloseStore } from './pos/day-close-store.ts';
import { openEventStore } from './pos/event-store.ts';
import { openHeldStore } from './pos/held-store.ts';
import { openMenuStore } from './pos/menu-store.ts';
import type { ReceiveParts } from './pos/receive.ts';
import { openSaleStore } from './pos/sale-store.ts';
import { openSequenceStore } from './pos/sequence-store.ts';
import { openSnapshotTakeStore } from './pos/snapshot-take-store.ts';
import { openTakenBackStore } from './pos/taken-back-store.ts';
import { openTerminalStore } from './pos/terminal-store.ts';
import { openWaitingStore } from './pos/waiting-store.ts';
import { type BookStore, openBookStore } from './recipe-book/book-store.ts';
import { openHistory } from './recipe-book/history.ts';
import { Knowledge } from './recipe-book/knowledge.ts';
import type { Log } from './runtime/log.ts';
import type { Ports } from './runtime/ports.ts';
import { openSecrets } from './secrets.ts';
import { madeAfterS } from './setting-rules.ts';
import { openSettings, type Settings } from './setting-store.ts';
import { openChainOrders } from './transfers/requisitions.ts';

export type BoxParts = ReturnType<typeof openBoxParts>;

/** @throws Fault when the data folder cannot be used */
export function openBoxParts(
  config: Config,
  ports: Ports,
  log: Log,
  migrations: string,
  exit: (why: string, cause: unknown) => void,
) {
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const file = join(config.data, 'larder.db');
  const unlock = lockDatabase(file);
  const db = openOrUnlock(file, migrations, unlock);
  const secrets = openSecrets(config.data, ports);
  const ledger = openLedger(db, (error) => exit('the disk failed while storing', error));
  const books = openBookStore(db);
  const settings = openSettings(db);
  const lots = openLotStore(db);
  const moves = openMoveStore(db);
  const inferred = openInferredStore(db);
  const receiving = openReceiving(db, { config, ledger, books, settings, ports, log });
  receiving.terminals.register([...secrets.credentials().terminals.keys()]);
  const purchasing = openPurchasing({ db, ...receiving, books, config, secrets });
  const people = openPeople(db, ports);
  const inside = { db, config, ports, log, ledger, books, settings, receiving, lots, purchasing };
  const incarnation = openIncarnationStore(db, ports);
  const transfers = openTransfers(db, { ...inside, incarnation });
  purchasing.papers.chain = openChainOrders(transfers);
  const printing = openPrinting({ ...inside, transfers, persons: people.persons });
  handPapers(purchasing, printing);
  const { knowledge, dayOf } = receiving;
  const goods = { ledger, knowledge, lots, dayOf };
  const parts = {
    config,
    db,
    file,
    ports,
    log,
    secrets,
    ledger,
    books,
    settings,
    receiving,
    lots,
    moves,
    purchasing,
    printing,
    commands: openCommandStore(db),
    incarnation,
    lives: openLifeStore(db),
    transfers,
    ...people,
    ...openCatalogParts(db, inside),
    prep: openPrepInference({
      ...goods,
      inferred,
      settled: openSettledStore(db),
      wanted: () => settings.get('inferPrep') !== 'off',
      now: ports.now,
    }),
    usage: openUsage(db, { ...goods, config, ports }),
    inferred,
    wasted: openWasteStore(db),
    counting: openCounting(db, { ...goods, now: ports.now }),
    close() {
      parts.usage.sums.stop();
      db.close();
      unlock();
    },
  };
  hearOfTransfers(parts.catalog, transfers, ports.now);
  return parts;
}

function handPapers({ papers }: Purchasing, printing: Printing): void {
  papers.print = printing.printOrder;
  papers.pdf = printing.orderPdf;
  papers.prints = () => printing.queue.printerFor('order') !== undefined;
}

type Receiving = {
  readonly config: Config;
  readonly ledger: Ledger;
  readonly books: BookStore;
  readonly settings: Settings;
  readonly ports: Ports;
  readonly log: Log;
};

function openReceiving(db: Db, inside: Receiving): ReceiveParts {
  const { config, ledger, books, settings, ports, log } = inside;
  return {
    store: config.store,
    ledger,
    knowledge: new Knowledge(books, ledger.items.find),
    history: () => openHistory(books, ledger.items.find),
    events: openEventStore(db),
    sales: openSaleStore(db),
    held: openHeldStore(db),
    backs: openTakenBackStore(db),
    waiting: openWaitingStore(db),
    snapshotTakes: openSnapshotTakeStore(db),
    conflicts: openConflictStore(db),
    dayCloses: openDayCloseStore(db),
    menus: openMenuStore(db),
    terminals: openTerminalStore(db),
    sequences: openSequenceStore(db),
    dayOf: businessCalendar(config.timezone, config.dayStart),
    madeAfterMs: () => madeAfterS(settings, config) * 1_000,
    resettled: [],
    now: ports.now,
    log,
  };
}

function openOrUnlock(file: string, migrations: string, unlock: () => void): Db {
  try {
    return openDatabase(file, migrations);
  } catch (error) {
    unlock();
    throw error;
  }
}
