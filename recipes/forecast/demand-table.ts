/**
 * A table of past demand as people keep it: a column `date`, one column per series, columns `x_NAME`
 * for what is known in advance. A date that is missing was a closed day; an empty cell is not known.
 */
import { parse } from 'csv-parse/sync';
import type { Words } from '../contracts/command.ts';
import { dayNumber, daysBetween, isDay } from '../time/business-day.ts';
import type { Covariate } from './types.ts';

export type DemandTable = {
  /** First day, 20261122; the columns go on day by day. */
  readonly from: number;
  readonly days: number;
  readonly series: readonly {
    readonly name: string;
    readonly demand: readonly (number | null)[];
  }[];
  readonly covariates: readonly Covariate[];
  readonly closedDays: number;
};

/** Where a table is wrong, and what to do about it. */
export type TableProblem = {
  /** Row of the file, the header is 1; 0 = the whole file. */
  readonly row: number;
  readonly column: string;
  readonly message: Words;
  readonly remedy: Words;
};

export type DemandTableRead =
  | { readonly ok: true; readonly table: DemandTable }
  | { readonly ok: false; readonly problems: readonly TableProblem[] };

/** Twenty years: a longer table has a wrong year in it. */
const MOST_DAYS = 7_305;
const MOST_PROBLEMS = 20;
/** When more days than this share are without any sale, they are no closed days but the way of the goods. */
const CLOSED_SHARE = 0.05;

/** Reads a table; every mistake at once (the first 20). */
export function readDemandTable(text: string): DemandTableRead {
  const problems: TableProblem[] = [];
  const rows = rowsOf(text, problems);
  const header = rows[0] ?? [];
  if (problems.length === 0) checkHeader(header, problems);
  if (problems.length > 0) return { ok: false, problems };
  const dates = readDates(rows, header.indexOf('date'), problems);
  const columns = header.flatMap((name, at) =>
    name === 'date' ? [] : [readColumn(rows, name, at, problems)],
  );
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, MOST_PROBLEMS) };
  return { ok: true, table: tableOf(dates, columns) };
}

type Column = { readonly name: string; readonly values: readonly (number | null)[] };

function rowsOf(text: string, problems: TableProblem[]): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    problems.push({
      row: 0,
      column: '',
      message: { en: `this is no CSV: ${said}`, zh: `不是有效的 CSV:${said}` },
      remedy: {
        en: 'give every row as many cells as the header, separated by commas',
        zh: '每行的列数应与表头一致,以逗号分隔',
      },
    });
    return [];
  }
}

function checkHeader(header: readonly string[], problems: TableProblem[]): void {
  const add = (column: string, en: string, zh: string, remedy: Words) =>
    problems.push({ row: 1, column, message: { en, zh }, remedy });
  if (!header.includes('date')) {
    add('date', 'there is no column "date"', '缺少“date”列', {
      en: 'name the column of days "date"; write days as 2026-10-01',
      zh: '日期列请命名为“date”,格式 2026-10-01',
    });
  }
  for (const [at, name] of header.entries()) {
    if (name !== '' && header.indexOf(name) === at) continue;
    add(name, `column ${at + 1} has no name of its own`, `第 ${at + 1} 列没有独立的名称`, {
      en: 'give every column another name',
      zh: '请为每一列取不同的名称',
    });
  }
  if (!header.some(isSeries)) {
    add('', 'there is no series to forecast', '没有要预测的数据列', {
      en: 'add a column with the daily demand; columns x_NAME are what is known in advance',
      zh: '请增加每日需求量列;x_ 开头的列是预先已知的因素',
    });
  }
}

function isSeries(name: string): boolean {
  return name !== 'date' && !name.startsWith('x_');
}

function readDates(rows: readonly string[][], at: number, problems: TableProblem[]): number[] {
  const dates: number[] = [];
  for (const [i, row] of rows.entries()) {
    if (i === 0) continue;
    const text = row[at] ?? '';
    const problem = (en: string, zh: string, remedy: Words) =>
      problems.push({ row: i + 1, column: 'date', message: { en, zh }, remedy });
    if (!isDay(text)) {
      problem(`"${text}" is no day`, `“${text}”不是有效日期`, {
        en: 'write days as 2026-10-01',
        zh: '日期请写成 2026-10-01',
      });
      continue;
    }
    const date = dayNumber(text);
    const before = dates.at(-1);
    if (date === before) {
      problem(`${text} is there twice`, `${text} 重复`, {
        en: 'keep one row per day',
        zh: '每天只保留一行',
      });
    } else if (before !== undefined && date < before) {
      problem(`${text} comes after a later day`, `${text} 排在更晚的日期之后`, {
        en: 'sort the rows by date',
        zh: '请按日期升序排列',
      });
    }
    dates.push(date);
  }
  checkSpan(dates, problems);
  return dates;
}

function checkSpan(dates: readonly number[], problems: TableProblem[]): void {
  const days = daysBetween(dates[0] ?? 0, dates.at(-1) ?? 0) + 1;
  if (problems.length > 0 || (dates.length > 1 && days <= MOST_DAYS)) return;
  problems.push({
    row: 0,
    column: 'date',
    message: {
      en: `the table goes over ${dates.length === 0 ? 0 : days} days`,
      zh: `表格覆盖 ${dates.length === 0 ? 0 : days} 天`,
    },
    remedy: { en: 'between 2 days and 20 years can be judged', zh: '可评估 2 天至 20 年的数据' },
  });
}

function readColumn(
  rows: readonly string[][],
  name: string,
  at: number,
  problems: TableProblem[],
): Column {
  const values = rows.slice(1).map((row, i) => {
    const text = row[at] ?? '';
    if (text === '') return null;
    const value = Number(text);
    const isNumber = Number.isFinite(value) && /^[-+.\d]/.test(text) && !/^[-+]?0[xob]/i.test(text);
    if (isNumber && (value >= 0 || !isSeries(name))) return value;
    problems.push({
      row: i + 2,
      column: name,
      message: isNumber
        ? { en: `demand cannot be ${text}`, zh: `需求量不能为 ${text}` }
        : { en: `"${text}" is no number`, zh: `“${text}”不是数字` },
      remedy: {
        en: 'write a plain number such as 12.5; leave the cell empty when it is not known',
        zh: '请填写普通数字(如 12.5);未知时留空',
      },
    });
    return null;
  });
  return { name, values };
}

function tableOf(dates: readonly number[], columns: readonly Column[]): DemandTable {
  const from = dates[0] ?? 0;
  const places = dates.map((date) => daysBetween(from, date));
  const days = (places.at(-1) ?? -1) + 1;
  const spread = ({ name, values }: Column) => {
    const spreadOut: (number | null)[] = new Array(days).fill(null);
    for (const [i, place] of places.entries()) spreadOut[place] = values[i] ?? null;
    return { name, values: spreadOut };
  };
  const shut = shutRows(columns);
  const series = columns
    .filter(({ name }) => isSeries(name))
    .map(({ name, values }) => ({ name, values: values.map((v, i) => (shut.has(i) ? null : v)) }))
    .map(spread);
  return {
    from,
    days,
    series: series.map(({ name, values }) => ({ name, demand: values })),
    covariates: columns
      .filter(({ name }) => !isSeries(name))
      .map(spread)
      .map(({ name, values }) => ({ name: name.slice(2), values })),
    closedDays: days - dates.length + shut.size,
  };
}

/** Rows on which nothing at all was sold, of two series or more: the shop was shut. */
function shutRows(columns: readonly Column[]): Set<number> {
  const series = columns.filter(({ name }) => isSeries(name));
  const rows = series[0]?.values.length ?? 0;
  if (series.length < 2) return new Set();
  const shut = Array.from({ length: rows }, (_, i) => i).filter((i) =>
    series.every(({ values }) => values[i] === 0),
  );
  return new Set(shut.length <= CLOSED_SHARE * rows ? shut : []);
}
