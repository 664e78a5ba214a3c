/** SQL of the stores and their lives, for everything that reads over many stores at once. */
import type { Databases, Store } from '../parts.ts';

type Db = Databases['chain'];

/** A store with the local hours in which silence is an alarm; null = always. */
export type OfficeStore = Store & {
  /** False: head office gave it no name; its box may have one. */
  readonly named: boolean;
  readonly opens: string | null;
  readonly closes: string | null;
};

/** An incarnation of a store's box; times are epoch milliseconds. */
export type LifeRow = {
  readonly store: number;
  readonly id: number;
  readonly incarnation: string;
  readonly parent: number | null;
  readonly forkSeq: number;
  readonly why: string | null;
  readonly state: string;
  readonly since: number;
  readonly seq: number;
  /** Balances that differ; null = not compared yet. */
  readonly differences: number | null;
  readonly comparedAt: number | null;
  readonly seenAt: number;
  /** The box's newest entry. */
  readonly headSeq: number;
  /** Since when head office is behind it. */
  readonly behindSince: number | null;
  /** What the box last said of itself. */
  readonly box: BoxWords | null;
};

export type BoxWords = {
  readonly version?: string;
  readonly timezone?: string;
  readonly dayStart?: string;
  readonly name?: string | { readonly zh: string; readonly en: string };
  /** Things in its inbox that need a person. */
  readonly open?: number;
};

/** Open stores by code. @param codes only these; undefined = all */
export async function readOfficeStores(
  chain: Db,
  codes: readonly string[] | undefined,
): Promise<OfficeStore[]> {
  const { rows } = await chain.query<{
    id: number;
    code: string;
    name: { zh?: string; en?: string } | null;
    role: 'store' | 'kitchen';
    timezone: string | null;
    opens: string | null;
    closes: string | null;
  }>({
    name: 'office-stores',
    text: `SELECT id, code, name, role, timezone, opens, closes FROM store
           WHERE closed_at IS NULL AND ($1::text[] IS NULL OR code = ANY ($1))
           ORDER BY code COLLATE "C"`,
    values: [codes ?? null],
  });
  return rows.map(({ name, ...row }) => {
    const en = name?.en ?? name?.zh ?? row.code;
    return { ...row, named: name !== null, name: { zh: name?.zh ?? en, en } };
  });
}

/** All lives of these stores. @param db where their rows are */
export async function readLives(db: Db, stores: readonly number[]): Promise<LifeRow[]> {
  const { rows } = await db.query<Row>({
    name: 'lives-of-stores',
    text: `SELECT store, id, incarnation, parent, fork_seq, why, state, since, seq, differences,
             compared_at, seen_at, head_seq, behind_since, box
           FROM life WHERE store = ANY ($1) ORDER BY store, id`,
    values: [stores],
  });
  return rows.map((row) => ({
    store: row.store,
    id: row.id,
    incarnation: row.incarnation,
    parent: row.parent,
    forkSeq: Number(row.fork_seq),
    why: row.why,
    state: row.state,
    since: row.since.getTime(),
    seq: Number(row.seq),
    differences: row.differences,
    comparedAt: row.compared_at?.getTime() ?? null,
    seenAt: row.seen_at.getTime(),
    headSeq: Number(row.head_seq),
    behindSince: row.behind_since?.getTime() ?? null,
    box: row.box,
  }));
}

type Row = {
  store: number;
  id: number;
  incarnation: string;
  parent: number | null;
  fork_seq: string;
  why: string | null;
  state: string;
  since: Date;
  seq: string;
  differences: number | null;
  compared_at: Date | null;
  seen_at: Date;
  head_seq: string;
  behind_since: Date | null;
  box: BoxWords | null;
};
