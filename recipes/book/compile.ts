/** From the pieces of a book to its model; every mistake of meaning is reported on the way. */
import type { BookItem } from '../contracts/book.ts';
import { parseQuantity } from '../quantity.ts';
import { mul, ONE } from '../rational.ts';
import { type BaseUnit, knownUnit } from '../unit-words.ts';
import { type UnitTable, unitTable } from '../units.ts';
import { compileLines } from './compile-lines.ts';
import { compileModifiers } from './compile-modifiers.ts';
import type { Draft, RecipeHead } from './draft.ts';
import { orderRecipes } from './graph.ts';
import type { Model, RecipeModel, Target } from './model.ts';
import { amountProblem, at, type Report } from './problem.ts';
import { readYield } from './ratio.ts';
import { positiveAmount, References } from './references.ts';

/** Compiles what can be compiled; parts with a mistake are left out of the model and reported. */
export function compileBook(draft: Draft, report: Report): Model {
  const rank = orderRecipes(draft, report);
  const items = new Map<string, Target>();
  draft.items.forEach((item, i) => {
    if (item !== undefined && !items.has(item.id)) items.set(item.id, compileItem(item, i, report));
  });
  const heads = new Map<string, RecipeModel>();
  draft.recipes.forEach(({ head }, r) => {
    const model =
      head === undefined || heads.has(head.id) ? undefined : compileHead(head, r, report);
    if (model !== undefined) heads.set(model.id, model);
  });
  const references = new References(draft, items, heads, report);
  const recipes = new Map<string, RecipeModel>();
  draft.recipes.forEach(({ head, list }, r) => {
    const lines = compileLines(list, ['recipes', r, 'lines'], references, report);
    const model = head === undefined || recipes.has(head.id) ? undefined : heads.get(head.id);
    if (model !== undefined) recipes.set(model.id, { ...model, lines });
  });
  const modifiers = compileModifiers(draft, references, report);
  return { items, recipes, modifiers, rank };
}

function compileItem(item: BookItem, i: number, report: Report): Target {
  const table = compileUnits(item.unit, item, ['items', i], report);
  checkStock(item.stock, table, ['items', i, 'stock'], report);
  return {
    base: item.unit,
    table,
    yield: readYield(item.yield, at('items', i, 'yield'), report) ?? ONE,
  };
}

function compileHead(head: RecipeHead, r: number, report: Report): RecipeModel | undefined {
  const makes = head.makes ?? 1;
  const quantity = parseQuantity(String(makes));
  const unit = (quantity.ok ? quantity.unit : undefined) ?? 'ea';
  const base = dimension(unit, head.units ?? {}) ?? 'ea';
  const table = compileUnits(base, head, ['recipes', r], report);
  checkStock(head.stock, table, ['recipes', r, 'stock'], report);
  const loss = readYield(head.yield, at('recipes', r, 'yield'), report) ?? ONE;
  const output = positiveAmount(makes, table, at('recipes', r, 'makes'), report);
  const soldAs = head.sold ?? (base === 'ea' ? 'ea' : unit);
  const soldText = /^\d/.test(soldAs) ? soldAs : `1 ${soldAs}`;
  const soldPath = at('recipes', r, head.sold === undefined ? 'makes' : 'sold');
  const sold = output && positiveAmount(soldText, table, soldPath, report);
  if (output === undefined || sold === undefined) return undefined;
  return {
    id: head.id,
    path: at('recipes', r),
    base,
    table,
    yield: ONE,
    stocked: head.kept === 'stocked',
    output: mul(output, loss),
    sold,
    lines: [],
  };
}

/** The base unit that `unit` is at home in: its own, or that of the unit it is defined by. */
function dimension(
  unit: string,
  own: Readonly<Record<string, string | number>>,
): BaseUnit | undefined {
  let name = unit;
  for (let hop = 0; hop <= Object.keys(own).length; hop++) {
    const known = knownUnit(name);
    const key = Object.keys(own).find((each) => each.toLowerCase() === name.toLowerCase());
    const replaced = key !== undefined && known?.base === 'ea' && name.toLowerCase() !== 'ea';
    if (known !== undefined && !replaced) return known.base;
    if (key === undefined) return undefined;
    const quantity = parseQuantity(String(own[key]));
    if (!quantity.ok || quantity.unit === undefined) return undefined;
    name = quantity.unit;
  }
  return undefined;
}

function compileUnits(
  base: BaseUnit,
  { id, units }: Pick<BookItem, 'id' | 'units'>,
  path: readonly PropertyKey[],
  report: Report,
): UnitTable {
  const { table, problems } = unitTable(base, units ?? {}, id);
  for (const problem of problems)
    report(amountProblem(at(...path, 'units', problem.unit), problem));
  return table;
}

function checkStock(
  stock: BookItem['stock'],
  table: UnitTable,
  path: readonly PropertyKey[],
  report: Report,
): void {
  for (const [key, amount] of Object.entries(stock ?? {})) {
    if (amount !== undefined) positiveAmount(amount, table, at(...path, key), report, true);
  }
}
