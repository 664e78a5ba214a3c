import { pathTo } from '../links.ts';
import { useOffice } from './context.ts';

export type Filter<K extends string> = {
  readonly read: (key: K) => string;
  /** Everything at once; '' takes a part away. */
  readonly set: (more: Partial<Record<K, string>>) => void;
};

/** The filter of a page is its address: what is read from it, and how one part of it is changed. */
export function useFilter<K extends string>(page: () => string, keys: readonly K[]): Filter<K> {
  const { place } = useOffice();
  const read = (key: K): string => place.query.get(key) ?? '';
  return {
    read,
    set: (more) => {
      const all = Object.fromEntries(keys.map((key) => [key, more[key] ?? read(key)]));
      place.swap(pathTo(page(), all));
    },
  };
}
