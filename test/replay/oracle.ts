/**
 * The second opinion: what a year of pizzas takes out of the larder, worked out again without one
 * line of the product. Its own reader, its own fractions, its own units, its own flattening; only the
 * rule is shared, because the rule is what is being checked:
 *
 *   1. for one dish, every item's use is an exact fraction of its base unit, through all sub-recipes
 *      (amount / what one run makes, after its own yield) and the yields of items (EP / yield);
 *   2. it is rounded once per dish and item, half to even, to a millionth of the base unit;
 *   3. that integer times the pieces sold is what leaves stock.
 *
 * It knows only what the pizza book uses and throws on anything else, so a book that grows cannot be
 * half understood.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The parts of a book the oracle understands. */
export type OracleBook = {
  readonly items: readonly {
    readonly id: string;
    readonly unit: string;
    readonly units?: Readonly<Record<string, string>>;
    readonly yield?: string | number;
  }[];
  readonly recipes: readonly {
    readonly id: string;
    readonly makes?: string;
    readonly yield?: string | number;
    readonly kept?: string;
    readonly sku?: readonly string[];
    readonly lines: readonly {
      readonly item?: string;
      readonly recipe?: string;
      readonly qty: string;
      readonly yield?: string | number;
    }[];
  }[];
};

/** Item id -> millionths of its base unit. */
export type Use = ReadonlyMap<string, bigint>;

export type DayTotals = {
  readonly saleCount: number;
  readonly lineCount: number;
  readonly pizzas: number;
};

/** What one piece of `sku` takes. Throws when no recipe, or more than one, has that sku. */
export function useOfOne(book: OracleBook, sku: string): Use {
  const [recipe, second] = book.recipes.filter((one) => one.sku?.includes(sku));
  if (!recipe || second) throw new Error(`sku ${sku}: needs exactly one recipe`);
  const exact = new Map<string, Fraction>();
  if (recipe.makes !== undefined || recipe.yield !== undefined) {
    throw new Error(`recipe ${recipe.id}: a dish that makes something is unknown here`);
  }
  flatten(book, recipe.id, fraction(1n, 1n), exact, []);
  return new Map([...exact].map(([item, amount]) => [item, millionths(amount)]));
}

/** What all these pieces took together. */
export function useOfSold(book: OracleBook, sold: ReadonlyMap<string, bigint>): Use {
  const total = new Map<string, bigint>();
  for (const [sku, pieces] of sold) {
    for (const [item, amount] of useOfOne(book, sku)) {
      total.set(item, (total.get(item) ?? 0n) + amount * pieces);
    }
  }
  return total;
}

/** Pieces per pizza and the control totals per day, counted straight from the files in `folder`. */
export function countYear(
  folder: string,
  days: number = Number.POSITIVE_INFINITY,
): { readonly sold: ReadonlyMap<string, bigint>; readonly totals: ReadonlyMap<string, DayTotals> } {
  const dateOf = new Map<string, string>();
  const totals = new Map<string, { saleCount: number; lineCount: number; pizzas: number }>();
  for (const [order = '', date = ''] of cells(folder, 'orders.csv.gz', 3)) {
    const day = totals.get(date) ?? { saleCount: 0, lineCount: 0, pizzas: 0 };
    if (!totals.has(date)) {
      if (totals.size === days) break;
      totals.set(date, day);
    }
    day.saleCount += 1;
    dateOf.set(order, date);
  }
  const sold = new Map<string, bigint>();
  for (const [, order = '', sku = '', pieces = ''] of cells(folder, 'order_details.csv.gz', 4)) {
    const day = totals.get(dateOf.get(order) ?? '');
    if (!day) continue;
    day.lineCount += 1;
    day.pizzas += Number(pieces);
    sold.set(sku, (sold.get(sku) ?? 0n) + BigInt(pieces));
  }
  return { sold, totals };
}

type Fraction = { readonly over: bigint; readonly under: bigint };

function fraction(over: bigint, under: bigint): Fraction {
  if (under <= 0n) throw new Error('a denominator must be positive');
  let [a, b] = [over < 0n ? -over : over, under];
  while (b > 0n) [a, b] = [b, a % b];
  return { over: over / a, under: under / a };
}

const times = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.over, a.under * b.under);
const by = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.under, a.under * b.over);
const plus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.over * b.under + b.over * a.under, a.under * b.under);

/** Half to even; amounts are never negative here. */
function millionths(amount: Fraction): bigint {
  const scaled = amount.over * 1_000_000n;
  const low = scaled / amount.under;
  const twiceRest = (scaled % amount.under) * 2n;
  if (twiceRest > amount.under) return low + 1n;
  if (twiceRest === amount.under) return low + (low % 2n);
  return low;
}

function flatten(
  book: OracleBook,
  id: string,
  portions: Fraction,
  into: Map<string, Fraction>,
  path: readonly string[],
): void {
  if (path.includes(id)) throw new Error(`${[...path, id].join(' > ')}: a recipe within itself`);
  const recipe = book.recipes.find((one) => one.id === id);
  if (!recipe) throw new Error(`recipe ${id} is not in the book`);
  for (const line of recipe.lines) {
    if (line.recipe !== undefined) {
      const part = book.recipes.find((one) => one.id === line.recipe);
      if (part?.makes === undefined) throw new Error(`recipe ${line.recipe}: makes nothing`);
      if (part.kept !== 'transparent') throw new Error(`recipe ${part.id}: only transparent`);
      if (line.yield !== undefined) throw new Error(`${id}: a yield on a recipe line is unknown`);
      const made = times(grams(part.makes), decimal(String(part.yield ?? 1)));
      const share = by(grams(line.qty), made);
      flatten(book, part.id, times(portions, share), into, [...path, id]);
    } else if (line.item !== undefined) {
      const item = book.items.find((one) => one.id === line.item);
      if (!item) throw new Error(`item ${line.item} is not in the book`);
      const usable = decimal(String(line.yield ?? item.yield ?? 1));
      const use = times(portions, by(inBaseUnit(line.qty, item.unit, item.units ?? {}), usable));
      into.set(item.id, plus(into.get(item.id) ?? fraction(0n, 1n), use));
    } else throw new Error(`recipe ${id}: a line with neither item nor recipe`);
  }
}

/** Metric units the pizza book writes: factor to gram or millilitre. */
const METRIC: Readonly<Record<string, readonly [base: string, factor: Fraction]>> = {
  mg: ['g', fraction(1n, 1000n)],
  g: ['g', fraction(1n, 1n)],
  kg: ['g', fraction(1000n, 1n)],
  ml: ['ml', fraction(1n, 1n)],
  l: ['ml', fraction(1000n, 1n)],
};

const grams = (amount: string): Fraction => inBaseUnit(amount, 'g', {});

/** An item's own word for a unit comes first; else metric, over its density when dimensions differ. */
function inBaseUnit(amount: string, base: string, own: Readonly<Record<string, string>>): Fraction {
  const [number = '', unit = '', ...rest] = amount.split(' ');
  if (rest.length > 0 || unit === '') throw new Error(`"${amount}" is not a number and a unit`);
  if (unit === base) return decimal(number);
  const word = own[unit];
  if (word !== undefined) return times(decimal(number), inBaseUnit(word, base, own));
  const metric = METRIC[unit];
  if (!metric) throw new Error(`"${amount}": the unit is unknown here`);
  const measured = times(decimal(number), metric[1]);
  if (metric[0] === base) return measured;
  const density = own[metric[0]];
  if (density === undefined) throw new Error(`"${amount}": no way to ${base}`);
  return times(measured, inBaseUnit(density, base, {}));
}

function decimal(text: string): Fraction {
  const found = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) throw new Error(`"${text}" is not a decimal number`);
  const [, whole = '', places = ''] = found;
  return fraction(BigInt(whole + places), 10n ** BigInt(places.length));
}

/** Rows without the heading. None of these two files quotes a cell; one that did would not fit. */
function* cells(folder: string, file: string, width: number): Generator<string[]> {
  const lines = gunzipSync(readFileSync(join(folder, file)))
    .toString('utf8')
    .split(/\r?\n/);
  for (const line of lines.slice(1)) {
    if (line === '') continue;
    const row = line.split(',');
    if (row.length !== width) throw new Error(`${file}: "${line}" has not ${width} cells`);
    yield row;
  }
}
