/** Reports as tables for spreadsheets: a header, then rows of text; which columns hold numbers. */
import type { Name } from '#recipes/book/fields.ts';
import type { ForecastReport } from '../purchasing/forecast-report.ts';
import type { Sheet } from '../recipe-book/export-cells.ts';
import type { WasteReport } from './waste-report.ts';
import type { YieldReport } from './yield-report.ts';

export type NumberedSheet = Sheet & { readonly numbers: ReadonlySet<number> };

/** Waste first; it alone is in the CSV. */
export function wasteSheets({ rows, uses, byReason, byDay }: WasteReport): NumberedSheet[] {
  return [
    sheet(
      'waste',
      'item name_zh name_en reason avoidable station part person amount unit cost entries',
      rows.map((row) => [
        row.item,
        ...names(row.name),
        row.reason,
        row.avoidable ? 'yes' : 'no',
        row.station,
        row.part,
        row.actor,
        row.amount,
        row.unit,
        row.cost,
        row.entries,
      ]),
    ),
    sheet(
      'reasons',
      'reason avoidable cost entries',
      byReason.map((row) => [row.reason, row.avoidable ? 'yes' : 'no', row.cost, row.entries]),
    ),
    sheet(
      'days',
      'day cost entries',
      byDay.map((row) => [row.day, row.cost, row.entries]),
    ),
    sheet(
      'staff and comp',
      'item name_zh name_en use why part person amount unit cost entries',
      uses.map((row) => [
        row.item,
        ...names(row.name),
        row.use,
        row.why,
        row.part,
        row.actor,
        row.amount,
        row.unit,
        row.cost,
        row.entries,
      ]),
    ),
  ];
}

/** Trimmed items and batches in one table, then the days of each. */
export function yieldSheets({ items, batches }: YieldReport): NumberedSheet[] {
  const trims = items.map((row) => [
    'trim',
    row.item,
    ...names(row.name),
    row.unit,
    row.in,
    row.usable,
    row.reuse,
    row.staff,
    row.bin,
    row.yield,
    row.standard,
    row.cost,
    row.recovered,
    row.entries,
  ]);
  const made = batches.map((row) => [
    'batch',
    row.recipe,
    ...names(row.name),
    row.unit,
    row.expected,
    row.actual,
    null,
    null,
    null,
    row.yield,
    row.standard,
    row.cost,
    null,
    row.entries,
  ]);
  const header =
    'kind id name_zh name_en unit in out reused staff bin yield standard cost recovered entries';
  const days = [
    ...items.map((row) => ({ kind: 'trim', id: row.item, ...row })),
    ...batches.map((row) => ({ kind: 'batch', id: row.recipe, ...row })),
  ].flatMap(({ kind, id, days: list }) =>
    list.map((day) => [kind, id, day.day, day.in, day.out, day.yield, day.standard]),
  );
  return [
    sheet('yield', header, [...trims, ...made]),
    sheet('days', 'kind id day in out yield standard', days),
  ];
}

/** One table: an item in each row, the costliest errors first. */
export function forecastSheets({ items }: ForecastReport): NumberedSheet[] {
  return [
    sheet(
      'forecast',
      'item name_zh name_en unit days used forecast wape bias coverage method covers ordered used_in_covers ordered_wape',
      items.map((row) => [
        row.item,
        ...names(row.name),
        row.unit,
        row.days,
        row.used,
        row.forecast,
        row.wape,
        row.bias,
        row.coverage,
        row.method,
        row.covers,
        row.ordered,
        row.usedInCovers,
        row.orderedWape,
      ]),
    ),
  ];
}

const NUMBERS: ReadonlySet<string> = new Set(
  (
    'amount cost entries in out reused staff bin yield standard recovered ' +
    'days used forecast wape bias coverage covers ordered used_in_covers ordered_wape'
  ).split(' '),
);

type Cell = string | number | null;

function sheet(name: string, header: string, rows: readonly (readonly Cell[])[]): NumberedSheet {
  const columns = header.split(' ');
  return {
    name,
    rows: [columns, ...rows.map((row) => row.map((cell) => String(cell ?? '')))],
    numbers: new Set(columns.flatMap((column, i) => (NUMBERS.has(column) ? [i] : []))),
  };
}

function names({ zh, en }: Name): [string, string] {
  return [zh ?? '', en ?? ''];
}
