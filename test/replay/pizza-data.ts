/**
 * The pizza place's files, typed. The folder is read only; nothing of it is copied into the project.
 * `pizza_types.csv` is UTF-8 (one name starts with a typographic quote); line ends are CRLF.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';

const root = join(import.meta.dirname, '..', '..');

/** Where the year of orders is; `LARDER_SHARED` names another folder of shared data. */
export const PIZZA_FOLDER = join(
  process.env['LARDER_SHARED'] ?? join(root, '..', 'shared'),
  'data',
  'sales-pizza-place',
);

/** Whether the data is there; says loudly where it was looked for when it is not. */
export function pizzaDataPresent(folder: string = PIZZA_FOLDER): boolean {
  if (existsSync(join(folder, 'order_details.csv.gz'))) return true;
  console.warn(`\n!!! pizza data is missing: ${folder}\n!!! tests on it are skipped\n`);
  return false;
}

export type PizzaType = {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly ingredients: readonly string[];
};

export type PizzaSize = 'S' | 'M' | 'L' | 'XL' | 'XXL';

export type Pizza = {
  readonly id: string;
  readonly type: string;
  readonly size: PizzaSize;
  /** As in the file, in US dollars. */
  readonly price: string;
};

export type OrderLine = {
  readonly detailId: string;
  readonly pizza: string;
  /** Whole pizzas, 1 or more. */
  readonly quantity: number;
};

export type Order = {
  readonly id: string;
  /** `YYYY-MM-DD`, local. */
  readonly date: string;
  /** `HH:MM:SS`, local. */
  readonly time: string;
  readonly lines: readonly OrderLine[];
};

/** The 32 types with their ingredient lists. */
export async function readTypes(folder: string = PIZZA_FOLDER): Promise<PizzaType[]> {
  return (await rows(folder, 'pizza_types.csv')).map((row) => ({
    id: cell(row, 'pizza_type_id'),
    name: cell(row, 'name'),
    category: cell(row, 'category'),
    ingredients: cell(row, 'ingredients')
      .split(',')
      .map((name) => name.trim()),
  }));
}

/** Every type in its sizes. */
export async function readPizzas(folder: string = PIZZA_FOLDER): Promise<Pizza[]> {
  return (await rows(folder, 'pizzas.csv')).map((row) => ({
    id: cell(row, 'pizza_id'),
    type: cell(row, 'pizza_type_id'),
    size: sizeOf(cell(row, 'size')),
    price: cell(row, 'price'),
  }));
}

/** The orders in the order of the file, which is the order of time, each with its lines. */
export async function readOrders(folder: string = PIZZA_FOLDER): Promise<Order[]> {
  const lines = new Map<string, OrderLine[]>();
  for (const row of await rows(folder, 'order_details.csv.gz')) {
    const line = {
      detailId: cell(row, 'order_details_id'),
      pizza: cell(row, 'pizza_id'),
      quantity: Number(cell(row, 'quantity')),
    };
    const order = cell(row, 'order_id');
    const already = lines.get(order);
    if (already) already.push(line);
    else lines.set(order, [line]);
  }
  return (await rows(folder, 'orders.csv.gz')).map((row) => ({
    id: cell(row, 'order_id'),
    date: cell(row, 'date'),
    time: cell(row, 'time'),
    lines: lines.get(cell(row, 'order_id')) ?? [],
  }));
}

type Row = Readonly<Record<string, string>>;

const unzip = promisify(gunzip);

async function rows(folder: string, file: string): Promise<Row[]> {
  const bytes = await readFile(join(folder, file));
  const text = (file.endsWith('.gz') ? await unzip(bytes) : bytes).toString('utf8');
  return parse<Row>(text, { columns: true, bom: true, skip_empty_lines: true });
}

function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`a row has no column "${column}"`);
  return value;
}

function sizeOf(text: string): PizzaSize {
  if (text === 'S' || text === 'M' || text === 'L' || text === 'XL' || text === 'XXL') return text;
  throw new Error(`unknown pizza size "${text}"`);
}
