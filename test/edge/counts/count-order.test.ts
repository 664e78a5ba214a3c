/**
 * Whatever order things arrive in: after settling, the shelf is what was counted last plus what moved
 * after that moment, and the audit agrees.
 */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { event } from '../small-kitchen.ts';
import { type CountBox, startCountBox, timeOf } from './count-box.ts';

/** More with COUNT_RUNS=250. */
const RUNS = Number(process.env['COUNT_RUNS'] ?? 25);
const TIMEOUT = 120_000 + RUNS * 4_000;

const minute = fc.integer({ min: 1, max: 40 });
const count = fc.constantFrom('C1', 'C2');
const lot = fc.constantFrom('A', 'B');

type Step =
  | { do: 'sell'; minute: number; dishes: number }
  | { do: 'void'; minute: number; pick: number }
  | { do: 'receive'; minute: number; qty: number; lot: string }
  | { do: 'observe'; minute: number; count: string; qty: number; lot?: string }
  | { do: 'post'; minute: number; count: string }
  | { do: 'reverse'; minute: number; pick: number }
  | { do: 'settle' };

const pick = fc.nat(1_000);
const qty = fc.integer({ min: 0, max: 60 });
const common: fc.WeightedArbitrary<Step>[] = [
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('sell'),
      minute,
      dishes: fc.integer({ min: 1, max: 9 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('void'), minute, pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('receive'),
      minute,
      qty: fc.integer({ min: 1, max: 50 }),
      lot,
    }),
  },
  { weight: 7, arbitrary: fc.record({ do: fc.constant('post'), minute, count }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reverse'), minute, pick }) },
  { weight: 3, arbitrary: fc.constant({ do: 'settle' }) },
] as fc.WeightedArbitrary<Step>[];
const seen = fc.record({ do: fc.constant('observe' as const), minute, count, qty });
const seenInLot = fc.record({ do: fc.constant('observe' as const), minute, count, qty, lot });
const steps = (observations: fc.Arbitrary<Step>) =>
  fc.array(fc.oneof(...common, { weight: 6, arbitrary: observations }), {
    minLength: 8,
    maxLength: 30,
  });

/** What a reader of the rules would work out by hand, with the whole item counted each time. */
class ByHand {
  readonly changes: { minute: number; change: number; entry?: number }[] = [];
  readonly sales: { id: string; minute: number; eggs: number; voided: boolean }[] = [];
  readonly observations: { count: string; minute: number; qty: number; entry: number }[] = [];
  readonly rows: { entry: number; count: string; minute: number; qty: number }[] = [];
  readonly reversals = new Map<number, number>();
  /** Entries that a person can reverse. */
  readonly entries: number[] = [];

  stands(entry: number | undefined): boolean {
    const by = entry === undefined ? undefined : this.reversals.get(entry);
    return by === undefined || !this.stands(by);
  }

  latest(id: string) {
    const own = this.observations.filter((one) => one.count === id && this.stands(one.entry));
    return own.sort((a, b) => a.minute - b.minute || a.entry - b.entry).at(-1);
  }

  onHand(): number {
    const standing = this.rows.filter(({ entry }) => this.stands(entry));
    const last = standing.sort((a, b) => a.minute - b.minute || a.entry - b.entry).at(-1);
    return this.changes
      .filter(({ minute: at, entry }) => this.stands(entry) && (!last || at > last.minute))
      .reduce((sum, { change }) => sum + change, last?.qty ?? 0);
  }
}

async function carryOut(box: CountBox, hand: ByHand, step: Step): Promise<void> {
  switch (step.do) {
    case 'sell': {
      const id = `s${hand.sales.length}`;
      const eggs = step.dishes * 2;
      await box.sell(step.minute, step.dishes, id);
      hand.sales.push({ id, minute: step.minute, eggs, voided: false });
      hand.changes.push({ minute: step.minute, change: -eggs });
      return;
    }
    case 'void': {
      const sale = hand.sales[step.pick % Math.max(1, hand.sales.length)];
      if (!sale || sale.voided) return;
      const data = { saleId: sale.id, disposition: 'not_made' };
      await box.send(event('void', data, { time: timeOf(step.minute) }));
      sale.voided = true;
      hand.changes.push({ minute: step.minute, change: sale.eggs });
      return;
    }
    case 'receive': {
      const line = { item: 'egg', qty: `${step.qty} ea`, lot: step.lot };
      const { seq = 0 } = await box.at(step.minute, 'delivery.receive', { lines: [line] });
      hand.changes.push({ minute: step.minute, change: step.qty, entry: seq });
      hand.entries.push(seq);
      return;
    }
    case 'observe': {
      const { do: _, minute: at, qty: eggs, ...data } = step;
      const said = await box.at(at, 'count.observe', { ...data, item: 'egg', qty: String(eggs) });
      if (said.status !== 'applied') return;
      hand.observations.push({ count: step.count, minute: at, qty: eggs, entry: said.seq ?? 0 });
      return;
    }
    case 'post': {
      const said = await box.at(step.minute, 'count.post', { count: step.count });
      if (said.status !== 'applied') return;
      const row = hand.latest(step.count);
      hand.rows.push({
        entry: said.seq ?? 0,
        count: step.count,
        minute: row?.minute ?? 0,
        qty: row?.qty ?? 0,
      });
      hand.entries.push(said.seq ?? 0);
      return;
    }
    case 'reverse': {
      const entry = hand.entries[step.pick % Math.max(1, hand.entries.length)];
      if (entry === undefined) return;
      const said = await box.at(step.minute, 'entry.reverse', { entry });
      if (said.status !== 'applied') return;
      hand.reversals.set(entry, said.seq ?? 0);
      hand.entries.push(said.seq ?? 0);
      return;
    }
    case 'settle':
      await box.settled('egg');
  }
}

/** How many entries counts have made. */
function adjusted(box: CountBox): number {
  const { entries, seq } = box.box.parts.ledger;
  return entries.after(0, seq()).filter(({ head }) => head.kind === 'count').length;
}

let runs = 0;
let held = 0;

test(
  'whole items: what was counted last, and what moved after',
  async () => {
    await fc.assert(
      fc.asyncProperty(steps(seen), async (list) => {
        const box = await startCountBox();
        const hand = new ByHand();
        try {
          for (const step of list) await carryOut(box, hand, step);
          expect(await box.settled('egg')).toBe(hand.onHand());
          const before = adjusted(box);
          await box.settled('egg');
          expect(adjusted(box)).toBe(before);
          expect(box.breaches()).toEqual([]);
          await box.restart();
          expect(await box.settled('egg')).toBe(hand.onHand());
          expect(adjusted(box)).toBe(before);
          runs++;
          if (hand.rows.some(({ entry }) => hand.stands(entry))) held++;
        } finally {
          await box.stop();
        }
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT,
);

test(
  'lots and whole items mixed: the audit finds every count that decides held',
  async () => {
    await fc.assert(
      fc.asyncProperty(steps(fc.oneof(seen, seenInLot)), async (list) => {
        const box = await startCountBox();
        const hand = new ByHand();
        try {
          for (const step of list) await carryOut(box, hand, step);
          expect(box.breaches()).toEqual([]);
          const before = adjusted(box);
          await box.settled('egg');
          expect(adjusted(box)).toBe(before);
        } finally {
          await box.stop();
        }
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT,
);

afterAll(() => {
  // A property that never reaches a standing count would prove nothing.
  expect(held).toBeGreaterThan(runs / 4);
});
