/** What screens and scripts read of head office's books: whose the book is, what is different here, what was sent. */
import { valueIn, withOverrides } from '#recipes/book/overrides.ts';
import { type BookOrigin, originOf } from '../recipe-book/adopt.ts';
import type { BookVersion } from '../recipe-book/book-store.ts';
import { documentOf, type HqBookParts, hqVersions } from './book-of-hq.ts';
import type { TakenHead } from './catalog-store.ts';
import type { StoredOverride } from './override-store.ts';
import type { Reason } from './reasons.ts';
import type { Rehearsal } from './rehearse.ts';
import { fingerprint } from './verify-version.ts';

export type OverrideView = Omit<StoredOverride, 'entry'> & {
  readonly entry: number;
  /** False: the book of head office does not have what it names; it waits for one that does. */
  readonly used: boolean;
  /** What head office says instead; null = nothing, or the book does not have it. */
  readonly hqValue: unknown;
};

export type SentView = {
  readonly version: number;
  readonly kind: string;
  readonly state: TakenHead['state'];
  readonly receivedAt: string;
  /** null = as soon as it arrived. */
  readonly validFrom: string | null;
  /** Version of the box's own book that it became. */
  readonly book: number | null;
  readonly reason: Reason | null;
  readonly rehearsal: Rehearsal | null;
};

export type CatalogReads = {
  origin(version: BookVersion): BookOrigin;
  overrides(): { readonly hq: number | null; readonly overrides: readonly OverrideView[] };
  /** Newest first. */
  sent(limit: number): { readonly key: string | null; readonly versions: readonly SentView[] };
  /** Dishes sold in the last week that a book of head office does not know; those that are known again are left out. */
  dropped(): readonly Dropped[];
};

export type Dropped = {
  readonly version: number;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly validFrom: number;
  /** Codes with what was sold of them, decimal text. */
  readonly dishes: readonly { readonly sku: string; readonly qty: string }[];
};

/** A dish that nobody has sold for so long was meant to go. */
const DROPPED_KEPT_MS = 7 * 86_400_000;
const BOOKS_READ = 10;

/** @param now the box's clock */
export function openCatalogReads(parts: HqBookParts, now: () => number): CatalogReads {
  return {
    origin: (version) => originOf(parts.ledger, version),
    overrides() {
      const versions = hqVersions(parts, now());
      const newest = versions.find(({ inForce }) => inForce) ?? versions[0];
      const document = newest && documentOf(parts.catalog, newest.hq);
      const list = parts.overrides.list();
      const unused = new Set(document ? withOverrides(document, list).unused : list);
      return {
        hq: newest?.hq ?? null,
        overrides: list.map((one) => ({
          ...one,
          used: !unused.has(one),
          hqValue: (document && valueIn(document, one)) ?? null,
        })),
      };
    },
    sent(limit) {
      const key = parts.catalog.word('hqKey');
      return {
        key: key === undefined ? null : fingerprint(key),
        versions: parts.catalog.list(limit).map(sentView),
      };
    },
    dropped: () => dropped(parts, now()),
  };
}

function sentView(row: TakenHead): SentView {
  return {
    version: row.version,
    kind: row.kind,
    state: row.state,
    receivedAt: new Date(row.receivedAt).toISOString(),
    validFrom: row.validFrom === null ? null : new Date(row.validFrom).toISOString(),
    book: row.book,
    reason: row.reason === null ? null : (JSON.parse(row.reason) as Reason),
    rehearsal: row.rehearsal === null ? null : (JSON.parse(row.rehearsal) as Rehearsal),
  };
}

function dropped(parts: HqBookParts, now: number): Dropped[] {
  const versions = parts.knowledge.versions();
  const inForce = parts.knowledge.at(now)?.version.version;
  return parts.catalog.list(BOOKS_READ, 'book').flatMap((row): Dropped[] => {
    const own = versions.find(({ version }) => version === row.book);
    if (row.rehearsal === null || !own) return [];
    if (own.version !== inForce && own.validFrom <= now) return [];
    const start = Math.max(now, own.validFrom);
    if (now - Math.max(row.receivedAt, own.validFrom) > DROPPED_KEPT_MS) return [];
    const { unknown } = JSON.parse(row.rehearsal) as Rehearsal;
    const dishes = unknown.filter(({ sku, on }) => {
      const line = on === undefined ? { sku, qty: 1 } : { sku: on, qty: 1, modifiers: [{ sku }] };
      return parts.knowledge.resolve(line, undefined, start).kind === 'held';
    });
    if (dishes.length === 0) return [];
    const { version, receivedAt } = row;
    return [{ version, receivedAt, validFrom: own.validFrom, dishes }];
  });
}
