/** The buttons of the inbox: what a person decides about events that the box could not settle. */
import type { GapAbandon, QuarantineDismiss, SkuMap } from '#recipes/contracts/command.ts';
import type { EntryKind } from '#recipes/ledger/entry.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import type { BookStore } from '../recipe-book/book-store.ts';
import { STATUS } from './event-status.ts';
import { effectOfMapping } from './mapping-effect.ts';
import type { ReceiveParts } from './receive.ts';
import { abandonRange, NO_EPOCH } from './sequence.ts';

export type RepairParts = ReceiveParts & {
  readonly books: BookStore;
  /** Something may post now that waited. Runs after the commit. */
  readonly release: () => void;
  /** Receives a stored event's bytes again. Runs after the commit. */
  readonly replay: (event: number) => void;
};

/** A person says what a POS code means, from now on and for everything that waits. */
export function mapSku(parts: RepairParts, data: SkuMap, context: CommandContext): Carried {
  const recipe = 'recipe' in data ? data.recipe : null;
  if (recipe !== null) {
    const known = parts.knowledge
      .versions()
      .some((v) => parts.knowledge.kitchen(v.version).recipes.has(recipe));
    if (!known) {
      return refuse(
        'unknown_recipe',
        `there is no recipe "${recipe}" in any adopted book`,
        `已启用的配方册中没有配方“${recipe}”`,
      );
    }
  }
  const seq = record(parts, 'mapping', { sku: data.sku, recipe }, context);
  const mapping = { entry: seq, sku: data.sku, recipe };
  parts.books.insertMapping(mapping);
  return {
    ok: true,
    seq,
    data: effectOfMapping(parts, mapping),
    after: () => {
      parts.knowledge.learnMapping(mapping);
      parts.release();
    },
  };
}

/** Tries stored bytes again, for instance after an update that knows their type. */
export function replayEvent(
  parts: RepairParts,
  data: { event: number },
  context: CommandContext,
): Carried {
  const stored = parts.events.get(data.event);
  if (!stored) return unknownEvent(data.event);
  if (stored.status !== STATUS.quarantined && stored.status !== STATUS.pending) {
    return refuse('not_open', `event ${data.event} is not waiting`, `事件 ${data.event} 无需重放`);
  }
  const seq = record(parts, 'quarantine', { replay: data.event }, context);
  return { ok: true, seq, after: () => parts.replay(data.event) };
}

/** A person says that bytes nobody understands, or a conflicting repeat, have no effect. */
export function dismissEvent(
  parts: RepairParts,
  data: QuarantineDismiss,
  context: CommandContext,
): Carried {
  if ('conflict' in data) {
    if (!parts.conflicts.get(data.conflict)) return unknownEvent(data.conflict);
    const seq = record(parts, 'quarantine', { ...data }, context);
    parts.conflicts.dismiss(data.conflict);
    return { ok: true, seq };
  }
  const stored = parts.events.get(data.event);
  if (!stored) return unknownEvent(data.event);
  const open: readonly number[] = [STATUS.quarantined, STATUS.conflict, STATUS.pending];
  if (!open.includes(stored.status)) {
    return refuse(
      'not_open',
      `event ${data.event} is not waiting`,
      `事件 ${data.event} 不在待处理中`,
    );
  }
  const seq = record(parts, 'quarantine', { ...data }, context);
  parts.events.setOutcome(data.event, { ...stored, status: STATUS.dismissed });
  return { ok: true, seq };
}

/** A person says that missing numbers will never come. */
export function abandonGap(parts: RepairParts, data: GapAbandon, context: CommandContext): Carried {
  const epoch = data.epoch ?? NO_EPOCH;
  const terminal = parts.terminals.number(data.terminal);
  const cursor = parts.sequences.cursor(terminal, epoch);
  const given = cursor ? abandonRange(parts.sequences, cursor, data) : 0;
  if (given === 0) {
    return refuse('no_gap', 'no missing numbers in this range', '该范围内没有缺失的序号');
  }
  return { ok: true, seq: record(parts, 'gap', { ...data }, context) };
}

/** A decision that moves no stock is an entry all the same: it is part of the history. */
function record(
  parts: RepairParts,
  kind: EntryKind,
  note: unknown,
  context: CommandContext,
): number {
  return parts.ledger.append(
    {
      kind,
      event: null,
      command: context.id,
      sale: null,
      reverses: null,
      book: null,
      day: parts.dayOf(context.occurredAt),
      occurredAt: context.occurredAt,
      recordedAt: context.takenOver?.recordedAt ?? context.now,
      actor: context.actor,
      note: JSON.stringify(note),
    },
    parts.ledger.draft(),
  );
}

function unknownEvent(event: number): Carried {
  return refuse('unknown_event', `there is no event ${event}`, `没有事件 ${event}`);
}

function refuse(code: string, en: string, zh: string): Carried {
  return { ok: false, code, message: { en, zh } };
}
