/**
 * Entries and moves: the facts of the ledger, and the exact text that is hashed for each.
 *
 * An entry has one cause and any number of moves. The text is length-prefixed, so that no two
 * different entries can ever produce the same text (`JSON.stringify` cannot promise that).
 */

/** What kind of cause an entry has. The numbers are stored and hashed: never renumber. */
export const ENTRY_KINDS = {
  sale: 1,
  void: 2,
  refund: 3,
  snapshot: 4,
  receipt: 5,
  reversal: 6,
  book: 7,
  mapping: 8,
  setting: 9,
  quarantine: 10,
  gap: 11,
  terminal: 12,
  waste: 13,
  consume: 14,
  trim: 15,
  offcut: 16,
  batch: 17,
  open: 18,
  return: 19,
  observe: 20,
  count: 21,
  barcode: 22,
  order: 23,
  person: 24,
  device: 25,
  /** A batch nobody logged, inferred from what was sold of it. */
  prep: 26,
  /** Lots that got something back pay for what stood short: nobody asked, it follows. */
  settle: 27,
  /** What people said of a day: closed, an event, the weather. */
  day: 28,
  /** What another system says was used before this one: it moves nothing. */
  usage: 29,
  /** What a supplier gives back for goods that were returned or missing. */
  credit: 30,
  /** A version that head office published arrived: taken, refused, or put off, with the reason. */
  catalog: 31,
  /** Goods to another store, or from one. */
  transfer: 32,
  /** What a store asks of the central kitchen, and what becomes of it. */
  requisition: 33,
  /** Material to somebody who works on it outside, and the product that comes back. */
  outsource: 34,
  /** Facts of another life of this box were taken over from head office. */
  takeover: 35,
  /** What this store keeps different from the book of head office. */
  override: 36,
} as const;
export type EntryKind = keyof typeof ENTRY_KINDS;

/**
 * What was said, not moved, and can be taken back all the same: a counted line, a barcode, an undoing,
 * a delivery of which everything went back with the driver.
 */
export const UNDONE_WITHOUT_MOVES: ReadonlySet<EntryKind> = new Set([
  'receipt',
  'observe',
  'count',
  'barcode',
  'credit',
  'reversal',
]);

/** The name of a stored kind; undefined for a number this version does not know. */
export function entryKindName(kind: number): EntryKind | undefined {
  return KIND_NAMES.get(kind);
}

/** The pseudo-lot of what was taken without a known lot: the only one that may be negative. */
export const UNALLOCATED = 0;

/** One amount of one lot of one item from one place to another. Amounts in millionths, positive. */
export type Move = {
  /** Index of the sale line it belongs to; -1 when the entry has no lines. */
  readonly line: number;
  readonly item: number;
  readonly lot: number;
  readonly from: number;
  readonly to: number;
  readonly amount: number;
};

export type EntryHead = {
  readonly seq: number;
  readonly kind: EntryKind;
  /** Arrival number of the POS event behind it, or null. */
  readonly event: number | null;
  /** Id of the command behind it, or null. */
  readonly command: string | null;
  /** Number of the sale it belongs to, or null. */
  readonly sale: number | null;
  /** Sequence of the entry it corrects, or null. */
  readonly reverses: number | null;
  /** Version of the recipe book it was exploded with, or null. */
  readonly book: number | null;
  /** Business day as the number 20261122. */
  readonly day: number;
  /** When it happened, by the word of its source; epoch milliseconds. */
  readonly occurredAt: number;
  /** When the box wrote it; epoch milliseconds. */
  readonly recordedAt: number;
  readonly actor: string | null;
  /** Facts beside the moves (a receipt's lines, a mapping), as JSON text, or null. */
  readonly note: string | null;
};

/**
 * The text whose SHA-256, together with the hash of the entry before it, is the entry's hash:
 * `h(n) = SHA-256(h(n-1) as hex ‖ text(n))`.
 */
export function entryText(head: EntryHead, moves: readonly Move[]): string {
  let text = `1;${head.seq};${ENTRY_KINDS[head.kind]};${head.event ?? ''};${head.sale ?? ''};${
    head.reverses ?? ''
  };${head.book ?? ''};${head.day};${head.occurredAt};${head.recordedAt};`;
  text += sized(head.command) + sized(head.actor) + sized(head.note);
  for (const m of moves) text += `${m.line},${m.item},${m.lot},${m.from},${m.to},${m.amount};`;
  return text;
}

function sized(text: string | null): string {
  return text === null ? '-;' : `${text.length}:${text};`;
}

const KIND_NAMES = new Map<number, EntryKind>(
  Object.entries(ENTRY_KINDS).map(([name, number]) => [number, name as EntryKind]),
);
