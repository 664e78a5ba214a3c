/** SQL of what is compared with head office, read from the file itself. */
import { NO_HASH } from '#recipes/contracts/sync.ts';
import { StateDigest } from '#recipes/sync/state-digest.ts';
import { openReader } from '../db/open.ts';
import { MOVES_PER_ENTRY } from '../ledger/entry-store.ts';
import { openFoldStore } from '../ledger/fold-store.ts';

/** One snapshot of the box's file; a running box goes on beside it. */
export type ComparedFile = {
  /** Of the life that this file is; undefined before its box has ever started. */
  readonly incarnation: string | undefined;
  /** Sequence of the newest entry. */
  readonly seq: number;
  /** Hash of an entry, hex; of 0, the one before the first. */
  hashAt(seq: number): string | undefined;
  /** Digest of all balances right after an entry, from the moves. */
  digestAt(seq: number, progress: (done: number) => void): string;
  close(): void;
};

const STEP_MOVES = 50_000;

/** @throws Fault `no_database` */
export function openComparedFile(file: string): ComparedFile {
  const db = openReader(file);
  db.exec('BEGIN');
  const one = (sql: string, ...given: number[]) =>
    db
      .prepare(sql)
      .pluck()
      .get(...given);
  const fold = openFoldStore(db);
  return {
    incarnation: one("SELECT value FROM meta WHERE key = 'incarnation'") as string | undefined,
    seq: Number(one('SELECT max(seq) FROM entry') ?? 0),
    hashAt(seq) {
      if (seq === 0) return NO_HASH;
      return one('SELECT lower(hex(hash)) FROM entry WHERE seq = ?', seq) as string | undefined;
    },
    digestAt(seq, progress) {
      const sum = new StateDigest();
      let after = 0;
      for (;;) {
        const end = fold.endOf(after, seq, STEP_MOVES);
        if (end === 0) return sum.hex();
        fold.add(sum, after, end);
        after = end;
        progress(Math.floor(end / MOVES_PER_ENTRY));
      }
    },
    close: () => {
      db.close();
    },
  };
}
