/** Reads a whole ledger by batches, as a bridge would, and takes apart what they carry. */
import { hash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import {
  type Batch,
  batchSchema,
  type Fact,
  type Facts,
  NO_HASH,
  NO_SIDE,
  type SideHeads,
} from '#recipes/contracts/sync.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { eachMove, readEntryText } from '#recipes/sync/read-entry-text.ts';
import type { TestBox } from '../../support/start-box.ts';

/** One batch of the box. */
export function batchAfter(
  box: TestBox,
  after: number,
  side: SideHeads = NO_SIDE,
  more: Readonly<Record<string, number>> = {},
): Promise<Batch> {
  const asked = Object.entries({ after, ...side, ...more }).map(
    ([key, value]) => `${key}=${value}`,
  );
  return box.api<Batch>('GET', `/feed?form=batch&${asked.join('&')}`);
}

/** What head office would hold of the tables beside the ledger after this batch. */
export function sideAfter(side: SideHeads, batch: Batch): SideHeads {
  return {
    items: batch.items?.at(-1)?.[0] ?? side.items,
    lots: batch.lots?.at(-1)?.[0] ?? side.lots,
    books: batch.books?.at(-1)?.version ?? side.books,
    events: batch.events?.to ?? side.events,
  };
}

/** Batches until nothing is new. @param limits how many entries to ask for, batch by batch */
export async function readAll(box: TestBox, limits: () => number): Promise<Batch[]> {
  const batches: Batch[] = [];
  let after = 0;
  let side = NO_SIDE;
  for (;;) {
    const batch = batchSchema.parse(await batchAfter(box, after, side, { limit: limits() }));
    batches.push(batch);
    const next = sideAfter(side, batch);
    const empty = batch.entries.length === 0 && JSON.stringify(next) === JSON.stringify(side);
    if (empty) return batches;
    after = batch.to;
    side = next;
  }
}

export function textsOf(batches: readonly Batch[]): string[] {
  return batches.flatMap(({ entries }) =>
    entries.map((entry) => (typeof entry === 'string' ? entry : entry.text)),
  );
}

/** Hashes of the texts, one onto the other from the first. */
export function chainOf(texts: readonly string[]): string[] {
  let before = NO_HASH;
  return texts.map((text) => {
    before = hash('sha256', before + text, 'hex');
    return before;
  });
}

export function factsIn(batches: readonly Batch[]): Fact[] {
  return batches.flatMap(({ facts }) => {
    if (typeof facts !== 'string') return [];
    const text = zstdDecompressSync(Buffer.from(facts, 'base64')).toString();
    return (JSON.parse(text) as Facts).facts;
  });
}

/** Balances from the packed moves, by `item,place,lot`; lots are told apart in the stock only. */
export function foldOf(texts: readonly string[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  const add = (item: number, place: number, lot: number, amount: bigint) => {
    const key = `${item},${place},${place === PLACES.stock ? lot : 0}`;
    sums.set(key, (sums.get(key) ?? 0n) + amount);
  };
  for (const text of texts) {
    eachMove(readEntryText(text).moves, (_line, item, lot, from, to, amount) => {
      add(item, from, lot, BigInt(-amount));
      add(item, to, lot, BigInt(amount));
    });
  }
  return sums;
}

/** The digest of these balances, written down a second time: see `recipes/sync/state-digest`. */
export function digestOf(balances: ReadonlyMap<string, bigint>): string {
  const low = (1n << 64n) - 1n;
  const mix = (value: bigint) => {
    let z = (value + 0x9e3779b97f4a7c15n) & low;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & low;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & low;
    return z ^ (z >> 31n);
  };
  let sum = 0n;
  for (const [key, amount] of balances) {
    const [item = 0n, place = 0n, lot = 0n] = key.split(',').map(BigInt);
    const number = item * 2n ** 48n + place * 2n ** 44n + lot;
    sum += ((mix(number) << 64n) + mix(number ^ 0x9e3779b97f4a7c15n)) * amount;
  }
  return BigInt.asUintN(128, sum).toString(16).padStart(32, '0');
}
