/** Counts as they are shown: what was seen, and, for those who may know, what the book said. */
import { decimalFromMicro } from '#recipes/amount.ts';
import {
  type CountedKey,
  type CountTarget,
  countedKeys,
  countTargets,
} from '#recipes/counts/observed.ts';
import { moneyOf } from '../ledger/money.ts';
import { openBook } from './book-at.ts';
import type { CountParts } from './count-parts.ts';
import { observationsOf, standingRows } from './observations.ts';
import { type Compared, postedVariance } from './posted-variance.ts';

export type CountReader = {
  /** Newest first. @param openOnly only those with something that is not posted */
  counts(openOnly: boolean): readonly object[];
  /** @param sighted whether the book may be shown before the count is posted */
  count(count: string, sighted: boolean): object | undefined;
};

const COUNTS_MAX = 100;

export function openCountReader(parts: CountParts): CountReader {
  return {
    counts: (openOnly) =>
      parts.counts.counts(COUNTS_MAX).flatMap(({ count, firstAt, lastAt }) => {
        const seen = see(parts, count);
        if (seen.keys.length === 0 || (openOnly && seen.state === 'posted')) return [];
        const observations = seen.keys.flatMap(({ latest, kept }) => [latest, ...kept]);
        return [
          {
            count,
            state: seen.state,
            startedAt: instant(firstAt),
            lastAt: instant(lastAt),
            items: new Set(observations.map(({ item }) => item)).size,
            places: distinct(observations.map(({ place }) => place)),
            actors: distinct(observations.map(({ actor }) => actor)),
            entry: seen.entry,
          },
        ];
      }),
    count(count, sighted) {
      const seen = see(parts, count);
      if (seen.keys.length === 0) return undefined;
      const compared = compare(parts, count, seen, sighted);
      return {
        count,
        state: seen.state,
        entry: seen.entry,
        lines: seen.keys.map((key) => lineOf(parts, key, compared)),
        items: seen.targets.map((target) => ({
          item: parts.ledger.items.code(target.item),
          lot: lotCode(parts, target.lot),
          unit: parts.ledger.items.unit(target.item),
          at: instant(target.at),
          counted: decimalFromMicro(target.qty),
          posted: seen.posted(target),
          ...told(compared.get(target)),
        })),
      };
    },
  };
}

type Seen = {
  readonly keys: readonly CountedKey[];
  readonly targets: readonly CountTarget[];
  readonly state: 'open' | 'posted';
  readonly posted: (target: CountTarget) => boolean;
  /** Newest posting entry that stands: what undoing means. */
  readonly entry: number | null;
};

function see(parts: CountParts, count: string): Seen {
  const keys = countedKeys(observationsOf(parts, count));
  const targets = countTargets(keys);
  const rows = standingRows(parts, count);
  const posted = ({ item, lot, qty, at }: CountTarget) =>
    rows.some((row) => row.item === item && row.lot === lot && row.qty === qty && row.at === at);
  const state = targets.length > 0 && targets.every(posted) ? 'posted' : 'open';
  const entry = rows.reduce<number | null>((newest, row) => Math.max(newest ?? 0, row.entry), null);
  return { keys, targets, state, posted, entry };
}

/** Book, variance and cost of each target that may be shown. */
function compare(
  parts: CountParts,
  count: string,
  { targets, posted }: Seen,
  sighted: boolean,
): Map<CountTarget, Compared> {
  const compared = new Map<CountTarget, Compared>();
  const done = postedVariance(parts, count);
  for (const target of targets) {
    const found = posted(target) ? done(target) : undefined;
    if (found) compared.set(target, found);
  }
  const open = sighted ? targets.filter((target) => !compared.has(target)) : [];
  if (open.length === 0) return compared;
  const book = openBook(parts, Math.min(...open.map(({ at }) => at)));
  for (const target of open) {
    const said = book.of(target);
    compared.set(target, { book: said, variance: target.qty - said });
  }
  return compared;
}

/** The book stands with the observation that decides the moment of its item, so that it stands once. */
function lineOf(
  parts: CountParts,
  { latest, kept, disagreement }: CountedKey,
  compared: ReadonlyMap<CountTarget, Compared>,
) {
  const own = [...compared].find(([target]) => target.decides === latest.entry);
  return {
    entry: latest.entry,
    item: parts.ledger.items.code(latest.item),
    lot: lotCode(parts, latest.lot ?? 0),
    place: latest.place,
    qty: decimalFromMicro(latest.qty),
    unit: parts.ledger.items.unit(latest.item),
    at: instant(latest.at),
    actor: latest.actor,
    ...told(own?.[1]),
    kept: kept.map(({ qty, at, actor }) => ({
      qty: decimalFromMicro(qty),
      at: instant(at),
      actor,
    })),
    ...(disagreement === undefined ? {} : { disagreement: decimalFromMicro(disagreement) }),
  };
}

function told(compared: Compared | undefined) {
  if (compared === undefined) return {};
  const { book, variance, cost } = compared;
  return {
    book: decimalFromMicro(book),
    variance: decimalFromMicro(variance),
    ...(cost === undefined ? {} : { cost: moneyOf(cost) }),
  };
}

function lotCode({ lots }: CountParts, lot: number): string | null {
  return lots.get(lot)?.code ?? null;
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

function distinct(list: readonly (string | null)[]): string[] {
  return [...new Set(list.filter((one) => one !== null))];
}
