import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DeliveryTerms, deliveryOn, nextDelivery } from '#recipes/purchasing/delivery-days.ts';

const SHANGHAI = 'Asia/Shanghai';
const at = (text: string) => Date.parse(text);
const iso = (instant: number) => new Date(instant).toISOString();

/** As in the sample kitchen: not on Sundays, before 22:30 of the day before. */
const jinluo: DeliveryTerms = {
  deliveries: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  deliverAt: '06:00',
  cutOff: '22:30',
  leadTimeMs: 86_400_000,
};

describe('the next delivery', () => {
  test('Sunday evening before the cut-off: Monday six o’clock, to last until Tuesday at ten', () => {
    const plan = nextDelivery(jinluo, SHANGHAI, at('2026-11-22T21:36:00+08:00'));
    expect(plan.delivery.date).toBe(20261123);
    expect(plan.delivery.arrivesAt).toBe(at('2026-11-23T06:00:00+08:00'));
    expect(plan.delivery.cutOff).toBe(at('2026-11-22T22:30:00+08:00'));
    expect(plan.following.date).toBe(20261124);
    expect(plan.coverUntil).toBe(at('2026-11-24T10:00:00+08:00'));
    expect(plan.pastCutOff).toBe(false);
  });

  test('at the cut-off it is too late', () => {
    const plan = nextDelivery(jinluo, SHANGHAI, at('2026-11-22T22:30:00+08:00'));
    expect(plan.delivery.date).toBe(20261124);
  });

  test('Saturday’s delivery lasts over Sunday', () => {
    const plan = nextDelivery(jinluo, SHANGHAI, at('2026-11-27T12:00:00+08:00'));
    expect([plan.delivery.date, plan.following.date]).toEqual([20261128, 20261130]);
  });

  test('no delivery days: every day; no hour: six; no cut-off: the lead time before it', () => {
    const plain = { deliveries: [], leadTimeMs: 5 * 3_600_000 };
    const plan = nextDelivery(plain, SHANGHAI, at('2026-11-22T00:59:59+08:00'));
    expect(plan.delivery).toEqual({
      date: 20261122,
      arrivesAt: at('2026-11-22T06:00:00+08:00'),
      cutOff: at('2026-11-22T01:00:00+08:00'),
    });
    const later = nextDelivery(plain, SHANGHAI, at('2026-11-22T01:00:00+08:00'));
    expect(later.delivery.date).toBe(20261123);
  });

  test('a lead time of two days has its cut-off two days before', () => {
    const slow = { ...jinluo, leadTimeMs: 2 * 86_400_000 };
    const plan = nextDelivery(slow, SHANGHAI, at('2026-11-22T21:00:00+08:00'));
    expect(plan.delivery.date).toBe(20261124);
    expect(plan.delivery.cutOff).toBe(at('2026-11-22T22:30:00+08:00'));
  });

  test('the local day counts, not that of Greenwich', () => {
    const plan = nextDelivery(jinluo, SHANGHAI, at('2026-11-22T17:00:00Z'));
    expect(plan.delivery.date).toBe(20261124);
  });

  test('the clocks go back in Berlin: the day has 25 hours, six o’clock stays six o’clock', () => {
    const plan = nextDelivery(
      { ...jinluo, deliveries: [] },
      'Europe/Berlin',
      at('2026-10-24T20:00:00+02:00'),
    );
    expect(iso(plan.delivery.cutOff)).toBe('2026-10-24T20:30:00.000Z');
    expect(iso(plan.delivery.arrivesAt)).toBe('2026-10-25T05:00:00.000Z');
    expect(plan.following.arrivesAt - plan.delivery.arrivesAt).toBe(24 * 3_600_000);
  });

  test('an hour that the clocks skip is read as the one after it', () => {
    const early = { ...jinluo, deliveries: [], deliverAt: '02:30' };
    const plan = deliveryOn(early, 'Europe/Berlin', at('2026-03-27T00:00:00Z'), 20260329);
    expect(iso(plan.delivery.arrivesAt)).toBe('2026-03-29T01:30:00.000Z');
  });
});

describe('a wished day', () => {
  test('past its cut-off it is still planned, and says so', () => {
    const plan = deliveryOn(jinluo, SHANGHAI, at('2026-11-22T23:00:00+08:00'), 20261123);
    expect(plan.delivery.date).toBe(20261123);
    expect(plan.pastCutOff).toBe(true);
  });

  test('a day without delivery becomes the next one with', () => {
    const plan = deliveryOn(jinluo, SHANGHAI, at('2026-11-22T20:00:00+08:00'), 20261129);
    expect(plan.delivery.date).toBe(20261130);
    expect(plan.pastCutOff).toBe(false);
  });
});

test('whatever the supplier: it can still be ordered, and nothing lies between the two', () => {
  const weekdays = fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const);
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
  const zone = fc.constantFrom(SHANGHAI, 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland');
  const lead = fc.integer({ min: 0, max: 96 }).map((hours) => hours * 3_600_000);
  fc.assert(
    fc.property(
      weekdays,
      clock,
      fc.option(clock, { nil: undefined }),
      lead,
      zone,
      fc.integer({ min: at('2026-01-01'), max: at('2028-01-01') }),
      (deliveries, deliverAt, cutOff, leadTimeMs, timeZone, now) => {
        const terms = { deliveries, deliverAt, leadTimeMs, ...(cutOff ? { cutOff } : {}) };
        const plan = nextDelivery(terms, timeZone, now);
        expect(plan.delivery.cutOff).toBeGreaterThan(now);
        expect(plan.following.arrivesAt).toBeGreaterThan(plan.delivery.arrivesAt);
        const before = deliveryOn(terms, timeZone, now, plan.delivery.date);
        expect(before).toEqual(plan);
        const gap = (plan.following.arrivesAt - plan.delivery.arrivesAt) / 86_400_000;
        const days = deliveries.length === 0 ? 7 : deliveries.length;
        expect(gap).toBeLessThan(8 - days + 1.1);
      },
    ),
    { numRuns: 300 },
  );
});
