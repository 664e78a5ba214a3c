/** What an entry asks of head office beyond being kept, and who does it. */
import type { EntryRecord } from '#recipes/sync/read-entry-text.ts';
import type { HqParts, Store } from '../parts.ts';

/** An entry that somebody has to do something about. */
export type Chore = {
  readonly store: Store;
  readonly life: number;
  readonly entry: EntryRecord;
};
export type ChoreHandler = (parts: HqParts, chore: Chore) => Promise<void>;

/** Who deals with which kind of entry; `start.ts` fills it before the first batch. */
export type ChoreHandlers = ReadonlyMap<number, ChoreHandler>;
