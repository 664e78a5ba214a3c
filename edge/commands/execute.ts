/**
 * THE door for everything a person or script asks for. One transaction holds the effect and the
 * answer; the same id again gets the first answer, and a refusal is remembered like a success, so a
 * retry can never turn one into the other.
 */
import type {
  Command,
  CommandData,
  CommandKind,
  CommandResult,
  Words,
} from '#recipes/contracts/command.ts';
import { commandSchemas } from '#recipes/contracts/command.ts';
import { nearest } from '#recipes/nearest.ts';
import { QuantityError } from '#recipes/quantity.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { sameJson } from '../runtime/same-json.ts';
import { badText } from './bad-text.ts';
import type { CommandStore } from './command-store.ts';

/** Who sends: the holder of the admin token, or a paired tablet, perhaps with a manager's pass. */
export type Sender = {
  /** Id of the paired tablet; null = the admin token. */
  readonly device: string | null;
  /** Person whose PIN or badge opened the pass that came along. */
  readonly pass: { readonly user: string; readonly role: 'cook' | 'manager' } | null;
};

export const ADMIN: Sender = { device: null, pass: null };

/** What a handler knows about the command it carries out. */
export type CommandContext = {
  readonly id: string;
  readonly actor: string | null;
  readonly sender: Sender;
  /** When it happened, by its sender's word; epoch milliseconds. */
  readonly occurredAt: number;
  /** When it is carried out; of what was taken over, when it happened. */
  readonly now: number;
  /**
   * Set when it was carried out before, in another life of the box: nothing goes to a printer or a
   * supplier again, and what it makes gets the names that are on labels and papers.
   */
  readonly takenOver?: {
    /** When this box writes it down. */
    readonly recordedAt: number;
    /** What it gave out then, in its order; null = it gave no name to this one. */
    readonly names: readonly (string | null)[];
  };
};

/** A command that was carried out in another life of the box. */
export type TakenOverCommand = {
  /** What was sent then; the command may say it in the names of this life. */
  readonly data: unknown;
  readonly names: readonly (string | null)[];
  /** The paired tablet that sent it. */
  readonly device: string | null;
  /** Why it has no effect any more, whoever sends it again. */
  readonly outdated?: Refusal;
};

export type Carried =
  | {
      readonly ok: true;
      readonly seq?: number;
      readonly data?: unknown;
      /** Runs after the commit: what the rest of the box must learn. */
      readonly after?: () => void;
    }
  | { readonly ok: false; readonly code: string; readonly message: Words; readonly data?: unknown };

export type Handlers = {
  readonly [K in CommandKind]: (data: CommandData<K>, context: CommandContext) => Carried;
};

export type ExecuteParts = {
  readonly ledger: Ledger;
  readonly commands: CommandStore;
  readonly handlers: Handlers;
  /** Why this sender may not do this, or undefined. Not remembered: the PIN may come next. */
  readonly forbids: (command: Command, sender: Sender) => Refusal | undefined;
  readonly now: () => number;
};

export type Refusal = Extract<Carried, { ok: false }>;

/**
 * Carries a command out, once: the same id again gets the first answer, and a refusal leaves nothing
 * behind but itself. What another life has carried out did happen: that it is refused, or was refused
 * here before, is not for good.
 * @param before set when another life of the box has carried it out
 */
export function executeCommand(
  parts: ExecuteParts,
  command: Command,
  sender: Sender = ADMIN,
  before?: TakenOverCommand,
): CommandResult {
  const forbidden = parts.forbids(command, sender);
  // What was carried out before is only answered again: that needs nobody's leave.
  if (forbidden && !parts.commands.find(command.id)) return resultOf(command.id, forbidden);
  const content = contentOf(command, before);
  const keep = before ? parts.commands.replace : parts.commands.insert;
  const remember = (result: CommandResult) =>
    keep({
      id: command.id,
      receivedAt: parts.now(),
      content,
      result,
      device: before?.device ?? sender.device,
    });
  let after: (() => void) | undefined;
  const result = answerOf(() =>
    parts.ledger.transact((): CommandResult => {
      const known = parts.commands.find(command.id);
      if (known && !(before && known.result.status === 'rejected')) {
        if (isSame(known.content, JSON.parse(JSON.stringify(content)))) {
          return { ...known.result, status: 'duplicate' };
        }
        return { id: command.id, status: 'conflict', code: 'id_conflict', message: CONFLICT };
      }
      const carried = before?.outdated ?? carryOut(parts, command, sender, before);
      const fresh = resultOf(command.id, carried);
      // Half of it may be worked out already: a refusal leaves nothing behind but itself.
      if (!carried.ok) throw new PutBack(fresh);
      remember(fresh);
      after = carried.after;
      return fresh;
    }),
  );
  const isFinal = !before || before.outdated;
  if (result.status === 'rejected' && isFinal) parts.ledger.transact(() => remember(result));
  after?.();
  return result;
}

/**
 * What would happen: everything is worked out on the real shelf and then put back. Nothing is stored,
 * so the same id can be sent in earnest afterwards.
 */
export function rehearseCommand(
  parts: ExecuteParts,
  command: Command,
  sender: Sender = ADMIN,
): CommandResult {
  const forbidden = parts.forbids(command, sender);
  if (forbidden) return resultOf(command.id, forbidden);
  return answerOf(() =>
    parts.ledger.transact(() => {
      throw new PutBack(resultOf(command.id, carryOut(parts, command, sender)));
    }),
  );
}

/** Carries an answer out of the transaction that it ends: everything done in it is put back. */
class PutBack extends Error {
  override readonly name = 'PutBack';
  readonly result: CommandResult;
  constructor(result: CommandResult) {
    super('put back');
    this.result = result;
  }
}

function answerOf(work: () => CommandResult): CommandResult {
  try {
    return work();
  } catch (error) {
    if (error instanceof PutBack) return error.result;
    throw error;
  }
}

/** What is compared when an id comes again; secrets are not kept. */
function contentOf(command: Command, before: TakenOverCommand | undefined): Content {
  const { kind } = command;
  if (before) return { kind, at: null, data: before.data ?? null, takenOver: true };
  return { kind, at: command.at ?? null, data: withoutSecrets(command.data ?? null) };
}

type Content = {
  readonly kind: string;
  readonly at: string | null;
  readonly data: unknown;
  /** When it happened came from the entry of another life, not in its sender's words. */
  readonly takenOver?: true;
};

function isSame(known: unknown, content: Content): boolean {
  const { kind, at, data, takenOver } = known as Content;
  const sameTime = at === content.at || takenOver === true || content.takenOver === true;
  return kind === content.kind && sameTime && sameJson(data, content.data);
}

/** A PIN or a badge never reaches the table of commands; that it was sent, does. */
function withoutSecrets(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, SECRETS.has(key) ? '(kept secret)' : value]),
  );
}

const SECRETS = new Set(['pin', 'badge', 'pinKept', 'badgeKept']);

const CONFLICT: Words = {
  en: 'this command id was used before for something else; make a new id',
  zh: '此命令编号已用于其他内容;请使用新的编号',
};

function carryOut(
  parts: ExecuteParts,
  command: Command,
  sender: Sender,
  before?: TakenOverCommand,
): Carried {
  const kind = command.kind;
  if (!isKnown(kind)) return unknownKind(kind);
  const odd = badText(command);
  if (odd !== undefined) return odd;
  const data = commandSchemas[kind].safeParse(command.data ?? {});
  if (!data.success) {
    const [issue] = data.error.issues;
    const what = `data.${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
    return { ok: false, code: 'bad_data', message: { en: what, zh: `格式不符:${what}` } };
  }
  const context = contextOf(command, sender, parts.now(), before);
  const handler = parts.handlers[kind] as (data: unknown, context: CommandContext) => Carried;
  try {
    return handler(data.data, context);
  } catch (error) {
    // An amount in unknown words is the sender's mistake; handlers read amounts before they write.
    if (error instanceof QuantityError) {
      const { code, message, messageZh, remedy, remedyZh } = error.problem;
      return {
        ok: false,
        code,
        message: { en: `${message}; ${remedy}`, zh: `${messageZh};${remedyZh}` },
      };
    }
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, code: 'too_large', message: { en: error.message, zh: '数量过大' } };
  }
}

function contextOf(
  command: Command,
  sender: Sender,
  now: number,
  before: TakenOverCommand | undefined,
): CommandContext {
  const occurredAt = happenedAt(command, now);
  const actor = command.actor ?? sender.pass?.user ?? null;
  const said = { id: command.id, actor, sender, occurredAt };
  if (!before) return { ...said, now };
  return { ...said, now: occurredAt, takenOver: { recordedAt: now, names: before.names } };
}

/** By its sender's clock, corrected by how far that clock was off when the sender last asked. */
function happenedAt(command: Command, now: number): number {
  if (command.at === undefined) return now;
  return Date.parse(command.at) + (command.offsetMs ?? 0);
}

function isKnown(kind: string): kind is CommandKind {
  return Object.hasOwn(commandSchemas, kind);
}

function unknownKind(kind: string): Carried {
  const near = nearest(kind, Object.keys(commandSchemas));
  return {
    ok: false,
    code: 'unknown_kind',
    message: {
      en: `there is no command "${kind}"${near ? `; did you mean "${near}"?` : ''}`,
      zh: `没有命令“${kind}”${near ? `;是否为“${near}”?` : ''}`,
    },
  };
}

function resultOf(id: string, carried: Carried): CommandResult {
  const data = carried.data === undefined ? {} : { data: carried.data };
  if (!carried.ok) {
    return { id, status: 'rejected', code: carried.code, message: carried.message, ...data };
  }
  return {
    id,
    status: 'applied',
    ...(carried.seq === undefined ? {} : { seq: carried.seq }),
    ...data,
  };
}
