/** The holidays of a store are those of its country, wherever its machine thinks it stands. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const CALENDAR = new URL('../../../recipes/calendar/calendar.ts', import.meta.url).href;
/** Announced years and ones that are only expected. */
const SCRIPT = `
  const { openCalendar } = await import(${JSON.stringify(CALENDAR)});
  const { day } = openCalendar();
  for (let year = 2025; year <= 2029; year++)
    for (let date = year * 10000 + 101; date <= year * 10000 + 1231; date++) {
      const special = day(date);
      if (special) console.log(date, special.key, special.nth);
    }
`;

function holidays(zone: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    env: { ...process.env, TZ: zone },
    encoding: 'utf8',
  });
}

test('east and west of Greenwich', () => {
  const right = holidays('Asia/Shanghai');
  expect(right).toContain('20260217 cn.spring-festival 0\n');
  expect(right).toContain('20270405 cn.tomb-sweeping 0\n');
  expect(right).toContain('20270609 cn.dragon-boat 0\n');
  for (const zone of ['America/New_York', 'Pacific/Kiritimati', 'UTC']) {
    expect(holidays(zone), zone).toBe(right);
  }
});
