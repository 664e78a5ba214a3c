/** The ledger as others see it: who only reads takes a reader; few may append. */
import type { EntryHead } from '#recipes/ledger/entry.ts';
import type { Draft } from './draft.ts';
import type { EntryStore } from './entry-store.ts';
import type { ItemRegistry } from './item-store.ts';
import type { Shelf, ShelfReader } from './shelf.ts';

export type LedgerReader = {
  readonly shelf: ShelfReader;
  readonly items: Pick<ItemRegistry, 'find' | 'code' | 'codes' | 'unit'>;
  /** Sequence of the newest entry; 0 when there is none. */
  seq(): number;
  /** Calls back after each transaction that changed the ledger, with the items whose stock moved. */
  onChange(listener: (items: ReadonlySet<number>) => void): void;
};

export type Ledger = LedgerReader & {
  readonly shelf: Shelf;
  readonly items: ItemRegistry;
  readonly entries: EntryStore;
  /** A new entry's moves, worked out on the shelf. Only inside `transact`. */
  draft(): Draft;
  /**
   * Appends one entry with the moves of its draft. Only inside `transact`.
   * @returns its sequence
   */
  append(head: Omit<EntryHead, 'seq'>, draft: Draft): number;
  /**
   * Runs `work` as one transaction: all of it is on disk when this returns, or none of it happened.
   * @throws whatever `work` throws, after everything was put back
   */
  transact<T>(work: () => T): T;
};
