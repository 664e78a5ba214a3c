/** The entries behind a number: of one store, or store after store, newest first in each. */
import { readItems } from './book-store.ts';
import { countEntries, type EntryFilter, findEntries } from './entries-store.ts';
import type { FoundEntry } from './entry-row-store.ts';
import { type EntryView, type EntryViewParts, entryViews } from './entry-view.ts';
import { type Past, type SpokenPast, spoken } from './past.ts';

/** What is looked for; days as numbers, both included. */
export type EntryQuery = {
  readonly kinds: readonly number[] | undefined;
  readonly item: string | undefined;
  readonly from: number;
  readonly to: number;
};

/**
 * Where a page ended: entries of this store below `seq` come next, then the stores after it. `left`: at
 * most so many of this store; absent = nobody knows.
 */
export type EntryCursor = {
  readonly store: string;
  readonly seq: number;
  readonly left?: number | undefined;
};

export type EntryPage = {
  readonly entries: readonly EntryView[];
  readonly next: EntryCursor | null;
};

/** Looks without a find before a page is given back, so that no request takes long. */
const LOOKS_MAX = 40;

/** @param pasts of the stores that are looked at, in the order of their codes */
export async function findPage(
  parts: EntryViewParts,
  pasts: readonly Past[],
  query: EntryQuery,
  after: EntryCursor | undefined,
  limit: number,
): Promise<EntryPage> {
  const entries: EntryView[] = [];
  let looks = 0;
  for (const past of spoken(pasts)) {
    if (after !== undefined && past.store.code < after.store) continue;
    const number = query.item === undefined ? 0 : await itemNumber(parts, past, query.item);
    // A store that never had the item can still have counted it as none: it has a number then.
    if (number === undefined) continue;
    const item = query.item === undefined ? undefined : { code: query.item, number };
    const filter = { ...query, item };
    const from = after?.store === past.store.code ? after : undefined;
    let top = from === undefined ? Number.MAX_SAFE_INTEGER : from.seq - 1;
    // When all of a day were found, the years before it are not looked through.
    let left = from === undefined ? await countOf(parts, past, query) : from.left;
    for (const stretch of past.stretches.toReversed()) {
      while (left !== 0 && Math.min(top, stretch.to) >= stretch.from) {
        const wanted = limit - entries.length;
        const part = { ...stretch, to: Math.min(top, stretch.to) };
        const found = await findInStretch(parts, past, part, filter, wanted);
        entries.push(...(await entryViews(parts, past, found.entries)));
        top = found.lookedTo - 1;
        if (left !== undefined) left = Math.max(0, left - found.entries.length);
        looks++;
        const full = entries.length >= limit || looks >= LOOKS_MAX;
        if (full) return { entries, next: { store: past.store.code, seq: found.lookedTo, left } };
      }
    }
  }
  return { entries, next: null };
}

/** Every entry that is looked for, page by page, for exports. */
export async function* eachEntry(
  parts: EntryViewParts,
  pasts: readonly Past[],
  query: EntryQuery,
): AsyncGenerator<EntryView> {
  let next: EntryCursor | null | undefined;
  while (next !== null) {
    const page: EntryPage = await findPage(parts, pasts, query, next, EXPORT_PAGE);
    yield* page.entries;
    next = page.next;
  }
}

const EXPORT_PAGE = 1_000;

async function findInStretch(
  parts: EntryViewParts,
  { store }: SpokenPast,
  stretch: SpokenPast['stretches'][number],
  filter: EntryFilter,
  limit: number,
): Promise<{ entries: FoundEntry[]; lookedTo: number }> {
  return findEntries(await parts.db.of(store.id), store.id, stretch, filter, limit);
}

/** How many entries there are at most, by the totals of the days; undefined when those do not say. */
async function countOf(
  { db }: EntryViewParts,
  { store, main }: SpokenPast,
  { kinds, item, from, to }: EntryQuery,
): Promise<number | undefined> {
  // A life that is still compared with another has no totals yet.
  const compared = main.why === 'compared' && main.seq === main.forkSeq;
  if (item !== undefined || compared) return undefined;
  return countEntries(await db.of(store.id), store.id, main.id, { kinds, from, to });
}

async function itemNumber(
  { db }: EntryViewParts,
  { store, main }: SpokenPast,
  code: string,
): Promise<number | undefined> {
  const items = await readItems(await db.of(store.id), [[store.id], [main.id]]);
  return items.find((item) => item.code === code)?.id;
}
