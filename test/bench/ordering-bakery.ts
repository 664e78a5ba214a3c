/**
 * The bakery store as a buyer: baked goods come fresh every morning in trays and are sold the same day;
 * what is left in the evening is thrown away. Purchase and sale prices are ours (a German shop's, 2018).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { World } from './ordering-world.ts';

const SHARED =
  process.env['LARDER_SHARED'] ?? join(import.meta.dirname, '..', '..', '..', 'shared');
const FILE = join(SHARED, 'data', 'demand-ddop-bakery', 'bakery_daily.csv');

/** Tray, purchase price and sale price of one piece, in euros. */
const PRODUCTS = {
  roll: { tray: 30, buys: 0.12, sells: 0.35 },
  seeded_roll: { tray: 10, buys: 0.26, sells: 0.65 },
  pretzel: { tray: 10, buys: 0.28, sells: 0.75 },
} as const;

export const BAKERY_SETTINGS =
  'delivered daily, sold on the day it comes; trays of 30 / 10 / 10; bought at 0.12 / 0.26 / 0.28, sold at 0.35 / 0.65 / 0.75; known ahead: holidays, school holidays, promotions (no weather)';

/** The three products, or null when the data are missing (which it says). */
export function bakeryWorlds(): World[] | null {
  if (!existsSync(FILE)) {
    console.warn(`\n!!! bakery data is missing: ${FILE}\n`);
    return null;
  }
  const rows = parse<Record<string, string>>(readFileSync(FILE, 'utf8'), { columns: true });
  const column = (name: string) => rows.map((row) => Number(row[name]));
  const dates = rows.map((row) => Number((row['date'] ?? '').replaceAll('-', '')));
  const weekday = rows.map((row) => (new Date(`${row['date']}T00:00:00Z`).getUTCDay() + 6) % 7);
  // The shop is closed when it sells no roll: all these days are holidays, known in advance.
  const closed = column('roll').map((sold) => sold === 0);
  const known = [
    { name: 'is_holiday', values: column('is_holiday') },
    { name: 'is_schoolholiday', values: column('is_schoolholiday') },
    { name: 'promotion_currentweek', values: column('promotion_currentweek') },
    { name: 'promotion_lastweek', values: column('promotion_lastweek') },
  ];
  return Object.entries(PRODUCTS).map(([item, { tray, buys, sells }]) => ({
    item,
    dates,
    weekday,
    demand: column(item),
    closed,
    known,
    pack: tray,
    price: tray * buys,
    shortCost: sells - buys,
    life: 1,
    deliveries: [0, 1, 2, 3, 4, 5, 6],
  }));
}
