/** What the routes of the board share in a receiver: one memory of books, one answer for open boards. */
import type { HqParts } from '../parts.ts';
import { type Books, openBooks } from './books.ts';
import { openStoreRows, type StoreRows } from './store-rows.ts';

export type BoardParts = HqParts & { readonly books: Books; readonly rows: StoreRows };

const made = new WeakMap<HqParts, BoardParts>();

export function boardParts(parts: HqParts): BoardParts {
  const known = made.get(parts);
  if (known !== undefined) return known;
  const books = openBooks(parts);
  const fresh = { ...parts, books, rows: openStoreRows({ ...parts, books }) };
  made.set(parts, fresh);
  return fresh;
}
