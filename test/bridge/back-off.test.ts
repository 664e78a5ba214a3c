import { describe, expect, test } from 'vitest';
import { openBackOff, pause, retryAfterMs } from '../../cloud-bridge/uplink/back-off.ts';
import { PACE } from '../../cloud-bridge/uplink/config.ts';
import { Trouble, type TroubleCode } from '../../cloud-bridge/uplink/trouble.ts';
import { seeded } from '../support/seeded.ts';

const MINUTE = 60_000;

/** Random bytes of a test: all low, all high, or seeded. */
function chance(kind: 'low' | 'high' | 'any') {
  const random = seeded(5);
  const value = { low: () => 0, high: () => 255, any: () => random.between(0, 255) }[kind];
  return { randomBytes: (count: number) => Uint8Array.from({ length: count }, value) };
}

const hq = (why: TroubleCode, waitMs?: number) => new Trouble('head office', why, 'x', { waitMs });

describe('the wait after a failure', () => {
  test('is below a bound that doubles from one second to five minutes', () => {
    const backOff = openBackOff(PACE, chance('high'));
    const waits = Array.from({ length: 12 }, () => Math.ceil(backOff.next(hq('timeout'))));
    expect(waits).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000,
      300_000,
    ]);
    backOff.reset();
    expect(Math.ceil(backOff.next(hq('timeout')))).toBe(1_000);
  });

  test('is spread over all of it, so that stores do not come back together', () => {
    const any = chance('any');
    const first = Array.from({ length: 4_000 }, () => openBackOff(PACE, any).next(hq('timeout')));
    for (let tenth = 0; tenth < 10; tenth++) {
      const inside = first.filter((ms) => ms >= tenth * 100 && ms < (tenth + 1) * 100).length;
      expect(inside, `${tenth}`).toBeGreaterThan(300);
      expect(inside, `${tenth}`).toBeLessThan(500);
    }
  });

  test('is never shorter than what head office asked for, and has jitter on top', () => {
    expect(openBackOff(PACE, chance('low')).next(hq('busy', 7_000))).toBe(7_000);
    expect(Math.ceil(openBackOff(PACE, chance('high')).next(hq('busy', 7_000)))).toBe(8_000);
    // A number that can only be a mistake.
    expect(openBackOff(PACE, chance('low')).next(hq('busy', 9e9))).toBe(60 * MINUTE);
  });

  test('is minutes when a person has to do something', () => {
    expect(openBackOff(PACE, chance('low')).next(hq('forbidden'))).toBe(MINUTE);
    expect(Math.ceil(openBackOff(PACE, chance('high')).next(hq('forbidden')))).toBe(5 * MINUTE);
  });

  test('is minutes when the box cannot read what it got, too', () => {
    const refused = new Trouble('box', 'refused', 'x');
    expect(openBackOff(PACE, chance('low')).next(refused)).toBe(MINUTE);
  });

  test('is short for the box, which stands beside us', () => {
    const backOff = openBackOff(PACE, chance('high'));
    for (let i = 0; i < 20; i++) {
      expect(backOff.next(new Trouble('box', 'unreachable', 'x'))).toBeLessThanOrEqual(5_000);
    }
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  test.each([
    ['120', undefined, 120_000],
    [' 5 ', undefined, 5_000],
    ['0', undefined, 0],
    ['Sun, 22 Nov 2026 12:00:30 GMT', undefined, 30_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', undefined, 0],
    // By the clock of the one who wrote it.
    ['Sun, 22 Nov 2020 12:00:30 GMT', 'Sun, 22 Nov 2020 12:00:00 GMT', 30_000],
    ['soon', undefined, undefined],
    ['-5', undefined, undefined],
    [undefined, undefined, undefined],
  ])('%s with the date %s is %s ms', (header, date, ms) => {
    // `-5` is a year to Date.parse in some engines: it must not become a long wait.
    expect(retryAfterMs(header, date, now) || undefined).toBe(ms || undefined);
  });
});

test('a pause ends with its time, or with the bridge', async () => {
  const timers: (() => void)[] = [];
  let cancelled = 0;
  const ports = {
    after: (_ms: number, run: () => void) => {
      timers.push(run);
      return { cancel: () => cancelled++ };
    },
  };
  const { signal } = new AbortController();
  const first = pause(1_000_000, ports, signal);
  timers[0]?.();
  await first;
  const ending = new AbortController();
  const second = pause(1_000_000, ports, ending.signal);
  ending.abort();
  await second;
  await pause(1_000_000, ports, ending.signal);
  expect([timers.length, cancelled]).toEqual([2, 2]);
});
