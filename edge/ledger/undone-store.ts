/** SQL of whether an entry stands: undone by a reversal, restored by a reversal of that, and so on. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import type { Db } from '../db/open.ts';

/**
 * An SQL condition: the entry whose sequence is `seq` was undone and not restored since.
 * @param seq a column of the query around it, like `e.seq`
 */
export function undoneSql(seq: string): string {
  return `(WITH RECURSIVE chain(seq, n) AS (
      SELECT ${seq}, 0
      UNION ALL
      SELECT r.seq, chain.n + 1 FROM chain JOIN entry r
        ON r.reverses = chain.seq AND r.kind = ${ENTRY_KINDS.reversal}
    ) SELECT max(n) % 2 = 1 FROM chain)`;
}

/** Whether an entry was undone and not restored since. */
export function openUndone(db: Db): (seq: number) => boolean {
  const undone = db.prepare(`SELECT ${undoneSql('?')}`).pluck();
  return (seq) => undone.get(seq) === 1;
}
