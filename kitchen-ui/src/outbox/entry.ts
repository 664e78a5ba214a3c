import type { Name } from '#recipes/words/words.ts';

/**
 * How far an entry came. `waiting`: on this tablet only. `applied`: at the box. `fix`: the box said
 * no, a person must look. `cancelled`: undone before it was ever sent. `dismissed`: given up.
 */
export type Progress = 'waiting' | 'applied' | 'fix' | 'cancelled' | 'dismissed';

/** One command of this tablet, from the tap on. Everything is kept as it was said. */
export type OutboxEntry = {
  /** Order of being said; given by the store. */
  readonly n: number;
  /** Id of the command: sent twice it still happens once. */
  readonly id: string;
  readonly kind: string;
  readonly data: unknown;
  /** By the clock of this tablet, RFC 3339. */
  readonly at: string;
  /** Clock of the box minus clock of this tablet, milliseconds, as last measured. */
  readonly offsetMs?: number;
  readonly actor?: string;
  /** What it says to a person, in both languages: "Waste Pork belly 0.62 kg Overproduced". */
  readonly text: Name;
  readonly progress: Progress;
  /** Was put on the wire at least once: the box may know it, even without an answer. */
  readonly tried: boolean;
  /** Id of the entry that this one takes back. */
  readonly undoes?: string;
  /** Sequence of its entry at the box. */
  readonly seq?: number;
  /** What the box answered beyond "applied". */
  readonly answer?: unknown;
  /** Why the box said no. */
  readonly code?: string;
  readonly message?: Name | string;
};

/** An entry before the store gave it its number. */
export type NewEntry = Omit<OutboxEntry, 'n'>;

/** Where entries are kept. Every change is one transaction over all of them: two tabs may write. */
export type OutboxStore = {
  /** Oldest first. */
  readonly all: () => Promise<readonly OutboxEntry[]>;
  /** Resolves when it is on disk. */
  readonly add: (entry: NewEntry) => Promise<OutboxEntry>;
  /** Puts back what `change` returns of the entries as they stand; resolves with the same. */
  readonly update: (
    change: (entries: readonly OutboxEntry[]) => readonly OutboxEntry[],
  ) => Promise<readonly OutboxEntry[]>;
  readonly remove: (numbers: readonly number[]) => Promise<void>;
};

/** Kinds whose effect is an entry of the ledger that can be reversed. */
export function isUndoable(entry: Pick<OutboxEntry, 'kind'>): boolean {
  return UNDOABLE.has(entry.kind);
}

const UNDOABLE: ReadonlySet<string> = new Set([
  'waste.log',
  'consume.log',
  'trim.log',
  'offcut.use',
  'batch.produce',
  'lot.open',
  'delivery.receive',
  'delivery.return',
  'transfer.send',
  'transfer.receive',
  'outsource.send',
  'outsource.receive',
  'count.post',
  'entry.reverse',
]);

/**
 * Taken back, and not restored since: cancelled before it was sent, or a reversal stands that was not
 * itself taken back.
 */
export function isUndone(entries: readonly OutboxEntry[], id: string): boolean {
  const entry = entries.find((one) => one.id === id);
  if (entry?.progress === 'cancelled') return true;
  return entries.some(
    (one) =>
      one.undoes === id &&
      (one.progress === 'waiting' || one.progress === 'applied') &&
      !isUndone(entries, one.id),
  );
}

/** What a person did, newest first: without the reversals, which show on what they take back. */
export function actions(entries: readonly OutboxEntry[], limit: number): OutboxEntry[] {
  return entries
    .filter((one) => one.undoes === undefined && one.progress !== 'dismissed')
    .toSorted((a, b) => b.n - a.n)
    .slice(0, limit);
}
