import { describe, expect, it } from 'vitest';
import { announcedDays, eventEffects } from '#recipes/forecast/event-effect.ts';
import { FACTORS, FROM, weekdayAt, weekly } from './made-up.ts';

const isEvent = (i: number) => i > 60 && i % 20 === 15;
const usual = weekly(200, 100, 0.05);
const party = {
  from: FROM,
  demand: usual.map((value, i) => (isEvent(i) ? value * 1.8 : value)),
  announced: usual.map((_, i) => (isEvent(i) ? 1.2 : null)),
};

describe('announced days', () => {
  it('stand beside what an ordinary day would have been', () => {
    const days = announcedDays(party);
    expect(days.map(({ day }) => day)).toEqual([75, 95, 115, 135, 155, 175, 195]);
    for (const { day, announced, actual, baseline } of days) {
      expect([announced, actual]).toEqual([1.2, party.demand[day]]);
      const truth = 100 * (FACTORS[weekdayAt(day)] ?? 0);
      expect(Math.abs(baseline / truth - 1)).toBeLessThan(0.08);
    }
  });

  it('teach what such a day really does', () => {
    const events = announcedDays(party).map((day) => ({ ...day, reason: 'party' }));
    const effect = eventEffects(events).get('party');
    expect(effect?.days).toBe(7);
    expect(effect?.factor).toBeGreaterThan(1.55);
    expect(effect?.factor).toBeLessThan(1.8);
  });
});

describe('the effect of a reason', () => {
  const event = { reason: 'fair', announced: 1.2, baseline: 100 };

  it('one day moves the announcement by a third, on the scale of factors', () => {
    const { factor = 0 } = eventEffects([{ ...event, actual: 240 }]).get('fair') ?? {};
    expect(factor).toBeCloseTo(1.2 * 2 ** (1 / 3), 9);
  });

  it('does not believe wonders, and learns nothing without a baseline', () => {
    const { factor = 0 } = eventEffects([{ ...event, actual: 1e9 }]).get('fair') ?? {};
    expect(factor).toBeCloseTo((5 * 1.2 ** 2) ** (1 / 3), 9);
    expect(eventEffects([{ ...event, baseline: 0, actual: 5 }]).size).toBe(0);
    expect(eventEffects([{ ...event, announced: 0, actual: 5 }]).size).toBe(0);
  });

  it('keeps reasons apart', () => {
    const effects = eventEffects([
      { ...event, actual: 200 },
      { ...event, reason: 'road works', announced: 0.8, actual: 60 },
    ]);
    expect(effects.get('fair')?.factor).toBeGreaterThan(1.2);
    expect(effects.get('road works')?.factor).toBeLessThan(0.8);
  });
});
