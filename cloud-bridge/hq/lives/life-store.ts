/** Rows of `life`: how far each life of a store is known, and what it is to head office. */
import type { Pool, PoolClient } from 'pg';
import type { Batch, LifeState } from '#recipes/contracts/sync.ts';

type Db = Pool | PoolClient;

export type Life = {
  readonly store: number;
  readonly id: number;
  readonly incarnation: string;
  readonly parent: number | null;
  /** Entries up to here are the parent's. */
  readonly forkSeq: number;
  readonly forkEvents: number;
  /** `compared`: nobody declared where it parted, head office found out. */
  readonly why: string | null;
  readonly state: LifeState;
  readonly seq: number;
  /** 64 hex digits. */
  readonly hash: string;
  /** Empty while head office still compares it with another life: it has no balances yet. */
  readonly digest: string;
  readonly items: number;
  readonly lots: number;
  readonly books: number;
  readonly events: number;
  readonly differences: number | null;
  /** Since the differing balances were named; null = never. */
  readonly namedS: number | null;
  /** Since it spoke, and since it became what it is. */
  readonly silentS: number;
  readonly stateS: number;
  readonly seenAt: Date;
};

const COLUMNS = `store, id, incarnation, parent, fork_seq, fork_events, why, state, seq,
  encode(hash, 'hex') AS hash, digest, items, lots, books, events, differences, seen_at,
  extract(epoch FROM clock_timestamp() - named_at)::float8 AS named_s,
  extract(epoch FROM clock_timestamp() - seen_at)::float8 AS silent_s,
  extract(epoch FROM clock_timestamp() - since)::float8 AS state_s`;

/** All lives of a store, by number. */
export async function readLives(db: Db, store: number): Promise<Life[]> {
  const { rows } = await db.query<LifeRow>({
    name: 'read-lives',
    text: `SELECT ${COLUMNS} FROM life WHERE store = $1 ORDER BY id`,
    values: [store],
  });
  return rows.map(lifeOf);
}

/** The same, and nobody else changes or adds any until the end of the transaction. */
export async function lockLives(db: PoolClient, store: number): Promise<Life[]> {
  await db.query({
    name: 'lock-lives',
    text: 'SELECT id FROM life WHERE store = $1 ORDER BY id FOR UPDATE',
    values: [store],
  });
  // Read once the lock is there: who held it may have registered one, which the statement above began
  // too early to see.
  return await readLives(db, store);
}

export type NewLife = Pick<
  Life,
  | 'store'
  | 'id'
  | 'incarnation'
  | 'parent'
  | 'forkSeq'
  | 'forkEvents'
  | 'why'
  | 'state'
  | 'hash'
  | 'digest'
  | 'lots'
  | 'books'
>;

/** @throws a violation of uniqueness when another receiver heard of it at the same time */
export async function insertLife(db: PoolClient, life: NewLife): Promise<Life> {
  const { rows } = await db.query<LifeRow>(
    `INSERT INTO life (store, id, incarnation, parent, fork_seq, fork_events, why, state, seq, hash,
       digest, events, lots, books)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $5, decode($9, 'hex'), $10, $6, $11, $12)
     RETURNING ${COLUMNS}`,
    [
      life.store,
      life.id,
      life.incarnation,
      life.parent,
      life.forkSeq,
      life.forkEvents,
      life.why,
      life.state,
      life.hash,
      life.digest,
      life.lots,
      life.books,
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a life could not be written');
  return lifeOf(row);
}

/** What a batch changes of its life. */
export type Progress = Pick<
  Life,
  'seq' | 'hash' | 'digest' | 'items' | 'lots' | 'books' | 'events' | 'differences'
> & {
  /** Whether the box's digest was compared with ours at `seq`. */
  readonly compared: boolean;
  readonly headSeq: number;
  readonly box: Batch['box'];
  readonly refold: NonNullable<Batch['refold']> | null;
};

/** Moves the cursor; the life has spoken. */
export async function advanceLife(db: PoolClient, life: Life, to: Progress): Promise<void> {
  await db.query({
    name: 'advance-life',
    text: `UPDATE life SET seq = $3, hash = decode($4, 'hex'), digest = $5, items = $6, lots = $7,
             books = $8, events = $9, differences = $10,
             compared_seq = CASE WHEN $11 THEN $3 ELSE compared_seq END,
             compared_at = CASE WHEN $11 THEN clock_timestamp() ELSE compared_at END,
             differing = CASE WHEN $10 = 0 THEN NULL ELSE differing END,
             head_seq = greatest($12, $3),
             behind_since = CASE WHEN $12 > $3 THEN coalesce(behind_since, clock_timestamp()) END,
             box = coalesce($13::jsonb, box),
             refold = CASE WHEN $14::jsonb IS NULL THEN refold
               ELSE jsonb_set(coalesce(refold, '{}'), '{box}', $14::jsonb) END,
             seen_at = clock_timestamp()
           WHERE store = $1 AND id = $2`,
    values: [
      life.store,
      life.id,
      to.seq,
      to.hash,
      to.digest,
      to.items,
      to.lots,
      to.books,
      to.events,
      to.differences,
      to.compared,
      to.headSeq,
      to.box === undefined ? null : JSON.stringify(to.box),
      to.refold === null ? null : JSON.stringify(to.refold),
    ],
  });
}

/** Where a life that is still compared parts from the other, as far as is known. */
export async function moveFork(db: PoolClient, life: Life, to: Life): Promise<void> {
  await db.query(
    `UPDATE life SET parent = $3, fork_seq = $4, fork_events = $5, seq = $6, hash = decode($7, 'hex'),
       digest = $8, events = $9, lots = $10, books = $11
     WHERE store = $1 AND id = $2`,
    [
      life.store,
      life.id,
      to.parent,
      to.forkSeq,
      to.forkEvents,
      to.seq,
      to.hash,
      to.digest,
      to.events,
      to.lots,
      to.books,
    ],
  );
}

/** What a life is to head office from now on. */
export async function setState(db: Db, store: number, life: number, state: LifeState) {
  await db.query(
    `UPDATE life SET state = $3, since = clock_timestamp() WHERE store = $1 AND id = $2`,
    [store, life, state],
  );
}

type LifeRow = {
  store: number;
  id: number;
  incarnation: string;
  parent: number | null;
  fork_seq: string;
  fork_events: string;
  why: string | null;
  state: LifeState;
  seq: string;
  hash: string;
  digest: string;
  items: number;
  lots: string;
  books: number;
  events: string;
  differences: number | null;
  named_s: number | null;
  seen_at: Date;
  silent_s: number;
  state_s: number;
};

function lifeOf(row: LifeRow): Life {
  return {
    store: row.store,
    id: row.id,
    incarnation: row.incarnation,
    parent: row.parent,
    forkSeq: Number(row.fork_seq),
    forkEvents: Number(row.fork_events),
    why: row.why,
    state: row.state,
    seq: Number(row.seq),
    hash: row.hash,
    digest: row.digest,
    items: row.items,
    lots: Number(row.lots),
    books: row.books,
    events: Number(row.events),
    differences: row.differences,
    namedS: row.named_s,
    seenAt: row.seen_at,
    silentS: row.silent_s,
    stateS: row.state_s,
  };
}
