/** The stores of the chain and the lineage of each: which lives its entries are in. */
import type { Pool, PoolClient } from 'pg';
import { lineageIn, type Stretch } from './lives/lineage.ts';
import type { Store } from './parts.ts';

type Db = Pool | PoolClient;

/** The store with this code, unless there is none. */
export async function findStore(chain: Db, code: string): Promise<Store | undefined> {
  const { rows } = await chain.query<StoreRow>({
    name: 'find-store',
    text: `SELECT id, code, name, role, timezone FROM store WHERE code = $1 AND closed_at IS NULL`,
    values: [code],
  });
  return rows[0] && storeOf(rows[0]);
}

/** The store with this number, unless there is none. */
export async function findStoreById(chain: Db, id: number): Promise<Store | undefined> {
  const { rows } = await chain.query<StoreRow>({
    name: 'find-store-by-id',
    text: `SELECT id, code, name, role, timezone FROM store WHERE id = $1 AND closed_at IS NULL`,
    values: [id],
  });
  return rows[0] && storeOf(rows[0]);
}

/** The store with this code, made when there is none yet. */
export async function ensureStore(chain: Db, code: string): Promise<Store> {
  const known = await findStore(chain, code);
  if (known !== undefined) return known;
  const { rows } = await chain.query<StoreRow>(
    `INSERT INTO store (code) VALUES ($1)
       ON CONFLICT (code) DO UPDATE SET closed_at = NULL
       RETURNING id, code, name, role, timezone`,
    [code],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`store ${code} could not be made`);
  return storeOf(row);
}

/** Makes a store known with the token of its bridge. @param hash as `hashToken` gives it */
export async function enrolStore(chain: Db, code: string, hash: string): Promise<void> {
  await ensureStore(chain, code);
  await chain.query('UPDATE store SET token_hash = $2 WHERE code = $1', [code, hash]);
}

/** Every open store, by code. */
export async function allStores(chain: Db): Promise<Store[]> {
  const { rows } = await chain.query<StoreRow>(
    `SELECT id, code, name, role, timezone FROM store WHERE closed_at IS NULL ORDER BY code`,
  );
  return rows.map(storeOf);
}

/** What the stores with these codes are called; one that nobody knows is absent. */
export async function namesOfStores(
  chain: Db,
  codes: readonly string[],
): Promise<ReadonlyMap<string, Store['name']>> {
  if (codes.length === 0) return new Map();
  const { rows } = await chain.query<StoreRow>({
    name: 'names-of-stores',
    text: `SELECT id, code, name, role, timezone FROM store WHERE code = ANY ($1::text[])`,
    values: [[...new Set(codes)]],
  });
  return new Map(rows.map((row) => [row.code, storeOf(row).name]));
}

/** The main life's past, oldest first; empty when the store never spoke. @param db where its rows are */
export async function lineageOf(db: Db, store: number): Promise<Stretch[]> {
  const { rows } = await db.query<{ id: number }>(
    `SELECT id FROM life WHERE store = $1 AND state = 'main'`,
    [store],
  );
  return rows[0] === undefined ? [] : lineageOfLife(db, store, rows[0].id);
}

/** The past of any life: its parents' entries up to where it parted from them, then its own. */
export async function lineageOfLife(db: Db, store: number, life: number): Promise<Stretch[]> {
  const { rows } = await db.query<LifeRow>({
    name: 'lives-of-store',
    text: `SELECT id, parent, fork_seq, seq FROM life WHERE store = $1`,
    values: [store],
  });
  const lives = rows.map(({ id, parent, fork_seq, seq }) => {
    return { id, parent, forkSeq: Number(fork_seq), seq: Number(seq) };
  });
  return lineageIn(lives, life);
}

type LifeRow = { id: number; parent: number | null; fork_seq: string; seq: string };
type StoreRow = {
  id: number;
  code: string;
  name: { zh?: string; en?: string } | null;
  role: 'store' | 'kitchen';
  timezone: string | null;
};

function storeOf({ id, code, name, role, timezone }: StoreRow): Store {
  const en = name?.en ?? name?.zh ?? code;
  return { id, code, name: { zh: name?.zh ?? en, en }, role, timezone };
}
