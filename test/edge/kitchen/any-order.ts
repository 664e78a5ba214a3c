/** The law of the kitchen: whatever was done, in whatever order, can be undone, and nothing gets lost. */
import { expect } from 'vitest';
import { balances, type Day, expectKept, expectSound, Kitchen } from './any-day.ts';
import type { InnerBox } from './inner-box.ts';

/** Everything of a day, deliveries included, and then all of it undone: nothing may be left anywhere. */
export function playAndUndo(box: InnerBox, day: Day): void {
  const kitchen = new Kitchen(box);
  for (const step of day.steps) kitchen.play(step);
  expectKept(box);
  undoAll(kitchen, day, 0);
  expectKept(box);
  expectSound(box);
  expect(balances(box)).toEqual([]);
  expect(box.lots()).toEqual({});
  expect(box.parts.inferred.all()).toEqual([]);
}

/**
 * The same on shelves that were full before. Totals return always; every lot returns exactly, unless
 * something was taken back from a lot that did not have it any more (then another lot stood in).
 */
export function playOnStock(box: InnerBox, day: Day): void {
  const kitchen = new Kitchen(box);
  const lines = ['belly', 'rice', 'soy', 'egg', 'salmon'].flatMap((item) =>
    ['0.0333', '7.77'].map((price, i) => ({
      item,
      qty: '700',
      price,
      lot: `base${i}`,
      temperature: '1',
    })),
  );
  const base = box.command('delivery.receive', { lines });
  const [before, rows, stock] = [box.lots(), balances(box), stockOf(box)];
  for (const step of day.steps) if (step.do !== 'reverse') kitchen.play(step);
  expectKept(box);
  undoAll(kitchen, day, base.seq ?? 0);
  expectKept(box);
  expectSound(box);
  expect(stockOf(box)).toEqual(stock);
  if (stoodIn(box)) return;
  expect(box.lots()).toEqual(before);
  expect(balances(box)).toEqual(rows);
}

function undoAll(kitchen: Kitchen, { order, ticks }: Day, after: number): void {
  const { box } = kitchen;
  const early = order.length % 2 === 0;
  if (early) kitchen.voidAll();
  if (ticks) box.tick();
  const open = standing(kitchen, after).reverse();
  for (let n = 0; open.length > 0; n++) {
    const [entry] = open.splice(n < order.length ? (order[n] ?? 0) % open.length : 0, 1);
    const result = kitchen.reverse(entry ?? 0);
    expect(result, `entry ${entry} cannot be undone`).toMatchObject({ status: 'applied' });
    if (ticks) box.tick();
  }
  if (!early) kitchen.voidAll();
}

/** Of each entry that still counts, the newest of its chain of reversals. */
function standing(kitchen: Kitchen, after: number): number[] {
  const rows = kitchen.box.db
    .prepare('SELECT seq, reverses FROM entry WHERE reverses IS NOT NULL AND kind = 6')
    .all() as { seq: number; reverses: number }[];
  const next = new Map(rows.map(({ seq, reverses }) => [reverses, seq]));
  const reversals = new Set(rows.map(({ seq }) => seq));
  return kitchen.reversible().flatMap((seq) => {
    if (seq <= after || reversals.has(seq)) return [];
    let [end, length] = [seq, 0];
    for (let up = next.get(end); up !== undefined; up = next.get(end)) {
      end = up;
      length++;
    }
    return length % 2 === 0 ? [end] : [];
  });
}

/** Whether a reversal took from another lot than what it reverses had put into. */
function stoodIn(box: InnerBox): boolean {
  const change = 'CASE WHEN m.src = 1 THEN -m.amount WHEN m.dst = 1 THEN m.amount ELSE 0 END';
  const side = (of: string) =>
    `SELECT r.seq AS entry, m.item, m.lot, ${change} AS change
       FROM entry r JOIN move m ON m.id / 65536 = ${of} WHERE r.kind = 6`;
  const rows = box.db
    .prepare(
      `SELECT entry FROM (${side('r.seq')} UNION ALL ${side('r.reverses')})
        GROUP BY entry, item, lot HAVING sum(change) <> 0 LIMIT 1`,
    )
    .all();
  return rows.length > 0;
}

function stockOf(box: InnerBox): unknown[] {
  return box.db
    .prepare(
      'SELECT item, sum(amount) FROM balance WHERE place = 1 GROUP BY item HAVING sum(amount) <> 0',
    )
    .raw()
    .all();
}
