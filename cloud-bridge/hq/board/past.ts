/**
 * A store's past: its lives, and along which of them its entries are read. Whatever reads over many
 * stores asks each server once for all the stores that are on it.
 */
import { lineageIn, type Stretch } from '../lives/lineage.ts';
import type { Databases, HqParts } from '../parts.ts';

import { type LifeRow, type OfficeStore, readLives, readOfficeStores } from './past-store.ts';

export type Past = {
  readonly store: OfficeStore;
  /** The life that is the store; undefined when its box never spoke. */
  readonly main: LifeRow | undefined;
  readonly lives: readonly LifeRow[];
  /** Where the main life's entries are, oldest first. */
  readonly stretches: readonly Stretch[];
  /** The server that has its rows does not answer: nothing is known of it now. */
  readonly away: boolean;
};

/** A store that has spoken. */
export type SpokenPast = Past & { readonly main: LifeRow };

type Db = Databases['chain'];
type Parts = Pick<HqParts, 'db'>;

/** Of these stores, or of all; in the order of their codes. */
export async function readPasts(parts: Parts, codes?: readonly string[]): Promise<Past[]> {
  const stores = await readOfficeStores(parts.db.chain, codes);
  const servers = await byServer(parts, stores, ({ id }) => id);
  const away = new Set<number>();
  const lives = await Promise.all(
    servers.map(async ([db, own]) => {
      const ids = own.map(({ id }) => id);
      try {
        return await readLives(db, ids);
      } catch (error) {
        // With one server there is nothing to go on with.
        if (servers.length === 1) throw error;
        for (const id of ids) away.add(id);
        return [];
      }
    }),
  );
  const byStore = new Map<number, LifeRow[]>();
  for (const life of lives.flat()) {
    const known = byStore.get(life.store);
    if (known === undefined) byStore.set(life.store, [life]);
    else known.push(life);
  }
  return stores.map((store) => pastOf(store, byStore.get(store.id) ?? [], away.has(store.id)));
}

/** One store's; undefined when there is none with this code. */
export async function readPast(parts: Parts, code: string): Promise<Past | undefined> {
  const [past] = await readPasts(parts, [code]);
  return past;
}

/** The past of a store from its lives. */
export function pastOf(store: OfficeStore, lives: readonly LifeRow[], away = false): Past {
  const main = lives.find(({ state }) => state === 'main');
  const stretches = main === undefined ? [] : lineageIn(lives, main.id);
  return { store: withName(store, main), main, lives, stretches, away };
}

/** What the box calls itself, where head office gave no name. */
function withName(store: OfficeStore, main: LifeRow | undefined): OfficeStore {
  const said = main?.box?.name;
  if (store.named || said === undefined) return store;
  return { ...store, name: typeof said === 'string' ? { zh: said, en: said } : said };
}

/** Those that have spoken. */
export function spoken(pasts: readonly Past[]): SpokenPast[] {
  return pasts.filter((past): past is SpokenPast => past.main !== undefined);
}

/** Things that belong to stores, by the server that has the store's rows. */
export async function byServer<T>(
  { db }: Parts,
  things: readonly T[],
  storeOf: (thing: T) => number,
): Promise<[Db, T[]][]> {
  const servers = new Map<Db, T[]>();
  for (const thing of things) {
    const pool = await db.of(storeOf(thing));
    const known = servers.get(pool);
    if (known === undefined) servers.set(pool, [thing]);
    else known.push(thing);
  }
  return [...servers];
}

/** What a statement over many stores' main lives is given: (store, life). */
export function mainColumns(pasts: readonly SpokenPast[]): [number[], number[]] {
  return [pasts.map(({ store }) => store.id), pasts.map(({ main }) => main.id)];
}

/** What a statement over many stores' entries is given: (store, life, from, to). */
export function stretchColumns(pasts: readonly Past[]): [number[], number[], number[], number[]] {
  const all = pasts.flatMap(({ store, stretches }) =>
    stretches.map((stretch) => ({ store: store.id, ...stretch })),
  );
  return [
    all.map(({ store }) => store),
    all.map(({ life }) => life),
    all.map(({ from }) => from),
    all.map(({ to }) => to),
  ];
}

/** A list in pieces of at most `size`. */
export function inPieces<T>(list: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let at = 0; at < list.length; at += size) pieces.push(list.slice(at, at + size));
  return pieces;
}
