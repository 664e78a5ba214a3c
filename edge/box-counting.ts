/** The parts that count, put together. */
import type { CountParts } from './counts/count-parts.ts';
import { openCountSettler } from './counts/count-settler.ts';
import { openCountStore } from './counts/count-store.ts';
import type { Db } from './db/open.ts';

export function openCounting(db: Db, inside: Omit<CountParts, 'counts'>) {
  const parts: CountParts = { ...inside, counts: openCountStore(db) };
  return { parts, settler: openCountSettler(parts) };
}
