/**
 * THE door into the ledger. Everything that changes stock is an entry appended here: the next number,
 * hashed onto the one before, with its moves and the balances they change, in one transaction.
 */
import { hash } from 'node:crypto';
import { assert } from '#recipes/assert.ts';
import { type EntryHead, entryText } from '#recipes/ledger/entry.ts';
import type { Db } from '../db/open.ts';
import { mustExit } from '../db/storage-fault.ts';
import { openBalanceStore } from './balance-store.ts';
import { Draft } from './draft.ts';
import { openEntryStore } from './entry-store.ts';
import { openItemRegistry } from './item-store.ts';
import type { Ledger } from './ledger.ts';
import { Shelf } from './shelf.ts';

/** The hash before the first entry. */
export const GENESIS = '0'.repeat(64);

/**
 * @param onLost called when the disk failed so that nothing this process believes of the file is
 *   certain: it must end the process before anything is answered
 */
export function openLedger(db: Db, onLost: (error: unknown) => void = () => undefined): Ledger {
  const entries = openEntryStore(db);
  const items = openItemRegistry(db);
  const shelf = new Shelf(openBalanceStore(db));
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const tip = entries.tip();
  let seq = tip?.seq ?? 0;
  let hashHex = tip ? Buffer.from(tip.hash).toString('hex') : GENESIS;
  let open = false;
  const listeners: ((items: ReadonlySet<number>) => void)[] = [];

  return {
    shelf,
    items,
    entries,
    seq: () => seq,
    draft() {
      assert(open, 'an entry is worked out inside a transaction');
      return new Draft(shelf);
    },
    append(content, { moves }) {
      assert(open, 'an entry is appended inside a transaction');
      const head: EntryHead = { seq: seq + 1, ...content };
      const next = hash('sha256', hashHex + entryText(head, moves), 'hex');
      entries.insert(head, moves, Buffer.from(next, 'hex'));
      seq = head.seq;
      hashHex = next;
      return seq;
    },
    transact(work) {
      assert(!open, 'a transaction inside a transaction');
      const before = { seq, hashHex };
      begin.run();
      open = true;
      try {
        const result = work();
        shelf.flush();
        commit.run();
        items.keep();
        const touched = shelf.keep();
        if (seq !== before.seq) for (const listener of listeners) listener(touched);
        return result;
      } catch (error) {
        if (mustExit(error)) onLost(error);
        if (db.inTransaction) db.exec('ROLLBACK');
        shelf.revert();
        items.forget();
        seq = before.seq;
        hashHex = before.hashHex;
        throw error;
      } finally {
        open = false;
      }
    },
    onChange(listener) {
      listeners.push(listener);
    },
  };
}
