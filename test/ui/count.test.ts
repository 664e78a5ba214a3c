import { describe, expect, it } from 'vitest';
import {
  alsoCountedBy,
  type Count,
  countingAt,
  isDifferent,
  othersAt,
  shelvesOf,
  worthOf,
} from '../../kitchen-ui/src/count/counts.ts';
import { takenWeight, watched, watchFrom } from '../../kitchen-ui/src/count/scale-watch.ts';
import {
  answered,
  begin,
  countId,
  inFront,
  moved,
  movedTo,
  progressOf,
  totalOf,
  untouched,
} from '../../kitchen-ui/src/count/session.ts';

const said = (cases: string, loose: string) => ({ cases, loose, looseUnit: 'kg' });
const counted = (total: string) =>
  ({ kind: 'counted', said: said('', total), total, at: 0 }) as const;

describe('a walk along a shelf', () => {
  it('has the same id on every tablet, and a new one once it is posted', () => {
    const none = new Set<string>();
    expect(countId('2026-11-22', 'fridge-1', none)).toBe('count-2026-11-22-fridge-1');
    expect(countId('2026-11-22', '冷柜 1', none)).toMatch(/^[A-Za-z0-9_.-]+$/);
    const first = countId('2026-11-22', null, none);
    expect(countId('2026-11-22', null, new Set([first, `${first}.2`]))).toBe(`${first}.3`);
  });

  it('adds cases and loose, exactly', () => {
    expect(totalOf(said('3', '1.05'), '2000', '1000')).toBe('7050');
    expect(totalOf(said('', '0.1'), null, '1000')).toBe('100');
    expect(totalOf(said('', '0'), '2000', '1000')).toBe('0');
    expect(totalOf(said('', ''), '2000', '1000')).toBeNull();
    expect(totalOf(said('2', ''), null, '1000')).toBeNull();
    expect(totalOf(said('', '2.'), null, '500')).toBe('1000');
  });

  it('knows none from skipped, and what stays as the book has it', () => {
    let walk = begin('c', 'fridge-1', ['a', 'b', 'c', 'd'], 0);
    walk = moved(answered(walk, 'a', counted('0')), 1);
    walk = moved(answered(walk, 'b', { kind: 'skipped' }), 1);
    expect(inFront(walk)).toBe('c');
    expect(progressOf(walk)).toEqual({ total: 4, counted: 1, skipped: 1, left: 2 });
    expect(untouched(walk)).toEqual(['b', 'c', 'd']);
    expect(inFront(moved(walk, 9))).toBeNull();
    expect(inFront(movedTo(moved(walk, 9), 'b'))).toBe('b');
    expect(moved(walk, -9).index).toBe(0);
  });
});

describe('the scale beside the shelf', () => {
  it('gives an item only a weight that was put there for it', () => {
    let watch = watchFrom(1_050);
    expect(takenWeight(watch, 1_050, true)).toBeNull();
    watch = watched(watch, 1_052);
    expect(takenWeight(watch, 1_052, true)).toBeNull();
    watch = watched(watch, 0);
    expect(takenWeight(watch, 0, true)).toBeNull();
    expect(takenWeight(watch, 1_050, false)).toBeNull();
    expect(takenWeight(watch, 1_050, true)).toBe(1_050);
    expect(takenWeight(watchFrom(null), 300, true)).toBe(300);
  });
});

describe('several tablets', () => {
  const line = { item: 'a', place: 'fridge-1', qty: '2900', unit: 'g', at: '2026-11-22T10:05:00Z' };
  const count: Count = {
    count: 'c',
    state: 'open',
    items: [],
    lines: [
      { ...line, actor: 'li', kept: [{ qty: '3100', at: '2026-11-22T10:00:00Z', actor: 'wang' }] },
      { ...line, item: 'b', actor: null },
    ],
  };
  const ten = Date.parse('2026-11-22T10:00:00Z');

  it('are told of each other, by name, while it is fresh', () => {
    expect(othersAt(count, 'fridge-1', 'wang', new Set(['a']), ten)).toEqual(['li', '']);
    expect(othersAt(count, 'fridge-1', null, new Set(['b']), ten)).toEqual(['li', 'wang']);
    expect(othersAt(count, 'fridge-2', 'wang', new Set(), ten)).toEqual([]);
    expect(othersAt(count, 'fridge-1', 'wang', new Set(), ten + 600_000)).toEqual([]);
    expect(othersAt(null, 'fridge-1', 'wang', new Set(), 0)).toEqual([]);
    expect(alsoCountedBy(count, 'a', 'fridge-1', 'wang')).toEqual(['li']);
    expect(alsoCountedBy(null, 'a', 'fridge-1', 'wang')).toEqual([]);
  });

  it('are seen on the list of shelves, too', () => {
    const lastAt = '2026-11-22T10:05:00Z';
    const head = {
      count: 'c',
      state: 'open',
      lastAt,
      items: 2,
      places: ['s'],
      actors: ['li', 'me'],
    };
    expect(countingAt([head], 's', 'me', ten)).toEqual(['li']);
    expect(countingAt([{ ...head, state: 'posted' }], 's', 'me', ten)).toEqual([]);
    expect(countingAt([head], 't', 'me', ten)).toEqual([]);
  });

  it('differ from the book by money that is posted, or what it costs now', () => {
    const item = { item: 'a', lot: null, unit: 'g', at: line.at, counted: '1050', posted: false };
    expect(worthOf({ ...item, variance: '-570' }, '0.03')).toBe(-17.1);
    expect(worthOf({ ...item, variance: '-570', cost: '-18.00' }, '0.03')).toBe(-18);
    expect(worthOf({ ...item, variance: '-570' }, null)).toBeNull();
    expect(isDifferent({ ...item, variance: '0' })).toBe(false);
    expect(isDifferent(item)).toBe(false);
  });

  it('finds the shelves of the stock, those without one last', () => {
    const stock = [{ item: 'x' }, { item: 'y', station: 's2' }, { item: 'z', station: 's2' }];
    expect(shelvesOf(stock)).toEqual([
      { place: 's2', items: ['y', 'z'] },
      { place: '', items: ['x'] },
    ]);
  });
});
