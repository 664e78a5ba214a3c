/**
 * The ledger of a life summed up again from its first entry, against the balances that were kept up
 * to date batch by batch, and against what the box itself found when it did the same.
 */
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../db/transaction.ts';
import { applyBalances } from '../ingest/change-store.ts';
import { type BalanceRow, BalanceSums, digestAfter } from '../ingest/changes.ts';
import { foldEntries } from '../ingest/fold-store.ts';
import { type Difference, differencesOf, readBalances } from './differences-store.ts';
import { type Life, lockLives, readLives } from './life-store.ts';
import { lineageIn, upTo } from './lineage.ts';

/** What is kept in `life.refold`, beside what the box said (`box`). */
export type Refold = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly seq: number;
  readonly digest: string;
  /** Balances of ours that were not what the entries say; they were put right. */
  readonly differences: number;
  /** When the box did what was compared, by its clock, and whether it came to the same; null = not yet. */
  readonly boxAt: number | null;
  readonly boxSame: boolean | null;
};

export type Due = { readonly store: number; readonly life: number };

/** The life whose turn it is: longest ago, or one whose box has done it since. */
export async function nextDue(db: Pool, before: number): Promise<Due | undefined> {
  const { rows } = await db.query<Due>(
    `SELECT store, id AS life FROM life
     WHERE state <> 'sealed' AND digest <> '' AND seq > 0
       AND (coalesce((refold->>'at')::bigint, extract(epoch FROM since) * 1000) < $1
         OR ((refold->'box'->>'at') IS DISTINCT FROM (refold->>'boxAt')
           AND (refold->'box'->>'seq')::bigint <= seq))
     ORDER BY coalesce((refold->>'at')::bigint, extract(epoch FROM since) * 1000) LIMIT 1`,
    [before],
  );
  return rows[0];
}

/** @param pause runs between pages; it may throw to give up. @returns undefined when the life is gone */
export async function refoldLife(
  pool: Pool,
  { store, life: id }: Due,
  now: number,
  pause: () => Promise<void>,
): Promise<Refold | undefined> {
  const found = await inTransaction(pool, (db) => fold(db, store, id, pause), ONE_MOMENT);
  if (found === undefined) return undefined;
  return await inTransaction(pool, (db) => keep(db, store, id, found, now));
}

/** Entries and balances of one moment, while batches go on arriving. */
const ONE_MOMENT = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

type BoxRefold = { seq: number; digest: string; at: number };
type Folded = {
  readonly life: Life;
  readonly digest: string;
  readonly box: BoxRefold | null;
  readonly boxDigest: string | null;
  readonly wrong: readonly Difference[];
};

async function fold(
  db: PoolClient,
  store: number,
  id: number,
  pause: () => Promise<void>,
): Promise<Folded | undefined> {
  const lives = await readLives(db, store);
  const life = lives.find((one) => one.id === id);
  if (life === undefined) return undefined;
  const { rows } = await db.query<{ box: BoxRefold | null }>(
    `SELECT refold->'box' AS box FROM life WHERE store = $1 AND id = $2`,
    [store, id],
  );
  const box = rows[0]?.box ?? null;
  const sums = new BalanceSums();
  let boxDigest: string | null = box?.seq === 0 ? digestAfter('0', []) : null;
  await foldEntries(
    db,
    store,
    upTo(lineageIn(lives, id), life.seq),
    ({ seq, moves }) => {
      sums.add(moves);
      if (seq === box?.seq) boxDigest = digestAfter('0', sums.rows());
    },
    pause,
  );
  const folded = sums.rows();
  const wrong = differencesOf(await readBalances(db, store, id), folded.map(tuple));
  return { life, digest: digestAfter('0', folded), box, boxDigest, wrong };
}

/** Puts right what was wrong, and writes down what was found. */
async function keep(
  db: PoolClient,
  store: number,
  id: number,
  { life: then, digest, box, boxDigest, wrong }: Folded,
  now: number,
): Promise<Refold> {
  const lives = await lockLives(db, store);
  const life = lives.find((one) => one.id === id);
  // What is missing is missing whatever has arrived since.
  const missing = wrong.map(
    ({ item, place, lot, hq, box: folded }): BalanceRow => ({
      item,
      place,
      lot,
      amount: folded - hq,
    }),
  );
  await applyBalances(db, store, id, missing, 1);
  const boxSame = box === null || boxDigest === null ? null : boxDigest === box.digest;
  const boxAt = boxDigest === null ? null : (box?.at ?? null);
  const refold = { at: now, seq: then.seq, digest, differences: wrong.length, boxAt, boxSame };
  await db.query(
    `UPDATE life SET refold = coalesce(refold, '{}') || $3::jsonb, digest = $4,
       differences = CASE WHEN $5 THEN greatest(coalesce(differences, 1), 1) ELSE differences END
     WHERE store = $1 AND id = $2`,
    [
      store,
      id,
      JSON.stringify(refold),
      shiftedDigest(life?.digest ?? digest, then.digest, digest),
      boxSame === false,
    ],
  );
  return refold;
}

/** The running digest with what was wrong in it (`from` where it should be `to`) put right. */
function shiftedDigest(running: string, from: string, to: string): string {
  if (from === to) return running;
  const bits = 1n << 128n;
  const shifted = BigInt(`0x${running}`) + BigInt(`0x${to}`) - BigInt(`0x${from}`) + bits;
  return (shifted % bits).toString(16).padStart(32, '0');
}

function tuple({ item, place, lot, amount }: BalanceRow): [number, number, number, number] {
  return [item, place, lot, amount];
}
