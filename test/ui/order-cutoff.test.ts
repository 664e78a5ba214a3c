import { describe, expect, it } from 'vitest';
import { clockText, countdown, firstCutOff } from '../../kitchen-ui/src/order/countdown.ts';
import { factorText, percentOf } from '../../kitchen-ui/src/order/event.ts';

describe('the cut-off', () => {
  const at = Date.parse('2026-11-22T22:30:00+08:00');
  const cutOff = '2026-11-22T22:30:00+08:00';

  it.each([
    [90, { minutes: 90, past: false, reminder: null }],
    [61, { minutes: 61, past: false, reminder: null }],
    [60, { minutes: 60, past: false, reminder: 60 }],
    [31, { minutes: 31, past: false, reminder: 60 }],
    [30, { minutes: 30, past: false, reminder: 30 }],
    [10, { minutes: 10, past: false, reminder: 10 }],
    [0.5, { minutes: 0, past: false, reminder: 10 }],
    [0, { minutes: 0, past: true, reminder: null }],
    [-5, { minutes: 0, past: true, reminder: null }],
  ])('%d minutes before', (minutes, expected) => {
    expect(countdown(cutOff, at - minutes * 60_000)).toEqual(expected);
  });

  it('is none where the supplier has none', () => {
    expect(countdown(null, at)).toBeNull();
    expect(countdown('soon', at)).toBeNull();
  });

  it('finds the first that is still to come', () => {
    const later = '2026-11-22T15:00:00Z';
    const all = [{ cutOff: null }, { cutOff: later }, { cutOff }];
    expect(firstCutOff(all, at - 1)).toBe(cutOff);
    expect(firstCutOff(all, at)).toBe(later);
    expect(firstCutOff([{ cutOff: null }], at)).toBeNull();
    expect([clockText(54), clockText(84), clockText(600)]).toEqual(['0:54', '1:24', '10:00']);
  });
});

describe('what somebody knows', () => {
  it('is a factor for the box and a per cent for people', () => {
    expect([factorText(20), factorText(-20), factorText(100)]).toEqual(['1.2', '0.8', '2']);
    expect([percentOf(20), percentOf(-20)]).toEqual(['+20%', '\u221220%']);
  });
});
