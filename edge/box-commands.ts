/** The one way to write for people and scripts: which part of the box carries out which command. */
import type { Command, CommandResult } from '#recipes/contracts/command.ts';
import { hqBookParts } from './box-catalog.ts';
import type { BoxParts } from './box-parts.ts';
import { catalogCommands } from './catalog/catalog-commands.ts';
import {
  type CommandContext,
  executeCommand,
  type Handlers,
  rehearseCommand,
  type Sender,
  type TakenOverCommand,
} from './commands/execute.ts';
import { countCommands } from './counts/count-commands.ts';
import { openBarcodeStore } from './kitchen/barcode-store.ts';
import { kitchenCommands } from './kitchen/kitchen-commands.ts';
import { appendOfCommand } from './ledger/command-entry.ts';
import { reverseEntry } from './ledger/reverse-entry.ts';
import { dismissLife } from './lives/dismiss-life.ts';
import { openForbids } from './people/forbids.ts';
import { peopleCommands } from './people/people-commands.ts';
import type { ReceiveParts } from './pos/receive.ts';
import { abandonGap, dismissEvent, mapSku, replayEvent } from './pos/repair.ts';
import { printCommands } from './print/print-commands.ts';
import { creditCommands } from './purchasing/credit-commands.ts';
import { orderCommands } from './purchasing/order-commands.ts';
import { adoptBook, checkForBox } from './recipe-book/adopt.ts';
import type { SecretKeeper } from './secrets.ts';
import { badSetting } from './setting-rules.ts';
import { transferCommands } from './transfers/transfer-commands.ts';
import { undo } from './transfers/undo.ts';
import { dayCommands } from './usage/day-commands.ts';

/** What commands set off outside the database, after their commit. */
export type Effects = {
  release: () => void;
  replay: (event: number) => void;
  bookChanged: () => void;
  /** A tablet was locked out. */
  deviceRevoked: (device: string) => void;
};

export type CommandDoor = {
  /** @param before set when another life of the box has carried it out */
  execute(command: Command, sender?: Sender, before?: TakenOverCommand): CommandResult;
  /** What would happen; nothing does. */
  rehearse(command: Command, sender?: Sender): CommandResult;
};

export function openCommandDoor(parts: BoxParts, effects: Effects): CommandDoor {
  const { ledger, commands, ports } = parts;
  const handlers = handlersOf(parts, effects);
  const forbids = openForbids({
    entry: (seq) => ledger.entries.get(seq)?.head,
    deviceOf: commands.deviceOf,
    dayOf: parts.receiving.dayOf,
    isApproved: (order) => parts.purchasing.store.get(order)?.step === 'approved',
    now: ports.now,
  });
  const door = { ledger, commands, handlers, forbids, now: ports.now };
  return {
    execute: (command, sender, before) => executeCommand(door, command, sender, before),
    rehearse: (command, sender) => rehearseCommand(door, command, sender),
  };
}

function handlersOf(parts: BoxParts, effects: Effects): Handlers {
  const { db, ledger, books, lots, moves, receiving } = parts;
  const { knowledge, dayOf } = receiving;
  const repair = { ...receiving, books, release: effects.release, replay: effects.replay };
  const kitchen = kitchenCommands({
    ledger,
    knowledge,
    lots,
    dayOf,
    wasted: parts.wasted,
    barcodes: openBarcodeStore(db),
    orders: parts.purchasing.orders,
  });
  return {
    ...kitchen,
    'batch.produce': (data, context) =>
      parts.printing.withLabels(
        kitchen['batch.produce'](data, context),
        { item: data.recipe, labels: data.labels },
        context,
      ),
    ...printCommands(parts.printing.commands),
    ...countCommands(parts.counting.parts, parts.counting.settler.settle),
    ...orderCommands({ ledger, dayOf, ...parts.purchasing }),
    ...creditCommands({ ledger, dayOf, ...parts.purchasing }),
    ...dayCommands({ ledger, dayOf, ...parts.usage.commands }),
    ...catalogCommands({ ...hqBookParts(parts), bookChanged: effects.bookChanged }),
    ...peopleCommands({ ...parts, dayOf, revoked: effects.deviceRevoked }),
    ...transferCommands(parts.transfers),
    'entry.reverse': (data, context) => {
      const { reversalOf } = moves;
      const reverse = () => reverseEntry({ ledger, reversalOf, dayOf }, data, context);
      return undo(parts.transfers, data, context, { reverse, reversalOf });
    },
    'sku.map': (data, context) => mapSku(repair, data, context),
    'quarantine.replay': (data, context) => replayEvent(repair, data, context),
    'quarantine.dismiss': (data, context) => dismissEvent(repair, data, context),
    'gap.abandon': (data, context) => abandonGap(repair, data, context),
    'takeover.dismiss': (data, context) =>
      dismissLife({ ledger, dayOf, lives: parts.lives }, data, context),
    'book.adopt': (data, context) => adopt(parts, effects, data, context),
    'setting.set': (data, context) => set(parts, data, context),
    'device.terminal': (data, context) => addTerminal(parts, data, context),
  };
}

const adopt = (
  { ledger, books, receiving }: BoxParts,
  effects: Effects,
  data: Parameters<Handlers['book.adopt']>[0],
  context: CommandContext,
): ReturnType<Handlers['book.adopt']> => {
  const { knowledge, dayOf } = receiving;
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
  // The entry is dated by the start of the book, which is no time to write it down.
  const now = context.takenOver?.recordedAt ?? context.now;
  const cause = { command: context.id, actor: context.actor, now };
  const adopted = adoptBook({ ledger, books, knowledge, dayOf }, checked.book, validFrom, cause);
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
};

const set = (
  { config, ledger, settings, receiving }: BoxParts,
  data: Parameters<Handlers['setting.set']>[0],
  context: CommandContext,
): ReturnType<Handlers['setting.set']> => {
  const bad = badSetting(data.key, data.value, config);
  if (bad) return bad;
  settings.set(data.key, data.value);
  const { dayOf } = receiving;
  const seq = appendOfCommand({ ledger, dayOf }, { kind: 'setting', note: data }, context);
  return { ok: true, seq };
};

const addTerminal = (
  { ledger, receiving, secrets }: BoxParts,
  data: { terminal: string },
  context: CommandContext,
): ReturnType<Handlers['device.terminal']> => {
  const { dayOf } = receiving;
  const seq = appendOfCommand({ ledger, dayOf }, { kind: 'terminal', note: data }, context);
  receiving.terminals.number(data.terminal);
  return {
    ok: true,
    seq,
    data: { terminal: data.terminal, credentials: 'secrets.json' },
    after: () => giveCredentials(secrets, receiving, data.terminal),
  };
};

/** Credentials after the commit: a terminal that was rolled back must not be able to sign in. */
function giveCredentials(secrets: SecretKeeper, receiving: ReceiveParts, terminal: string): void {
  secrets.addTerminal(terminal);
  receiving.terminals.register([terminal]);
}
