/**
 * The order in which events arrive, and how often, does not change a balance: any shuffle with any
 * repetition of one set of events gives the same amount of every item in every place.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';

type Event = { id: string; type: string; time: string; data: Record<string, unknown> };

const skus = fc.constantFrom('B', 'E', 'D', 'UNKNOWN', 'COMBO');
const modifiers = fc
  .subarray(['M-egg', 'M-noleek', 'M-large', 'M-noodles'])
  .map((list) => list.map((sku) => ({ sku })));
const lines = fc.array(fc.record({ sku: skus, qty: fc.integer({ min: 0, max: 6 }), modifiers }), {
  minLength: 1,
  maxLength: 4,
});
const disposition = fc.constantFrom('not_made', 'made_discarded', 'made_served_free');

/** A sale and what happened to it afterwards: voids of at most what was sold, or newer revisions. */
const story = fc.record({
  lines,
  back: fc.array(fc.tuple(fc.nat(3), disposition)),
  again: fc.array(lines),
});

type Story = {
  lines: { sku: string; qty: number }[];
  back: [number, string][];
  again: { sku: string; qty: number }[][];
};

function events(stories: readonly Story[]): Event[] {
  return stories.flatMap((s, n): Event[] => {
    const saleId = `S${n}`;
    const time = new Date(Date.UTC(2026, 10, 1, 4, n)).toISOString();
    if (s.again.length > 0) {
      return [s.lines, ...s.again].map((of, revision) => ({
        id: `${saleId}-r${revision}`,
        type: 'larder.pos.snapshot.v1',
        time,
        data: { saleId, revision, lines: of },
      }));
    }
    const data = { saleId, lines: s.lines };
    const sale: Event = { id: saleId, type: 'larder.pos.sale.v1', time, data };
    const left = s.lines.map((line) => line.qty);
    const voids = s.back.flatMap(([at, how], v): Event[] => {
      const index = at % left.length;
      if ((left[index] ?? 0) < 1) return [];
      left[index] = (left[index] ?? 0) - 1;
      const back = { saleId, lines: [{ lineId: String(index + 1), qty: 1 }], disposition: how };
      return [{ id: `${saleId}-v${v}`, type: 'larder.pos.void.v1', time, data: back }];
    });
    return [sale, ...voids];
  });
}

async function run(list: readonly Event[]): Promise<Record<string, Record<string, number>>> {
  const box = await startBox({ book: SMALL_BOOK });
  try {
    await box.command('delivery.receive', {
      lines: [
        { item: 'egg', qty: 7 },
        { item: 'pork', qty: 300 },
      ],
    });
    for (let i = 0; i < list.length; i += 7) {
      await box.send(list.slice(i, i + 7).map((e) => ({ specversion: '1.0', ...e })));
    }
    return places(box);
  } finally {
    await box.stop();
  }
}

function places(box: TestBox): Record<string, Record<string, number>> {
  const rows = box.box.parts.db
    .prepare(
      `SELECT i.code, b.place, sum(b.amount) AS amount FROM balance b JOIN item i ON i.id = b.item
        GROUP BY i.code, b.place`,
    )
    .all() as { code: string; place: number; amount: number }[];
  const sums: Record<string, Record<string, number>> = {};
  for (const { code, place, amount } of rows) {
    if (amount !== 0) sums[code] = { ...sums[code], [place]: amount };
  }
  return sums;
}

test('any order, any repetition, same balances', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(story, { minLength: 1, maxLength: 5 }).chain((stories) => {
        const all = events(stories);
        const shuffled = fc
          .array(fc.nat(all.length - 1), { maxLength: all.length })
          .chain((repeats) => {
            const bag = [...all.keys(), ...repeats];
            return fc.shuffledSubarray(bag, { minLength: bag.length, maxLength: bag.length });
          });
        return fc.tuple(fc.constant(all), shuffled);
      }),
      async ([all, order]) => {
        const inOrder = await run(all);
        const mixed = await run(order.flatMap((i) => all[i] ?? []));
        expect(mixed).toEqual(inOrder);
      },
    ),
    { numRuns: 40 },
  );
});
