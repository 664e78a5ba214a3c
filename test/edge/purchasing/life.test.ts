/** The life of an order on a real box: drafted, changed, submitted, approved, sent, received, called off. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MANAGER, pairTablet, type Tablet } from '../people/tablet.ts';
import { type OrderBox, startOrderBox } from './order-box.ts';

let box: OrderBox;
beforeAll(async () => {
  box = await startOrderBox();
});
afterAll(() => box.stop());

const steps = async (id: string) => (await box.read(id)).history.map(({ step }) => step);
type Answer = { order: string; state: string; revision: number; warnings: { code: string }[] };
const act = async (kind: string, data: object) => {
  const result = await box.command(kind, data);
  return { ...result, data: result.data as Answer };
};
const codes = ({ data }: { data: Answer }) => data.warnings.map(({ code }) => code);

test('from the draft to the last box, each step with who and when', async () => {
  const lines = [
    { item: 'pork', qty: '8 kg', suggested: '7800' },
    { item: 'egg', qty: '60 ea' },
  ];
  const id = await box.order({ lines, note: 'no frozen' });
  expect(id).toMatch(/^PO-20261124-\d{3}$/);
  await act('order.submit', { order: id });
  expect(await box.command('order.approve', { order: id })).toMatchObject({
    data: { state: 'approved', revision: 1, total: '295.00' },
  });
  await act('order.send', { order: id });
  await box.command('delivery.receive', { order: id, lines: [{ item: 'pork', qty: '8 kg' }] });
  await box.command('delivery.receive', { order: id, lines: [{ item: 'egg', qty: 60 }] });
  const order = await box.read(id);
  expect(order).toMatchObject({
    state: 'done',
    currency: 'CNY',
    total: '295.00',
    arrivesAt: '2026-11-23T22:00:00.000Z',
    cutOff: '2026-11-23T14:30:00.000Z',
    contact: { phone: '138 0000 0042', email: 'orders@butcher.example' },
    note: 'no frozen',
    lines: [
      { item: 'pork', packs: '4', suggested: '7800', price: '64.00', amount: '256.00' },
      { item: 'egg', packs: '2', suggested: null, price: '19.50', amount: '39.00' },
    ],
  });
  expect(order.history.map(({ step }) => step)).toEqual([
    'draft',
    'submitted',
    'approved',
    'sent',
    'partly_received',
    'done',
  ]);
  expect(order.history[3]?.detail).toEqual({ by: 'hand' });
});

test('what was approved and changes is a draft of the next revision', async () => {
  const id = await box.order();
  await act('order.approve', { order: id });
  const data = { order: id, lines: [{ item: 'pork', qty: '12 kg' }] };
  expect((await act('order.edit', data)).data).toMatchObject({ state: 'draft', revision: 2 });
  expect((await act('order.send', { order: id })).data).toMatchObject({ state: 'sent' });
  expect(await steps(id)).toEqual(['draft', 'approved', 'edited', 'approved', 'sent']);
  expect(await act('order.edit', data)).toMatchObject({ code: 'order_state' });
});

test('an edit changes what it names, takes out what is 0, keeps the rest', async () => {
  const lines = [
    { item: 'pork', qty: '4 kg', price: '30' },
    { item: 'egg', qty: 30 },
  ];
  const id = await box.order({ lines });
  const edit = (more: object) => act('order.edit', { order: id, lines: [more] });
  const odd = await edit({ item: 'pork', qty: '5000' });
  expect(odd.data).toMatchObject({ notWholePacks: ['pork'], state: 'draft', revision: 1 });
  expect((await box.read(id)).lines[0]).toMatchObject({
    packs: '2.5',
    price: '60.00',
    amount: '150.00',
  });
  expect(codes(await edit({ item: 'egg', qty: '0' }))).toEqual([
    'not_whole_packs',
    'below_minimum',
    'duplicate',
  ]);
  await edit({ item: 'rice', qty: '1 kg' });
  const { lines: after } = await box.read(id);
  expect(after.map(({ item, ordered }) => [item, ordered])).toEqual([
    ['pork', '5000'],
    ['rice', '1000'],
  ]);
  await edit({ item: 'rice', qty: 0 });
  expect(await edit({ item: 'pork', qty: 0 })).toMatchObject({ code: 'order_empty' });
  expect(await act('order.edit', { order: id })).toMatchObject({ code: 'bad_data' });
});

test('rejected with a reason, changed, submitted again', async () => {
  const id = await box.order();
  expect(await act('order.reject', { order: id })).toMatchObject({ code: 'bad_data' });
  await act('order.submit', { order: id });
  await act('order.reject', { order: id, reason: 'we have enough' });
  const order = await box.read(id);
  expect(order).toMatchObject({ state: 'rejected', revision: 1 });
  expect(order.history.at(-1)).toMatchObject({ detail: { reason: 'we have enough' } });
  expect(await act('order.approve', { order: id })).toMatchObject({ code: 'order_state' });
  await act('order.edit', { order: id, lines: [{ item: 'pork', qty: '2 kg' }] });
  expect((await act('order.submit', { order: id })).data).toMatchObject({ state: 'submitted' });
});

test('warnings: too little, too late, on a day without delivery; a dry run tells them, too', async () => {
  const lines = [{ item: 'pork', qty: '2 kg' }];
  const data = { supplier: 'butcher', deliverOn: '2026-11-29', lines };
  const dry = await box.api<{ results: { data: Answer }[] }>('POST', '/commands?dryRun=1', {
    commands: [{ id: 'dry', kind: 'order.create', data }],
  });
  expect(dry.results[0]).toMatchObject({ status: 'applied' });
  expect(codes(dry.results[0] as { data: Answer })).toEqual(['below_minimum', 'no_delivery']);
  const late = await act('order.create', { ...data, deliverOn: '2026-11-23' });
  expect(codes(late)).toEqual(['below_minimum', 'past_cut_off']);
  await act('order.cancel', { order: late.data.order });
});

test('a second order for the same supplier and day is refused by name, unless somebody means it', async () => {
  const lines = [{ item: 'pork', qty: '8 kg' }];
  const data = { supplier: 'butcher', deliverOn: '2026-11-26', lines };
  const first = (await act('order.create', data)).data.order;
  expect(await act('order.create', data)).toMatchObject({
    status: 'rejected',
    code: 'order_duplicate',
    message: { en: expect.stringContaining(first) },
    data: { duplicates: [first] },
  });
  const second = await act('order.create', { ...data, again: true });
  expect(codes(second)).toEqual(['duplicate']);
  expect((await box.read(first)).duplicates).toEqual([second.data.order]);
  await act('order.cancel', { order: second.data.order });
  expect((await box.read(first)).duplicates).toEqual([]);
  await act('order.cancel', { order: first });
  expect((await act('order.create', data)).status).toBe('applied');
});

test('approved, printed and phoned: goods may come before anybody says sent', async () => {
  const id = await box.order();
  await act('order.approve', { order: id });
  const lines = [{ item: 'pork', qty: '2 kg' }];
  const came = await box.command('delivery.receive', { order: id, lines });
  expect(came.data).toMatchObject({ order: { state: 'partly_received' } });
  for (const kind of ['order.edit', 'order.cancel', 'order.approve']) {
    expect(
      await act(kind, { order: id, ...(kind === 'order.edit' ? { lines } : {}) }),
    ).toMatchObject({
      code: 'order_state',
    });
  }
  await box.command('delivery.receive', { order: id, lines, close: true });
  expect(await box.read(id)).toMatchObject({ state: 'done' });
});

test('paper: the job is made with the approval or not at all', async () => {
  const { papers } = box.box.parts.purchasing;
  const { print } = papers;
  const seen: { approved: boolean; printer: string | undefined; open: boolean }[] = [];
  papers.print = (order, { printer }) => {
    const approved = order.history.some(({ step }) => step === 'approved');
    seen.push({ approved, printer, open: box.box.parts.db.inTransaction });
    if (printer === 'none') {
      return { ok: false, code: 'unknown_printer', message: { en: 'none', zh: '无' } };
    }
    return { job: 7 };
  };
  try {
    const id = await box.order();
    const refused = await act('order.approve', {
      order: id,
      send: { by: 'print', printer: 'none' },
    });
    expect(refused).toMatchObject({ code: 'unknown_printer' });
    expect(await box.read(id)).toMatchObject({ state: 'draft', history: [{ step: 'draft' }] });
    await act('order.approve', { order: id, send: { by: 'print', printer: 'kitchen' } });
    const order = await box.read(id);
    expect(order.state).toBe('sent');
    expect(order.history.map(({ step }) => step)).toEqual(['draft', 'approved', 'sent']);
    expect(order.history[2]?.detail).toEqual({ by: 'print', job: 7, printer: 'kitchen' });
    expect(seen).toEqual([
      { approved: true, printer: 'none', open: true },
      { approved: true, printer: 'kitchen', open: true },
    ]);
    expect(await act('order.send', { order: id })).toMatchObject({ code: 'order_state' });
    expect((await act('order.send', { order: id, by: 'print', again: true })).status).toBe(
      'applied',
    );
    // Paper is with the supplier: only a person can call it off.
    const off = await act('order.cancel', { order: id, reason: 'party is off' });
    expect(off.data.warnings).toMatchObject([
      { code: 'tell_supplier', message: { en: expect.stringContaining('138 0000 0042') } },
    ]);
  } finally {
    papers.print = print;
  }
});

test('what is sent is not undone with the entry, but with a cancellation', async () => {
  const id = await box.order();
  const { seq } = await act('order.approve', { order: id });
  expect(await box.command('entry.reverse', { entry: seq })).toMatchObject({ code: 'no_moves' });
  expect((await act('order.cancel', { order: id })).data).toMatchObject({ state: 'cancelled' });
});

describe('on a paired tablet', () => {
  let tablet: Tablet;
  beforeAll(async () => {
    await box.command('user.add', MANAGER);
    tablet = await pairTablet(box);
  });

  test('a cook drafts, changes and submits; money needs the manager', async () => {
    const lines = [{ item: 'pork', qty: '8 kg' }];
    const data = { order: 'PO-cook', supplier: 'butcher', deliverOn: '2026-12-01', lines };
    const send = (kind: string, more: object = {}, pass?: string) =>
      tablet.command({ kind, data: { order: 'PO-cook', ...more } }, pass);
    expect((await tablet.command({ kind: 'order.create', data })).status).toBe('applied');
    expect((await send('order.edit', { note: 'lean' })).status).toBe('applied');
    expect((await send('order.submit')).status).toBe('applied');
    for (const kind of ['order.approve', 'order.send', 'order.cancel']) {
      expect((await send(kind)).code).toBe('pin_needed');
    }
    const { pass } = await tablet.pass({ pin: MANAGER.pin });
    expect((await send('order.approve', {}, pass)).status).toBe('applied');
    // Changing it now would take the approval back.
    expect((await send('order.edit', { note: 'fat' })).code).toBe('pin_needed');
    expect((await send('order.edit', { note: 'fat' }, pass)).status).toBe('applied');
    const order = await box.read('PO-cook');
    expect(order.history.map(({ actor }) => actor)).toEqual([
      null,
      null,
      null,
      MANAGER.user,
      MANAGER.user,
    ]);
  });
});

test('fsck finds nothing, and finds what was tampered with', async () => {
  expect(box.breaches()).toEqual([]);
  const { db } = box.box.parts;
  const spoilt = (sql: string) => {
    db.exec(`SAVEPOINT spoil; ${sql}`);
    db.exec('RELEASE spoil');
    return box.breaches().filter((one) => one.startsWith('orders:')).length;
  };
  expect(spoilt("UPDATE purchase_order SET state = 'approved' WHERE id = 'PO-cook'")).toBe(1);
  expect(spoilt("UPDATE purchase_order SET state = 'draft' WHERE id = 'PO-cook'")).toBe(0);
  expect(spoilt("DELETE FROM purchase_step WHERE purchase = 'PO-cook' AND step = 'approved'")).toBe(
    1,
  );
});
