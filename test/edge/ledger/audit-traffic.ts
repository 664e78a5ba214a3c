/** A rough day for a box: everything a ledger can hold, in an order nobody would choose. */

import { deliveries, generateEvents } from '../../faults/events.ts';
import { BOOKS, ITEMS, SECOND_BOOK_FROM, WINDOW_START } from '../../faults/kitchen.ts';
import { type Seeded, seeded } from '../../support/seeded.ts';
import type { TestBox } from '../../support/start-box.ts';

const DAY_MS = 86_400_000;
const PER_REQUEST = 40;

/** Sends about `count` different events, many twice, with commands of every kind between them. */
export async function roughDay(box: TestBox, seed: number, count: number): Promise<void> {
  const random = seeded(seed);
  const clean = generateEvents(seed, count).map((event) => JSON.parse(event.body.toString('utf8')));
  const list = deliveries(seed, generateEvents(seed, count), 3).map((event) =>
    JSON.parse(event.body.toString('utf8')),
  );
  const all = random.shuffle([...list, ...oddEvents(random, clean)]);
  const chapters = [
    () => adopt(box, BOOKS[0], WINDOW_START - 7 * DAY_MS),
    () => receive(box, random, 1),
    () => adopt(box, BOOKS[1], SECOND_BOOK_FROM),
    () => box.command('sku.map', { sku: 'NEW-1', recipe: 'fried-rice' }),
    () => receive(box, random, 2),
    () => box.command('sku.map', { sku: 'NEW-2', ignore: true }),
    // A person changes their mind, and a book that reaches back: what has posted stays as it was.
    () => box.command('sku.map', { sku: 'NEW-1', recipe: 'noodle-bowl' }),
    () => adopt(box, { ...BOOKS[0], name: 'later thought' }, WINDOW_START - 3 * DAY_MS),
    () => box.command('gap.abandon', { terminal: 'T1', epoch: 'odd', from: 2, to: 3 }),
    () => box.command('entry.reverse', { entry: 999_999 }),
    () => box.command('setting.set', { key: 'madeAfter', value: '240' }),
  ];
  const each = Math.ceil(all.length / (chapters.length + 1));
  for (const [part, chapter] of [...chapters, undefined].entries()) {
    await send(box, all.slice(part * each, (part + 1) * each));
    await chapter?.();
  }
  await reverseOneReceipt(box);
}

async function send(box: TestBox, events: readonly unknown[]): Promise<void> {
  for (let at = 0; at < events.length; at += PER_REQUEST) {
    await box.send(events.slice(at, at + PER_REQUEST));
  }
}

/** Junk, unknown dishes, conflicts, snapshots that were voided, day closes, menus, gaps. */
function oddEvents(random: Seeded, clean: readonly { id: string; data: object }[]): unknown[] {
  const odd: unknown[] = [];
  for (let n = 0; n < 40; n++) {
    const at = new Date(WINDOW_START + random.between(0, DAY_MS)).toISOString();
    const lines = [
      {
        lineId: 'a',
        sku: random.pick(['NEW-1', 'NEW-2', 'NEVER', 'M-1']),
        qty: `${random.between(1, 3)}`,
      },
      {
        lineId: 'b',
        sku: 'M-2',
        qty: '2',
        modifiers: random.chance(0.2) ? [{ sku: 'NEVER' }] : [],
      },
    ];
    const of = { specversion: '1.0', time: at };
    const sale = {
      ...of,
      id: `odd-${n}`,
      type: 'larder.pos.sale.v1',
      data: { saleId: `odd-${n}`, lines },
    };
    odd.push(sale);
    if (random.chance(0.3)) {
      odd.push({
        ...of,
        id: `odd-${n}-v`,
        type: 'larder.pos.void.v1',
        data: { saleId: `odd-${n}`, lines: [{ lineId: 'a', qty: '1' }] },
      });
    }
    if (random.chance(0.3)) {
      for (const revision of [1, 2, 3]) {
        const now = random.shuffle([...lines]).slice(0, revision === 3 ? 1 : 2);
        odd.push({
          ...of,
          id: `odd-${n}-s${revision}`,
          type: 'larder.pos.snapshot.v1',
          data: { saleId: `odd-${n}`, revision, lines: now },
        });
      }
      odd.push({
        ...of,
        id: `odd-${n}-r`,
        type: 'larder.pos.refund.v1',
        data: {
          saleId: `odd-${n}`,
          refundId: `R${n}`,
          lines: [{ lineId: 'b', qty: '1', disposition: 'made_discarded' }],
        },
      });
    }
  }
  const first = clean[0];
  odd.push({ ...first, data: { ...first?.data, reason: 'other words under the same id' } });
  odd.push({ id: 'junk id!', items: [] }, { hello: 'world' }, 17, {
    specversion: '1.0',
    id: 'x',
    type: 'larder.pos.dance.v1',
  });
  odd.push({
    specversion: '1.0',
    id: 'close-1',
    type: 'larder.pos.dayclose.v1',
    data: { businessDate: '2026-10-02', saleCount: 3 },
  });
  odd.push({
    specversion: '1.0',
    id: 'menu-1',
    type: 'larder.pos.menu.v1',
    data: { dishes: [{ sku: 'M-1' }] },
  });
  for (const sequence of [1, 4, 9]) {
    odd.push({ id: `seq-${sequence}`, epoch: 'odd', sequence, items: [{ sku: 'M-1', qty: 1 }] });
  }
  // Voids of what never comes: they wait for ever, and that is right.
  odd.push({
    specversion: '1.0',
    id: 'lonely',
    type: 'larder.pos.void.v1',
    data: { saleId: 'nobody' },
  });
  return odd;
}

async function adopt(box: TestBox, book: object | undefined, validFrom: number): Promise<void> {
  const from = encodeURIComponent(new Date(validFrom).toISOString());
  const answer = await box.api<{ version?: number }>('PUT', `/book?validFrom=${from}`, book);
  if (answer.version === undefined) throw new Error(JSON.stringify(answer));
}

async function receive(box: TestBox, random: Seeded, lot: number): Promise<void> {
  const lines = ITEMS.map((item) => ({
    item,
    qty: `${random.between(1, 20_000)}`,
    lot: `${item}-${lot}`,
  }));
  await box.command('delivery.receive', { lines });
}

async function reverseOneReceipt(box: TestBox): Promise<void> {
  const answer = await box.command('delivery.receive', { lines: [{ item: 'pork', qty: '10' }] });
  await box.command('entry.reverse', { entry: answer.seq, reason: 'typed twice' });
}
