/** Reports over business days: as JSON, as CSV for programs, as a workbook for people. */
import { type Context, Hono } from 'hono';
import { dayNumber, isDay } from '#recipes/time/business-day.ts';
import type { ForecastReport } from '../purchasing/forecast-report.ts';
import { csvText, excelBytes } from '../recipe-book/export-cells.ts';
import type { Days } from '../reports/report-parts.ts';
import {
  forecastSheets,
  type NumberedSheet,
  wasteSheets,
  yieldSheets,
} from '../reports/report-tables.ts';
import type { WasteReport } from '../reports/waste-report.ts';
import type { YieldReport } from '../reports/yield-report.ts';
import type { AuthEnv } from './auth.ts';
import { problem } from './problem.ts';

export type ReportRouteParts = {
  /** The business day that is now. */
  readonly today: () => number;
  readonly waste: (days: Days) => WasteReport;
  readonly yield: (days: Days) => YieldReport;
  readonly forecast: (days: Days) => Promise<ForecastReport>;
};

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function reportRoutes(parts: ReportRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  report(app, 'waste', parts, (days) => parts.waste(days), wasteSheets);
  report(app, 'yield', parts, (days) => parts.yield(days), yieldSheets);
  report(app, 'forecast', parts, (days) => parts.forecast(days), forecastSheets);
  return app;
}

function report<R extends object>(
  app: Hono<AuthEnv>,
  name: string,
  parts: ReportRouteParts,
  make: (days: Days) => R | Promise<R>,
  sheets: (made: R) => readonly NumberedSheet[],
): void {
  const answer =
    (send: (c: Context, made: R, file: string) => Response | Promise<Response>) =>
    async (c: Context) => {
      const days = daysOf(parts, c);
      if (days === undefined) return badDays(c);
      return send(c, await make(days), `${name}-${days.from}-${days.to}`);
    };
  app.get(
    `/reports/${name}`,
    answer((c, made) => c.json(made)),
  );
  app.get(
    `/reports/${name}.csv`,
    answer((c, made, file) => {
      const text = csvText(sheets(made)[0]?.rows ?? [], true);
      return c.body(text, 200, download('text/csv; charset=utf-8', `${file}.csv`));
    }),
  );
  app.get(
    `/reports/${name}.xlsx`,
    answer(async (c, made, file) => {
      const bytes = await excelBytes(sheets(made));
      return c.body(new Uint8Array(bytes), 200, download(XLSX, `${file}.xlsx`));
    }),
  );
}

function download(type: string, file: string) {
  return { 'content-type': type, 'content-disposition': `attachment; filename="${file}"` };
}

/** From `from` to `to`, both included; today where nothing is said. */
function daysOf(parts: ReportRouteParts, c: Context): Days | undefined {
  const to = dayOr(c.req.query('to'), () => parts.today());
  const from = dayOr(c.req.query('from'), () => to ?? 0);
  return from === undefined || to === undefined || from > to ? undefined : { from, to };
}

function dayOr(text: string | undefined, otherwise: () => number): number | undefined {
  if (text === undefined || text === '') return otherwise();
  return isDay(text) ? dayNumber(text) : undefined;
}

function badDays(c: Context): Response {
  return problem(c, 400, 'bad_date', {
    en: 'from and to are business days, YYYY-MM-DD, from not after to',
    zh: 'from 和 to 应为营业日 YYYY-MM-DD,且 from 不晚于 to',
  });
}
