/**
 * Sequence numbers prove that nothing is missing. A terminal counts 1, 2, 3 … within an epoch (made
 * at its installation or reset); the box keeps how far that is complete and which ranges are open,
 * and tells the terminal, which sends them again.
 *
 * A stream without an epoch starts at the first number that is seen: the box cannot know what came
 * before it was installed.
 */
import type { Cursor, Gap, SequenceStore } from './sequence-store.ts';

export type SequenceNews = 'next' | 'gap' | 'filled' | 'again';

/** The epoch of a terminal that names none. */
export const NO_EPOCH = '';

/** Notes that a number has arrived; `again` = some event had it before. */
export function noteSequence(
  store: SequenceStore,
  terminal: number,
  epoch: string | undefined,
  sequence: number,
  now: number,
): SequenceNews {
  const stream = epoch ?? NO_EPOCH;
  const known = store.cursor(terminal, stream);
  if (known === undefined && epoch === undefined) {
    store.write({ terminal, epoch: stream, contiguous: sequence, highest: sequence, seenAt: now });
    return 'next';
  }
  const before = known ?? { contiguous: 0, highest: 0 };
  if (sequence > before.highest) {
    const dense = sequence === before.highest + 1;
    if (!dense) {
      const gap = {
        terminal,
        epoch: stream,
        low: before.highest + 1,
        high: sequence - 1,
        since: now,
      };
      store.insertGap(gap, false);
    }
    const complete = dense && before.contiguous === before.highest;
    store.write({
      terminal,
      epoch: stream,
      contiguous: complete ? sequence : before.contiguous,
      highest: sequence,
      seenAt: now,
    });
    return dense ? 'next' : 'gap';
  }
  const gap = store.gapWith(terminal, stream, sequence);
  if (gap === undefined) return 'again';
  fill(store, gap, gap.abandoned, sequence);
  advance(store, terminal, stream, before.highest, now);
  return 'filled';
}

/**
 * A person says that these numbers will never come.
 * @returns how many were open and are given up now
 */
export function abandonRange(
  store: SequenceStore,
  cursor: Cursor,
  range: { readonly from: number; readonly to: number },
): number {
  const { terminal, epoch } = cursor;
  let given = 0;
  for (const gap of store.gaps(terminal, epoch, GAPS_MAX)) {
    const low = Math.max(gap.low, range.from);
    const high = Math.min(gap.high, range.to);
    if (low > high) continue;
    store.removeGap(gap);
    if (gap.low < low) store.insertGap({ ...gap, high: low - 1 }, false);
    store.insertGap({ ...gap, low, high }, true);
    if (gap.high > high) store.insertGap({ ...gap, low: high + 1 }, false);
    given += high - low + 1;
  }
  advance(store, terminal, epoch, cursor.highest, cursor.seenAt);
  return given;
}

const GAPS_MAX = 10_000;

/** Recomputes how far the stream is complete after a range was filled or given up. */
function advance(
  store: SequenceStore,
  terminal: number,
  epoch: string,
  highest: number,
  now: number,
): void {
  const lowest = store.gaps(terminal, epoch, 1)[0];
  const contiguous = lowest === undefined ? highest : lowest.low - 1;
  store.write({ terminal, epoch, contiguous, highest, seenAt: now });
}

function fill(store: SequenceStore, gap: Gap, abandoned: boolean, sequence: number): void {
  store.removeGap(gap);
  if (sequence > gap.low) store.insertGap({ ...gap, high: sequence - 1 }, abandoned);
  if (sequence < gap.high) store.insertGap({ ...gap, low: sequence + 1 }, abandoned);
}
