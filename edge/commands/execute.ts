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
  readonly now: number;
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
 * behind but itself.
 */
export function executeCommand(
  parts: ExecuteParts,
  command: Command,
  sender: Sender = ADMIN,
): CommandResult {
  const forbidden = parts.forbids(command, sender);
  // What was carried out before is only answered again: that needs nobody's leave.
  if (forbidden && !parts.commands.find(command.id)) return resultOf(command.id, forbidden);
  const content = contentOf(command);
  const remember = (result: CommandResult) =>
    parts.commands.insert({
      id: command.id,
      receivedAt: parts.now(),
      content,
      result,
      device: sender.device,
    });
  let after: (() => void) | undefined;
  const result = answerOf(() =>
    parts.ledger.transact((): CommandResult => {
      const known = parts.commands.find(command.id);
      if (known) {
        if (sameJson(known.content, JSON.parse(JSON.stringify(content)))) {
          return { ...known.result, status: 'duplicate' };
        }
        return { id: command.id, status: 'conflict', code: 'id_conflict', message: CONFLICT };
      }
      const carried = carryOut(parts, command, sender);
      const fresh = resultOf(command.id, carried);
      // Half of it may be worked out already: a refusal leaves nothing behind but itself.
      if (!carried.ok) throw new PutBack(fresh);
      remember(fresh);
      after = carried.after;
      return fresh;
    }),
  );
  if (result.status === 'rejected') parts.ledger.transact(() => remember(result));
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
function contentOf(command: Command) {
  const data = withoutSecrets(command.data ?? null);
  return { kind: command.kind, at: command.at ?? null, data };
}

/** A PIN or a badge never reaches the table of commands; that it was sent, does. */
function withoutSecrets(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, SECRETS.has(key) ? '(kept secret)' : value]),
  );
}

const SECRETS = new Set(['pin', 'badge']);

const CONFLICT: Words = {
  en: 'this command id was used before for something else; make a new id',
  zh: '此命令编号已用于其他内容;请使用新的编号',
};

function carryOut(parts: ExecuteParts, command: Command, sender: Sender): Carried {
  const kind = command.kind;
  if (!isKnown(kind)) return unknownKind(kind);
  const data = commandSchemas[kind].safeParse(command.data ?? {});
  if (!data.success) {
    const [issue] = data.error.issues;
    const what = `data.${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
    return { ok: false, code: 'bad_data', message: { en: what, zh: `格式不符:${what}` } };
  }
  const now = parts.now();
  const context: CommandContext = {
    id: command.id,
    actor: command.actor ?? sender.pass?.user ?? null,
    sender,
    occurredAt: happenedAt(command, now),
    now,
  };
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
