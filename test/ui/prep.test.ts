import { describe, expect, it } from 'vitest';
import type { StockItem } from '../../kitchen-ui/src/api-types.ts';
import type { OutboxEntry } from '../../kitchen-ui/src/outbox/entry.ts';
import { packsOf } from '../../kitchen-ui/src/prep/packs.ts';
import {
  amountOfRuns,
  batchData,
  estimated,
  firstAmount,
  isShort,
  newestLot,
  notYetThere,
  runsOf,
  shortFirst,
  takenOf,
  todaysCards,
  usualLabels,
} from '../../kitchen-ui/src/prep/prep-form.ts';
import type { Batch } from '../../kitchen-ui/src/prep/prep-types.ts';
import { bookFacts, expiryAfter, waysToOpen } from '../../kitchen-ui/src/state/book-facts.ts';

const BATCH: Batch = {
  recipe: 'braising-sauce',
  name: { zh: '红烧汁', en: 'Braising sauce' },
  item: 'braising-sauce',
  onHand: '1200',
  expiresAt: null,
  suggested: '19200',
  suggestedText: '',
  unit: 'g',
  makes: '9600',
  run: 2,
  why: '',
  done: null,
  short: [],
  inputs: [
    { item: 'soy', name: 'soy', qty: '3600', unit: 'ml' },
    { item: 'sugar', name: 'sugar', qty: '2400', unit: 'g' },
  ],
  allergens: [],
  shelfLifeMs: 259_200_000,
};

function item(id: string, over: Partial<StockItem> = {}): StockItem {
  return { item: id, name: id, onHand: '10', unit: 'g', state: 'ok', lots: [], ...over };
}

describe('how much to make', () => {
  it('starts from the suggestion, else from one run', () => {
    expect(firstAmount(BATCH)).toBe('19200');
    expect(firstAmount({ ...BATCH, suggested: '0', run: 0 })).toBe('9600');
    expect(runsOf(BATCH, '14400')).toBe(1.5);
    expect(amountOfRuns(BATCH, 3)).toBe('28800');
  });

  it('lists what is needed or done today; done means done and nothing more needed', () => {
    const done = { ...BATCH, recipe: 'egg', run: 0, done: { qty: '60', at: '' } };
    const again = { ...done, recipe: 'rice', run: 1 };
    const idle = { ...BATCH, recipe: 'oil', run: 0 };
    const today = todaysCards([BATCH, done, again, idle]);
    expect(today.cards.map((one) => one.recipe)).toEqual(['braising-sauce', 'egg', 'rice']);
    expect(today.done).toBe(1);
  });
});

describe('what it takes', () => {
  it('is in proportion, and short by what the tablet last knew', () => {
    const stock = [item('soy', { onHand: '2000' }), item('sugar', { onHand: '9000' })];
    const taken = estimated(BATCH, '9600', stock);
    expect(taken.map((one) => [one.item, one.amount, one.missing])).toEqual([
      ['soy', '1800', '0'],
      ['sugar', '1200', '0'],
    ]);
    const double = estimated(BATCH, '19200', stock);
    expect(double[0]).toMatchObject({ amount: '3600', missing: '1600' });
    expect(isShort(double)).toBe(true);
    expect(isShort(taken)).toBe(false);
  });

  it('reads the rehearsal lot by lot, with what no lot could give', () => {
    const move = (itemId: string, lot: string, amount: string, from = 'stock') => ({
      item: itemId,
      lot,
      from,
      to: from === 'stock' ? 'production' : 'stock',
      amount,
      unit: 'g',
    });
    const taken = takenOf({
      moves: [
        move('sugar', 'A', '700'),
        move('sugar', 'B', '500'),
        move('soy', 'unallocated', '1800'),
        move('sauce', 'new', '9600', 'production'),
      ],
      short: [{ item: 'soy', missing: '1800' }],
    });
    expect(taken).toEqual([
      {
        item: 'sugar',
        amount: '1200',
        unit: 'g',
        lots: [
          { lot: 'A', amount: '700' },
          { lot: 'B', amount: '500' },
        ],
        missing: '0',
      },
      { item: 'soy', amount: '1800', unit: 'g', lots: [], missing: '1800' },
    ]);
    expect(shortFirst(taken)[0]?.item).toBe('soy');
  });

  it('says only what differs from the plan', () => {
    expect(batchData({ recipe: 'r', qty: '10', actual: '10', labels: 2 })).toEqual({
      recipe: 'r',
      qty: '10',
      labels: 2,
    });
    expect(batchData({ recipe: 'r', qty: '10', actual: '9', labels: 0, station: 'hot' })).toEqual({
      recipe: 'r',
      qty: '10',
      actual: '9',
      labels: 0,
      station: 'hot',
    });
  });

  it('prints as many labels as the last time', () => {
    const entries = [
      { kind: 'batch.produce', data: { recipe: 'egg', labels: 4 } },
      { kind: 'batch.produce', data: { recipe: 'rice', labels: 2 } },
    ];
    expect(usualLabels(entries, 'egg')).toBe(4);
    expect(usualLabels(entries, 'tea')).toBe(1);
  });

  it('counts what was made here and has not reached the box, unless it was taken back', () => {
    const entry = (id: string, over: Partial<OutboxEntry> = {}): OutboxEntry => ({
      n: 1,
      id,
      kind: 'batch.produce',
      data: { recipe: 'egg', qty: '60' },
      at: '',
      text: {},
      progress: 'waiting',
      tried: false,
      ...over,
    });
    const entries = [
      entry('a'),
      entry('b', { data: { recipe: 'egg', qty: '60', actual: '58' } }),
      entry('c', { progress: 'applied' }),
      entry('d'),
      entry('e', { kind: 'entry.reverse', undoes: 'd' }),
    ];
    expect([...notYetThere(entries)]).toEqual([['egg', '118']]);
  });

  it('finds the lot that was made last', () => {
    const lot = (code: string, receivedAt: string | null, id: number) => ({
      lot: code,
      onHand: '1',
      expiresAt: null,
      receivedAt,
      id,
    });
    const lots = [
      lot('old', '2026-11-21T00:00:00Z', 1),
      lot('new', '2026-11-22T00:00:00Z', 2),
      lot('unallocated', null, 0),
    ];
    expect(newestLot(item('egg', { lots }))).toBe('new');
    expect(newestLot(undefined)).toBeNull();
  });
});

describe('packs', () => {
  const facts = bookFacts({
    version: 1,
    validFrom: '',
    book: {
      items: [
        { id: 'prawn', yield: '78%', opened: '48h', thawed: '24h' },
        { id: 'belly', yield: 0.87, opened: '24h', frozen: '60d' },
        { id: 'salt' },
      ],
      recipes: [
        { id: 'egg', kept: 'stocked', opened: '12h' },
        { id: 'dish', yield: 0.5 },
      ],
    } as never,
  });

  it('knows what the book says of items and of what is made ahead', () => {
    expect(facts['prawn']?.yield).toBe('78%');
    expect(facts['salt']).toEqual({});
    expect(facts['egg']).toEqual({ opened: '12h' });
    expect(facts['dish']).toBeUndefined();
  });

  it('thaws what comes frozen first, freezes only what the book lets', () => {
    expect(waysToOpen(facts, 'prawn')).toEqual(['thawed', 'opened']);
    expect(waysToOpen(facts, 'belly')).toEqual(['opened', 'frozen']);
    expect(waysToOpen(facts, 'salt')).toEqual(['opened']);
  });

  it('never lets a pack keep longer by opening it; freezing does', () => {
    const hour = 3_600_000;
    expect(expiryAfter(facts, 'prawn', 'thawed', 0, 100 * hour)).toBe(24 * hour);
    expect(expiryAfter(facts, 'prawn', 'opened', 0, 5 * hour)).toBe(5 * hour);
    expect(expiryAfter(facts, 'belly', 'frozen', 0, 5 * hour)).toBe(60 * 24 * hour);
    expect(expiryAfter(facts, 'salt', 'opened', 0, null)).toBeNull();
  });

  it('offers frozen goods before dry ones and what is made here last', () => {
    const lots = [{ lot: 'A', onHand: '1', expiresAt: null }];
    const stock = [
      item('salt', { lots }),
      item('rice', { lots, made: true }),
      item('belly', { lots }),
      item('prawn', { lots }),
      item('none'),
    ];
    expect(packsOf(stock, facts).map((one) => one.item)).toEqual([
      'prawn',
      'belly',
      'salt',
      'rice',
    ]);
  });
});
