/**
 * A table of past use, one row for each day and item: `date,item,qty`, as a shop keeps it in a spreadsheet.
 * Read whole, with every mistake at its row; the heads may be Chinese, an item may be said by its name.
 */
import type { Kitchen } from '#recipes/kitchen.ts';
import { nearest } from '#recipes/nearest.ts';
import { QuantityError } from '#recipes/quantity.ts';
import { isDay } from '#recipes/time/business-day.ts';
import type { ImportProblem } from '../recipe-book/import-problem.ts';

const COLUMNS = {
  date: ['date', 'day', 'business date', '日期', '营业日'],
  item: ['item', 'ingredient', '物料', '物料编号', '食材'],
  qty: ['qty', 'quantity', 'amount', 'used', '数量', '用量'],
} as const;
type Column = keyof typeof COLUMNS;

export type UsageRow = { readonly date: string; readonly item: string; readonly qty: string };

export type UsageTable =
  | { readonly ok: true; readonly rows: readonly UsageRow[] }
  | { readonly ok: false; readonly problems: readonly ImportProblem[] };

/** Whether the first row says that this is a table of past use. */
export function isUsageTable(rows: readonly (readonly string[])[]): boolean {
  return Object.values(columnsOf(rows[0] ?? [])).every((at) => at >= 0);
}

/** @param rows the first one holds the heads; @param today no day from then on may be in it */
export function readUsageTable(
  rows: readonly (readonly string[])[],
  kitchen: Kitchen,
  today: string,
): UsageTable {
  const at = columnsOf(rows[0] ?? []);
  const problems: ImportProblem[] = [];
  for (const [column, place] of Object.entries(at)) {
    if (place < 0) problems.push(missingColumn(column as Column));
  }
  if (problems.length > 0) return { ok: false, problems };
  const byName = namesOf(kitchen);
  const seen = new Map<string, number>();
  const found: UsageRow[] = [];
  rows.slice(1).forEach((cells, i) => {
    if (cells.every((cell) => cell === '')) return;
    const row = i + 2;
    const [date, said, qty] = [at.date, at.item, at.qty].map((place) => cells[place] ?? '') as [
      string,
      string,
      string,
    ];
    const wrong = [
      dateProblem(row, plainDate(date), today),
      itemProblem(row, said, kitchen, byName),
    ].filter((problem) => problem !== undefined);
    const item = kitchen.items.has(said) ? said : byName.get(said.toLowerCase());
    const amount = item === undefined ? undefined : qtyProblem(row, qty, kitchen, item);
    if (amount) wrong.push(amount);
    const key = `${plainDate(date)} ${item}`;
    const before = seen.get(key);
    if (before !== undefined && wrong.length === 0) wrong.push(twice(row, before));
    seen.set(key, row);
    problems.push(...wrong);
    if (wrong.length === 0 && item !== undefined) found.push({ date: plainDate(date), item, qty });
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, rows: found };
}

function columnsOf(heads: readonly string[]): Record<Column, number> {
  const find = (column: Column) =>
    heads.findIndex((head) => (COLUMNS[column] as readonly string[]).includes(head.toLowerCase()));
  return { date: find('date'), item: find('item'), qty: find('qty') };
}

/** "2026/11/2" and "20261102" are written, too. */
function plainDate(text: string): string {
  const parts = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text);
  if (!parts) return text;
  const [, year, month = '', day = ''] = parts;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** A name that two items share names neither. */
function namesOf(kitchen: Kitchen): Map<string, string> {
  const names = new Map<string, string>();
  const several = new Set<string>();
  for (const { id, name } of kitchen.items.values()) {
    for (const text of new Set([name.zh, name.en])) {
      if (text === undefined) continue;
      const key = text.toLowerCase();
      if (names.has(key)) several.add(key);
      names.set(key, id);
    }
  }
  for (const key of several) names.delete(key);
  return names;
}

function missingColumn(column: Column): ImportProblem {
  const words = COLUMNS[column].join(', ');
  return {
    row: 1,
    code: 'missing_column',
    message: `there is no column "${column}"`,
    messageZh: `缺少“${column}”列`,
    remedy: `call it one of: ${words}`,
    remedyZh: `列名可用:${words}`,
  };
}

function dateProblem(row: number, date: string, today: string): ImportProblem | undefined {
  if (!isDay(date)) {
    return {
      row,
      column: 'date',
      code: 'bad_date',
      message: `"${date}" is no day`,
      messageZh: `“${date}”不是有效日期`,
      remedy: 'write 2026-11-22',
      remedyZh: '示例 2026-11-22',
    };
  }
  if (date < today) return undefined;
  return {
    row,
    column: 'date',
    code: 'future_day',
    message: `${date} is not over`,
    messageZh: `${date} 尚未结束`,
    remedy: 'import days that are over',
    remedyZh: '只能导入已结束的营业日',
  };
}

function itemProblem(
  row: number,
  said: string,
  kitchen: Kitchen,
  byName: ReadonlyMap<string, string>,
): ImportProblem | undefined {
  if (kitchen.items.has(said) || byName.has(said.toLowerCase())) return undefined;
  const near = nearest(said, [...kitchen.items.keys()]);
  return {
    row,
    column: 'item',
    code: 'unknown_item',
    message: `"${said}" is not in the recipe book`,
    messageZh: `配方册中没有“${said}”`,
    remedy: near ? `did you mean "${near}"?` : 'write the id or the whole name of an item',
    remedyZh: near ? `是否为“${near}”?` : '请填写物料编号或完整名称',
  };
}

function qtyProblem(
  row: number,
  qty: string,
  kitchen: Kitchen,
  item: string,
): ImportProblem | undefined {
  const place = { row, column: 'qty' };
  try {
    if ((kitchen.items.get(item)?.convert(qty) ?? 0) >= 0) return undefined;
  } catch (error) {
    if (error instanceof QuantityError) {
      const { code, message, messageZh, remedy, remedyZh } = error.problem;
      return { ...place, code, message, messageZh, remedy, remedyZh };
    }
    if (!(error instanceof RangeError)) throw error;
  }
  return {
    ...place,
    code: 'bad_quantity',
    message: `"${qty}" is no amount`,
    messageZh: `“${qty}”不是有效数量`,
    remedy: 'write 4200, "4.2 kg", or 0 for none',
    remedyZh: '示例 4200、"4.2 kg";没有用量写 0',
  };
}

function twice(row: number, before: number): ImportProblem {
  return {
    row,
    code: 'twice',
    message: `this day and item stand in row ${before} already`,
    messageZh: `该日期与物料已出现在第 ${before} 行`,
    remedy: 'add them up in one row',
    remedyZh: '请合并为一行',
  };
}
