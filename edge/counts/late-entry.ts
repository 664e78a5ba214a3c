/** Writes what arrived late for a count: one entry for each run of items of the same posting entry. */
import { must } from '#recipes/assert.ts';
import { WHOLE_ITEM } from '#recipes/counts/observed.ts';
import type { PostedTarget } from '#recipes/counts/standing.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Draft } from '../ledger/draft.ts';
import { adjust } from './adjust.ts';
import { type CountNoteLine, readCountNote } from './count-note.ts';
import type { CountParts } from './count-parts.ts';
import type { Effect } from './effects.ts';

export type LateWriter = {
  /**
   * Takes back what has changed at or before the moment of a target.
   * @param changed by lot, millionths
   */
  post(target: PostedTarget, changed: ReadonlyMap<number, number>): void;
  /** The newest entry before all of this. */
  readonly before: number;
  /** What is changed by what was posted here. */
  readonly posted: readonly Effect[];
  /** Appends what is still open. @returns how many entries were appended */
  finish(): number;
};

type Open = { readonly of: number; readonly draft: Draft; readonly lines: CountNoteLine[] };

/** Collects late adjustments and appends an entry for each count that they change. */
export function openLateWriter(parts: CountParts): LateWriter {
  let open: Open | undefined;
  let appended = 0;
  const before = parts.ledger.seq();
  const posted: Effect[] = [];

  function close(): void {
    if (open === undefined) return;
    append(parts, open);
    appended++;
    open = undefined;
  }

  return {
    before,
    posted,
    post(target, changed) {
      const difference = -[...changed.values()].reduce((sum, change) => sum + change, 0);
      if (difference === 0) return;
      // Moves are applied in the order of their entries, or a lot could seem to go below zero.
      if (open?.of !== target.entry) close();
      open ??= { of: target.entry, draft: parts.ledger.draft(), lines: [] };
      const { draft, lines, of } = open;
      const { item, lot, at } = target;
      const first = draft.moves.length;
      const cost = adjust(parts, draft, {
        line: lines.length,
        item,
        lot,
        difference,
        late: changed,
      });
      lines.push({ ...naming(parts, item, lot), at, variance: difference, cost });
      const seq = parts.ledger.seq() + 1;
      for (const move of draft.moves.slice(first)) {
        const change = move.from === PLACES.stock ? -move.amount : move.amount;
        const adjusts = move.from === PLACES.adjust || move.to === PLACES.adjust;
        const moment = adjusts ? at : Number.POSITIVE_INFINITY;
        posted.push({ seq, item, lot: move.lot, change, moment, late: { of, lot } });
      }
    },
    finish() {
      close();
      return appended;
    },
  };
}

/** An instant, moved behind every counted moment: what a count does now is after all that was counted. */
export function afterCounted({ counts }: Pick<CountParts, 'counts'>, at: number): number {
  const newest = counts.newestMoment();
  return newest === undefined ? at : Math.max(at, newest + 1);
}

/** An item, or its lot, in the words of the note. */
export function naming(
  { ledger, lots }: Pick<CountParts, 'ledger' | 'lots'>,
  item: number,
  lot: number,
): Pick<CountNoteLine, 'item' | 'lot' | 'lotNumber'> {
  const code = ledger.items.code(item);
  if (lot === WHOLE_ITEM) return { item: code };
  return { item: code, lot: must(lots.get(lot), `lot ${lot} is missing`).code, lotNumber: lot };
}

function append(parts: CountParts, { of, draft, lines }: Open): void {
  const posting = must(parts.counts.head(of), `entry ${of} is missing`);
  const now = parts.now();
  const occurredAt = afterCounted(parts, now);
  const note = { count: readCountNote(posting.note).count, of, lines };
  parts.ledger.append(
    {
      kind: 'count',
      event: null,
      command: null,
      sale: null,
      reverses: null,
      book: null,
      day: parts.dayOf(occurredAt),
      occurredAt,
      recordedAt: now,
      actor: null,
      note: JSON.stringify(note),
    },
    draft,
  );
}
