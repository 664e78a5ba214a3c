/**
 * A life that did not say where it parted is compared with another, batch by batch from the first
 * entry, until an entry differs. Until it has entries of its own it has the other's, and none is
 * stored twice.
 */
import type { PoolClient } from 'pg';
import { hashesAt } from '../ingest/entry-store.ts';
import type { VerifiedBatch } from '../ingest/verify.ts';
import { inherit } from './inherit-store.ts';
import { type Life, moveFork } from './life-store.ts';
import { lineageIn } from './lineage.ts';

/** Whether nobody knows yet where this life parts from the other. */
export function isCompared(life: Life): boolean {
  return life.why === 'compared' && life.seq === life.forkSeq && life.parent !== null;
}

/**
 * Moves the parting on as far as the entries of the batch are the other's.
 * @returns the life as it is then: with balances of its own as soon as the batch goes further, or
 *   ends at the box's newest entry
 */
export async function compareOn(
  db: PoolClient,
  life: Life,
  lives: readonly Life[],
  { batch, entries }: VerifiedBatch,
): Promise<Life> {
  const other = withSums(lives, life);
  if (other === undefined || batch.from > life.seq + 1) return life;
  const fresh = entries.filter(({ record }) => record.seq > life.seq);
  const known = await hashesAt(
    db,
    life.store,
    lineageIn(lives, other.id),
    fresh.map(({ record }) => record.seq),
  );
  const parts = fresh.findIndex(({ record, hash }) => known.get(record.seq) !== hash);
  const common = parts < 0 ? fresh : fresh.slice(0, parts);
  const last = common.at(-1);
  const moved: Life = {
    ...life,
    parent: other.id,
    seq: last?.record.seq ?? life.seq,
    forkSeq: last?.record.seq ?? life.seq,
    hash: last?.hash ?? life.hash,
    forkEvents: Math.max(life.forkEvents, ...common.map(({ record }) => record.event ?? 0)),
  };
  const atHead = batch.to >= (batch.head?.seq ?? batch.to);
  const settled = parts >= 0 || atHead;
  const to = settled ? { ...moved, digest: await inherited(db, lives, other, moved) } : moved;
  const now = { ...to, events: Math.max(to.events, to.forkEvents) };
  await moveFork(db, life, now);
  return now;
}

/**
 * What it is compared with must have sums to inherit. A parent that is still compared itself has none,
 * and its box may never send the rest: its own parent, then, which is all that is known of it.
 */
function withSums(lives: readonly Life[], life: Life): Life | undefined {
  const other = lives.find(({ id }) => id === life.parent);
  // A parent was there before: its number is smaller, so this ends.
  if (other === undefined || other.digest !== '') return other;
  return other.id < life.id ? withSums(lives, other) : undefined;
}

/** Its sums as they were there. What stands beside the ledger it has told itself, from the first on. */
async function inherited(
  db: PoolClient,
  lives: readonly Life[],
  other: Life,
  life: Life,
): Promise<string> {
  const { digest } = await inherit(db, lives, other, life.id, life.forkSeq);
  return digest;
}
