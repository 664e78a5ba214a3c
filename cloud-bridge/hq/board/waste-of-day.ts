/** What people wasted on a business day, as far as it stands. */
import type { Databases } from '../parts.ts';
import { addKnown, wholeOf } from './figures.ts';
import { wasteOfDay } from './figures-store.ts';
import { readNote } from './notes.ts';
import type { SpokenPast } from './past.ts';
import { keyOf, undoneOf } from './undone-store.ts';

/** Ten-thousandths; null = nothing is known of what it was worth. */
export type WasteSum = { readonly entries: number; readonly cost: bigint | null };

/** By store, of those on the server `db`; without those that wasted nothing. */
export async function wasteOf(
  db: Databases['chain'],
  pasts: readonly SpokenPast[],
  dayFor: (past: SpokenPast) => number,
): Promise<Map<number, WasteSum>> {
  const sums = new Map<number, WasteSum>();
  if (pasts.length === 0) return sums;
  const all = pasts.flatMap((past) =>
    past.stretches.map((stretch) => ({ store: past.store.id, day: dayFor(past), ...stretch })),
  );
  const stretches = [
    all.map(({ store }) => store),
    all.map(({ life }) => life),
    all.map(({ from }) => from),
    all.map(({ to }) => to),
  ] as const;
  const days = all.map(({ day }) => day);
  const entries = await wasteOfDay(db, stretches, days);
  const undone = await undoneOf(db, pasts, entries);
  for (const entry of entries) {
    if (undone.has(keyOf(entry))) continue;
    const sum = sums.get(entry.store) ?? { entries: 0, cost: null };
    const cost = wholeOf(readNote(entry.note)['cost']);
    sums.set(entry.store, { entries: sum.entries + 1, cost: addKnown(sum.cost, cost) });
  }
  return sums;
}
