/** An entry that nobody asked for: it follows from another one of the same transaction, or from head office. */
import type { RequisitionNote, TransferNote } from '#recipes/contracts/transfer-note.ts';
import type { CommandContext } from '../commands/execute.ts';
import type { Draft } from '../ledger/draft.ts';
import type { TransferParts } from './transfer-parts.ts';

/** When and by whose hand. */
export type Cause = Pick<CommandContext, 'actor' | 'now' | 'takenOver'>;

/** Appends the entry. Only inside `transact`. @returns its sequence */
export function appendOwn(
  { ledger, dayOf }: TransferParts,
  entry:
    | { readonly kind: 'transfer'; readonly note: TransferNote }
    | { readonly kind: 'requisition'; readonly note: RequisitionNote },
  { actor, now, takenOver }: Cause,
  draft: Draft = ledger.draft(),
): number {
  return ledger.append(
    {
      kind: entry.kind,
      event: null,
      command: null,
      sale: null,
      reverses: null,
      book: null,
      day: dayOf(now),
      occurredAt: now,
      recordedAt: takenOver?.recordedAt ?? now,
      actor,
      note: JSON.stringify(entry.note),
    },
    draft,
  );
}
