/**
 * Undoing an entry of goods between stores, or of work outside: `entry.reverse` moves the goods back, and
 * here the tables follow, in the same transaction. A sending can be undone until somebody has received it,
 * and an undone one restored: that is also how a sending is put right that was called off here and came
 * there all the same.
 */
import type { EntryReverse } from '#recipes/contracts/command.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import { isRefusal, type TransferParts } from './transfer-parts.ts';
import { undoJob } from './undo-job.ts';
import type { Root } from './undo-root.ts';
import { undoTransfer } from './undo-transfer.ts';

/**
 * @param reverse moves the goods back; refuses by itself what can never be undone
 * @param reversalOf the entry that has reversed one before
 */
export function undo(
  parts: TransferParts,
  data: EntryReverse,
  context: CommandContext,
  {
    reverse,
    reversalOf,
  }: {
    readonly reverse: () => Carried;
    readonly reversalOf: (seq: number) => number | undefined;
  },
): Carried {
  const found = rootOf(parts, data.entry);
  if (!found || reversalOf(data.entry) !== undefined) return reverse();
  const undoing = found.kind === 'transfer' ? undoTransfer(parts, found) : undoJob(parts, found);
  if (undoing === undefined) return reverse();
  if (isRefusal(undoing)) return undoing;
  const carried = reverse();
  if (carried.ok) undoing.done(context);
  return carried;
}

function rootOf(
  { ledger }: TransferParts,
  entry: number,
): (Root & { readonly kind: 'transfer' | 'outsource' }) | undefined {
  let head = ledger.entries.get(entry)?.head;
  let links = 0;
  while (head?.kind === 'reversal' && head.reverses !== null && head.reverses < head.seq) {
    head = ledger.entries.get(head.reverses)?.head;
    links++;
  }
  if (head?.kind !== 'transfer' && head?.kind !== 'outsource') return undefined;
  // What followed by itself is refused by the ledger.
  if (head.command === null || head.note === null) return undefined;
  const note = JSON.parse(head.note) as Readonly<Record<string, unknown>>;
  return { kind: head.kind, seq: head.seq, note, restores: links % 2 === 1 };
}
