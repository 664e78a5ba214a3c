import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { BOWL, event, newId, SMALL_BOOK, sale } from '../small-kitchen.ts';

let box: TestBox;
beforeEach(async () => {
  box = await startBox({ book: SMALL_BOOK });
});
afterEach(() => box.stop());

type SaleView = {
  status: string;
  lines: {
    state: string;
    voided: string;
    took: { item: string; lot: string; amount: string; to: string }[];
  }[];
};

test('a sale takes what its recipe says, by channel, with modifiers, and by weight', async () => {
  const results = await box.send([
    sale('s1', [{ sku: 'B', qty: 2 }]),
    sale('s2', [{ sku: 'B', qty: '1' }], { channel: 'takeaway' }),
    sale('s3', [{ sku: 'B', qty: 1, modifiers: [{ sku: 'M-egg', qty: 2 }, { sku: 'M-noleek' }] }]),
    sale('s4', [{ sku: 'B', qty: 1, modifiers: [{ sku: 'M-large' }, { sku: 'M-noodles' }] }]),
    sale('s5', [{ sku: 'D', qty: '0.348' }]),
  ]);
  expect(results.map((r) => r.status)).toEqual(Array(5).fill('applied'));
  expect(await box.stock()).toEqual({
    pork: String(-(BOWL.pork * 4 + BOWL.pork * 1.5 + 348)),
    rice: '-800',
    leek: String(-(5 * 3 + 7.5)),
    egg: '-2',
    noodles: '-225',
    box: '-1',
  });
});

test('a combo parent without a recipe takes nothing; its children are sold as lines', async () => {
  const [result] = await box.send(
    sale('c1', [
      { lineId: '1', sku: 'COMBO', kind: 'combo', qty: 1 },
      { lineId: '2', sku: 'E', qty: 1, parentLineId: '1' },
    ]),
  );
  expect(result).toMatchObject({ status: 'applied', lines: { applied: 2, held: 0 }, movements: 1 });
  expect((await box.stock())['egg']).toBe('-2');
});

test('lots leave by expiry; the shortage is settled by the next receipt', async () => {
  await box.command('delivery.receive', {
    lines: [
      { item: 'egg', qty: 3, lot: 'late', expiresAt: '2027-01-02T00:00:00Z' },
      { item: 'egg', qty: 3, lot: 'soon', expiresAt: '2027-01-01T00:00:00Z' },
    ],
  });
  await box.send(sale('f1', [{ sku: 'E', qty: 2 }]));
  let view = await box.api<SaleView>('GET', '/sales/f1');
  expect(view.lines[0]?.took).toEqual([
    { item: 'egg', lot: 'soon', amount: '3', unit: 'ea', to: 'sold' },
    { item: 'egg', lot: 'late', amount: '1', unit: 'ea', to: 'sold' },
  ]);
  await box.send(sale('f2', [{ sku: 'E', qty: 2 }]));
  view = await box.api<SaleView>('GET', '/sales/f2');
  expect(view.lines[0]?.took.map((t) => [t.lot, t.amount])).toEqual([
    ['late', '2'],
    ['unallocated', '2'],
  ]);
  expect((await box.stock())['egg']).toBe('-2');
  await box.command('delivery.receive', { lines: [{ item: 'egg', qty: 10, lot: 'new' }] });
  const { lots } = await box.api<{ lots: { lot: string; onHand: string }[] }>('GET', '/stock/egg');
  expect(lots.map(({ lot, onHand }) => [lot, onHand])).toEqual([['new', '8']]);
});

test('dispositions: back to the same lots, or waste, or a comp; never more than was taken', async () => {
  await box.command('delivery.receive', { lines: [{ item: 'egg', qty: 100, lot: 'L1' }] });
  await box.send(sale('d1', [{ lineId: 'a', sku: 'E', qty: 5 }]));
  const back = (qty: number, disposition: string) =>
    box.send(event('void', { saleId: 'd1', lines: [{ lineId: 'a', qty }], disposition }));
  await back(1, 'not_made');
  await back(1, 'made_discarded');
  await back(1, 'made_served_free');
  expect(await box.places('egg')).toEqual({
    supplier: -100,
    stock: 92,
    sold: 4,
    waste: 2,
    comp: 2,
  });
  const [over] = await back(9, 'not_made');
  expect(over?.reasons.map((r) => r.code)).toEqual(['nothing_left']);
  expect(await box.places('egg')).toEqual({
    supplier: -100,
    stock: 96,
    sold: 0,
    waste: 2,
    comp: 2,
  });
  const [nothing] = await back(1, 'not_made');
  expect(nothing).toMatchObject({ status: 'applied', movements: 0 });
  const { lots } = await box.api<{ lots: { lot: string; onHand: string }[] }>('GET', '/stock/egg');
  expect(lots).toMatchObject([{ lot: 'L1', onHand: '96' }]);
});

test('an unknown disposition follows the rule: three minutes from firing', async () => {
  const fired = { firedAt: '2026-11-22T12:00:00+08:00' };
  await box.send([
    sale('u1', [{ sku: 'E', qty: 1, ...fired }]),
    sale('u2', [{ sku: 'E', qty: 1, ...fired }]),
    sale('u3', [{ sku: 'E', qty: 1 }]),
  ]);
  await box.send([
    event('void', { saleId: 'u1' }, { time: '2026-11-22T12:02:59+08:00' }),
    event('void', { saleId: 'u2' }, { time: '2026-11-22T12:03:01+08:00' }),
    event('void', { saleId: 'u3', disposition: 'unknown' }, { time: '2026-11-22T20:00:00+08:00' }),
  ]);
  expect(await box.places('egg')).toEqual({ stock: -2, sold: 0, waste: 2 });
});

test('a void before its sale waits for it and then takes it back', async () => {
  const [early] = await box.send(event('void', { saleId: 'v1', disposition: 'not_made' }));
  expect(early).toMatchObject({ status: 'held', reasons: [{ code: 'unknown_sale' }] });
  const [late] = await box.send(sale('v1', [{ sku: 'B', qty: 3 }]));
  expect(late?.status).toBe('applied');
  expect(await box.stock()).toMatchObject({ pork: '0', rice: '0', leek: '0' });
  const { events } = await box.api<{ events: { status: string }[] }>('GET', '/events?after=0');
  expect(events.map((e) => e.status)).toEqual(['applied', 'applied']);
});

test('voiding a combo line takes its children with it', async () => {
  await box.send(
    sale('k1', [
      { lineId: '1', sku: 'COMBO', kind: 'combo', qty: 2 },
      { lineId: '2', sku: 'E', qty: 4, parentLineId: '1' },
    ]),
  );
  await box.send(
    event('void', { saleId: 'k1', lines: [{ lineId: '1', qty: 1 }], disposition: 'not_made' }),
  );
  expect((await box.stock())['egg']).toBe('-4');
});

test('a refund is counted once per refund id', async () => {
  await box.send(sale('r1', [{ lineId: '1', sku: 'E', qty: 3 }]));
  const refund = (qty: string) =>
    event('refund', {
      refundId: 'R',
      saleId: 'r1',
      lines: [{ lineId: '1', qty, disposition: 'not_made' }],
    });
  const results = await box.send([refund('1'), refund('1'), refund('2')]);
  expect(results.map((r) => r.status)).toEqual(['applied', 'duplicate', 'conflict']);
  expect((await box.stock())['egg']).toBe('-4');
  const [money] = await box.send(
    event('refund', { refundId: 'R0', saleId: 'r1', lines: [{ lineId: '1', qty: 0 }] }),
  );
  expect(money).toMatchObject({ status: 'applied', movements: 0, reasons: [] });
});

test('snapshots post the difference; the newest revision counts in any order', async () => {
  const snap = (revision: number, lines: object[]) =>
    event('snapshot', { saleId: 'n1', revision, lines });
  const a = { lineId: 'a', sku: 'E', qty: 2 };
  const b = { lineId: 'b', sku: 'B', qty: 1 };
  const results = await box.send([
    snap(1, [a]),
    snap(3, [{ ...a, qty: 1 }, b]),
    snap(2, [{ ...a, qty: 9 }]),
    snap(3, [{ ...a, qty: 1 }, b]),
    snap(3, [{ ...a, qty: 7 }]),
  ]);
  expect(results.map((r) => r.status)).toEqual([
    'applied',
    'applied',
    'applied',
    'duplicate',
    'conflict',
  ]);
  expect(results[2]?.reasons[0]?.code).toBe('stale_revision');
  expect(await box.stock()).toMatchObject({ egg: '-2', rice: '-200' });
  await box.send(snap(4, [b]));
  expect(await box.stock()).toMatchObject({ egg: '0', rice: '-200' });
});

test('unknown dishes wait and post by themselves: by a mapping, and by a later book', async () => {
  const results = await box.send([
    sale(
      'h1',
      [
        { sku: 'E', qty: 1 },
        { sku: 'NEW', qty: 2 },
      ],
      { businessDate: undefined },
    ),
    sale('h2', [{ sku: 'NEWER', qty: 1 }]),
    sale('h3', [{ sku: 'E', qty: 1, modifiers: [{ sku: 'M-new' }] }]),
  ]);
  expect(results.map((r) => r.status)).toEqual(['partial', 'held', 'held']);
  expect(results[0]?.reasons[0]).toMatchObject({ code: 'unknown_sku', path: '/data/lines/1/sku' });
  expect(results[2]?.reasons[0]).toMatchObject({
    code: 'unknown_modifier',
    path: '/data/lines/0/modifiers/0/sku',
  });
  await box.command('sku.map', { sku: 'NEW', recipe: 'egg-dish' });
  await box.command('sku.map', { sku: 'M-new', ignore: true });
  expect((await box.stock())['egg']).toBe('-8');
  const newer = structuredClone(SMALL_BOOK);
  newer.recipes.push({ id: 'newer', sku: 'NEWER', lines: [{ item: 'egg', qty: '10 ea' }] });
  await box.api('PUT', '/book', newer);
  expect((await box.stock())['egg']).toBe('-18');
  for (const id of ['h1', 'h2', 'h3']) {
    expect((await box.api<SaleView>('GET', `/sales/${id}`)).status).toBe('applied');
  }
  const { items } = await box.api<{ items: { kind: string }[] }>('GET', '/inbox');
  expect(items.filter((i) => i.kind === 'unknown_sku')).toEqual([]);
});

test('a void of a line that waits is honoured when the line posts', async () => {
  await box.send(sale('w1', [{ lineId: '1', sku: 'LATE', qty: 3 }]));
  await box.send(
    event('void', { saleId: 'w1', lines: [{ lineId: '1', qty: 1 }], disposition: 'not_made' }),
  );
  await box.send(
    event('void', {
      saleId: 'w1',
      lines: [{ lineId: '1', qty: 1 }],
      disposition: 'made_discarded',
    }),
  );
  await box.command('sku.map', { sku: 'LATE', recipe: 'egg-dish' });
  expect(await box.places('egg')).toEqual({ stock: -4, sold: 2, waste: 2 });
});

test('before any book, everything is held and posts with the first one', async () => {
  const bare = await startBox();
  try {
    const [held] = await bare.send({ id: newId('bare'), items: [{ sku: 'E', qty: 1 }] });
    expect(held).toMatchObject({ status: 'held', reasons: [{ code: 'no_book' }] });
    await bare.api('PUT', '/book', SMALL_BOOK);
    expect((await bare.stock())['egg']).toBe('-2');
  } finally {
    await bare.stop();
  }
});

test('the book in force when it was sold decides, not the one of today', async () => {
  const changed = structuredClone(SMALL_BOOK);
  const dish = changed.recipes.find((r) => r.id === 'egg-dish');
  if (dish) dish.lines = [{ item: 'egg', qty: '5 ea' }];
  await box.api('PUT', '/book?validFrom=2099-01-01T00:00:00Z', changed);
  await box.send([
    event(
      'sale',
      { saleId: 't1', lines: [{ sku: 'E', qty: 1 }] },
      { time: '2098-12-31T23:59:59Z' },
    ),
    event(
      'sale',
      { saleId: 't2', lines: [{ sku: 'E', qty: 1 }] },
      { time: '2099-01-01T00:00:00Z' },
    ),
    event(
      'sale',
      { saleId: 't3', lines: [{ sku: 'E', qty: 1 }] },
      { time: '2001-01-01T00:00:00Z' },
    ),
  ]);
  expect((await box.stock())['egg']).toBe('-9');
});

test('a void never reaches the sale of another terminal, unless it names that terminal', async () => {
  await box.command('device.terminal', { terminal: 'T2' });
  const take = (saleId: string, qty: number) => sale(saleId, [{ sku: 'E', qty }]);
  await box.send(take('77', 5), 'T2');
  const [early] = await box.send(event('void', { saleId: '77', disposition: 'not_made' }), 'T1');
  expect(early).toMatchObject({ status: 'held', reasons: [{ code: 'other_terminal' }] });
  await box.send(take('77', 1), 'T1');
  expect((await box.stock())['egg']).toBe('-10');
  const named = event('void', { saleId: '77', terminal: 'T2', disposition: 'not_made' });
  expect((await box.send(named, 'T1'))[0]).toMatchObject({ status: 'applied', movements: 1 });
  expect((await box.stock())['egg']).toBe('0');
});

test('a thousand sales of 0.4 g are exactly 400 g', async () => {
  const book = structuredClone(SMALL_BOOK);
  book.recipes.push({ id: 'pinch', sku: 'P', lines: [{ item: 'leek', qty: '0.4 g' }] });
  await box.api('PUT', '/book', book);
  for (let i = 0; i < 2; i++) {
    await box.send(
      Array.from({ length: 500 }, () => ({ id: newId('p'), items: [{ sku: 'P', qty: 1 }] })),
    );
  }
  expect((await box.stock())['leek']).toBe('-400');
});

test('a receipt can be reversed, once, even when part of it was used', async () => {
  const receipt = await box.command('delivery.receive', {
    lines: [{ item: 'pork', qty: '2 pack', price: '50' }],
  });
  expect(await box.api('GET', '/stock/pork')).toMatchObject({ onHand: '4000', value: '100.00' });
  await box.send(sale('q1', [{ sku: 'B', qty: 1 }]));
  const reversed = await box.command('entry.reverse', {
    entry: receipt.seq,
    reason: 'typed twice',
  });
  expect(reversed.status).toBe('applied');
  expect((await box.stock())['pork']).toBe('-105');
  expect(await box.command('entry.reverse', { entry: receipt.seq })).toMatchObject({
    code: 'already_reversed',
  });
});

test('commands: duplicate, conflict, refusals with a reason, and a refusal stays one', async () => {
  const data = { lines: [{ item: 'egg', qty: 10 }] };
  expect(await box.command('delivery.receive', data, 'c-1')).toMatchObject({ status: 'applied' });
  expect(await box.command('delivery.receive', data, 'c-1')).toMatchObject({ status: 'duplicate' });
  expect(
    await box.command('delivery.receive', { lines: [{ item: 'egg', qty: 11 }] }, 'c-1'),
  ).toMatchObject({
    status: 'conflict',
  });
  expect((await box.stock())['egg']).toBe('10');
  for (const [wrong, code] of [
    [{ lines: [{ item: 'eg', qty: 1 }] }, 'unknown_item'],
    [{ lines: [{ item: 'egg', qty: '3 furlongs' }] }, 'unknown_unit'],
    [{ lines: [{ item: 'egg', qty: 0 }] }, 'bad_quantity'],
    [{ lines: [{ item: 'egg' }] }, 'bad_data'],
  ] as const) {
    const id = newId('refused');
    expect(await box.command('delivery.receive', wrong, id)).toMatchObject({
      status: 'rejected',
      code,
    });
    expect(await box.command('delivery.receive', wrong, id)).toMatchObject({
      status: 'duplicate',
      code,
    });
  }
  expect(await box.command('delivery.recieve', data)).toMatchObject({ code: 'unknown_kind' });
  expect((await box.stock())['egg']).toBe('10');
});

test('the proof of a day uses what was known when the lines posted, and sees what did not move', async () => {
  const at = { time: '2026-11-20T12:00:00+08:00' };
  await box.send([
    event('sale', { saleId: 'p1', lines: [{ sku: 'ODD', qty: 1 }] }, at),
    event(
      'sale',
      {
        saleId: 'p2',
        lines: [
          { sku: 'TIP', qty: 1 },
          { sku: 'E', qty: 2 },
        ],
      },
      at,
    ),
  ]);
  await box.command('sku.map', { sku: 'ODD', recipe: 'egg-dish' });
  await box.command('sku.map', { sku: 'TIP', ignore: true });
  await box.command('sku.map', { sku: 'ODD', recipe: 'bowl' });
  type Proof = {
    balanced: boolean;
    lines: object;
    items: { item: string; exploded: string; moved: string }[];
  };
  const proof = await box.api<Proof>('GET', '/days/2026-11-20');
  expect(proof).toMatchObject({
    balanced: true,
    lines: { received: 3, applied: 3, held: 0, ignored: 1, quarantined: 0 },
    items: [{ item: 'egg', exploded: '6', moved: '6' }],
  });
  // A sale that came and moved nothing: exactly what the proof is for.
  const { db } = box.box.parts;
  db.exec(
    'DROP TRIGGER move_kept; DELETE FROM move WHERE id >= 65536 * (SELECT max(seq) FROM entry WHERE sale = 2)',
  );
  expect((await box.api<Proof>('GET', '/days/2026-11-20')).balanced).toBe(false);
});

test('a sale of unknown dishes that is voided before it was made waits for nobody', async () => {
  await box.send(sale('z1', [{ lineId: '1', sku: 'GHOST', qty: 2 }]));
  await box.send(event('void', { saleId: 'z1', disposition: 'not_made' }));
  expect((await box.api<SaleView>('GET', '/sales/z1')).status).toBe('applied');
  const { items } = await box.api<{ items: unknown[] }>('GET', '/inbox');
  expect(items).toEqual([]);
});
