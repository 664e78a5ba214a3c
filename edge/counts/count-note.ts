/** What the entry of a count says beside its moves. Amounts in millionths, costs in ten-thousandths. */

export type CountNoteLine = {
  readonly item: string;
  /** Code and number of the lot, when a lot was counted; the whole item otherwise. */
  readonly lot?: string;
  readonly lotNumber?: number;
  /** The moment at which it was counted; its adjustment belongs there. */
  readonly at: number;
  /** What was there, and what the book said. Not in what was posted late. */
  readonly counted?: number;
  readonly book?: number;
  /** Counted less book; in what was posted late, by how much that has changed. */
  readonly variance: number;
  readonly cost: number | null;
  /** All that ever left, to know later how much was used since. */
  readonly used?: number;
};

export type CountNote = {
  readonly count: string;
  /** Sequence of the posting entry that this one completes: something arrived late. */
  readonly of?: number;
  readonly lines: readonly CountNoteLine[];
};

/** The note of a `count` entry, as it was written. */
export function readCountNote(note: string | null): CountNote {
  return JSON.parse(note ?? '{"count":"","lines":[]}') as CountNote;
}
