/** The kitchen's entries for the list of last actions: what happened, by whom, and whether it can be undone. */
import type { Kitchen } from '#recipes/kitchen.ts';
import { ENTRY_KINDS, type EntryKind, UNDONE_WITHOUT_MOVES } from '#recipes/ledger/entry.ts';
import { type EntrySummary, entrySummary } from '#recipes/words/entry-words.ts';
import type { EntryRow, EntryViewStore } from './entry-view-store.ts';

/** Who asks: the person by name, and the tablet. A null device is the admin token. */
export type Asking = {
  readonly actor: string | null;
  readonly device: string | null;
  /** The admin, or a manager's pass came along. */
  readonly manager: boolean;
};

export type EntryViewParts = {
  readonly store: EntryViewStore;
  readonly kitchen: () => Kitchen | undefined;
  /** Whether taking an entry back needs a manager. */
  readonly needsManager: (seq: number, asking: Asking) => boolean;
};

export type EntryView = {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly at: string;
  readonly recordedAt: string;
  readonly said: string | null;
  readonly actor: string | null;
  readonly device: string | null;
  readonly command: string | null;
  readonly summary: EntrySummary;
  readonly reverses: number | null;
  readonly reversedBy: number | null;
  /** Whether it counts now: not taken back, or restored. */
  readonly stands: boolean;
  readonly reversible: 'yes' | 'pin' | 'no';
};

/** What the kitchen does by hand, as the list of last actions shows it. */
export const KITCHEN_KINDS: readonly EntryKind[] = [
  'receipt',
  'reversal',
  'waste',
  'consume',
  'trim',
  'offcut',
  'batch',
  'open',
  'return',
  'observe',
  'count',
  'barcode',
  'transfer',
  'outsource',
];

/**
 * The kinds that a text means: "kitchen", or names with commas. Empty text = all.
 * @returns undefined when a name is no kind
 */
export function readKinds(text: string): { readonly kinds: EntryKind[] | undefined } | undefined {
  if (text === '') return { kinds: undefined };
  const kinds = new Set<EntryKind>();
  for (const name of text.split(',')) {
    if (name === 'kitchen') for (const kind of KITCHEN_KINDS) kinds.add(kind);
    else if (Object.hasOwn(ENTRY_KINDS, name)) kinds.add(name as EntryKind);
    else return undefined;
  }
  return { kinds: [...kinds].sort() };
}

/** One entry as `asking` may see and undo it. */
export function entryView(parts: EntryViewParts, row: EntryRow, asking: Asking): EntryView {
  return {
    seq: row.seq,
    kind: row.kind,
    at: new Date(row.occurredAt).toISOString(),
    recordedAt: new Date(row.recordedAt).toISOString(),
    said: row.said,
    actor: row.actor,
    device: row.device,
    command: row.command,
    summary: summaryOf(parts, row),
    reverses: row.reverses,
    reversedBy: row.reversedBy,
    stands: row.stands,
    reversible: reversible(parts, row, asking),
  };
}

function summaryOf(parts: EntryViewParts, row: EntryRow): EntrySummary {
  const before = row.reverses === null ? undefined : parts.store.get(row.reverses);
  // A chain of reversals leads to ever older entries.
  const reversed = before && before.seq < row.seq ? before : undefined;
  return entrySummary(
    row.kind,
    row.note,
    parts.kitchen(),
    reversed && { kind: reversed.kind, summary: summaryOf(parts, reversed) },
  );
}

function reversible(parts: EntryViewParts, row: EntryRow, asking: Asking): 'yes' | 'pin' | 'no' {
  if (row.sale !== null || row.command === null || row.reversedBy !== null) return 'no';
  if (!row.moved && !UNDONE_WITHOUT_MOVES.has(row.kind)) return 'no';
  if (asking.manager) return 'yes';
  return parts.needsManager(row.seq, asking) ? 'pin' : 'yes';
}
