/** What the forecast reads: closed days, days on which an item ran out, imports, made things exploded. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openKitchen } from '#recipes/kitchen.ts';
import { wallClock } from '#recipes/time/wall-clock.ts';
import { closedWeekdays, isClosedAWhile } from '../../../edge/usage/day-facts.ts';
import { daysFrom } from '../../../edge/usage/days.ts';
import { type Histories, readHistories } from '../../../edge/usage/histories.ts';
import { ranOut, type ShelfDay } from '../../../edge/usage/run-out.ts';
import { type SuggestBox, suggestBox } from '../purchasing/suggest-kitchen.ts';

const TODAY = 20261122;
const G = 1_000_000;

describe('from the ledger', () => {
  let box: SuggestBox;
  beforeEach(async () => {
    box = await suggestBox();
  });
  afterEach(() => box.close());

  async function read(): Promise<Histories> {
    const { usage, ledger, ports, receiving } = box.parts;
    await usage.sums.caughtUp();
    const kitchen = receiving.knowledge.at(box.now)?.kitchen;
    if (!kitchen) throw new Error('no book');
    const pause = () => new Promise<void>((resolve) => ports.soon(resolve));
    return readHistories(
      { store: usage.store, code: ledger.items.code, clock: wallClock('Asia/Shanghai'), pause },
      kitchen,
      TODAY,
      30,
    );
  }

  function used(histories: Histories, item: string, day: number): number {
    return (histories.items.get(item)?.used[histories.days.indexOf(day)] ?? Number.NaN) / G;
  }

  test('a made thing counts as what it is made of, on the day it is used', async () => {
    box.sellDay(2, 20);
    // The batch itself, on another day, is no demand of the soy.
    box.now += 86_400_000;
    box.command('delivery.receive', { lines: [{ item: 'soy', qty: '5 l' }] });
    expect(box.command('batch.produce', { recipe: 'sauce', qty: '3 kg' }).status).toBe('applied');
    const histories = await read();
    expect(used(histories, 'pork', 20261120)).toBe(20 * 105);
    expect(used(histories, 'soy', 20261120)).toBe(20 * 10);
    expect(used(histories, 'sauce', 20261120)).toBe(20 * 50);
    expect(used(histories, 'soy', 20261121)).toBe(0);
  });

  test('today teaches nothing, and an item begins with its first use', async () => {
    box.sellDay(3);
    box.sellDay(0);
    const histories = await read();
    expect(histories.days.at(-1)).toBe(20261121);
    expect(histories.days[histories.items.get('pork')?.first ?? 0]).toBe(20261119);
    expect(histories.items.has('salt')).toBe(false);
  });

  test('an imported amount is the whole of its day', async () => {
    box.sellDay(5);
    box.sellDay(4);
    const days = { '2026-11-17': '7 kg', '2026-11-10': '3000', '2026-11-09': '0' };
    box.now = Date.parse('2026-11-22T22:00:00+08:00');
    const data = { items: [{ item: 'pork', days }] };
    expect(box.command('usage.import', data).data).toEqual({ amounts: 3 });
    const histories = await read();
    expect(used(histories, 'pork', 20261117)).toBe(7000);
    expect(used(histories, 'pork', 20261118)).toBe(1050);
    expect(used(histories, 'pork', 20261110)).toBe(3000);
    expect(histories.open[histories.days.indexOf(20261109)]).toBe(0);
    // Said again, the last word counts.
    box.command('usage.import', { items: [{ item: 'pork', days: { '2026-11-17': '8 kg' } }] });
    expect(used(await read(), 'pork', 20261117)).toBe(8000);
  });

  test.each([
    ['future_day', { item: 'pork', days: { '2026-11-22': '1 kg' } }],
    ['unknown_item', { item: 'porc', days: { '2026-11-20': '1 kg' } }],
    ['bad_data', { item: 'pork', days: { '2026-02-31': '1 kg' } }],
    ['unknown_unit', { item: 'pork', days: { '2026-11-20': '1 barrel' } }],
    ['bad_quantity', { item: 'pork', days: { '2026-11-20': '100001000 g' } }],
  ])('an import that is wrong is refused: %s', (code, item) => {
    box.now = Date.parse('2026-11-22T22:00:00+08:00');
    expect(box.command('usage.import', { items: [item] })).toMatchObject({
      status: 'rejected',
      code,
    });
    expect(box.parts.usage.store.importedItems()).toEqual([]);
  });

  test('with an import alone the forecast is no par', async () => {
    const days = Object.fromEntries(
      daysFrom(20261020, 20261121).map((day) => [
        String(day).replace(/(\d{4})(\d{2})(\d{2})/, '$1-$2-$3'),
        '2 kg',
      ]),
    );
    box.now = Date.parse('2026-11-22T22:00:00+08:00');
    box.command('usage.import', { items: [{ item: 'pork', days }] });
    const line = await box.line('pork');
    expect(line).toMatchObject({ lowConfidence: false, basis: 'forecast' });
    expect(Number(line.need)).toBeGreaterThan(2000);
  });
});

describe('closed', () => {
  /** Two weeks and more, Monday 2 November 2026 first; the days named were without a sale. */
  const weeks = (...shut: number[]) => {
    const days = daysFrom(20261102, 20261122);
    return { days, open: Uint8Array.from(days, (day) => (shut.includes(day) ? 0 : 1)) };
  };

  test('some days without a sale between days that sold are closed, a week or the time before Larder is not', () => {
    const shut = (...list: number[]) => {
      const { days, open } = weeks(...list);
      return days.filter((_, i) => isClosedAWhile(open, i));
    };
    expect(shut(20261110, 20261115, 20261116)).toEqual([20261110, 20261115, 20261116]);
    expect(shut(20261121, 20261122)).toEqual([20261121, 20261122]);
    expect(shut(20261102, 20261103)).toEqual([]);
    expect(shut(...daysFrom(20261108, 20261113))).toHaveLength(6);
    expect(shut(...daysFrom(20261108, 20261114))).toEqual([]);
  });

  test('a weekday is taken for closed after three weeks without a sale', () => {
    expect([...closedWeekdays(weeks(20261103, 20261110, 20261117))]).toEqual([1]);
    expect([...closedWeekdays(weeks(20261110, 20261117))]).toEqual([]);
    expect([...closedWeekdays(weeks(20261108, 20261115, 20261122))]).toEqual([6]);
    const weekends = [20261107, 20261108, 20261114, 20261115, 20261121, 20261122];
    expect([...closedWeekdays(weeks(...weekends))]).toEqual([5, 6]);
  });
});

describe('ran out', () => {
  const HOUR = 3_600_000;
  const days = daysFrom(20261101, 20261110);
  const usual = (day: number): ShelfDay => ({
    day,
    open: true,
    used: 5,
    stock: 0,
    lastAt: Date.UTC(2026, 10, day % 100, 13),
  });
  const at = (day: number, change: Partial<ShelfDay>) =>
    ranOut(
      days.map((one) => (one === day ? { ...usual(one), ...change } : usual(one))),
      10,
    );
  const early = Date.UTC(2026, 10, 8, 13) - 3 * HOUR;

  test('nothing left, and the last use hours before the usual end', () => {
    const out = at(20261108, { stock: -10, lastAt: early });
    expect(out.map((yes, i) => (yes ? days[i] : 0)).filter(Boolean)).toEqual([20261108]);
  });

  test.each([
    ['something was left', { stock: -9, lastAt: early }],
    ['it was sold until the end', { stock: -10 }],
    ['it ended an hour early only', { stock: -10, lastAt: early + 2 * HOUR }],
    ['the store was closed', { stock: -10, lastAt: null, used: 0, open: false }],
  ])('not when %s', (_, change) => {
    expect(at(20261108, change)[7]).toBe(false);
  });

  test('a day after it, without any of it and without any use, counts too', () => {
    const shelf = days.map((day) =>
      day === 20261108
        ? { ...usual(day), stock: -10, lastAt: early }
        : day === 20261109
          ? { ...usual(day), used: 0, lastAt: null }
          : usual(day),
    );
    expect(ranOut(shelf, 10).slice(6)).toEqual([false, true, true, false]);
  });

  test('the usual end is one of the clock on the wall: summer time is no earlier one', async () => {
    const days = daysFrom(20260301, 20260412);
    const at = (day: number) => {
      const date = `${String(day).slice(0, 4)}-${String(day).slice(4, 6)}-${String(day).slice(6)}`;
      const offset = day < 20260329 ? '+01:00' : '+02:00';
      // Nobody keeps the book. Three quarters of an hour early is within what is usual, three hours are not.
      const time = day === 20260402 ? '20:15' : day === 20260409 ? '18:00' : '21:00';
      return Date.parse(`${date}T${time}:00${offset}`);
    };
    const amounts = days.map(() => 5);
    const rows = { item: 1, days, amounts, stock: days.map(() => -5), lastAt: days.map(at) };
    const store = {
      items: () => [1],
      read: () => rows,
      imported: () => [],
      importedItems: () => [],
    };
    const parts = { store, code: () => 'pork', clock: wallClock('Europe/Berlin') };
    const pause = async () => undefined;
    const kitchen = openKitchen({ larder: 1 });
    const { days: read, items } = await readHistories({ ...parts, pause }, kitchen, 20260413, 43);
    const out = items.get('pork')?.ranOut ?? new Uint8Array();
    expect(read.filter((_, i) => out[i] === 1)).toEqual([20260409]);
  });
});
