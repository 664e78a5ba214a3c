/** Real demand as tables for the back-test: the bakery's products, the pizza place's ingredients. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { type DemandTable, readDemandTable } from '#recipes/forecast/demand-table.ts';
import {
  PIZZA_FOLDER,
  pizzaDataPresent,
  readOrders,
  readPizzas,
  readTypes,
} from '../../replay/pizza-data.ts';

const BAKERY_FILE = join(PIZZA_FOLDER, '..', 'demand-ddop-bakery', 'bakery_daily.csv');
const PRODUCTS = ['roll', 'seeded_roll', 'pretzel'];
const KNOWN_AHEAD = [
  'is_schoolholiday',
  'is_holiday',
  'rainfall',
  'temperature',
  'promotion_currentweek',
  'promotion_lastweek',
];

/** The bakery as text of a back-test file, closed days left out; null, loudly, when it is not there. */
export function bakeryText(): string | null {
  if (!existsSync(BAKERY_FILE)) {
    console.warn(`\n!!! bakery data is missing: ${BAKERY_FILE}\n!!! tests on it are skipped\n`);
    return null;
  }
  const rows = parse<Record<string, string>>(readFileSync(BAKERY_FILE), { columns: true });
  const open = rows.filter((row) => PRODUCTS.some((product) => Number(row[product]) > 0));
  return csv([
    ['date', ...PRODUCTS, ...KNOWN_AHEAD.map((name) => `x_${name}`)],
    ...open.map((row) => ['date', ...PRODUCTS, ...KNOWN_AHEAD].map((name) => row[name] ?? '')),
  ]);
}

/** The pizza year as portions of each listed ingredient a day, one portion per listed ingredient. */
export async function pizzaText(): Promise<string | null> {
  if (!pizzaDataPresent()) return null;
  const types = new Map((await readTypes()).map((type) => [type.id, type.ingredients]));
  const listed = new Map((await readPizzas()).map(({ id, type }) => [id, types.get(type) ?? []]));
  const names = [...new Set([...types.values()].flat())].sort();
  const days = new Map<string, Map<string, number>>();
  for (const { date, lines } of await readOrders()) {
    const day = days.get(date) ?? new Map<string, number>();
    days.set(date, day);
    for (const { pizza, quantity } of lines) {
      for (const name of listed.get(pizza) ?? []) day.set(name, (day.get(name) ?? 0) + quantity);
    }
  }
  return csv([
    ['date', ...names],
    ...[...days].map(([date, day]) => [date, ...names.map((name) => String(day.get(name) ?? 0))]),
  ]);
}

/** A text that is known to be right, as a table. */
export function tableOf(text: string): DemandTable {
  const read = readDemandTable(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.table;
}

function csv(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n')}\n`;
}
