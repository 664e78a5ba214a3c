// Rules of the chain's board that need no browser.
import { describe, expect, it, vi } from 'vitest';
import { wallLink } from '../../kitchen-ui/chain/src/access/wall-link.ts';
import type { ChainItem, StoreRow } from '../../kitchen-ui/chain/src/api-types.ts';
import { outcomeLines } from '../../kitchen-ui/chain/src/books/outcome.ts';
import { hrefTo } from '../../kitchen-ui/chain/src/links.ts';
import { todayOf } from '../../kitchen-ui/chain/src/reports/report-kinds.ts';
import { openWatched, SILENCE_MS } from '../../kitchen-ui/chain/src/state/watched-stream.ts';
import {
  countShort,
  fullnessOf,
  itemsByNeed,
  storesByNeed,
} from '../../kitchen-ui/chain/src/stock/heat.ts';
import { firstExpiry } from '../../kitchen-ui/chain/src/store/first-expiry.ts';
import { figuresOf, standingOf, worstFirst } from '../../kitchen-ui/chain/src/stores/figures.ts';
import { lagText, span } from '../../kitchen-ui/chain/src/stores/store-words.ts';
import { shortMoney } from '../../kitchen-ui/chain/src/text.ts';
import { fitTiles } from '../../kitchen-ui/chain/src/wall/fit.ts';

const row = (store: string, more: Partial<StoreRow> = {}): StoreRow => ({
  store,
  name: { zh: store, en: store },
  role: 'store',
  state: 'ok',
  lagMs: 0,
  seenAt: '2026-11-22T04:00:00Z',
  seq: 1,
  headSeq: 1,
  differences: 0,
  comparedAt: null,
  twoBoxes: false,
  lives: 1,
  open: 0,
  day: '2026-11-22',
  timezone: 'Asia/Shanghai',
  sales: 0,
  wasteEntries: 0,
  waste: null,
  ordersWaiting: 0,
  alarms: [],
  catalog: { head: 0, taken: 0, refused: 0, waiting: 0 },
  ...more,
});

describe('the stores', () => {
  it('stand worst first, and by number among equals', () => {
    const rows = [
      row('s10'),
      row('s2'),
      row('new', { state: 'never', seenAt: null, lagMs: null }),
      row('late', { state: 'late' }),
      row('refused', { catalog: { head: 2, taken: 1, refused: 1, waiting: 0 } }),
      row('silent', { state: 'silent' }),
      row('differs', { differences: 2, state: 'late' }),
      row('two', { twoBoxes: true, state: 'silent' }),
    ];
    const order = rows.toSorted(worstFirst).map(({ store }) => store);
    expect(order).toEqual(['two', 'differs', 'silent', 'late', 'refused', 's2', 's10', 'new']);
    expect(rows.map(standingOf).filter((one) => one === 'ok')).toHaveLength(2);
  });

  it('add up exactly, and what nobody knows is not 0', () => {
    const rows = [
      row('a', { waste: '0.10', sales: 2, differences: null }),
      row('b', { waste: '0.20', sales: 3, state: 'late', ordersWaiting: 1 }),
      row('c', { differences: 4 }),
    ];
    expect(figuresOf(rows)).toMatchObject({
      stores: 3,
      sales: 5,
      waste: '0.3000',
      differences: 4,
      compared: 2,
      late: 1,
      trouble: 2,
      ordersWaiting: 1,
    });
    expect(figuresOf([row('a')]).waste).toBe(null);
    expect(figuresOf([row('a', { waste: '-1.5' }), row('b', { waste: '0.25' })]).waste).toBe(
      '-1.2500',
    );
  });

  it('say how far behind and how long silent they are', () => {
    const now = Date.parse('2026-11-22T05:00:00Z');
    expect(lagText('en', row('a'), now)).toBe('');
    expect(lagText('en', row('a', { state: 'silent' }), now)).toBe('not heard for 60 min');
    expect(lagText('en', row('a', { state: 'late', lagMs: 420_000 }), now)).toBe('7 min behind');
    expect(lagText('zh', row('a', { state: 'never', seenAt: null }), now)).toBe('还没有连过总部');
    expect([span('en', 89_000), span('en', 5_400_000), span('en', 200_000_000)]).toEqual([
      '89 s',
      '1 h',
      '2 d',
    ]);
  });

  it('fill a wall with as few columns as all of them fit into', () => {
    expect(fitTiles(3, 1_400, 800, 14)).toEqual({ columns: 3, rows: 2 });
    const many = fitTiles(1_000, 1_400, 800, 14);
    expect(many.columns).toBe(6);
    expect(many.rows).toBeGreaterThan(4);
    // A phone scrolls.
    expect(fitTiles(5, 340, 600, 14)).toEqual({ columns: 1, rows: 5 });
    for (const count of [1, 7, 20]) {
      const { columns, rows } = fitTiles(count, 1_400, 800, 14);
      expect(columns * rows).toBeGreaterThanOrEqual(count);
    }
  });
});

describe('stock over the chain', () => {
  const item = (
    code: string,
    states: Readonly<Record<string, 'ok' | 'low' | 'out'>>,
  ): ChainItem => ({
    item: code,
    name: { en: code },
    unit: 'g',
    onHand: '0',
    value: null,
    stores: Object.entries(states).map(([store, state]) => ({
      store,
      onHand: '0',
      par: null,
      state,
    })),
  });
  const items = [
    item('rice', { a: 'ok', b: 'low', c: 'low' }),
    item('pork', { a: 'ok', b: 'out', c: 'ok' }),
    item('tofu', { a: 'ok', b: 'ok', c: 'ok' }),
  ];

  it('has on top and at the left what lacks most', () => {
    expect(itemsByNeed(items, 'en').map((one) => one.item)).toEqual(['pork', 'rice', 'tofu']);
    expect(storesByNeed(items)).toEqual(['b', 'c', 'a']);
    expect(countShort(items)).toEqual({ out: 1, low: 2 });
  });

  it('is as full as its par says', () => {
    expect(fullnessOf('500', '2000')).toBe(0.25);
    expect(fullnessOf('-5', '2000')).toBe(0);
    expect(fullnessOf('5000', '2000')).toBe(1);
    expect(fullnessOf('5', null)).toBe(null);
    expect(fullnessOf('5', '0')).toBe(null);
  });
});

it('keeps the token of a wall behind the #, and filters in the address', () => {
  expect(wallLink('https://hq.example', 'wall_ab+c', 'zh', 'dark')).toBe(
    'https://hq.example/#wall=wall_ab%2Bc&lang=zh&theme=dark',
  );
  expect(hrefTo('entries', { store: 's 1', kind: '', day: undefined, seq: 7 })).toBe(
    '#/entries?store=s+1&seq=7',
  );
  expect(shortMoney('en', '1234.56', 'CNY')).toMatch(/^CNY\s1,234$/);
  expect(shortMoney('zh', '12.5', null)).toBe('12.50');
});

it('says on which day of the store the first lot expires', () => {
  const lots = [
    { expiresAt: '2026-11-28T04:59:59.000Z' },
    { expiresAt: null },
    { expiresAt: '2026-11-26T04:59:59.000Z' },
  ];
  expect(firstExpiry(lots, 'America/New_York')).toBe('2026-11-25');
  expect(firstExpiry(lots, 'Asia/Shanghai')).toBe('2026-11-26');
  expect(firstExpiry([{ expiresAt: null }], 'UTC')).toBeUndefined();
});

it('takes today from the stores, of which some are ahead of others', () => {
  const rows = [
    row('shanghai', { day: '2026-11-23' }),
    row('berlin', { timezone: 'Europe/Berlin' }),
    row('new', { state: 'never', day: '2026-11-24' }),
  ];
  expect(todayOf(rows, '')).toEqual({ from: '2026-11-22', to: '2026-11-23' });
  expect(todayOf(rows, 'berlin')).toEqual({ from: '2026-11-22', to: '2026-11-22' });
  expect(todayOf(rows, 'new')).toBeUndefined();
  expect(todayOf([], '')).toBeUndefined();
});

it('says what became of a version in words', () => {
  const detail = {
    reason: { code: 'x', zh: '不行', en: 'no' },
    rehearsal: { days: 7, sales: 12, changed: 2, cost: { before: '10.00', after: '12.50' } },
    corrected: 3,
  };
  expect(outcomeLines('zh', detail, 'CNY')[0]).toBe('不行');
  expect(outcomeLines('en', detail, null)).toEqual([
    'no',
    'Tried on 12 sales of the last 7 days: 2 items differ; the cost was 10.00 and would be 12.50.',
    '3 sales made since got the difference posted.',
  ]);
  expect(outcomeLines('en', null, null)).toEqual([]);
  expect(outcomeLines('en', { rehearsal: 'none', corrected: 0 }, null)).toEqual([]);
});

describe('a stream that nobody speaks on', () => {
  it('ends, so that it is opened again; each piece gives it more time', async () => {
    vi.useFakeTimers();
    const wait = (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      });
    let source: ReadableStreamDefaultController<Uint8Array> | undefined;
    const open = async (signal: AbortSignal) => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          source = controller;
          signal.addEventListener('abort', () => controller.error(signal.reason));
        },
      });
      return new Response(body);
    };
    const response = await openWatched(open, wait, new AbortController().signal);
    const reader = response.body?.getReader();
    if (reader === undefined) throw new Error('no body');
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 1_000);
    source?.enqueue(new TextEncoder().encode(': beat\n\n'));
    expect((await reader.read()).done).toBe(false);
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 1_000);
    const next = reader.read();
    const ended = expect(next).rejects.toThrow('silent');
    await vi.advanceTimersByTimeAsync(2_000);
    await ended;
    vi.useRealTimers();
  });
});
