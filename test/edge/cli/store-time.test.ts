/** Times that people write for the tool, read by the clock of the store. */
import { expect, test } from 'vitest';
import { endOfDay, instantIn, storeDays } from '../../../edge/cli/store-time.ts';

const env = { LARDER_TIMEZONE: 'Europe/Berlin', LARDER_DAY_START: '04:00' };
const days = storeDays({ here: '/', env, lang: 'en' });

test.each([
  ['2026-10-25', '2026-10-25T03:00:00.000Z'],
  ['2026-10-24', '2026-10-24T02:00:00.000Z'],
  ['2026-10-24T18:00', '2026-10-24T16:00:00.000Z'],
  ['2026-10-26 18:00:30', '2026-10-26T17:00:30.000Z'],
  ['2026-10-24T18:00:00+08:00', '2026-10-24T10:00:00.000Z'],
  ['2026-10-24t18:00z', '2026-10-24T18:00:00.000Z'],
])('%s', (text, at) => {
  expect(new Date(instantIn(text, days.timezone, days.start)).toISOString()).toBe(at);
});

test.each(['', 'soon', '2026-02-31', '2026-02-31T10:00', '2026-10-24T25:00', '24 Oct 2026'])(
  'no time: "%s"',
  (text) => {
    expect(instantIn(text, days.timezone, days.start)).toBeNaN();
  },
);

test('a day of the calendar ends at midnight, a business day in the morning', () => {
  expect(endOfDay('2026-10-25', 'Europe/Berlin')).toBe(Date.parse('2026-10-25T22:59:59Z'));
  expect(days.dayOf(Date.parse('2026-10-25T02:59:00Z'))).toBe('2026-10-24');
});
