/** Recounts use from the moves in the plainest way, to compare the box with. */
import { PLACES } from '#recipes/ledger/place.ts';
import type { Db } from '../../../edge/db/open.ts';

const DEMAND: readonly number[] = [PLACES.sold, PLACES.comp, PLACES.staff];

type Entry = { seq: number; day: number; reverses: number | null };
type Move = { id: number; item: number; src: number; dst: number; amount: number };

/** "item day" to what was used and by how much the shelf changed; days on which neither happened are left out. */
export function recount(db: Db): Map<string, [number, number]> {
  const entries = new Map(
    (db.prepare('SELECT seq, day, reverses FROM entry').all() as Entry[]).map((e) => [e.seq, e]),
  );
  const sums = new Map<string, [number, number]>();
  for (const { id, item, src, dst, amount } of db.prepare('SELECT * FROM move').all() as Move[]) {
    let entry = entries.get(Math.floor(id / 65_536));
    while (entry?.reverses) entry = entries.get(entry.reverses);
    const used = (DEMAND.includes(dst) ? amount : 0) - (DEMAND.includes(src) ? amount : 0);
    const stock = (dst === PLACES.stock ? amount : 0) - (src === PLACES.stock ? amount : 0);
    const key = `${item} ${entry?.day}`;
    const sum = sums.get(key) ?? [0, 0];
    sums.set(key, [sum[0] + used, sum[1] + stock]);
  }
  return withoutNothing(sums);
}

/** The same as the box keeps it. */
export function sumsOf(db: Db): Map<string, [number, number]> {
  const rows = db.prepare('SELECT item, day, amount, stock FROM usage_day').all() as {
    item: number;
    day: number;
    amount: number;
    stock: number;
  }[];
  return withoutNothing(
    new Map(rows.map(({ item, day, amount, stock }) => [`${item} ${day}`, [amount, stock]])),
  );
}

function withoutNothing(sums: Map<string, [number, number]>): Map<string, [number, number]> {
  return new Map(
    [...sums]
      .filter(([, [used, stock]]) => used !== 0 || stock !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
