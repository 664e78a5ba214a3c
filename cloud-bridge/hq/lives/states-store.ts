/** Which life of a store is the store. README.md has the rules. */
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../db/transaction.ts';
import { type Life, lockLives, setState } from './life-store.ts';
import { hasTakeover } from './takeover-store.ts';

/** Silent for so long, the main life makes room for another that speaks. */
export const SILENT_S = 300;
/** What was on its way when a life was sealed may still arrive; only afterwards is it a voice. */
const LATE_S = 60;

/** A life has spoken. */
export type Voice = {
  /** It brought something that head office did not have. */
  readonly brings: boolean;
  /** For how long this receiver has been able to hear anybody. */
  readonly listeningS: number;
};

/**
 * What the life is now that it has spoken: a sealed one that goes on is a second box, and a second box
 * becomes the store when the main one has been silent.
 * @param lives those of the store, locked
 */
export async function hear(
  db: PoolClient,
  lives: readonly Life[],
  life: Life,
  voice: Voice,
): Promise<Life> {
  if (life.state === 'main') return life;
  const main = lives.find(({ state }) => state === 'main');
  // Head office that was away itself knows nothing of anybody's silence.
  const silentS = Math.min(main?.silentS ?? Number.POSITIVE_INFINITY, voice.listeningS);
  if (life.state === 'second' && silentS >= SILENT_S) {
    await makeMain(db, lives, life);
    return { ...life, state: 'main' };
  }
  if (life.state === 'second' || (!voice.brings && life.stateS < LATE_S)) return life;
  await setState(db, life.store, life.id, 'second');
  return { ...life, state: 'second' };
}

/** The life is the store from now on; the one that was is sealed. @param lives locked */
export async function makeMain(db: PoolClient, lives: readonly Life[], life: Life): Promise<void> {
  for (const { id, state } of lives) {
    if (state === 'main' && id !== life.id) await setState(db, life.store, id, 'sealed');
  }
  await setState(db, life.store, life.id, 'main');
}

/** A person decides. @returns false when the store has no such life */
export async function chooseMain(pool: Pool, store: number, incarnation: string): Promise<boolean> {
  return await inTransaction(pool, async (db) => {
    const lives = await lockLives(db, store);
    const chosen = lives.find((life) => life.incarnation === incarnation);
    if (chosen !== undefined && chosen.state !== 'main') await makeMain(db, lives, chosen);
    return chosen !== undefined;
  });
}

/** A life's incarnation and its store, of those that were sealed now. */
export type Sealed = { readonly store: number; readonly incarnation: string };

/**
 * A second box that has been silent and whose facts the main one has taken over is no second box any
 * more: it is sealed, and the alarm ends.
 */
export async function sealSilent(pool: Pool): Promise<Sealed[]> {
  const { rows } = await pool.query<{ store: number }>(
    `SELECT DISTINCT l.store FROM life l JOIN life m ON m.store = l.store AND m.state = 'main'
     WHERE l.state = 'second' AND l.seen_at < clock_timestamp() - make_interval(secs => $1)
       AND m.seen_at > clock_timestamp() - make_interval(secs => $1)`,
    [SILENT_S],
  );
  const sealed: Sealed[] = [];
  for (const { store } of rows) {
    sealed.push(...(await inTransaction(pool, (db) => sealSilentOf(db, store))));
  }
  return sealed;
}

async function sealSilentOf(db: PoolClient, store: number): Promise<Sealed[]> {
  const lives = await lockLives(db, store);
  const main = lives.find(({ state }) => state === 'main');
  if (main === undefined || main.silentS > SILENT_S) return [];
  const sealed: Sealed[] = [];
  for (const life of lives) {
    if (life.state !== 'second' || life.silentS < SILENT_S) continue;
    // What both have in their past is in the main life without being taken over.
    if (await hasTakeover(db, lives, main, life)) continue;
    await setState(db, store, life.id, 'sealed');
    sealed.push({ store, incarnation: life.incarnation });
  }
  return sealed;
}
