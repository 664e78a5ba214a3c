// What the benchmark of ordering and suggesting stands on, at a smaller size.
import { expect, test } from 'vitest';
import { type Orderer, runWorld, type World } from '../../bench/ordering-world.ts';
import { measureSuggestion } from '../../bench/suggestion.ts';

test('forecast and suggestion of a small kitchen repeat bit for bit', () => {
  const figures = measureSuggestion({ dishes: 20, ingredients: 30, days: 200 });
  expect(figures['the same bit for bit']).toBe(true);
  expect(figures['ordered lines']).toBeGreaterThan(15);
});

/** Delivered on even days, good for two days, 10 at 5.00 a pack; a missing one costs 2. */
const dates = Array.from({ length: 20 }, (_, i) => 20160101 + i);
const world: World = {
  item: 'x',
  dates,
  weekday: dates.map((_, i) => i % 2),
  demand: dates.map((_, i) => (i % 2 === 0 ? 4 : 3)),
  closed: dates.map(() => false),
  known: [],
  pack: 10,
  price: 5,
  shortCost: 2,
  life: 2,
  deliveries: [0],
};

test.for<[string, Orderer, { spoiled: number; lost: number; unmet: number }]>([
  // Of 10 pieces 7 are sold in the two days; the 3 left are thrown away: 1.50 every other day.
  ['one pack each time', () => 1, { spoiled: 3, lost: 0, unmet: 0 }],
  ['nothing at all', () => 0, { spoiled: 0, lost: 28, unmet: 14 }],
  [
    'only what the cover lacks',
    ({ lots }) => (lots.length > 0 ? 0 : 1),
    { spoiled: 3, lost: 0, unmet: 0 },
  ],
])('a bill worked out by hand: %s', ([_, orderer, bill]) => {
  expect(runWorld(world, 14, 18, orderer)).toMatchObject(bill);
});
