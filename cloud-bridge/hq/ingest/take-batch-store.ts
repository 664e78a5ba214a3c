/**
 * A batch into the database: one transaction, idempotent by (store, life, seq). What head office has
 * already is compared and skipped; what does not follow is refused as a gap or a fork.
 */
import type { Pool, PoolClient } from 'pg';
import { type Batch, NO_HASH, type SideHeads } from '#recipes/contracts/sync.ts';
import { isBadValue } from '../db/bad-value.ts';
import { inTransaction } from '../db/transaction.ts';
import { compareOn, isCompared } from '../lives/compare-store.ts';
import {
  advanceLife,
  type Life,
  lockLives,
  type Progress,
  readLives,
} from '../lives/life-store.ts';
import { lineageIn } from '../lives/lineage.ts';
import { LIVES_MAX, registerLife } from '../lives/register-store.ts';
import { hear } from '../lives/states-store.ts';
import { hasTakeover } from '../lives/takeover-store.ts';
import { applyChanges } from './change-store.ts';
import { Changes, digestAfter, TooMuchError } from './changes.ts';
import { CHORE_KINDS } from './chore-kinds.ts';
import { type HashedEntry, hashesAt, insertEntries } from './entry-store.ts';
import { insertBooks, insertItems, insertLots, insertSegment } from './side-store.ts';
import type { VerifiedBatch } from './verify.ts';

export type Taken = {
  readonly what: 'taken';
  /** As it is after the batch. */
  readonly life: Life;
  readonly lives: readonly Life[];
  /** Entries that head office did not have. */
  readonly fresh: readonly HashedEntry[];
  /** First heard of with this batch. */
  readonly registered: boolean;
  readonly wantBalances: boolean;
  readonly takeover: boolean;
  readonly chores: number;
};

/** It does not follow what is held. */
export type Misfit =
  | {
      readonly what: 'gap';
      readonly expected: number;
      readonly ackedSeq: number;
      readonly ackedHash: string;
      readonly side: SideHeads;
    }
  | { readonly what: 'fork'; readonly seq: number; readonly hash: string };

/** Something in it that no table can hold: another try changes nothing. */
type Unfit = { readonly what: 'unfit'; readonly why: string };
/** The store has had more boxes than any store has: something makes a new name again and again. */
type Full = { readonly what: 'full' };
export type Outcome = Taken | Misfit | Unfit | Full;

/** @param listeningS for how long this receiver has been able to hear anybody */
export async function takeBatch(
  pool: Pool,
  store: number,
  verified: VerifiedBatch,
  listeningS: number,
): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await inTransaction(pool, async (db) => {
        const outcome = await take(db, store, verified, listeningS);
        // A life is not registered for a batch that cannot be taken.
        if (outcome.what !== 'taken') throw new Refusal(outcome);
        return outcome;
      });
    } catch (error) {
      if (error instanceof Refusal) return error.outcome;
      if (isUnfit(error)) return { what: 'unfit', why: error.message };
      if (!isTurn(error) || tries >= TURNS) throw error;
    }
  }
}

/** Takes the way of an error, so that everything is rolled back. */
class Refusal extends Error {
  readonly outcome: Misfit | Full;

  constructor(outcome: Misfit | Full) {
    super(outcome.what);
    this.outcome = outcome;
  }
}

const TURNS = 3;

/** Two wanted the same: a life registered twice, a deadlock. The next turn sees what the other did. */
function isTurn(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '23505' || code === '40001' || code === '40P01';
}

function isUnfit(error: unknown): error is Error {
  return error instanceof TooMuchError || isBadValue(error);
}

async function take(
  db: PoolClient,
  store: number,
  verified: VerifiedBatch,
  listeningS: number,
): Promise<Taken | Misfit | Full> {
  const { batch } = verified;
  let lives = await lockLives(db, store);
  let life = lives.find(({ incarnation }) => incarnation === batch.incarnation);
  const registered = life === undefined;
  if (life === undefined) {
    // The lives that there are go on as ever.
    if (lives.length >= LIVES_MAX) return { what: 'full' };
    life = await registerLife(db, store, batch, lives);
    lives = await readLives(db, store);
  }
  if (isCompared(life)) life = await compareOn(db, life, lives, verified);
  const refusal = await misfit(db, lives, life, verified);
  if (refusal !== undefined) return refusal;
  const known = life.seq;
  const fresh = verified.entries.filter(({ record }) => record.seq > known);
  const brings = fresh.length > 0 || registered;
  const heard = await hear(db, lives, life, { brings, listeningS });
  const digest = await write(db, life, fresh);
  await writeBeside(db, life, batch);
  const progress = progressOf(life, batch, fresh, digest);
  await advanceLife(db, life, progress);
  const after = { ...heard, ...progress };
  const now = heard.state === life.state ? lives : await readLives(db, store);
  const chores = fresh.filter(({ record }) => CHORE_KINDS.has(record.kind)).length;
  return {
    what: 'taken',
    life: after,
    lives: now,
    fresh,
    registered,
    wantBalances: wantsBalances(life, progress),
    takeover: after.state === 'main' && (await hasTakeover(db, now, after)),
    chores,
  };
}

/** Why the batch cannot follow what is held; undefined when it can. */
async function misfit(
  db: PoolClient,
  lives: readonly Life[],
  life: Life,
  { batch, entries }: VerifiedBatch,
): Promise<Misfit | undefined> {
  const { seq, hash: ackedHash, items, lots, books, events } = life;
  const before = batch.from - 1;
  const skipsEvents = (batch.events?.after ?? 0) > events;
  if (before > seq || skipsEvents) {
    const side = { items, lots, books, events };
    return { what: 'gap', expected: seq + 1, ackedSeq: seq, ackedHash, side };
  }
  // The chain holds, so the newest entry that both have stands for all before it.
  const shared = Math.min(batch.to, seq);
  const said = shared === before ? batch.prevHash : entries[shared - batch.from]?.hash;
  const lineage = lineageIn(lives, life.id);
  const held = await hashHeld(db, life, lineage, shared);
  if (held === said) return undefined;
  return await firstFork(db, life, lineage, { batch, entries });
}

async function hashHeld(
  db: PoolClient,
  life: Life,
  lineage: ReturnType<typeof lineageIn>,
  seq: number,
): Promise<string | undefined> {
  if (seq === life.seq) return life.hash;
  if (seq === 0) return NO_HASH;
  return (await hashesAt(db, life.store, lineage, [seq])).get(seq);
}

/** The first entry that is another one here. */
async function firstFork(
  db: PoolClient,
  life: Life,
  lineage: ReturnType<typeof lineageIn>,
  { batch, entries }: VerifiedBatch,
): Promise<Misfit> {
  const said = new Map(entries.map(({ record, hash }) => [record.seq, hash]));
  said.set(batch.from - 1, batch.prevHash);
  const sequences = [...said.keys()].filter((seq) => seq >= 1 && seq <= life.seq);
  const held = await hashesAt(db, life.store, lineage, sequences);
  const seq = sequences.sort((a, b) => a - b).find((one) => held.get(one) !== said.get(one));
  // Only the hash before the first entry can differ at 0, and there is but one.
  return { what: 'fork', seq: seq ?? 0, hash: held.get(seq ?? 0) ?? NO_HASH };
}

/** Entries and their sums. @returns the digest after them */
async function write(db: PoolClient, life: Life, fresh: readonly HashedEntry[]): Promise<string> {
  if (fresh.length === 0) return life.digest;
  const { store, id } = life;
  const changes = new Changes();
  for (const { record } of fresh) changes.add(record);
  await insertEntries(db, store, id, fresh);
  await applyChanges(db, store, id, changes);
  const chores = fresh.filter(({ record }) => CHORE_KINDS.has(record.kind));
  if (chores.length > 0) {
    await db.query({
      name: 'insert-chores',
      text: `INSERT INTO chore (store, life, seq, kind)
             SELECT $1, $2, * FROM unnest($3::bigint[], $4::smallint[])`,
      values: [
        store,
        id,
        chores.map(({ record }) => record.seq),
        chores.map(({ record }) => record.kind),
      ],
    });
  }
  return digestAfter(life.digest, changes.balances());
}

async function writeBeside(
  db: PoolClient,
  life: Life,
  batch: VerifiedBatch['batch'],
): Promise<void> {
  const { store, id } = life;
  if (batch.items?.length) await insertItems(db, store, id, batch.items);
  if (batch.lots?.length) await insertLots(db, store, id, batch.lots);
  if (batch.books?.length) await insertBooks(db, store, id, batch.books);
  const told = batch.to > life.seq || (batch.events?.to ?? 0) > life.events;
  if (batch.facts && told) {
    await insertSegment(db, store, id, batch, Buffer.from(batch.facts, 'base64'));
  }
}

function progressOf(
  life: Life,
  batch: Omit<Batch, 'entries'>,
  fresh: readonly HashedEntry[],
  digest: string,
): Progress {
  const last = fresh.at(-1);
  const seq = last?.record.seq ?? life.seq;
  const compared = seq === batch.to && digest !== '' && batch.stateDigest != null;
  const same = digest === batch.stateDigest;
  // At least one, until they are named.
  const differences = same ? 0 : Math.max(1, life.differences ?? 1);
  return {
    seq,
    hash: last?.hash ?? life.hash,
    digest,
    items: highest(life.items, batch.items),
    lots: highest(life.lots, batch.lots),
    books: Math.max(life.books, ...(batch.books ?? []).map(({ version }) => version)),
    events: Math.max(life.events, batch.events?.to ?? 0),
    differences: compared ? differences : life.differences,
    compared,
    headSeq: batch.head?.seq ?? batch.to,
    box: batch.box,
    refold: batch.refold ?? null,
  };
}

/** The names of differences are asked for once, and again from time to time while they last. */
const NAMES_AGAIN_S = 600;

function wantsBalances(before: Life, { compared, differences }: Progress): boolean {
  if (!compared || differences === 0) return false;
  return before.differences === 0 || before.namedS === null || before.namedS > NAMES_AGAIN_S;
}

function highest(head: number, rows: readonly (readonly [number, ...unknown[]])[] = []): number {
  return rows.reduce((most, [number]) => Math.max(most, number), head);
}
