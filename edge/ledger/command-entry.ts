/** The entry of a command: who asked, when it happened, what was said, and the moves it made. */
import type { EntryKind } from '#recipes/ledger/entry.ts';
import type { CommandContext } from '../commands/execute.ts';
import type { Draft } from './draft.ts';
import type { Ledger } from './ledger.ts';

export type CommandEntry = {
  readonly kind: EntryKind;
  /** Facts beside the moves; stored as JSON. */
  readonly note: unknown;
  /** Sequence of the entry it corrects. */
  readonly reverses?: number;
  /** Version of the book it was worked out with. */
  readonly book?: number;
};

/**
 * Appends the entry of a command. Only inside `transact`.
 * @returns its sequence
 */
export function appendOfCommand(
  parts: { readonly ledger: Ledger; readonly dayOf: (at: number) => number },
  entry: CommandEntry,
  context: CommandContext,
  draft: Draft = parts.ledger.draft(),
): number {
  return parts.ledger.append(
    {
      kind: entry.kind,
      event: null,
      command: context.id,
      sale: null,
      reverses: entry.reverses ?? null,
      book: entry.book ?? null,
      day: parts.dayOf(context.occurredAt),
      occurredAt: context.occurredAt,
      recordedAt: context.takenOver?.recordedAt ?? context.now,
      actor: context.actor,
      note: entry.note === undefined || entry.note === null ? null : JSON.stringify(entry.note),
    },
    draft,
  );
}
