/**
 * Sets a box's file beside head office's database, past the code of both: every entry there exactly
 * once, the same balances, the same digest. What differs becomes a sentence.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { StateDigest } from '#recipes/sync/state-digest.ts';

export type ChainCheck = {
  /** Entries of the box, and of head office over all lives of the store. */
  readonly entries: number;
  readonly held: number;
  /** Digest folded here from the moves of the box's file. */
  readonly digest: string;
  /** One sentence each; empty = both ends are the same. */
  readonly wrong: readonly string[];
};

type HeldLife = {
  id: number;
  incarnation: string;
  state: string;
  digest: string;
  differences: number | null;
  seq: string;
};

/** @param url of head office's PostgreSQL */
export async function checkStore(data: string, store: string, url: string): Promise<ChainCheck> {
  const box = readBox(join(data, 'larder.db'));
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: number }>('SELECT id FROM store WHERE code = $1', [
      store,
    ]);
    const id = rows[0]?.id ?? 0;
    const held = await client.query<{ life: number; seq: string; hash: string }>(
      `SELECT life, seq, encode(hash, 'hex') AS hash FROM entry WHERE store = $1 ORDER BY seq`,
      [id],
    );
    const lives = await client.query<HeldLife>('SELECT * FROM life WHERE store = $1', [id]);
    const balances = await client.query<BalanceRow>(
      'SELECT item, place, lot, amount FROM balance WHERE store = $1 AND amount <> 0',
      [id],
    );
    const wrong = [
      ...compareEntries(box.entries, held.rows),
      ...compareLives(box, lives.rows),
      ...compareBalances(box.balances, balances.rows),
    ];
    return {
      entries: box.entries.size,
      held: held.rows.length,
      digest: box.digest,
      wrong: wrong.map((line) => `${store}: ${line}`),
    };
  } finally {
    await client.end();
  }
}

type BalanceRow = { item: number; place: number; lot: string; amount: string };

type Box = {
  readonly incarnation: string;
  readonly entries: ReadonlyMap<number, string>;
  /** `item,place,lot` to the amount; lots are told apart in the stock only. */
  readonly balances: ReadonlyMap<string, bigint>;
  readonly digest: string;
};

const STOCK = 1;

function readBox(file: string): Box {
  const db = new Database(file, { readonly: true });
  try {
    const entries = new Map<number, string>();
    const rows = db.prepare('SELECT seq, lower(hex(hash)) AS hash FROM entry ORDER BY seq');
    for (const row of rows.iterate() as Iterable<{ seq: number; hash: string }>) {
      entries.set(row.seq, row.hash);
    }
    const balances = new Map<string, bigint>();
    const add = (item: number, place: number, lot: number, amount: bigint): void => {
      const key = `${item},${place},${place === STOCK ? lot : 0}`;
      balances.set(key, (balances.get(key) ?? 0n) + amount);
    };
    const moves = db.prepare('SELECT item, lot, src, dst, amount FROM move').raw();
    for (const row of moves.iterate() as Iterable<[number, number, number, number, number]>) {
      const [item, lot, src, dst, amount] = row;
      add(item, src, lot, -BigInt(amount));
      add(item, dst, lot, BigInt(amount));
    }
    const digest = new StateDigest();
    for (const [key, amount] of balances) {
      if (amount === 0n) balances.delete(key);
      const [item = 0, place = 0, lot = 0] = key.split(',').map(Number);
      digest.add(item, place, lot, amount);
    }
    const incarnation = db.prepare("SELECT value FROM meta WHERE key = 'incarnation'").pluck();
    return { incarnation: String(incarnation.get()), entries, balances, digest: digest.hex() };
  } finally {
    db.close();
  }
}

function compareEntries(
  box: ReadonlyMap<number, string>,
  held: readonly { seq: string; hash: string }[],
): string[] {
  const wrong: string[] = [];
  const seen = new Set<number>();
  for (const { seq, hash } of held) {
    const number = Number(seq);
    if (seen.has(number)) wrong.push(`entry ${number} is there twice`);
    seen.add(number);
    if (box.get(number) !== hash) wrong.push(`entry ${number} is ${hash}, the box has another`);
  }
  for (const seq of box.keys()) if (!seen.has(seq)) wrong.push(`entry ${seq} is missing`);
  return wrong.slice(0, 20);
}

/** No copy of the box was ever at work, so there is one life. */
function compareLives(box: Box, lives: readonly HeldLife[]): string[] {
  const [life] = lives;
  if (life === undefined || lives.length > 1) return [`${lives.length} lives instead of one`];
  const wanted = {
    incarnation: box.incarnation,
    state: 'main',
    digest: box.digest,
    differences: 0,
  };
  return Object.entries(wanted)
    .filter(([name, value]) => life[name as keyof HeldLife] !== value)
    .map(([name, value]) => `${name} is ${life[name as keyof HeldLife]}, not ${value}`);
}

function compareBalances(box: ReadonlyMap<string, bigint>, held: readonly BalanceRow[]): string[] {
  const left = new Map(box);
  const wrong: string[] = [];
  for (const { item, place, lot, amount } of held) {
    const key = `${item},${place},${lot}`;
    if (left.get(key) !== BigInt(amount)) {
      wrong.push(`balance ${key} is ${amount}, the moves of the box make ${left.get(key)}`);
    }
    left.delete(key);
  }
  for (const [key, amount] of left) wrong.push(`balance ${key} of ${amount} is missing`);
  return wrong.slice(0, 20);
}
