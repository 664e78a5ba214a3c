/**
 * Keeps posted counts true: whatever arrives late changes the variance of a count, not the shelf
 * after it.
 *
 * For each posted count of an item that decides (`recipes/counts/standing`) the book at its moment,
 * adjustments included, must be what was counted. When it was posted it was, so the difference is
 * exactly what the entries since then have changed at or before that moment; an entry of kind `count`
 * that names the posting entry takes it back. What was adjusted late for a count that was reversed
 * since is taken back as well, and the count before it decides again. Being a difference, it can run
 * any number of times.
 */
import { WHOLE_ITEM } from '#recipes/counts/observed.ts';
import { decidingTargets, type PostedTarget } from '#recipes/counts/standing.ts';
import { readCountNote } from './count-note.ts';
import type { CountParts } from './count-parts.ts';
import type { Head } from './count-store.ts';
import { type Effect, effectsOf, rootHead } from './effects.ts';
import { type LateWriter, openLateWriter } from './late-entry.ts';

/**
 * Looks at the entries after `after`. Only inside `transact`.
 * @returns how many entries it appended
 */
export function settleCounts(parts: CountParts, after: number): number {
  const newest = parts.counts.newestMoment();
  if (newest === undefined) return 0;
  const heads = parts.counts.late(after, newest);
  if (heads.length === 0) return 0;
  const touched = touchedBy(parts, heads);
  if (touched.items.size === 0) return 0;
  const writer = openLateWriter(parts);
  const effectsAfter = openEffectsAfter(parts, touched.items, writer);
  for (const { item, undone, deciding } of dueOf(parts, touched)) {
    for (const entry of undone) takeBack(parts, writer, effectsAfter(entry, item), item, entry);
    for (const target of deciding) hold(writer, effectsAfter(target.entry, item), target);
  }
  return writer.finish();
}

/**
 * What has changed of an item since a posting entry at or before its moments, read once for each entry,
 * and what is being posted now.
 */
function openEffectsAfter(
  { counts, ledger }: CountParts,
  items: ReadonlySet<number>,
  writer: LateWriter,
): (entry: number, item: number) => Effect[] {
  const known = new Map<number, ReadonlyMap<number, readonly Effect[]>>();
  return (entry, item) => {
    let read = known.get(entry);
    if (read === undefined) {
      const until = Math.max(...counts.postedBy(entry).map(({ at }) => at));
      // What was appended here already is among the posted ones.
      const stored = counts.late(entry, until).filter(({ seq }) => seq <= writer.before);
      read = Map.groupBy(effectsOf({ counts, ledger }, stored, items), (effect) => effect.item);
      known.set(entry, read);
    }
    return [...(read.get(item) ?? []), ...writer.posted.filter((effect) => effect.item === item)];
  };
}

type Touched = {
  readonly items: ReadonlySet<number>;
  /** Posting entries that do not stand, by item. */
  readonly undone: ReadonlyMap<number, ReadonlySet<number>>;
};

/** Items that were ever counted and that these entries moved, or whose counts they reversed. */
function touchedBy(parts: CountParts, heads: readonly Head[]): Touched {
  const items = new Set<number>();
  const undone = new Map<number, Set<number>>();
  const known = new Map<number, boolean>();
  const note = (item: number) => {
    const counted = known.get(item) ?? parts.counts.hasCounted(item);
    known.set(item, counted);
    if (counted) items.add(item);
  };
  for (const { item } of effectsOf(parts, heads)) note(item);
  for (const head of heads) {
    const root = head.reverses === null ? undefined : rootHead(parts.counts, head);
    if (root?.kind !== 'count') continue;
    const entry = readCountNote(root.note).of ?? root.seq;
    for (const { item } of parts.counts.postedBy(entry)) {
      note(item);
      if (!parts.counts.stands(entry)) undone.set(item, (undone.get(item) ?? new Set()).add(entry));
    }
  }
  return { items, undone };
}

type Due = {
  readonly item: number;
  readonly deciding: readonly PostedTarget[];
  readonly undone: readonly number[];
};

/** Items in the order of the counts that decide them, so that most end up in one entry. */
function dueOf(parts: CountParts, { items, undone }: Touched): Due[] {
  const standing = new Map<number, boolean>();
  const isStanding = (entry: number) => {
    const known = standing.get(entry) ?? parts.counts.stands(entry);
    standing.set(entry, known);
    return known;
  };
  return [...items]
    .map((item) => {
      const rows = parts.counts.countedOf(item).filter(({ entry }) => isStanding(entry));
      const deciding = decidingTargets(rows);
      const gone = [...(undone.get(item) ?? [])].sort((a, b) => a - b);
      return { item, deciding, undone: gone };
    })
    .sort((a, b) => (a.deciding[0]?.entry ?? 0) - (b.deciding[0]?.entry ?? 0) || a.item - b.item);
}

/** What was adjusted late for a count that no longer stands. */
function takeBack(
  parts: CountParts,
  writer: LateWriter,
  effects: readonly Effect[],
  item: number,
  entry: number,
): void {
  for (const row of parts.counts.postedBy(entry)) {
    if (row.item !== item) continue;
    const own = effects.filter(({ late }) => late?.of === entry && late.lot === row.lot);
    writer.post(row, byLot(own));
  }
}

/** The book at the moment of a count is what was counted. */
function hold(writer: LateWriter, effects: readonly Effect[], target: PostedTarget): void {
  const { lot, entry, at } = target;
  const changed = effects.filter(
    (effect) =>
      effect.seq > entry && effect.moment <= at && (lot === WHOLE_ITEM || effect.lot === lot),
  );
  writer.post(target, byLot(changed));
}

function byLot(effects: readonly Effect[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { lot, change } of effects) sums.set(lot, (sums.get(lot) ?? 0) + change);
  return sums;
}
