/** The purchase suggestion of a delivery day, and what people noted of days. */
import { type Context, Hono } from 'hono';
import { DAYS_AHEAD } from '#recipes/purchasing/delivery-days.ts';
import { dayNumber, daysBetween, isDay } from '#recipes/time/business-day.ts';
import type { SuggestionView } from '../purchasing/suggest-view.ts';
import type { DayNotesView } from '../usage/notes-view.ts';
import type { AuthEnv } from './auth.ts';
import { notFound, problem } from './problem.ts';

export type SuggestionRouteParts = {
  /** @param date delivery day as the number 20261123; undefined = the next one */
  readonly read: (date?: number) => Promise<SuggestionView | undefined>;
  /** The business day that is now. */
  readonly today: () => number;
  /** @param from business days, both included */
  readonly notes: (from: number, to: number) => Promise<DayNotesView>;
};

const NOTES_FROM = 0;
const NOTES_TO = 99_991_231;

export function suggestionRoutes(parts: SuggestionRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/suggestions', async (c) => {
    const said = c.req.query('for') ?? '';
    const date = said === '' ? undefined : dayOf(said);
    if (date === null || (date !== undefined && !isAhead(parts.today(), date))) {
      return problem(c, 400, 'bad_date', {
        en: `for is a delivery day, YYYY-MM-DD, from today to ${DAYS_AHEAD} days ahead`,
        zh: `for 应为到货日 YYYY-MM-DD,自今天起 ${DAYS_AHEAD} 天以内`,
      });
    }
    const view = await parts.read(date);
    return view ? c.json(view) : problem(c, 404, 'no_book', notFound('recipe book yet'));
  });
  app.get('/day-notes', async (c) => {
    const [from, to] = [queryDay(c, 'from', NOTES_FROM), queryDay(c, 'to', NOTES_TO)];
    if (from === null || to === null || from > to) {
      return problem(c, 400, 'bad_date', {
        en: 'from and to are business days, YYYY-MM-DD, from not after to',
        zh: 'from 和 to 应为营业日 YYYY-MM-DD,且 from 不晚于 to',
      });
    }
    return c.json(await parts.notes(from, to));
  });
  return app;
}

function isAhead(today: number, date: number): boolean {
  const ahead = daysBetween(today, date);
  return ahead >= 0 && ahead <= DAYS_AHEAD;
}

function queryDay(c: Context, name: string, otherwise: number): number | null {
  const said = c.req.query(name) ?? '';
  return said === '' ? otherwise : dayOf(said);
}

function dayOf(text: string): number | null {
  return isDay(text) ? dayNumber(text) : null;
}
