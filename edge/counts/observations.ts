/** The observations of a count that stand, and whether what they say is posted. */
import {
  type CountTarget,
  countedKeys,
  countTargets,
  type Observation,
} from '#recipes/counts/observed.ts';
import type { PostedTarget } from '#recipes/counts/standing.ts';
import type { CountStore } from './count-store.ts';

type Parts = { readonly counts: CountStore };

/** An observation can be undone like any entry. */
export function observationsOf({ counts }: Parts, count: string): Observation[] {
  return counts.linesOf(count).filter(({ entry }) => counts.stands(entry));
}

/** What a count says by now, of each item or lot. */
export function targetsOf(parts: Parts, count: string): CountTarget[] {
  return countTargets(countedKeys(observationsOf(parts, count)));
}

/** What this count has posted that was not reversed: of each item and lot the newest. */
export function standingRows({ counts }: Parts, count: string): PostedTarget[] {
  const rows = new Map<string, PostedTarget>();
  const standing = new Map<number, boolean>();
  for (const row of counts.countedBy(count)) {
    const known = standing.get(row.entry) ?? counts.stands(row.entry);
    standing.set(row.entry, known);
    if (known) rows.set(`${row.item}|${row.lot}`, row);
  }
  return [...rows.values()];
}

/** Whether exactly this is what was posted last. */
export function postedNow(parts: Parts, count: string): (target: CountTarget) => boolean {
  const rows = standingRows(parts, count);
  return ({ item, lot, qty, at }) => {
    const row = rows.find((one) => one.item === item && one.lot === lot);
    return row !== undefined && row.qty === qty && row.at === at;
  };
}
