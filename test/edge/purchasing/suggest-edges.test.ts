/** What a kitchen does that nobody planned for: old orders, weekends, suppliers from far away. */
import { afterEach, expect, test } from 'vitest';
import { SUGGEST_BOOK, type SuggestBox, suggestBox, TONIGHT } from './suggest-kitchen.ts';

const DAY_MS = 86_400_000;
const MONDAY = 20261123;
let box: SuggestBox;

afterEach(() => box.close());

/** @param change of the supplier near, who is the only one */
async function kitchenOf(change: object = {}): Promise<void> {
  const [near] = SUGGEST_BOOK.suppliers;
  box = await suggestBox({ ...SUGGEST_BOOK, suppliers: [{ ...near, ...change }] });
}

function sell(isOpen: (weekday: number) => boolean = () => true): void {
  for (let ago = 28; ago >= 0; ago--) {
    const weekday = new Date(TONIGHT + 8 * 3_600_000 - ago * DAY_MS).getUTCDay();
    if (isOpen(weekday)) box.sellDay(ago);
  }
}

function orderAt(at: number, order: object): void {
  box.now = at;
  const lines = [{ item: 'pork', qty: '2 pack' }];
  const made = box.command('order.create', { order: 'PO-1', supplier: 'near', lines, ...order });
  expect(made.status).toBe('applied');
  expect(box.command('order.send', { order: 'PO-1' }).status).toBe('applied');
}

test('a canteen that is closed at weekends needs nothing for them', async () => {
  await kitchenOf({ deliveries: ['fri'] });
  sell((weekday) => weekday !== 0 && weekday !== 6);
  const { days } = await box.line('pork', 20261127);
  // The delivery of Friday lasts until Friday next.
  expect(days.map(({ date, need }) => [date.slice(5), Number(need)])).toEqual([
    ['11-23', 1050],
    ['11-24', 1050],
    ['11-25', 1050],
    ['11-26', 1050],
    ['11-27', 1050],
    ['11-28', 0],
    ['11-29', 0],
    ['11-30', 1050],
    ['12-01', 1050],
    ['12-02', 1050],
    ['12-03', 1050],
  ]);
});

test('an order that names no day counts for the delivery after it was sent, not for ever', async () => {
  await kitchenOf();
  sell();
  orderAt(TONIGHT - 3_600_000, {});
  expect(await box.line('pork', MONDAY)).toMatchObject({ onOrder: '2000', packs: 0 });
  box.now = TONIGHT;
  await kitchenOf();
  orderAt(TONIGHT - 5 * DAY_MS, {});
  sell();
  expect(await box.line('pork', MONDAY)).toMatchObject({ onOrder: '0', packs: 2 });
});

test('an order to a supplier that left the book counts until it should have come', async () => {
  await kitchenOf();
  sell();
  orderAt(TONIGHT - 60_000, { deliverOn: '2026-11-23' });
  const [near] = SUGGEST_BOOK.suppliers;
  const book = { ...SUGGEST_BOOK, suppliers: [{ ...near, id: 'new' }] };
  expect(box.command('book.adopt', { book }).status).toBe('applied');
  expect(await box.line('pork', MONDAY)).toMatchObject({ onOrder: '2000' });
  box.now = TONIGHT + 5 * DAY_MS;
  const view = await box.suggestions.read();
  const pork = view?.suppliers[0]?.lines.find(({ item }) => item === 'pork');
  expect(pork).toMatchObject({ onOrder: '0' });
});

test('an order for a day on which the supplier seldom comes counts from that day', async () => {
  await kitchenOf({ deliveries: ['mon', 'fri'] });
  sell();
  orderAt(TONIGHT - 60_000, { deliverOn: '2026-11-25' });
  const line = await box.line('pork', MONDAY);
  // Monday to Friday morning: four days, half of them from Wednesday on.
  expect(line).toMatchObject({ need: '4200', onOrder: '2000' });
});

test('a supplier who needs six weeks is ordered from; one who needs years is not', async () => {
  await kitchenOf({ leadTime: '42d' });
  sell();
  const view = await box.ask();
  expect(view.for).toBe('2027-01-03');
  const pork = view.suppliers[0]?.lines.find(({ item }) => item === 'pork');
  // Without anything until then, one day is what can be served: the rest of the need is lost.
  expect(Number(pork?.need) - Number(pork?.lost)).toBe(1050);
  expect(pork?.days).toHaveLength(42);
  expect(pork?.why.en).toContain('short before it comes');
  box.close();
  await kitchenOf({ leadTime: '999999d' });
  const started = performance.now();
  expect((await box.ask()).upcoming).toEqual([]);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('who asks after a note gets an answer that knows it, whenever the note comes', async () => {
  await kitchenOf();
  sell();
  box.now = TONIGHT;
  const need = (view: Awaited<ReturnType<SuggestBox['suggestions']['read']>>) =>
    view?.suppliers[0]?.lines.find(({ item }) => item === 'pork')?.need;
  for (let turns = 0; turns < 30; turns++) {
    const note = (value: string) =>
      box.command('day.note', { id: 'N', from: '2026-11-23', kind: 'event', value });
    expect(note('1').status).toBe('applied');
    const first = box.suggestions.read(MONDAY);
    for (let turn = 0; turn < turns; turn++) await new Promise((done) => setImmediate(done));
    expect(note('3').status).toBe('applied');
    expect([turns, need(await box.suggestions.read(MONDAY))]).toEqual([turns, '3150']);
    await first;
  }
});

test('old orders are neither read again for every suggestion nor forgotten while they may come', async () => {
  await kitchenOf();
  sell();
  box.now = TONIGHT;
  const lines = [{ item: 'pork', qty: '1 pack' }];
  const order = (id: string, deliverOn: string) => {
    const made = box.command('order.create', { order: id, supplier: 'near', deliverOn, lines });
    expect(made.status).toBe('applied');
    expect(box.command('order.send', { order: id }).status).toBe('applied');
  };
  order('LATE', '2026-11-21');
  order('OLD', '2026-10-01');
  expect(await box.line('pork', MONDAY)).toMatchObject({ onOrder: '1000' });
  const { ofDays, withoutDay } = box.parts.purchasing.orders;
  expect(ofDays(20261001, 20261121).map(({ order: id }) => id)).toEqual(['OLD', 'LATE']);
  expect(ofDays(20261002, 20261121).map(({ order: id }) => id)).toEqual(['LATE']);
  const placed = box.command('order.create', { order: 'ANY', supplier: 'near', lines });
  expect(placed.status).toBe('applied');
  expect(withoutDay(TONIGHT).map(({ order: id }) => id)).toEqual(['ANY']);
  expect(withoutDay(TONIGHT + 1)).toEqual([]);
});

test('a day of another century is a day on which nobody comes: the box does not think of every one until then', async () => {
  await kitchenOf();
  sell();
  expect((await box.ask(20270301)).suppliers).toHaveLength(1);
  const far = await box.ask(21261130);
  expect([far.for, far.suppliers]).toEqual(['2126-11-30', []]);
  expect((await box.ask(99991231)).suppliers).toEqual([]);
});
