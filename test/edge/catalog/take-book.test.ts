/** Books of head office in a box: adopted at their minute, late or early, with what is different here. */
import { afterEach, describe, expect, it } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { event, SMALL_BOOK, sale } from '../small-kitchen.ts';
import { breaches, give, headOffice, movedClock, notes } from './head-office.ts';

const boxes: TestBox[] = [];
afterEach(async () => {
  for (const box of boxes.splice(0)) await box.stop();
});

const START = Date.parse('2026-11-22T10:00:00+08:00');
const at = (minutes: number) => START + minutes * 60_000;
const iso = (minutes: number) => new Date(at(minutes)).toISOString();

async function open(book: unknown = SMALL_BOOK) {
  const clock = movedClock(START);
  const box = await startBox({ book, ports: clock.ports });
  boxes.push(box);
  return { box, clock, hq: headOffice() };
}

type Recipe = { id: string; sku?: string; lines: object[] };

/** The small book with one recipe's lines changed. */
function bookWith(recipe: string, lines: object[] | null): object {
  const recipes = (SMALL_BOOK.recipes as unknown as Recipe[]).flatMap((r) =>
    r.id !== recipe ? [r] : lines === null ? [] : [{ ...r, lines }],
  );
  return { ...SMALL_BOOK, recipes };
}

const eggs = (count: string) => [{ item: 'egg', qty: `${count} ea` }];

function sold(id: string, minutes: number, lines: object[]): object {
  return { ...sale(id, lines), time: iso(minutes) };
}

async function day(box: TestBox) {
  return box.api<{ balanced: boolean; items: { item: string; moved: string }[] }>(
    'GET',
    '/days/2026-11-22',
  );
}

describe('a book that comes before its minute', () => {
  it('does nothing until then', async () => {
    const { box, clock, hq } = await open();
    const book = bookWith('egg-dish', eggs('3'));
    await give(box, hq.sign({ payload: { book }, validFrom: iso(60) }));
    await box.send([sold('S1', 0, [{ sku: 'E', qty: 1 }])]);
    expect((await box.stock())['egg']).toBe('-2');
    clock.set(at(61));
    await box.send([
      sold('S2', 59, [{ sku: 'E', qty: 1 }]),
      sold('S3', 60, [{ sku: 'E', qty: 1 }]),
    ]);
    expect((await box.stock())['egg']).toBe('-7');
    expect(notes(box, 'catalog')[0]).toMatchObject({
      state: 'taken',
      corrected: 0,
      book: 2,
      validFrom: iso(60),
      rehearsal: { sales: 0, changed: 0 },
    });
    expect(await day(box)).toMatchObject({ balanced: true });
    expect(breaches(box)).toEqual([]);
  });
});

describe('a book without a start', () => {
  const take = async (eggCount: string, hq: ReturnType<typeof headOffice>, box: TestBox) => {
    const publishedAt = iso(30);
    const payload = { book: bookWith('egg-dish', eggs(eggCount)) };
    return give(box, hq.sign({ payload, publishedAt }));
  };

  it.each([
    ['behind', -60 * 24 * 365],
    ['ahead', 60 * 24 * 365],
  ])('is not overruled by an older one after the clock was %s', async (where, minutes) => {
    const { box, clock, hq } = await open();
    clock.set(at(where === 'ahead' ? minutes : 20));
    await take('3', hq, box);
    clock.set(at(where === 'ahead' ? 40 : minutes));
    await take('4', hq, box);
    // The clock is right again, and much later.
    for (const [n, now] of [60, 60 * 24 * 400].entries()) {
      clock.set(at(now));
      await box.send([sold(`S${n}`, now, [{ sku: 'E', qty: 1 }])]);
      expect((await box.stock())['egg'], `${now}`).toBe(String(-4 * (n + 1)));
    }
    expect(breaches(box)).toEqual([]);
  });

  it('leaves what was planned for later as it was planned', async () => {
    const { box, clock, hq } = await open();
    const book = bookWith('egg-dish', eggs('3'));
    await give(box, hq.sign({ payload: { book }, validFrom: iso(90), publishedAt: iso(0) }));
    clock.set(at(40));
    await take('4', hq, box);
    expect(box.box.parts.books.versions()).toHaveLength(3);
    clock.set(at(100));
    await box.send([
      sold('S1', 80, [{ sku: 'E', qty: 1 }]),
      sold('S2', 95, [{ sku: 'E', qty: 1 }]),
    ]);
    expect((await box.stock())['egg']).toBe('-7');
  });
});

describe('a book that comes after its minute', () => {
  it('gives what was sold since the difference, to the millionth', async () => {
    const { box, clock, hq } = await open();
    await box.send([
      sold('S1', 5, [{ sku: 'E', qty: 1 }]),
      sold('S2', 10, [{ sku: 'E', qty: 1 }]),
      sold('S3', 15, [
        { sku: 'E', qty: 2 },
        { sku: 'B', qty: 1 },
      ]),
    ]);
    expect((await box.stock())['egg']).toBe('-8');
    clock.set(at(20));
    const book = bookWith('egg-dish', [
      { item: 'egg', qty: '1 ea' },
      { item: 'leek', qty: '0.333333 g' },
    ]);
    await give(box, hq.sign({ payload: { book }, validFrom: iso(10) }));
    // S1 keeps its 2; S2 takes 1, S3 takes 2.
    expect((await box.stock())['egg']).toBe('-5');
    expect((await box.stock())['leek']).toBe('-5.999999');
    expect(notes(box, 'catalog')[0]).toMatchObject({ state: 'taken', corrected: 2 });
    const [note] = notes(box, 'snapshot');
    expect(note).toEqual({ why: 'late_book', hq: 1 });
    expect(await day(box)).toMatchObject({ balanced: true });
    expect(breaches(box)).toEqual([]);
  });

  it('keeps voids whole: of the corrected line, before and after the book came', async () => {
    const { box, clock, hq } = await open();
    await box.send([
      sold('S1', 5, [{ sku: 'E', qty: 4, lineId: 'a' }]),
      sold('S2', 6, [{ sku: 'E', qty: 4, lineId: 'a' }]),
    ]);
    const half = { disposition: 'not_made', lines: [{ lineId: 'a', qty: 2 }] };
    await box.send([{ ...event('void', { saleId: 'S1', ...half }), time: iso(7) }]);
    expect((await box.stock())['egg']).toBe('-12');
    clock.set(at(20));
    const book = bookWith('egg-dish', eggs('5'));
    await give(box, hq.sign({ payload: { book }, validFrom: iso(0) }));
    expect((await box.stock())['egg']).toBe('-30');
    await box.send([{ ...event('void', { saleId: 'S2', ...half }), time: iso(21) }]);
    expect((await box.stock())['egg']).toBe('-20');
    const rest = { disposition: 'made_discarded', lines: [{ lineId: 'a', qty: 2 }] };
    await box.send([
      { ...event('void', { saleId: 'S1', ...rest }), time: iso(22) },
      { ...event('void', { saleId: 'S2', ...rest }), time: iso(22) },
    ]);
    expect((await box.stock())['egg']).toBe('-20');
    expect((await box.places('egg'))['waste']).toBe(20);
    expect(await day(box)).toMatchObject({ balanced: true });
    expect(breaches(box)).toEqual([]);
  });

  it('leaves a dish it does not know as it was posted, and says so', async () => {
    const { box, clock, hq } = await open();
    await box.send([
      sold('S1', 5, [
        { sku: 'E', qty: 1 },
        { sku: 'D', qty: 0.25 },
      ]),
    ]);
    const before = await box.stock();
    clock.set(at(20));
    const answer = await give(
      box,
      hq.sign({ payload: { book: bookWith('egg-dish', null) }, validFrom: iso(0) }),
    );
    expect(answer).toMatchObject({ state: 'taken' });
    expect(await box.stock()).toEqual(before);
    expect(notes(box, 'catalog')[0]).toMatchObject({
      corrected: 0,
      dropsDishes: ['E'],
      dropsCount: 1,
      rehearsal: { unknown: [{ sku: 'E', qty: '1' }] },
    });
    expect(await day(box)).toMatchObject({ balanced: true });
    expect(breaches(box)).toEqual([]);
  });

  it('corrects a changed sale as its newest revision says', async () => {
    const { box, clock, hq } = await open();
    const snapshot = (revision: number, qty: number) => ({
      ...event('snapshot', { saleId: 'S1', revision, lines: [{ sku: 'E', qty, lineId: 'a' }] }),
      time: iso(5),
    });
    await box.send([snapshot(1, 1), snapshot(2, 3)]);
    expect((await box.stock())['egg']).toBe('-6');
    clock.set(at(20));
    await give(
      box,
      hq.sign({ payload: { book: bookWith('egg-dish', eggs('1')) }, validFrom: iso(0) }),
    );
    expect((await box.stock())['egg']).toBe('-3');
    await box.send([snapshot(3, 2)]);
    expect((await box.stock())['egg']).toBe('-2');
    expect(await day(box)).toMatchObject({ balanced: true });
    expect(breaches(box)).toEqual([]);
  });

  it('goes on after a crash in the middle, and neither skips nor doubles a sale', async () => {
    const { box, clock, hq } = await open();
    const events = Array.from({ length: 60 }, (_, i) => sold(`S${i}`, 1, [{ sku: 'E', qty: 1 }]));
    await box.send(events);
    expect((await box.stock())['egg']).toBe('-120');
    clock.set(at(20));
    const version = hq.sign({
      payload: { book: bookWith('egg-dish', eggs('5')) },
      validFrom: iso(0),
    });
    const { ledger, catalog } = box.box.parts;
    const { append } = ledger;
    let posted = 0;
    Object.assign(ledger, {
      append(...entry: Parameters<typeof append>) {
        // In the middle of a slice, after some that were committed.
        if (entry[0].kind === 'snapshot' && ++posted === 30) throw new Error('power cut');
        return append.apply(ledger, entry);
      },
    });
    const { sales } = box.box.parts.receiving;
    const { soldBetween } = sales;
    Object.assign(sales, {
      soldBetween: (...asked: Parameters<typeof soldBetween>) => soldBetween(...asked).slice(0, 7),
    });
    await expect(catalog.take(version)).rejects.toThrow('power cut');
    const midway = Number((await box.stock())['egg']);
    expect(midway).toBeLessThan(-120);
    expect(midway).toBeGreaterThanOrEqual(-120 - 29 * 3);
    await box.restart();
    await expect.poll(() => box.box.parts.catalog.head(), { timeout: 20_000 }).toBe(1);
    expect((await box.stock())['egg']).toBe('-300');
    expect(notes(box, 'catalog')[0]).toMatchObject({ corrected: 60, rehearsal: { sales: 60 } });
    expect(notes(box, 'snapshot')).toHaveLength(60);
    expect(notes(box, 'book')).toHaveLength(2);
    expect(await day(box)).toMatchObject({ balanced: true });
    expect(breaches(box)).toEqual([]);
  });

  it('leaves alone what was sold before its minute, whatever book that was posted with', async () => {
    const { box, clock, hq } = await open(bookWith('egg-dish', null));
    await give(
      box,
      hq.sign({ payload: { book: bookWith('egg-dish', eggs('1')) }, validFrom: iso(60) }),
    );
    // Nobody knew the dish at its time; the earliest later book does.
    await box.send([sold('S1', 5, [{ sku: 'E', qty: 1 }])]);
    expect((await box.stock())['egg']).toBe('-1');
    clock.set(at(20));
    await give(
      box,
      hq.sign({ payload: { book: bookWith('egg-dish', eggs('9')) }, validFrom: iso(10) }),
    );
    expect((await box.stock())['egg']).toBe('-1');
    expect(notes(box, 'catalog')[1]).toMatchObject({ corrected: 0 });
    expect(await day(box)).toMatchObject({ balanced: true });
    expect(breaches(box)).toEqual([]);
  });

  it('posts the difference of each of two late books once', async () => {
    const { box, clock, hq } = await open();
    await box.send([sold('S1', 5, [{ sku: 'E', qty: 1 }]), sold('S2', 15, [{ sku: 'E', qty: 1 }])]);
    clock.set(at(20));
    const first = bookWith('egg-dish', eggs('3'));
    const second = bookWith('egg-dish', eggs('7'));
    await give(box, hq.sign({ payload: { book: first }, validFrom: iso(0) }));
    await give(box, hq.sign({ payload: { book: second }, validFrom: iso(10) }));
    expect((await box.stock())['egg']).toBe('-10');
    expect(notes(box, 'catalog').map(({ corrected }) => corrected)).toEqual([2, 1]);
    // The very same document again changes nothing.
    await give(box, hq.sign({ payload: { book: second }, validFrom: iso(12) }));
    expect(notes(box, 'catalog')[2]).toMatchObject({ state: 'taken', corrected: 0, book: 4 });
    expect((await box.stock())['egg']).toBe('-10');
    expect(await day(box)).toMatchObject({ balanced: true });
    expect(breaches(box)).toEqual([]);
  });
});
