/** Reports and exports over the chain or some of its stores: JSON, CSV, Excel. */
import { type Context, Hono } from 'hono';
import { dayText } from '#recipes/time/business-day.ts';
import type { HqEnv } from '../auth.ts';
import { type BoardParts, boardParts } from '../board/board-parts.ts';
import type { Past } from '../board/past.ts';
import { badDays, type Days, readDays, readStores } from '../board/query.ts';
import { dayOf } from '../board/store-day.ts';
import type { HqParts } from '../parts.ts';
import { entryTable, orderTable, wasteTable } from './exports.ts';
import type { Report } from './report-parts.ts';
import { stockReport } from './stock-report.ts';
import {
  csvResponse,
  FORMATS,
  type Format,
  jsonResponse,
  type Table,
  xlsxResponse,
} from './tables.ts';
import { usageReport } from './usage-report.ts';
import { varianceReport } from './variance-report.ts';
import { wasteReport } from './waste-report.ts';

type Make<Made> = (parts: BoardParts, pasts: readonly Past[], days: Days) => Made;

export function reportRoutes(hq: HqParts): Hono<HqEnv> {
  const parts = boardParts(hq);
  const app = new Hono<HqEnv>();
  report(app, parts, 'waste', wasteReport);
  report(app, parts, 'usage', usageReport);
  report(app, parts, 'variance', varianceReport);
  report(app, parts, 'stock', stockReport);
  exported(app, parts, 'entries', entryTable);
  exported(app, parts, 'stock', stockReport);
  exported(app, parts, 'waste', wasteTable);
  exported(app, parts, 'orders', orderTable);
  return app;
}

function report<Row>(
  app: Hono<HqEnv>,
  parts: BoardParts,
  name: string,
  make: Make<Report<Row>>,
): void {
  for (const format of FORMATS) {
    app.get(`/reports/${name}${format === 'json' ? '' : `.${format}`}`, async (c) => {
      const asked = await askedFor(c, parts);
      if (asked instanceof Response) return asked;
      const { pasts, days, file } = asked;
      const made = make(parts, pasts, days);
      if (format !== 'json') return asTable(c, parts, made, format, name, `${name}-${file}`);
      const before = { from: dayText(days.from), to: dayText(days.to) };
      const after = () => ({ totals: made.totals() });
      return jsonResponse(c, made.rows, parts.log, { before, after });
    });
  }
}

function exported<Row>(
  app: Hono<HqEnv>,
  parts: BoardParts,
  name: string,
  make: Make<Table<Row>>,
): void {
  for (const format of FORMATS) {
    app.get(`/export/${name}.${format}`, async (c) => {
      const asked = await askedFor(c, parts);
      if (asked instanceof Response) return asked;
      const made = make(parts, asked.pasts, asked.days);
      return asTable(c, parts, made, format, name, `${name}-${asked.file}`);
    });
  }
}

function asTable<Row>(
  c: Context,
  { log }: BoardParts,
  table: Table<Row>,
  format: Format,
  name: string,
  file: string,
): Response | Promise<Response> {
  if (format === 'csv') return csvResponse(c, table, file, log);
  if (format === 'xlsx') return xlsxResponse(c, table, name, file);
  return jsonResponse(c, table.rows, log);
}

/** Stores and days; today where nothing is said. */
async function askedFor(c: Context<HqEnv>, parts: BoardParts) {
  const pasts = await readStores(c, parts);
  if (pasts instanceof Response) return pasts;
  const today = todayOf(pasts, parts.ports.now());
  const days = readDays(c, today);
  if (days === undefined) return badDays(c);
  return { pasts, days, file: `${dayText(days.from)}-${dayText(days.to)}` };
}

/** The business days that are now in the stores: over several time zones there may be two. */
function todayOf(pasts: readonly Past[], now: number): Days {
  const days = pasts.map((past) => dayOf(past)(now));
  const [first = 20_000_101] = days;
  return days.reduce(
    ({ from, to }, day) => ({ from: Math.min(from, day), to: Math.max(to, day) }),
    { from: first, to: first },
  );
}
