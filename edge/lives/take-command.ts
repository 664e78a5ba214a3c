/**
 * A command of another life happens again: through the ordinary door, under its own id, at its own time,
 * by its own actor, said in the names of this life.
 */
import type { Command, CommandResult, Words } from '#recipes/contracts/command.ts';
import type { Fact, FactTarget, TakenOver } from '#recipes/contracts/sync.ts';
import type { TakenOverCommand } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';
import { fieldsOf, inOurNames, namesGiven } from './given-names.ts';
import type { NameStore } from './name-store.ts';
import { isOutdated } from './newer-word.ts';
import { asItWasMeant, withoutLots, withoutPapers } from './what-it-meant.ts';
import type { WordStore } from './word-store.ts';

export type CommandFact = Extract<Fact, { what: 'command' }>;
export type Refused = TakenOver['refused'][number];

export type TakeCommandParts = {
  readonly names: NameStore;
  readonly words: WordStore;
  /** The door. */
  readonly execute: (command: Command, before: TakenOverCommand) => CommandResult;
  /** Sequence of the entry that a command made here. */
  readonly entryOf: (command: string) => number | undefined;
  /** Version here of a book with this digest. */
  readonly bookOf: (digest: string) => number | undefined;
  /** Arrival number of an event here, or of a conflict with it. */
  readonly eventOf: (target: Extract<FactTarget, { eventId: string }>) => number | undefined;
};

/** Whose command it is. */
export type Source = {
  readonly incarnation: string;
  /** Up to this entry both lives are the same. */
  readonly afterSeq: number;
};

/** What became of a fact. */
export type Outcome = {
  readonly became: 'applied' | 'duplicate' | 'refused';
  /** What a person must know of it: why it was refused, or what is lacking though it was applied. */
  readonly says?: Refused;
  /** Version of this box's book that it made. */
  readonly book?: number;
};

/** Carries out one command of another life, once. @throws when it cannot be stored */
export function takeCommand(parts: TakeCommandParts, fact: CommandFact, source: Source): Outcome {
  // Paper is for the day it was printed on.
  if (fact.kind.startsWith('print.')) return { became: 'duplicate' };
  const data = dataHere(parts, fact, source);
  if (data === undefined) return refused(fact, 'unknown_target', UNKNOWN_TARGET);
  const { result, said } = carryOut(parts, fact, data);
  if (result.code !== undefined) {
    return NOTHING_TO_DO.has(result.code)
      ? { became: 'duplicate' }
      : refused(fact, result.code, result.message ?? UNKNOWN_TARGET);
  }
  noteNames(parts, fact, source, result);
  const book = BOOKS.has(fact.kind) ? { book: Number(fieldsOf(result.data)['version']) } : {};
  if (result.status === 'duplicate') return { became: 'duplicate', ...book };
  const lacking = whatIsLacking(fact, said);
  const says = lacking ? { says: saysOf(fact, lacking.code, lacking) } : {};
  return { became: 'applied', ...says, ...book };
}

/** Commands that make a version of the book. */
const BOOKS: ReadonlySet<string> = new Set(['book.adopt', 'book.rollback', 'book.override']);

/** It is so already. */
const NOTHING_TO_DO: ReadonlySet<string> = new Set([
  'not_open',
  'no_gap',
  'already_reversed',
  'nothing_open',
]);

/** As it was said; without the order or the lot where nobody here knows that one: the goods moved anyway. */
function carryOut(parts: TakeCommandParts, fact: CommandFact, data: unknown) {
  const result = execute(parts, fact, data);
  if (result.code === undefined || result.status === 'conflict') return { result, said: data };
  const without = withoutUnknown(fact, data, result.code);
  if (without === undefined) return { result, said: data };
  return { result: execute(parts, fact, without), said: without };
}

function withoutUnknown({ kind, result }: CommandFact, data: unknown, code: string): unknown {
  if (LOT_CODES.has(code)) return withoutLots(kind, data);
  if (PAPER_CODES.has(code)) return withoutPapers(kind, data, answerOf(result));
  const { order, close: _, ...rest } = fieldsOf(data);
  return kind === 'delivery.receive' && order !== undefined ? rest : undefined;
}

const PAPER_CODES: ReadonlySet<string> = new Set([
  'unknown_transfer',
  'unknown_requisition',
  'requisition_state',
]);
const LOT_CODES: ReadonlySet<string> = new Set(['unknown_lot', 'ambiguous_lot', 'empty_lot']);

function execute(parts: TakeCommandParts, fact: CommandFact, data: unknown): CommandResult {
  const { id, kind, actor, device } = fact;
  const at = new Date(fact.at).toISOString();
  const command = { id, kind, at, data, ...(actor === null ? {} : { actor }) };
  const names = namesGiven(kind, answerOf(fact.result)).map((given) => given?.name ?? null);
  const before = { data: fact.data, names, device };
  const isNews = parts.entryOf(id) === undefined;
  const outdated = isNews && isOutdated(parts.words, fact) ? NEWER_HERE : undefined;
  return parts.execute(command, outdated ? { ...before, outdated } : before);
}

/** What it said, in the words of this life; undefined when it names by number what nobody here knows. */
function dataHere(parts: TakeCommandParts, fact: CommandFact, source: Source): unknown {
  const meant = asItWasMeant(fact.kind, withoutSecrets(fact.data), answerOf(fact.result));
  const data = inOurNames(fact.kind, meant, (what, theirs, item) =>
    parts.names.find(source.incarnation, what, theirs, item),
  );
  const field = numberField(fact.kind, data);
  if (field === undefined) return data;
  const { target } = fact;
  const theirs = Number(fieldsOf(data)[field]);
  // An entry that both lives have has one number.
  const shared = ENTRY_FIELDS.has(field) && theirs <= source.afterSeq ? theirs : undefined;
  const found = target === undefined ? shared : numberHere(parts, target);
  return found === undefined ? undefined : { ...fieldsOf(data), [field]: found };
}

function numberHere(parts: TakeCommandParts, target: FactTarget): number | undefined {
  if ('command' in target) return parts.entryOf(target.command);
  return 'book' in target ? parts.bookOf(target.book) : parts.eventOf(target);
}

/** Where a command names something by its number. */
function numberField(kind: string, data: unknown): string | undefined {
  const fields = NUMBERED[kind] ?? [];
  return fields.find((field) => fieldsOf(data)[field] !== undefined);
}

const NUMBERED: Readonly<Record<string, readonly string[]>> = {
  'entry.reverse': ['entry'],
  'credit.record': ['return'],
  'book.rollback': ['to'],
  'quarantine.replay': ['event'],
  'quarantine.dismiss': ['event', 'conflict'],
};
const ENTRY_FIELDS: ReadonlySet<string> = new Set(['entry', 'return']);

/** A name that was not free here: what names it later means the new one. */
function noteNames(
  { names }: TakeCommandParts,
  fact: CommandFact,
  { incarnation }: Source,
  result: CommandResult,
): void {
  const ours = namesGiven(fact.kind, result.data);
  for (const [nth, theirs] of namesGiven(fact.kind, answerOf(fact.result)).entries()) {
    const here = ours[nth]?.name;
    if (theirs === null || here === undefined || here === theirs.name) continue;
    const { what, item, name } = theirs;
    names.put(incarnation, { what, item, theirs: name }, here);
  }
}

/** The digits of a PIN do not travel. */
function withoutSecrets(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(
    Object.entries(data).filter(([key, value]) => !SECRETS.has(key) || value !== KEPT_SECRET),
  );
}

const SECRETS: ReadonlySet<string> = new Set(['pin', 'badge']);
const KEPT_SECRET = '(kept secret)';

type Lacking = Words & { readonly code: string };

/** @param said what was carried out in the end */
function whatIsLacking(fact: CommandFact, said: unknown): Lacking | undefined {
  const then = fieldsOf(fact.data);
  const secret = ['pin', 'badge'].find((key) => then[key] === KEPT_SECRET);
  if (secret !== undefined) {
    const user = String(then['user']);
    return {
      code: 'pin_needed_again',
      en: `${user} works here; the ${secret === 'pin' ? 'PIN' : 'badge'} must be set again, it is kept nowhere else`,
      zh: `人员“${user}”已恢复;其${secret === 'pin' ? ' PIN ' : '工牌'}未保存在别处,请重新设置`,
    };
  }
  const left = then['order'] !== undefined && !('order' in fieldsOf(said));
  if (fact.kind === 'delivery.receive' && left) {
    return { code: 'order_left_out', ...ORDER_LEFT_OUT };
  }
  const asked = then['requisition'] !== undefined && !('requisition' in fieldsOf(said));
  if (fact.kind === 'transfer.send' && asked) {
    return { code: 'requisition_left_out', ...REQUISITION_LEFT_OUT };
  }
  return undefined;
}

function answerOf(result: unknown): unknown {
  return fieldsOf(result)['data'];
}

function refused(fact: CommandFact, code: string, message: Words): Outcome {
  return { became: 'refused', says: saysOf(fact, code, message) };
}

function saysOf({ kind, id }: CommandFact, code: string, { en, zh }: Words): Refused {
  return { what: kind, id, code, message: { en, zh } };
}

const NEWER_HERE = refuse(
  'newer_here',
  'something newer was said of this here; that stays',
  '此处已有更新的设定;保留较新的',
);
const UNKNOWN_TARGET: Words = {
  en: 'what it is about is not known here',
  zh: '此处没有它所指的记录',
};
const ORDER_LEFT_OUT: Words = {
  en: 'the goods were taken in; the order they came for could not be found here, or is closed',
  zh: '货物已入库;但此处找不到对应订单,或订单已结束',
};
const REQUISITION_LEFT_OUT: Words = {
  en: 'the goods have left; the requisition they went for could not be found here, or is closed: do not send for it again',
  zh: '货物已发出;但此处找不到对应要货单,或该单已结束:请勿重复发货',
};
