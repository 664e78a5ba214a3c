/** Latest of each key, totals, moments, disagreements; which posted count decides. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countedKeys,
  countTargets,
  type Observation,
  WHOLE_ITEM,
} from '#recipes/counts/observed.ts';
import { decidingTargets } from '#recipes/counts/standing.ts';

let entry = 0;
const saw = (at: number, qty: number, more: Partial<Observation> = {}): Observation => ({
  entry: ++entry,
  item: 1,
  lot: null,
  place: null,
  actor: 'wang',
  at,
  qty,
  ...more,
});

test('of each key the latest counts; the others are kept, newest first', () => {
  const early = saw(10, 5);
  const late = saw(20, 7);
  const other = saw(15, 3, { place: 'bar' });
  const keys = countedKeys([late, early, other]);
  expect(keys).toEqual([
    { latest: late, kept: [early] },
    { latest: other, kept: [] },
  ]);
  expect(countTargets(keys)).toEqual([
    { item: 1, lot: WHOLE_ITEM, qty: 10, at: 20, decides: late.entry },
  ]);
});

test('at the same moment the later entry counts', () => {
  const first = saw(10, 5);
  const second = saw(10, 6);
  expect(countedKeys([second, first])[0]?.latest).toBe(second);
});

test('a disagreement is with another person, not with oneself', () => {
  expect(countedKeys([saw(1, 5), saw(2, 7)])[0]?.disagreement).toBeUndefined();
  expect(countedKeys([saw(1, 5, { actor: 'li' }), saw(2, 7)])[0]?.disagreement).toBe(2);
  expect(countedKeys([saw(1, 7, { actor: 'li' }), saw(2, 7)])[0]?.disagreement).toBeUndefined();
  expect(countedKeys([saw(1, 9, { actor: 'li' }), saw(2, 8), saw(3, 7)])[0]?.disagreement).toBe(-2);
});

test('lots are targets of their own only when every key names one', () => {
  const lots = [saw(1, 5, { lot: 8 }), saw(2, 6, { lot: 9 }), saw(3, 1, { lot: 8, place: 'bar' })];
  expect(countTargets(countedKeys(lots))).toMatchObject([
    { lot: 8, qty: 6, at: 3 },
    { lot: 9, qty: 6, at: 2 },
  ]);
  expect(countTargets(countedKeys([...lots, saw(0, 0)]))).toMatchObject([
    { lot: WHOLE_ITEM, qty: 12, at: 3 },
  ]);
});

test('the order in which observations arrive changes nothing but the order of lines', () => {
  const observation = fc.record({
    item: fc.integer({ min: 1, max: 2 }),
    lot: fc.constantFrom(null, 8),
    place: fc.constantFrom(null, 'bar'),
    qty: fc.nat(50),
    at: fc.nat(9),
    actor: fc.constantFrom('wang', 'li'),
  });
  fc.assert(
    fc.property(fc.array(observation, { maxLength: 12 }), fc.nat(), (list, turn) => {
      const all = list.map((one, i) => ({ ...one, entry: i + 1 }));
      const at = all.length === 0 ? 0 : turn % all.length;
      const turned = [...all.slice(at), ...all.slice(0, at)];
      const sorted = (from: readonly Observation[]) =>
        countTargets(countedKeys(from)).sort((a, b) => a.item - b.item || a.lot - b.lot);
      expect(sorted(turned)).toEqual(sorted(all));
    }),
  );
});

test('the newest count of the whole item decides; later lots stand beside it', () => {
  const row = (at: number, lot: number, by: number) => ({ item: 1, lot, entry: by, at, qty: 0 });
  const older = row(10, WHOLE_ITEM, 1);
  const whole = row(20, WHOLE_ITEM, 2);
  const before = row(15, 8, 3);
  const same = row(20, 9, 4);
  const after = row(25, 8, 5);
  expect(decidingTargets([after, before, same, whole, older])).toEqual([whole, after]);
  expect(decidingTargets([before, same])).toEqual([before, same]);
  expect(decidingTargets([whole, { ...whole, entry: 9 }])).toEqual([{ ...whole, entry: 9 }]);
  expect(decidingTargets([])).toEqual([]);
});
