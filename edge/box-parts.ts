/**
 * The inside of the box: one database, one writer, what it knows, and the doors in. No network here;
 * `box.ts` puts it on the bus and behind HTTP.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, CommandResult } from '#recipes/contracts/command.ts';
import { businessCalendar } from '#recipes/time/business-day.ts';
import { openCommandStore } from './commands/command-store.ts';
import { executeCommand, type Handlers } from './commands/execute.ts';
import type { Config } from './config.ts';
import { lockDatabase } from './db/lock.ts';
import { type Db, openDatabase } from './db/open.ts';
import { receiveDelivery } from './kitchen/receive-delivery.ts';
import { openLedger } from './ledger/append.ts';
import type { Ledger } from './ledger/ledger.ts';
import { openLotStore } from './ledger/lot-store.ts';
import { openMoveStore } from './ledger/move-store.ts';
import { reverseEntry } from './ledger/reverse-entry.ts';
import { openConflictStore } from './pos/conflict-store.ts';
import { openDayCloseStore } from './pos/day-close-store.ts';
import { openEventStore } from './pos/event-store.ts';
import { openHeldStore } from './pos/held-store.ts';
import { openMenuStore } from './pos/menu-store.ts';
import type { ReceiveParts } from './pos/receive.ts';
import { abandonGap, dismissEvent, mapSku, replayEvent } from './pos/repair.ts';
import { openSaleStore } from './pos/sale-store.ts';
import { openSequenceStore } from './pos/sequence-store.ts';
import { openSnapshotTakeStore } from './pos/snapshot-take-store.ts';
import { openTakenBackStore } from './pos/taken-back-store.ts';
import { openTerminalStore } from './pos/terminal-store.ts';
import { openWaitingStore } from './pos/waiting-store.ts';
import { adoptBook, checkForBox } from './recipe-book/adopt.ts';
import { openBookStore } from './recipe-book/book-store.ts';
import { openHistory } from './recipe-book/history.ts';
import { Knowledge } from './recipe-book/knowledge.ts';
import type { Log } from './runtime/log.ts';
import type { Ports } from './runtime/ports.ts';
import { openSecrets, type SecretKeeper } from './secrets.ts';
import { openSettings } from './setting-store.ts';

export type BoxParts = ReturnType<typeof openBoxParts>;

/** What commands set off outside the database, after their commit. */
export type Effects = {
  release: () => void;
  replay: (event: number) => void;
  bookChanged: () => void;
};

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
  const receiving: ReceiveParts = {
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
    madeAfterMs: () => Number(settings.get('madeAfter') ?? config.madeAfterS) * 1_000,
    resettled: [],
    now: ports.now,
    log,
  };
  receiving.terminals.register([...secrets.credentials().terminals.keys()]);
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
    lots: openLotStore(db),
    moves: openMoveStore(db),
    commands: openCommandStore(db),
    close() {
      db.close();
      unlock();
    },
  };
  return parts;
}

/** The one way to write for people and scripts. */
export function commandDoor(
  parts: BoxParts,
  effects: Effects,
): (command: Command) => CommandResult {
  const { ledger, commands, ports } = parts;
  const handlers = handlersOf(parts, effects);
  return (command) => executeCommand({ ledger, commands, handlers, now: ports.now }, command);
}

function openOrUnlock(file: string, migrations: string, unlock: () => void): Db {
  try {
    return openDatabase(file, migrations);
  } catch (error) {
    unlock();
    throw error;
  }
}

function handlersOf(parts: BoxParts, effects: Effects): Handlers {
  const { ledger, books, lots, moves, receiving, secrets, settings } = parts;
  const { knowledge, dayOf } = receiving;
  const repair = { ...receiving, books, release: effects.release, replay: effects.replay };
  return {
    'delivery.receive': (data, context) =>
      receiveDelivery({ ledger, knowledge, lots, dayOf }, data, context),
    'entry.reverse': (data, context) =>
      reverseEntry({ ledger, reversalOf: moves.reversalOf, dayOf }, data, context),
    'sku.map': (data, context) => mapSku(repair, data, context),
    'quarantine.replay': (data, context) => replayEvent(repair, data, context),
    'quarantine.dismiss': (data, context) => dismissEvent(repair, data, context),
    'gap.abandon': (data, context) => abandonGap(repair, data, context),
    'book.adopt': (data, context) => {
      const checked = checkForBox({ ledger }, data.book);
      if (!checked.ok) {
        const [first] = checked.problems;
        const message = {
          en: `${first?.path}: ${first?.message} (${checked.problems.length} in all)`,
          zh: `${first?.path}:${first?.messageZh}(共 ${checked.problems.length} 处)`,
        };
        return { ok: false, code: 'bad_book', message, data: { problems: checked.problems } };
      }
      const said = data.validFrom ?? checked.book.validFrom;
      const validFrom = said === undefined ? context.now : Date.parse(said);
      const cause = { command: context.id, actor: context.actor, now: context.now };
      const adopted = adoptBook(
        { ledger, books, knowledge, dayOf },
        checked.book,
        validFrom,
        cause,
      );
      const { version } = adopted;
      return {
        ok: true,
        seq: version.entry,
        data: { version: version.version, validFrom: new Date(version.validFrom).toISOString() },
        after: () => {
          if (!adopted.fresh) return;
          knowledge.learnBook(version);
          effects.bookChanged();
        },
      };
    },
    'setting.set': (data, context) => {
      if (data.key === 'madeAfter' && !/^\d{1,5}$/.test(data.value)) {
        const message = { en: 'madeAfter is a number of seconds', zh: 'madeAfter 为秒数' };
        return { ok: false, code: 'bad_setting', message };
      }
      settings.set(data.key, data.value);
      return { ok: true, seq: noteEntry(ledger, 'setting', data, dayOf, context) };
    },
    'device.terminal': (data, context) => {
      const seq = noteEntry(ledger, 'terminal', data, dayOf, context);
      receiving.terminals.number(data.terminal);
      return {
        ok: true,
        seq,
        data: { terminal: data.terminal, credentials: 'secrets.json' },
        after: () => addTerminal(secrets, receiving, data.terminal),
      };
    },
  };
}

/** Credentials after the commit: a terminal that was rolled back must not be able to sign in. */
function addTerminal(secrets: SecretKeeper, receiving: ReceiveParts, terminal: string): void {
  secrets.addTerminal(terminal);
  receiving.terminals.register([terminal]);
}

/** A decision that moves no stock, as an entry. */
function noteEntry(
  ledger: Ledger,
  kind: 'setting' | 'terminal',
  data: unknown,
  dayOf: (at: number) => number,
  context: { id: string; actor: string | null; occurredAt: number; now: number },
): number {
  return ledger.append(
    {
      kind,
      event: null,
      command: context.id,
      sale: null,
      reverses: null,
      book: null,
      day: dayOf(context.occurredAt),
      occurredAt: context.occurredAt,
      recordedAt: context.now,
      actor: context.actor,
      note: JSON.stringify(data),
    },
    ledger.draft(),
  );
}
