/** What a store keeps different, an earlier version again, and what a rehearsal says. */
import { afterEach, describe, expect, it } from 'vitest';
import { openCommandDoor } from '../../../edge/box-commands.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { SMALL_BOOK, sale } from '../small-kitchen.ts';
import { breaches, give, headOffice, movedClock } from './head-office.ts';

const boxes: TestBox[] = [];
afterEach(async () => {
  for (const box of boxes.splice(0)) await box.stop();
});

const START = Date.parse('2026-11-22T10:00:00+08:00');
const iso = (minutes: number) => new Date(START + minutes * 60_000).toISOString();

const BOOK = {
  ...SMALL_BOOK,
  suppliers: [
    { id: 'market', cutOff: '18:00', items: [{ item: 'pork', pack: '2 kg', price: '40.00' }] },
  ],
};
const dearer = (price: string) => ({
  ...BOOK,
  recipes: BOOK.recipes.map((r) => (r.id === 'bowl' ? { ...r, price } : r)),
});

async function open() {
  const clock = movedClock(START);
  const box = await startBox({ ports: clock.ports });
  boxes.push(box);
  const hq = headOffice();
  return { box, clock, hq };
}

type ListedOverride = {
  what: string;
  id: string;
  field: string;
  used: boolean;
  hqValue: unknown;
};
type BookAnswer = {
  version: number;
  hq: number | null;
  rollbackOf: number | null;
  next: { version: number; hq: number | null } | null;
  book: {
    suppliers: unknown;
    items: { id: string; stock?: object; station?: string }[];
    recipes: { id: string; sku?: unknown; price?: string }[];
  };
};
const book = (box: TestBox) => box.api<BookAnswer>('GET', '/book');

function item(answer: BookAnswer, id: string) {
  return answer.book.items.find((i) => i.id === id);
}
function recipe(answer: BookAnswer, id: string) {
  return answer.book.recipes.find((r) => r.id === id);
}

describe('what is different here', () => {
  it('is laid over the book in force and over every later one, until it is taken back', async () => {
    const { box, clock, hq } = await open();
    await give(box, hq.sign({ payload: { book: BOOK } }));
    const said = {
      items: [{ id: 'pork', stock: { par: '3 pack', safety: '1 kg' }, station: 'wok' }],
      recipes: [
        { id: 'bowl', price: '28.00' },
        { id: 'egg-dish', off: true },
      ],
      suppliers: [{ id: 'market', cutOff: '20:00', items: [{ item: 'pork', price: '38.50' }] }],
    };
    expect(await box.command('book.override', said)).toMatchObject({
      status: 'applied',
      data: { version: 2, planned: 0 },
    });
    const first = await book(box);
    expect(first).toMatchObject({ version: 2, hq: 1 });
    expect(item(first, 'pork')).toMatchObject({
      stock: { par: '3 pack', safety: '1 kg' },
      station: 'wok',
    });
    expect(recipe(first, 'bowl')?.price).toBe('28.00');
    expect(recipe(first, 'egg-dish')?.sku).toBeUndefined();
    expect(first.book.suppliers).toEqual([
      { id: 'market', cutOff: '20:00', items: [{ item: 'pork', pack: '2 kg', price: '38.50' }] },
    ]);
    clock.set(START + 60_000);
    await give(box, hq.sign({ payload: { book: dearer('30.00') } }));
    const second = await book(box);
    expect(second).toMatchObject({ version: 3, hq: 2 });
    expect(recipe(second, 'bowl')?.price).toBe('28.00');
    clock.set(START + 120_000);
    const back = { recipes: [{ id: 'bowl', price: null }] };
    expect(await box.command('book.override', back)).toMatchObject({ status: 'applied' });
    expect(recipe(await book(box), 'bowl')?.price).toBe('30.00');
    const listed = await box.api<{ hq: number; overrides: ListedOverride[] }>(
      'GET',
      '/book/overrides',
    );
    expect(listed.hq).toBe(2);
    expect(listed.overrides.map(({ field }) => field).sort()).toEqual(
      ['cutOff', 'off', 'par', 'price', 'safety', 'station'].sort(),
    );
    expect(listed.overrides.every(({ used }) => used)).toBe(true);
    const theirs = listed.overrides.map((one) => [
      `${one.what} ${one.id} ${one.field}`,
      one.hqValue,
    ]);
    expect(theirs).toEqual([
      ['item pork par', null],
      ['item pork safety', null],
      ['item pork station', null],
      ['recipe egg-dish off', null],
      ['supplier market cutOff', '18:00'],
      ['supplierItem market pork price', '40.00'],
    ]);
    expect(breaches(box)).toEqual([]);
  });

  it('is laid over a planned book too', async () => {
    const { box, clock, hq } = await open();
    await give(box, hq.sign({ payload: { book: BOOK } }));
    await give(box, hq.sign({ payload: { book: dearer('30.00') }, validFrom: iso(60) }));
    clock.set(START + 60_000);
    const said = { items: [{ id: 'pork', stock: { par: '5 kg' } }] };
    expect(await box.command('book.override', said)).toMatchObject({ data: { planned: 1 } });
    expect((await book(box)).next).toMatchObject({ hq: 2 });
    clock.set(START + 3_600_000);
    const later = await book(box);
    expect(later).toMatchObject({ hq: 2, next: null });
    expect(recipe(later, 'bowl')?.price).toBe('30.00');
    expect(item(later, 'pork')?.stock).toEqual({ par: '5 kg' });
    expect(breaches(box)).toEqual([]);
  });

  it('is refused whole when the book would be wrong, or has no such thing', async () => {
    const { box, hq } = await open();
    expect(
      await box.command('book.override', { items: [{ id: 'pork', station: 'wok' }] }),
    ).toMatchObject({ code: 'own_book' });
    await give(box, hq.sign({ payload: { book: BOOK } }));
    const before = await book(box);
    const bad = await box.command('book.override', {
      items: [
        { id: 'rice', station: 'wok' },
        { id: 'pork', stock: { par: '3 crate' } },
      ],
    });
    expect(bad).toMatchObject({ status: 'rejected', code: 'bad_override' });
    expect(bad.data).toMatchObject({ problems: [{ path: 'items[0].stock.par' }] });
    expect(
      await box.command('book.override', { items: [{ id: 'prok', station: 'wok' }] }),
    ).toMatchObject({ code: 'unknown_in_book' });
    expect(await box.command('book.override', {})).toMatchObject({ code: 'override_empty' });
    expect(await book(box)).toEqual(before);
    expect(await box.api('GET', '/book/overrides')).toMatchObject({ overrides: [] });
    expect(breaches(box)).toEqual([]);
  });

  it('needs a manager on a tablet', async () => {
    const { box, hq } = await open();
    await give(box, hq.sign({ payload: { book: BOOK } }));
    const sender = { device: 'tablet', pass: null };
    const command = (kind: string, data: unknown) => ({ id: `t-${kind}`, kind, data });
    const nothing = () => undefined;
    const door = openCommandDoor(box.box.parts, {
      release: nothing,
      replay: nothing,
      bookChanged: nothing,
      deviceRevoked: nothing,
    } as Parameters<typeof openCommandDoor>[1]);
    for (const [kind, data] of [
      ['book.override', { items: [{ id: 'pork', station: 'wok' }] }],
      ['book.rollback', { to: 1 }],
      ['hq.trust', { key: headOffice('other').key }],
    ] as const) {
      expect(door.execute(command(kind, data), sender)).toMatchObject({ code: 'pin_needed' });
    }
  });
});

describe('an earlier version', () => {
  it('holds again from now on, and says what is still planned', async () => {
    const { box, clock, hq } = await open();
    await give(box, hq.sign({ payload: { book: dearer('20.00') } }));
    clock.set(START + 60_000);
    await give(box, hq.sign({ payload: { book: dearer('30.00') } }));
    await give(box, hq.sign({ payload: { book: dearer('40.00') }, validFrom: iso(60) }));
    clock.set(START + 120_000);
    expect(await box.command('book.rollback', { to: 1 })).toMatchObject({
      status: 'applied',
      data: { version: 4, next: { version: 3, validFrom: iso(60) } },
    });
    const now = await book(box);
    expect(now).toMatchObject({ version: 4, rollbackOf: 1, hq: 1, next: { version: 3, hq: 3 } });
    expect(recipe(now, 'bowl')?.price).toBe('20.00');
    expect(await box.command('book.rollback', { to: 77 })).toMatchObject({
      code: 'unknown_version',
    });
    expect(breaches(box)).toEqual([]);
  });

  it('of head office may replace what was planned', async () => {
    const { box, clock, hq } = await open();
    await give(box, hq.sign({ payload: { book: dearer('20.00') } }));
    await give(box, hq.sign({ payload: { book: dearer('40.00') }, validFrom: iso(60) }));
    clock.set(START + 60_000);
    await give(box, hq.sign({ payload: { book: dearer('30.00'), planned: 'replace' } }));
    clock.set(START + 4_000_000);
    expect(recipe(await book(box), 'bowl')?.price).toBe('30.00');
    expect(breaches(box)).toEqual([]);
  });
});

describe('a rehearsal', () => {
  it('says what the last week would have taken, cost, and not known', async () => {
    const { box, hq } = await open();
    await give(box, hq.sign({ payload: { book: BOOK } }));
    await box.command('delivery.receive', {
      supplier: 'market',
      lines: [{ item: 'egg', qty: '100 ea', price: '1.00' }],
    });
    await box.send([
      { ...sale('S1', [{ sku: 'E', qty: 3 }]), time: iso(0) },
      { ...sale('S2', [{ sku: 'D', qty: 0.5 }]), time: iso(-60 * 24 * 3) },
      { ...sale('S3', [{ sku: 'E', qty: 1, modifiers: [{ sku: 'M-egg' }] }]), time: iso(0) },
      { ...sale('OLD', [{ sku: 'E', qty: 50 }]), time: iso(-60 * 24 * 9) },
    ]);
    const recipes = BOOK.recipes.flatMap((r) => {
      if (r.id === 'deli') return [];
      return r.id === 'egg-dish' ? [{ ...r, lines: [{ item: 'egg', qty: '3 ea' }] }] : [r];
    });
    const next = { ...BOOK, recipes, modifiers: BOOK.modifiers.slice(1) };
    const before = box.box.parts.ledger.seq();
    const checked = await box.api<{ rehearsal: object }>('PUT', '/book?dryRun=1&rehearse=1', next);
    expect(box.box.parts.ledger.seq()).toBe(before);
    expect(checked.rehearsal).toEqual({
      days: 7,
      sales: 3,
      more: false,
      // 3 × 2 + 1 × (2 + 1 of the modifier) = 9; of the new book the line with the modifier waits.
      items: [
        { item: 'pork', unit: 'g', before: '500', after: '0' },
        { item: 'egg', unit: 'ea', before: '9', after: '9' },
      ].filter(({ before: was, after }) => was !== after),
      changed: 1,
      cost: { before: '19.00', after: '9.00' },
      unknown: [
        { sku: 'M-egg', qty: '1', on: 'E' },
        { sku: 'D', qty: '0.5' },
      ],
      unknownCount: 2,
      released: 0,
    });
    const items = async () => {
      const inbox = await box.api<{ items: { kind: string; subject: object }[] }>('GET', '/inbox');
      return inbox.items.filter(({ kind }) => kind === 'book_drops_dishes');
    };
    await give(box, hq.sign({ payload: { book: next }, validFrom: iso(60) }));
    expect(await items()).toMatchObject([
      { subject: { version: 2, dishes: [{ sku: 'M-egg' }, { sku: 'D' }] } },
    ]);
    await give(box, hq.sign({ payload: { book: BOOK }, validFrom: iso(60) }));
    expect(await items()).toEqual([]);
    const sent = await box.api<{ versions: object[] }>('GET', '/catalog?limit=2');
    expect(sent.versions).toMatchObject([
      { version: 3, state: 'taken', rehearsal: { unknownCount: 0 } },
      { version: 2, state: 'taken', rehearsal: { unknownCount: 2 } },
    ]);
  });
});
