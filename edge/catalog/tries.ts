/**
 * How often a version was tried, in the file: one that ends the whole process would be tried again with
 * every start, and what is counted in memory begins anew with each.
 */
import type { CatalogStore } from './catalog-store.ts';

export type Tries = {
  /** Those before this one that came to nothing. */
  of(version: number): number;
  /** One begins. Only inside a transaction. */
  begin(version: number): void;
  /** The one that began says nothing of the version. Only inside a transaction. */
  takeBack(version: number): void;
  /** It was dealt with. Only inside a transaction. */
  forget(version: number): void;
};

/** Kept with the words of the catalog: two or three versions at most, those that fail. */
export function openTries(catalog: Pick<CatalogStore, 'word' | 'keep'>): Tries {
  const all = (): Record<string, number> => JSON.parse(catalog.word('catalogTries') ?? '{}');
  const of = (version: number) => all()[version] ?? 0;
  const put = (version: number, times: number) => {
    const { [version]: _, ...others } = all();
    const now = times > 0 ? { ...others, [version]: times } : others;
    catalog.keep('catalogTries', Object.keys(now).length === 0 ? null : JSON.stringify(now));
  };
  return {
    of,
    begin: (version) => put(version, of(version) + 1),
    takeBack: (version) => put(version, of(version) - 1),
    forget: (version) => put(version, 0),
  };
}
