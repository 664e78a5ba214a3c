// Laws that hold for every suggestion, whatever comes in.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recompute } from '#recipes/purchasing/recompute.ts';
import { suggestItem } from '#recipes/purchasing/suggest.ts';
import type { SuggestInput } from '#recipes/purchasing/suggest-input.ts';
import type { SuggestionSum } from '#recipes/purchasing/suggestion-types.ts';
import { anyInput, HOUR, KG, SUNDAY } from './some-input.ts';

const RUNS = { numRuns: 1000 };
const law = (name: string, holds: (input: SuggestInput, sum: SuggestionSum) => void) =>
  test(name, () => {
    fc.assert(
      fc.property(anyInput, (input) => holds(input, suggestItem(input).sum)),
      RUNS,
    );
  });

/** Nothing but the sum decides: no room, no life, no par. */
const free = (input: SuggestInput): SuggestInput => ({
  ...input,
  max: 0,
  shelfLifeMs: null,
  lowConfidence: false,
});

law('the sum recomputes, from the figures printed alone', (_, sum) => {
  expect(recompute(sum)).toEqual({
    usable: sum.usable,
    missing: sum.missing,
    packs: sum.packs,
    quantity: sum.quantity,
  });
  const { need, lost, safety, onHand, expiring, replacing, onOrder } = sum;
  const missing = need - lost + safety - (onHand - expiring + replacing) - onOrder;
  expect(sum.missing).toBe(Math.max(0, missing));
});

law('whole packs, never less than none, every figure on its grain', (input, sum) => {
  expect(sum.quantity).toBe(sum.packs * input.pack);
  expect(Number.isSafeInteger(sum.packs) && sum.packs >= 0).toBe(true);
  const { need, lost, safety, onHand, expiring, replacing, usable, onOrder, missing } = sum;
  for (const part of [need, lost, safety, onHand, expiring, replacing, usable, onOrder, missing]) {
    expect(part).toBeGreaterThanOrEqual(0);
    expect(part % sum.grain).toBe(0);
  }
  expect(sum.grain * 20).toBeLessThanOrEqual(input.pack);
});

law('never more than there is room for', (input, sum) => {
  if (input.max > 0) expect(sum.quantity).toBeLessThanOrEqual(input.max);
});

law('never more than a pack above what the sum asks for', (input, sum) => {
  expect(sum.quantity).toBeLessThan(sum.missing + input.pack);
  if (input.rounding === 'down') expect(sum.quantity).toBeLessThanOrEqual(sum.missing);
});

law('what expires is counted once: it is on hand and not usable', (input, sum) => {
  const there = input.lots.reduce((all, { amount }) => all + Math.max(0, amount), 0);
  expect(Math.abs(sum.onHand - there)).toBeLessThanOrEqual(sum.grain);
  expect(sum.expiring).toBeLessThanOrEqual(sum.onHand);
  const dead = input.lots.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= input.now);
  const deadAmount = dead.reduce((all, { amount }) => all + amount, 0);
  expect(sum.expiring).toBeGreaterThanOrEqual(deadAmount - sum.grain);
});

law('the order of lots does not matter', (input, sum) => {
  const turned = {
    ...input,
    lots: input.lots.toReversed(),
    incoming: input.incoming.toReversed(),
    substitutes: input.substitutes.toReversed(),
  };
  expect(suggestItem(turned).sum).toEqual(sum);
});

law('one lot or the same in halves is the same', ({ lots, incoming, ...input }) => {
  const even = { lots: lots.map(evenOf), incoming: incoming.map(evenOf) };
  const halves = { lots: even.lots.flatMap(halvesOf), incoming: even.incoming.flatMap(halvesOf) };
  expect(suggestItem({ ...input, ...halves }).sum).toEqual(suggestItem({ ...input, ...even }).sum);
});

type Pile = { readonly amount: number };
const evenOf = <T extends Pile>(pile: T): T => ({
  ...pile,
  amount: 2 * Math.floor(pile.amount / 2),
});
const halvesOf = <T extends Pile>(pile: T): T[] => {
  const half = { ...pile, amount: pile.amount / 2 };
  return [half, half];
};

law('the same again, to the last bit', (input, sum) => {
  expect(JSON.stringify(suggestItem(structuredClone(input)).sum)).toBe(JSON.stringify(sum));
});

test('more stock never orders more', () => {
  const more = fc.record({
    amount: fc.integer({ min: 0, max: 20 * KG }),
    hours: fc.integer({ min: -6, max: 200 }),
  });
  fc.assert(
    fc.property(anyInput, more, (input, { amount, hours }) => {
      const lots = [...input.lots, { amount, expiresAt: SUNDAY + hours * HOUR }];
      const [with_, without] = [suggestItem({ ...input, lots }), suggestItem(input)];
      expect(with_.sum.quantity).toBeLessThanOrEqual(without.sum.quantity);
    }),
    RUNS,
  );
});

test('more on order never orders more', () => {
  const more = fc.tuple(fc.integer({ min: 0, max: 20 * KG }), fc.integer({ min: 0, max: 150 }));
  fc.assert(
    fc.property(anyInput, more, (input, [amount, hours]) => {
      const one = { amount, arrivesAt: SUNDAY + hours * HOUR, expiresAt: null };
      const after = suggestItem({ ...input, incoming: [...input.incoming, one] }).sum;
      expect(after.quantity).toBeLessThanOrEqual(suggestItem(input).sum.quantity);
    }),
    RUNS,
  );
});

test('more demand never orders less, where no cap bites', () => {
  fc.assert(
    fc.property(anyInput, fc.integer({ min: 100, max: 300 }), (any, percent) => {
      const input = free(any);
      const days = input.days.map((day) => ({
        ...day,
        mean: Math.round((day.mean * percent) / 100),
        sd: (day.sd * percent) / 100,
      }));
      const [more, less] = [suggestItem({ ...input, days }).sum, suggestItem(input).sum];
      // Figures are rounded one by one: a grain may lie between them.
      if (more.missing < less.missing) expect(less.missing - more.missing).toBe(less.grain);
      else expect(more.quantity).toBeGreaterThanOrEqual(less.quantity);
    }),
    RUNS,
  );
});

test('a better service never orders less, where nothing spoils', () => {
  fc.assert(
    fc.property(anyInput, (any) => {
      const { shortCost: _, ...input } = free(any);
      const [some, most] = [0.7, 0.98].map(
        (serviceLevel) => suggestItem({ ...input, serviceLevel }).sum.quantity,
      );
      expect(most).toBeGreaterThanOrEqual(some ?? 0);
    }),
    RUNS,
  );
});
