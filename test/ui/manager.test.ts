import { describe, expect, it } from 'vitest';
import type { InboxItem, StockItem } from '../../kitchen-ui/src/api-types.ts';
import { endingLots } from '../../kitchen-ui/src/board/use-first.ts';
import { mappingParts, movesParts } from '../../kitchen-ui/src/inbox/effect.ts';
import { byUrgency } from '../../kitchen-ui/src/inbox/entry-order.ts';
import { linksOf, opensOf } from '../../kitchen-ui/src/inbox/inbox-actions.ts';
import { saidOnBar } from '../../kitchen-ui/src/inbox/said.ts';
import { bookFromMenu, dishesOfMenu } from '../../kitchen-ui/src/recipes/from-menu.ts';
import type { Setup } from '../../kitchen-ui/src/settings/types.ts';
import { isStepDone, neighbour, stepOf } from '../../kitchen-ui/src/setup/steps.ts';

const entry = (kind: string, over: Partial<InboxItem> = {}): InboxItem => ({
  id: kind,
  kind,
  severity: 'act',
  since: '2026-11-22T04:00:00Z',
  title: { en: kind },
  ...over,
});

describe('what a button would do', () => {
  it('sums the moves of each item, what leaves first, and leaves out what passes elsewhere', () => {
    const move = (item: string, from: string, to: string, amount: string) => ({
      item,
      lot: null,
      from,
      to,
      amount,
      unit: 'g',
    });
    const moves = [
      move('sauce', 'production', 'stock', '9600'),
      move('soy', 'stock', 'production', '0.1'),
      move('soy', 'stock', 'production', '0.2'),
      move('sugar', 'production', 'production', '5'),
    ];
    expect(movesParts({ moves })).toEqual([
      { sign: -1, item: 'soy', unit: 'g', amount: '0.3' },
      { sign: 1, item: 'sauce', unit: 'g', amount: '9600' },
    ]);
    expect(movesParts(undefined)).toEqual([]);
  });

  it('names the largest part of a mapping first', () => {
    const take = (item: string, qty: string) => ({ item, qty, unit: 'g', name: {} });
    const takes = [take('scallion', '5.88'), take('pork-belly', '400')];
    const parts = mappingParts({ lines: 1, still: 0, more: false, takes });
    expect(parts.map(({ item }) => item)).toEqual(['pork-belly', 'scallion']);
  });
});

describe('entries of the inbox', () => {
  it('what spoils comes first, what is worth knowing last', () => {
    const list = [
      entry('use', { kind: 'expiring', severity: 'watch' }),
      entry('menu', { severity: 'watch' }),
      entry('gap'),
      entry('expiring'),
    ];
    expect(byUrgency(list).map(({ id }) => id)).toEqual(['expiring', 'gap', 'menu', 'use']);
  });

  it('leads from a shelf below zero to the count and the receipt of that item', () => {
    const below = entry('negative', { subject: { item: 'leek/1' } });
    expect(linksOf(below).map(({ href }) => href)).toEqual([
      '#/count?item=leek%2F1',
      '#/receive?item=leek%2F1',
    ]);
  });

  it.each([
    ['order_waiting', { order: 'PO-1/2' }, '#/orders/PO-1%2F2'],
    ['order_cut_off', { order: 'PO-3' }, '#/orders/PO-3'],
    ['order_cut_off', { order: null, for: '2026-11-24' }, '#/order/2026-11-24'],
    ['printer', {}, '#/printers'],
    ['print_job', {}, '#/printers'],
    ['hq_refused_version', { version: 3, what: 'book' }, '#/book/versions'],
    ['book_drops_dishes', { version: 2 }, '#/book/versions'],
  ])('leads from %s %j to its page', (kind, subject, href) => {
    expect(linksOf(entry(kind, { subject }))).toMatchObject([{ href }]);
  });

  it('opens what belongs to the kind', () => {
    expect(opensOf(entry('conflict', { subject: { event: 7 } }), false, false)?.what).toBe('raw');
    expect(opensOf(entry('dayclose'), false, true)?.label).toBe('inbox.hideTotals');
    expect(opensOf(entry('gap'), false, false)).toBeNull();
  });

  it('puts a record of the kitchen on the undo bar, and a decision not', () => {
    const expired = entry('expiring', { subject: { item: 'tofu', amount: '1200 g' } });
    const waste = { kind: 'waste.log', data: {} };
    expect(saidOnBar(expired, waste, { zh: '豆腐', en: 'Tofu' })).toEqual({
      zh: '报损 豆腐 1.2\u00a0kg 过期',
      en: 'Waste Tofu 1.2\u00a0kg Expired',
    });
    expect(saidOnBar(expired, { kind: 'gap.abandon', data: {} }, 'x')).toBeNull();
  });
});

describe('use first', () => {
  it('has what ends within the time and is not over yet, the first to end first', () => {
    const now = Date.parse('2026-11-22T04:00:00Z');
    const lot = (code: string, hours: number, onHand = '10') => ({
      lot: code,
      onHand,
      expiresAt: new Date(now + hours * 3_600_000).toISOString(),
    });
    const item: StockItem = {
      item: 'tofu',
      name: 'Tofu',
      onHand: '40',
      unit: 'g',
      state: 'ok',
      lots: [lot('late', 20), lot('soon', 2), lot('over', -1), lot('far', 30), lot('gone', 3, '0')],
    };
    const found = endingLots([item], now, 24 * 3_600_000);
    expect(found.map(({ lot: { lot: code } }) => code)).toEqual(['soon', 'late']);
  });
});

describe('a book out of the dishes of a POS', () => {
  it('adds what the book does not have, with ids that are free', () => {
    const base = { larder: 1, recipes: [{ id: 'dish-m-1', sku: ['OLD'] }] };
    const dishes = [
      { sku: 'OLD', name: 'known' },
      { sku: 'M-1', name: '红烧肉', price: '32.00' },
      { sku: 'M-1', name: 'again' },
      { sku: '汤', name: '例汤' },
    ];
    expect(bookFromMenu(base, dishes).recipes.slice(1)).toEqual([
      { id: 'dish-m-1-2', name: { zh: '红烧肉' }, sku: ['M-1'], price: '32.00', lines: [] },
      { id: 'dish-x', name: { zh: '例汤' }, sku: ['汤'], lines: [] },
    ]);
  });

  it('reads the dishes of a menu message, and nothing out of anything else', () => {
    const dishes = [
      { sku: 'A', name: 'a' },
      { sku: 'B', active: false },
      { sku: 'C' },
      { name: 'd' },
    ];
    expect(dishesOfMenu(JSON.stringify({ data: { dishes } }))).toEqual([
      { sku: 'A', name: 'a' },
      { sku: 'C', name: 'C' },
    ]);
    expect(dishesOfMenu('{"data":{}}')).toEqual([]);
    expect(dishesOfMenu('no json')).toEqual([]);
  });
});

describe('steps of the set-up', () => {
  const setup: Setup = {
    book: null,
    posSeen: null,
    posCredentials: null,
    printers: [],
    devices: 0,
    people: 0,
    done: false,
  };

  it('are done when the box has what they are for', () => {
    expect(isStepDone('menu', setup, false)).toBe(false);
    expect(isStepDone('menu', { ...setup, book: { items: 1, recipes: 0 } }, false)).toBe(true);
    expect(isStepDone('people', { ...setup, people: 1 }, false)).toBe(true);
    expect(isStepDone('pos', null, true)).toBe(false);
  });

  it('end at both ends, and an odd address is the first', () => {
    expect(neighbour('language', -1)).toBe('language');
    expect(neighbour('start', 1)).toBe('pos');
    expect(neighbour('done', 1)).toBe('done');
    expect(stepOf('nonsense')).toBe('language');
    expect(stepOf('menu')).toBe('menu');
  });
});
