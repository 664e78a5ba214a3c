/**
 * Other calendars as a store writes them, in YAML:
 *
 *   - { key: school.summer, from: 2026-07-04, to: 2026-08-31, name: { zh: 暑假, en: summer holidays } }
 *   - { key: fair, from: 2026-09-12, name: 庙会, eve: true }
 */
import { parse } from 'yaml';
import { z } from 'zod';
import { dayNumber, isDay } from '../time/business-day.ts';
import type { CalendarRun } from './calendar-run.ts';

const day = z
  .string()
  .refine(isDay, 'no day of the calendar; write 2026-10-01 / 不是有效日期,请写成 2026-10-01');

const entry = z
  .strictObject({
    key: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9.-]{0,63}$/,
        'a key is of a-z, 0-9, dots, dashes / 只含 a-z、0-9、点、横线',
      )
      .describe('days of the same key are alike, from year to year'),
    from: day.describe('first day, 2026-10-01'),
    to: day.optional().describe('last day; default: the first'),
    name: z
      .union([z.string().min(1), z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })])
      .describe('in both languages, or one text for both'),
    eve: z.boolean().optional().describe('the day before is special, too'),
  })
  .refine(({ from, to = from }) => to >= from, {
    path: ['to'],
    message: 'ends before it begins / 结束早于开始',
  });

/** The shape of a calendar file, also for configuration schemas. */
export const calendarSchema = z.array(entry).max(5_000);

export type CalendarFile =
  | { readonly ok: true; readonly runs: readonly CalendarRun[] }
  /** Each with its place (`[2].from`) and, in both languages, what is wrong. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads a calendar in YAML or JSON; every mistake at once. */
export function readCalendar(text: string): CalendarFile {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    return { ok: false, problems: [error instanceof Error ? error.message : String(error)] };
  }
  const parsed = calendarSchema.safeParse(document ?? []);
  if (parsed.success) return { ok: true, runs: parsed.data.map(runOf) };
  const problems = parsed.error.issues.map(({ path, message }) => {
    const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
    return `${place.join('')}: ${message}`;
  });
  return { ok: false, problems };
}

function runOf({ key, from, to = from, name, eve = false }: z.infer<typeof entry>): CalendarRun {
  return {
    key,
    name: typeof name === 'string' ? { zh: name, en: name } : name,
    from: dayNumber(from),
    to: dayNumber(to),
    eve,
    expected: false,
  };
}
