/** What people ask for in the query: days, stores, limits, where the page before ended. */
import type { Context } from 'hono';
import { dayNumber, daysBetween, isDay } from '#recipes/time/business-day.ts';
import { notFound, problem } from '../http/problem.ts';
import type { HqParts } from '../parts.ts';
import { type Past, readPasts } from './past.ts';

/** Business days as numbers, both included. */
export type Days = { readonly from: number; readonly to: number };

const DAYS_MAX = 400;
/** Where no day is named. */
const ANY_DAY: Days = { from: 0, to: 99_999_999 };

/** `day`, or `from` to `to`; undefined when they are none. Nothing said = `otherwise`, or any day. */
export function readDays(c: Context, otherwise: Days = ANY_DAY): Days | undefined {
  const day = c.req.query('day');
  const from = day || c.req.query('from') || '';
  const to = day || c.req.query('to') || '';
  if ((from !== '' && !isDay(from)) || (to !== '' && !isDay(to))) return undefined;
  if (from === '' && to === '') return otherwise;
  const days = {
    from: from === '' ? otherwise.from : dayNumber(from),
    to: to === '' ? Math.max(otherwise.to, dayNumber(from)) : dayNumber(to),
  };
  if (days.from > days.to) return undefined;
  // Pages of entries may begin or end anywhere; a report that names one end has today as the other.
  const isOpen = otherwise === ANY_DAY && (from === '' || to === '');
  return !isOpen && daysBetween(days.from, days.to) > DAYS_MAX ? undefined : days;
}

/** The answer to days that are none, or too many. */
export function badDays(c: Context): Response {
  return problem(c, 400, 'bad_date', {
    en: `from, to and day are business days, YYYY-MM-DD, from not after to and at most ${DAYS_MAX} days apart`,
    zh: `from、to、day 应为营业日 YYYY-MM-DD,from 不晚于 to,且相隔不超过 ${DAYS_MAX} 天`,
  });
}

/**
 * The stores named with `?store=` (several with commas), or all; a problem when one is unknown, or when
 * nothing is known of one now: half a sum must not look like a whole one.
 */
export async function readStores(
  c: Context,
  parts: Pick<HqParts, 'db'>,
): Promise<readonly Past[] | Response> {
  const said = (c.req.query('store') ?? '').split(',').filter((code) => code !== '');
  const pasts = await readPasts(parts, said.length === 0 ? undefined : said);
  const missing = said.find((code) => !pasts.some(({ store }) => store.code === code));
  if (missing !== undefined) return unknownStore(c, missing);
  const away = pasts.filter((past) => past.away).map(({ store }) => store.code);
  return away.length === 0 ? pasts : storesAway(c, away);
}

/** The server that has these stores does not answer. */
export function storesAway(c: Context, stores: readonly string[]): Response {
  c.header('retry-after', '5');
  const list = stores.slice(0, 10).join(', ');
  const words = {
    en: `the database of ${list} does not answer: ask again in a moment, or name other stores with store=`,
    zh: `门店 ${list} 的数据库暂无响应:请稍后重试,或用 store= 指定其他门店`,
  };
  return problem(c, 503, 'database_away', words, { stores });
}

/** The answer to a store that nobody knows. */
export function unknownStore(c: Context, code: string): Response {
  return problem(c, 404, 'unknown_store', notFound(`store ${code}`));
}

/** A whole number from 1 to `most`; the nearest of them when it is none. */
export function readLimit(c: Context, most: number, usual: number): number {
  const said = Number(c.req.query('limit') ?? usual);
  if (!Number.isInteger(said)) return usual;
  return Math.min(most, Math.max(1, said));
}

/** Where a page ended, as text that only head office understands. */
export function cursorText(cursor: object | null): string | null {
  return cursor === null ? null : Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** What `cursorText` wrote; undefined when it is none. */
export function readCursor(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** The answer to a cursor that head office did not give. */
export function badCursor(c: Context): Response {
  return problem(c, 400, 'bad_cursor', {
    en: 'the cursor is not one that head office gave: send next of the page before as it is',
    zh: 'cursor 不是总部给出的:请原样发送上一页的 next',
  });
}
