/** Clocks that are put forward and back, against Temporal. */
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { instantsOf, wallClock } from '#recipes/time/wall-clock.ts';

const DAY = 86_400_000;
const ZONES = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Cairo',
  'Pacific/Kiritimati',
];

test.each(ZONES)('every quarter of an hour around the changes of two years in %s', (zone) => {
  const clock = wallClock(zone);
  const offset = (at: number) => clock(at) - at;
  for (let day = Date.parse('2026-01-01T00:00:00Z'), i = 0; i < 730; i++, day += DAY) {
    if (i % 100 > 0 && offset(day) === offset(day + DAY)) continue;
    for (let shown = day - DAY; shown < day + 2 * DAY; shown += 900_000) {
      const time = Temporal.Instant.fromEpochMilliseconds(shown).toZonedDateTimeISO('UTC');
      const read = (disambiguation: 'earlier' | 'later' | 'compatible') =>
        time.toPlainDateTime().toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
      const skipped = clock(read('compatible')) !== shown;
      const [first, last] = [read('earlier'), read('later')];
      expect(instantsOf(clock, shown), time.toString()).toEqual(
        skipped ? { first: last, last } : { first, last },
      );
    }
  }
});

test('milliseconds stay, and an unknown zone is a fault', () => {
  const clock = wallClock('Europe/Berlin');
  expect(clock(Date.parse('2026-10-25T00:59:59.999Z'))).toBe(
    Date.parse('2026-10-25T02:59:59.999Z'),
  );
  expect(clock(Date.parse('2026-10-25T01:00:00.000Z'))).toBe(
    Date.parse('2026-10-25T02:00:00.000Z'),
  );
  expect(() => wallClock('Europe/Atlantis')).toThrow(RangeError);
});
