import { describe, expect, test } from 'vitest';
import { Bug } from '#recipes/assert.ts';
import { assertSum } from '#recipes/purchasing/recompute.ts';
import { suggestItem } from '#recipes/purchasing/suggest.ts';
import type { SuggestInput } from '#recipes/purchasing/suggest-input.ts';
import type { SuggestionSum } from '#recipes/purchasing/suggestion-types.ts';
import { DAY, daysOf, HOUR, KG, SUNDAY, someInput } from './some-input.ts';

/** The four o'clock of a day without opening hours: 1/6 of Tuesday's 18 kg are 3 kg until 04:00. */
const toTuesday4 = { coverUntil: SUNDAY + 52 * HOUR };

describe('the sum', () => {
  // 8 kg on Monday and 3 kg on Tuesday morning; a standard deviation of 643 g makes 1.0 kg of safety at 95 %.
  const belly = someInput({
    ...toTuesday4,
    days: daysOf([
      { mean: 9 * KG, sd: 0 },
      { mean: 8 * KG, sd: 0.643 * KG },
      { mean: 18 * KG, sd: 0 },
      { mean: 8 * KG, sd: 0 },
    ]),
    lots: [{ amount: 4.2 * KG, expiresAt: SUNDAY + 3 * DAY }],
  });

  test('pork belly: need 11.0 + safety 1.0 - 4.2 = 7.8, in packs of 2 kg: 8 kg', () => {
    const { sum, amount, basis } = suggestItem(belly);
    expect(sum).toMatchObject({
      need: 11 * KG,
      safety: KG,
      onHand: 4.2 * KG,
      expiring: 0,
      usable: 4.2 * KG,
      onOrder: 0,
      missing: 7.8 * KG,
      grain: KG / 10,
      cap: null,
      packs: 4,
      quantity: 8 * KG,
    });
    expect(amount).toBe('256.00');
    expect(basis).toBe('forecast');
    expect(sum.serviceLevel).toBeCloseTo(0.95, 2);
  });

  test('it is down or nearest where the book says so', () => {
    expect(suggestItem({ ...belly, rounding: 'down' }).sum.packs).toBe(3);
    expect(suggestItem({ ...belly, rounding: 'nearest' }).sum.packs).toBe(4);
    const lots = [{ amount: 5.2 * KG, expiresAt: null }];
    expect(suggestItem({ ...belly, rounding: 'nearest', lots }).sum).toMatchObject({
      missing: 6.8 * KG,
      packs: 3,
    });
  });

  test('what the shelf has below nothing does not count', () => {
    const lots = [...belly.lots, { amount: -3 * KG, expiresAt: null }];
    expect(suggestItem({ ...belly, lots }).sum.onHand).toBe(4.2 * KG);
  });

  test('what is on the shelf is used before what comes at this hour and expires with it', () => {
    const expiresAt = SUNDAY + 2 * DAY;
    const incoming = [{ amount: 4 * KG, expiresAt, arrivesAt: belly.now }];
    const half = { amount: 3 * KG, expiresAt };
    for (const lots of [[{ amount: 6 * KG, expiresAt }], [half, half]])
      expect(suggestItem({ ...belly, lots, incoming }).sum).toMatchObject({
        usable: 6 * KG,
        expiring: 0,
        onOrder: 2 * KG,
      });
  });

  test('the days of the cover stand with their shares', () => {
    const { days } = suggestItem(belly);
    expect(days.map(({ date, share, need }) => [date, share, need / KG])).toEqual([
      [20261123, 1, 8],
      [20261124, 0.166667, 3],
    ]);
  });
});

test('a line whose sum does not hold is not answered', () => {
  const line = suggestItem(someInput(toTuesday4));
  const wrong = (change: Partial<SuggestionSum>) => () =>
    assertSum({ ...line, sum: { ...line.sum, ...change } });
  expect(wrong({})).not.toThrow();
  for (const change of [
    { packs: 5 },
    { quantity: 1 },
    { usable: 1 },
    { missing: 0 },
    { need: 0 },
  ]) {
    expect(wrong(change)).toThrow(Bug);
  }
});

describe('stock that spoils', () => {
  test('what expires before it is used does not count', () => {
    // 10 kg until Monday noon, when 4 of Monday's 8 kg are used: 6 kg of them will be thrown away.
    const lots = [{ amount: 10 * KG, expiresAt: SUNDAY + 36 * HOUR }];
    const { sum, flags, useFirst } = suggestItem(someInput({ ...toTuesday4, lots }));
    expect(sum).toMatchObject({ onHand: 10 * KG, expiring: 6 * KG, usable: 4 * KG });
    expect(sum.missing).toBe(7 * KG);
    expect(flags).toContain('use_first');
    expect(useFirst).toEqual({ amount: 10 * KG, expiresAt: SUNDAY + 36 * HOUR });
  });

  test('the soonest is used first, so the later one is not counted as spoiled', () => {
    const lots = [
      { amount: 4 * KG, expiresAt: SUNDAY + 3 * DAY },
      { amount: 4 * KG, expiresAt: SUNDAY + 36 * HOUR },
    ];
    expect(suggestItem(someInput({ lots })).sum).toMatchObject({ expiring: 0, usable: 8 * KG });
  });

  test('dead stock is no stock', () => {
    const lots = [{ amount: 4 * KG, expiresAt: SUNDAY }];
    expect(suggestItem(someInput({ lots })).sum).toMatchObject({ expiring: 4 * KG, usable: 0 });
  });

  test('a delivery that keeps 18 hours is capped by what 18 hours use', () => {
    const { sum, flags } = suggestItem(
      someInput({ shelfLifeMs: 18 * HOUR, pack: KG, coverUntil: SUNDAY + 2 * DAY, max: 0 }),
    );
    // Until 18:00 on Monday 6 of 8 kg are used; what is ordered beyond spoils.
    expect(sum).toMatchObject({ need: 8 * KG, missing: 8 * KG, capBy: 'shelf_life', packs: 6 });
    expect(sum.cap).toBe(6 * KG);
    expect(flags).toContain('capped_by_shelf_life');
  });

  test('its life begins when it comes, not when it is ordered', () => {
    const { sum } = suggestItem(
      someInput({
        now: SUNDAY,
        lots: [{ amount: 9 * KG, expiresAt: SUNDAY + DAY }],
        shelfLifeMs: 18 * HOUR,
        pack: KG,
        coverUntil: SUNDAY + 2 * DAY,
        max: 0,
      }),
    );
    expect(sum).toMatchObject({ need: 17 * KG, missing: 8 * KG, packs: 6 });
  });

  test('a large pack is not opened for a little that would be missed', () => {
    const base = { ...toTuesday4, lots: [{ amount: 10 * KG, expiresAt: null }], pack: 25 * KG };
    const kept = suggestItem(someInput({ ...base, shelfLifeMs: null, max: 0 }));
    expect(kept.sum).toMatchObject({ missing: KG, packs: 1 });
    const spoils = suggestItem(
      someInput({ ...base, shelfLifeMs: 28 * HOUR, max: 0, serviceLevel: 0.8 }),
    );
    expect(spoils.sum).toMatchObject({ capBy: 'shelf_life', cap: 0, packs: 0 });
  });
});

describe('what is on order', () => {
  const late = SUNDAY + 48 * HOUR;

  test('counts whole when it comes before this delivery', () => {
    const incoming = [{ amount: 6 * KG, arrivesAt: SUNDAY + 28 * HOUR, expiresAt: null }];
    const { sum } = suggestItem(someInput({ ...toTuesday4, incoming }));
    expect(sum).toMatchObject({ onOrder: 6 * KG, missing: 5 * KG });
  });

  test('helps only from its arrival on when it comes later', () => {
    const incoming = [{ amount: 6 * KG, arrivesAt: late, expiresAt: null }];
    const { sum } = suggestItem(someInput({ ...toTuesday4, incoming }));
    // Monday's 8 kg must come now; of the 6 kg only the 3 kg of Tuesday morning help.
    expect(sum).toMatchObject({ onOrder: 3 * KG, missing: 8 * KG });
  });

  test('does not count when it comes after the cover', () => {
    const incoming = [{ amount: 6 * KG, arrivesAt: SUNDAY + 9 * DAY, expiresAt: null }];
    expect(suggestItem(someInput({ ...toTuesday4, incoming })).sum.onOrder).toBe(0);
  });
});

describe('before the delivery', () => {
  test('demand that nothing can serve is not ordered for, and says when it runs out', () => {
    const { sum, flags, lastsUntil } = suggestItem(
      someInput({
        now: SUNDAY,
        arrivesAt: SUNDAY + DAY,
        coverUntil: SUNDAY + 2 * DAY,
        lots: [{ amount: 3 * KG, expiresAt: null }],
        max: 0,
      }),
    );
    // 9 kg on Sunday from 3 kg: 6 kg are lost. Eight hours of 375 g each.
    expect(sum).toMatchObject({ need: 17 * KG, lost: 6 * KG, missing: 8 * KG });
    expect(flags).toContain('low');
    expect(lastsUntil).toBeGreaterThanOrEqual(SUNDAY + 8 * HOUR);
    expect(lastsUntil).toBeLessThan(SUNDAY + 8 * HOUR + 120_000);
  });

  test('the hours of the profile decide when it runs out', () => {
    const { lastsUntil } = suggestItem(
      someInput({
        lots: [{ amount: 4 * KG, expiresAt: null }],
        profile: ({ from }, at) => Math.min(1, Math.max(0, (at - from - 10 * HOUR) / (8 * HOUR))),
      }),
    );
    // Half of Monday's 8 kg are used at 14:00, half way between 10:00 and 18:00.
    expect((lastsUntil ?? 0) - (SUNDAY + 38 * HOUR)).toBeLessThanOrEqual(60_000);
    expect(lastsUntil ?? 0).toBeGreaterThanOrEqual(SUNDAY + 38 * HOUR);
  });
});

describe('rules of the book', () => {
  test('no more than there is room for', () => {
    const { sum, flags } = suggestItem(someInput({ ...toTuesday4, max: 7 * KG }));
    expect(sum).toMatchObject({ missing: 11 * KG, cap: 6 * KG, capBy: 'max', packs: 3 });
    expect(flags).toContain('capped_by_max');
  });

  test('room is what is free when the delivery comes', () => {
    const lots = [{ amount: 3 * KG, expiresAt: null }];
    expect(suggestItem(someInput({ ...toTuesday4, lots, max: 8 * KG })).sum.packs).toBe(2);
  });

  test('with too little history up to par', () => {
    const lots = [{ amount: 1.2 * KG, expiresAt: null }];
    const line = suggestItem(someInput({ lowConfidence: true, lots }));
    expect(line.sum).toMatchObject({ need: 5 * KG, safety: KG, missing: 4.8 * KG, packs: 3 });
    expect(line).toMatchObject({ basis: 'par', method: 'par' });
    expect(line.flags).toContain('low_confidence');
  });

  test('an announced party is multiplied here and shown apart', () => {
    const days = daysOf([
      { mean: 9 * KG, sd: 0 },
      { mean: 8 * KG, sd: 0, event: 1.2 },
      { mean: 18 * KG, sd: 0 },
    ]);
    const line = suggestItem(someInput({ ...toTuesday4, days }));
    expect(line.sum).toMatchObject({ need: 12.6 * KG, event: 1.6 * KG });
    expect(line.days[0]).toMatchObject({ event: 1.2, mean: 9.6 * KG, extra: 1.6 * KG });
    expect(line.flags).toContain('event');
  });

  test('offcuts are used first and replace what would be ordered', () => {
    const substitutes = [{ item: 'pork-trimmings', amount: 2 * KG, expiresAt: SUNDAY + 2 * DAY }];
    const lots = [{ amount: 3 * KG, expiresAt: SUNDAY + 4 * DAY }];
    const line = suggestItem(someInput({ ...toTuesday4, substitutes, lots }));
    expect(line.sum).toMatchObject({ onHand: 3 * KG, replacing: 2 * KG, usable: 5 * KG });
    expect(line.sum.missing).toBe(6 * KG);
    expect(line.flags).toEqual(expect.arrayContaining(['offcut', 'use_first']));
    expect(line.offcuts).toEqual(['pork-trimmings']);
  });

  test('a dear shortage asks for more safety than a cheap one', () => {
    const days = daysOf([1, 2, 3, 4].map(() => ({ mean: 8 * KG, sd: 3 * KG })));
    const { serviceLevel: _, ...input } = someInput({
      days,
      max: 0,
      shelfLifeMs: 2 * DAY,
      pack: KG,
    });
    const [cheap, dear] = [0.004, 0.4].map(
      (shortCost) => suggestItem({ ...input, shortCost }).sum.safety,
    );
    expect(dear).toBeGreaterThan(cheap ?? 0);
  });
});

test('a spice of which a pack lasts for a year is ordered when the shelf is empty', () => {
  const pinch = daysOf([1, 2, 3, 4].map(() => ({ mean: KG / 500, sd: 0 })));
  const spice = (change: Partial<SuggestInput>) =>
    suggestItem(someInput({ days: pinch, shelfLifeMs: null, pack: KG, ...change })).sum;
  // 2 g and a bit are needed; the sum stands on 10 g.
  expect(spice({})).toMatchObject({ need: 0, safety: KG / 100, missing: KG / 100, packs: 1 });
  expect(spice({ lots: [{ amount: KG / 100, expiresAt: null }] }).packs).toBe(0);
  expect(spice({ days: pinch.map((day) => ({ ...day, mean: 0 })) }).packs).toBe(0);
});
