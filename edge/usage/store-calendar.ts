/**
 * Special days of the store: the public holidays of mainland China where its clock is, and whatever
 * `calendar.yaml` in the data folder adds (school holidays, a fair, another country's days).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Calendar, openCalendar } from '#recipes/calendar/calendar.ts';
import { readCalendar } from '#recipes/calendar/calendar-file.ts';
import type { CalendarRun } from '#recipes/calendar/calendar-run.ts';
import type { Log } from '../runtime/log.ts';

export const CALENDAR_FILE = 'calendar.yaml';

const CHINESE: ReadonlySet<string> = new Set(
  'Asia/Shanghai Asia/Urumqi Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Kashgar PRC'.split(' '),
);

/** A file with mistakes is left out as a whole, and the log says what is wrong: the box goes on selling. */
export function openStoreCalendar(folder: string, timezone: string, log: Log): Calendar {
  return openCalendar({ chinese: CHINESE.has(timezone), others: ownRuns(folder, log) });
}

function ownRuns(folder: string, log: Log): readonly CalendarRun[] {
  const file = join(folder, CALENDAR_FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  const read = readCalendar(text);
  if (read.ok) return read.runs;
  log.error({ file, problems: read.problems }, 'the calendar has mistakes; its days are left out');
  return [];
}
