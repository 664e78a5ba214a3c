/**
 * Decisions of head office that wait until the facts of another life of this box are taken over: they name
 * orders by their number, and two boxes give out the same numbers. What else head office says does not wait
 * behind them, because those facts need its books and its papers.
 */
import type { SignedVersion } from '#recipes/contracts/sync.ts';
import type { CatalogStore } from './catalog-store.ts';

export type Aside = {
  /** In the order of their numbers. */
  list(): SignedVersion[];
  has(version: number): boolean;
  /** Once, however often it comes. Only inside a transaction. */
  put(envelope: SignedVersion): void;
  /** It was dealt with. Only inside a transaction. */
  drop(version: number): void;
};

/** Kept with the words of the catalog, so that a restart forgets none. */
export function openAside(catalog: Pick<CatalogStore, 'word' | 'keep'>): Aside {
  const list = (): SignedVersion[] => {
    const kept = catalog.word('catalogAside');
    return kept === undefined ? [] : (JSON.parse(kept) as SignedVersion[]);
  };
  const has = (version: number) => list().some((one) => one.version === version);
  const keep = (all: readonly SignedVersion[]) =>
    catalog.keep('catalogAside', all.length === 0 ? null : JSON.stringify(all));
  return {
    list,
    has,
    put(envelope) {
      if (has(envelope.version)) return;
      keep([...list(), envelope].sort((a, b) => a.version - b.version));
    },
    drop(version) {
      if (has(version)) keep(list().filter((one) => one.version !== version));
    },
  };
}
