/**
 * A life that head office has not heard of. One that says where it parted is believed when our hash
 * of that entry is the same; of any other the common beginning is found by comparing (`compare-store`).
 */
import type { PoolClient } from 'pg';
import { type Batch, NO_HASH, type Parent } from '#recipes/contracts/sync.ts';
import { hashesAt } from '../ingest/entry-store.ts';
import { inherit } from './inherit-store.ts';
import { insertLife, type Life, type NewLife, setState } from './life-store.ts';
import { lineageIn } from './lineage.ts';

/** A store has no more of them: years of daily restoring, or a box that forgets its name at every start. */
export const LIVES_MAX = 1_000;

/**
 * @param lives those of the store, locked
 * @throws a violation of uniqueness when another receiver heard of it at the same time
 */
export async function registerLife(
  db: PoolClient,
  store: number,
  batch: Pick<Batch, 'incarnation' | 'parent'>,
  lives: readonly Life[],
): Promise<Life> {
  const id = 1 + Math.max(0, ...lives.map((life) => life.id));
  const fresh = { store, id, incarnation: batch.incarnation };
  const main = lives.find(({ state }) => state === 'main');
  const parting = batch.parent ? await findParting(db, lives, batch.parent) : undefined;
  if (parting === undefined) {
    const named = lives.find(({ incarnation }) => incarnation === batch.parent?.incarnation);
    return await insertLife(db, { ...fresh, ...unknownPast(named ?? main, batch.parent, main) });
  }
  const { parent, seq, hash, events, why } = parting;
  const inherited = await inherit(db, lives, parent, id, seq);
  const alone = why === 'restored' || main === undefined;
  if (alone && main !== undefined) await setState(db, store, main.id, 'sealed');
  return await insertLife(db, {
    ...fresh,
    ...inherited,
    parent: parent.id,
    forkSeq: seq,
    forkEvents: events,
    hash,
    why,
    state: alone ? 'main' : 'second',
  });
}

type Past = Omit<NewLife, 'store' | 'id' | 'incarnation'>;

/** The first of its store, or one that is compared with another from the first entry on. */
function unknownPast(
  other: Life | undefined,
  declared: Parent | null | undefined,
  main: Life | undefined,
): Past {
  return {
    parent: other?.id ?? null,
    forkSeq: 0,
    forkEvents: 0,
    why: other === undefined ? (declared?.why ?? null) : 'compared',
    state: main === undefined ? 'main' : 'second',
    hash: NO_HASH,
    digest: other === undefined ? NO_DIGEST : '',
    lots: 0,
    books: 0,
  };
}

/** Of no balances at all. */
const NO_DIGEST = '0'.repeat(32);

type Parting = {
  readonly parent: Life;
  readonly seq: number;
  readonly hash: string;
  readonly events: number;
  readonly why: Parent['why'];
};

/** Where both have the same entry; undefined when our entry is another one, or nobody knows the parent. */
async function findParting(
  db: PoolClient,
  lives: readonly Life[],
  declared: Parent,
): Promise<Parting | undefined> {
  const parent = lives.find(({ incarnation }) => incarnation === declared.incarnation);
  // One that is still compared itself has nothing to inherit yet.
  if (parent === undefined || parent.digest === '') return undefined;
  // Its box may have sold on without reaching us: those entries the new life brings itself.
  const seq = Math.min(declared.seq, parent.seq);
  const hashes = await hashesAt(db, parent.store, lineageIn(lives, parent.id), [seq]);
  const hash = seq === 0 ? NO_HASH : hashes.get(seq);
  if (hash === undefined || (seq === declared.seq && hash !== declared.hash)) return undefined;
  const events = Math.min(declared.events, Math.max(parent.events, parent.forkEvents));
  return { parent, seq, hash, events, why: declared.why };
}
