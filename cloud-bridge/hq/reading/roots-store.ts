/** SQL of what reversals are about: the entry at the end of each chain, and whether it counts now. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import { entriesAt } from '../board/entries-store.ts';
import type { FoundEntry } from '../board/entry-row-store.ts';
import type { SpokenPast } from '../board/past.ts';
import type { Databases } from '../parts.ts';

/** What a reversal is about in the end. `undone`: after it, the root does not count. */
export type Root = { readonly entry: FoundEntry; readonly undone: boolean };

const DEEPEST = 20;

/** By the sequence of each reversal among these entries. */
export async function rootsOf(
  db: Databases['chain'],
  { store, stretches }: SpokenPast,
  entries: readonly FoundEntry[],
): Promise<Map<number, Root>> {
  const isReversal = ({ kind }: FoundEntry) => kind === ENTRY_KINDS.reversal;
  const known = new Map(entries.map((entry) => [entry.seq, entry]));
  let missing = entries.filter(isReversal).flatMap(({ reverses }) => reverses ?? []);
  for (let depth = 0; depth < DEEPEST && missing.length > 0; depth++) {
    const wanted = missing.filter((seq) => !known.has(seq));
    const found: FoundEntry[] = [];
    for (const stretch of wanted.length === 0 ? [] : stretches) {
      found.push(...(await entriesAt(db, store.id, stretch, wanted)));
    }
    for (const entry of found) known.set(entry.seq, entry);
    missing = missing.flatMap((seq) => {
      const entry = known.get(seq);
      return entry && isReversal(entry) && entry.reverses !== null ? [entry.reverses] : [];
    });
  }
  const roots = new Map<number, Root>();
  for (const entry of entries.filter(isReversal)) {
    let at: FoundEntry | undefined = entry;
    let steps = 0;
    while (at !== undefined && isReversal(at) && steps < DEEPEST) {
      at = known.get(at.reverses ?? -1);
      steps++;
    }
    if (at !== undefined && !isReversal(at)) {
      roots.set(entry.seq, { entry: at, undone: steps % 2 === 1 });
    }
  }
  return roots;
}
