import type { StoreRow } from '../api-types.ts';

/** Does every word of `search` occur in the store's names or id? */
export function matchesSearch(row: StoreRow, search: string): boolean {
  const text = `${row.store} ${row.name.zh} ${row.name.en}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
