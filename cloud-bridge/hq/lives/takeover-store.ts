/** Facts of other lives, piece by piece, for the life that is the store. */
import type { Pool, PoolClient } from 'pg';
import type { Takeover } from '#recipes/contracts/sync.ts';
import type { Life } from './life-store.ts';
import { sharedWith } from './lineage.ts';

type Db = Pool | PoolClient;

/** The next piece that the main life does not have yet; undefined when there is none. */
export async function nextTakeover(
  db: Db,
  lives: readonly Life[],
  main: Life,
): Promise<Takeover | undefined> {
  const waiting = await readWaiting(db, lives, main, 2, true);
  const [first] = waiting;
  if (first === undefined) return undefined;
  const of = lives.find(({ id }) => id === first.life);
  if (of === undefined) return undefined;
  const shared = sharedWith(lives, main.id).get(of.id);
  return {
    incarnation: of.incarnation,
    segment: first.id,
    afterSeq: shared?.seq ?? of.forkSeq,
    facts: (first.facts ?? Buffer.alloc(0)).toString('base64'),
    more: waiting.length > 1,
  };
}

/** Whether anything waits, without reading it. @param of only of this life */
export async function hasTakeover(
  db: Db,
  lives: readonly Life[],
  main: Life,
  of?: Life,
): Promise<boolean> {
  if (lives.length < 2) return false;
  return (await readWaiting(db, lives, main, 1, false, of)).length > 0;
}

/** The main life has dealt with a piece. Told twice, or an old one again: nothing changes. */
export async function tookOver(
  db: Db,
  store: number,
  life: number,
  of: number,
  segment: number,
): Promise<void> {
  await db.query(
    `INSERT INTO takeover AS t (store, life, of, segment) VALUES ($1, $2, $3, $4)
     ON CONFLICT (store, life, of) DO UPDATE SET segment = greatest(t.segment, excluded.segment)`,
    [store, life, of, segment],
  );
}

type Piece = { life: number; id: number; facts: Buffer | null };

/** Older lives first, each in its order: the later ones may know more. */
async function readWaiting(
  db: Db,
  lives: readonly Life[],
  main: Life,
  limit: number,
  withFacts: boolean,
  of?: Life,
): Promise<Piece[]> {
  const shared = sharedWith(lives, main.id);
  const others = of === undefined ? lives.filter(({ id }) => id !== main.id) : [of];
  const { rows } = await db.query<Piece>(
    `SELECT s.life, s.id, CASE WHEN $6 THEN s.facts END AS facts
       FROM unnest($3::smallint[], $4::bigint[], $5::bigint[]) AS o (life, seq, events)
       JOIN segment s ON s.store = $1 AND s.life = o.life
       LEFT JOIN takeover t ON t.store = $1 AND t.life = $2 AND t.of = o.life
       WHERE s.id > coalesce(t.segment, 0) AND (s.to_seq > o.seq OR s.to_event > o.events)
       ORDER BY s.life, s.id LIMIT $7`,
    [
      main.store,
      main.id,
      others.map(({ id }) => id),
      others.map(({ id }) => shared.get(id)?.seq ?? 0),
      others.map(({ id }) => shared.get(id)?.events ?? 0),
      withFacts,
      limit,
    ],
  );
  return rows;
}
