/** Reads the lasting parts of a checked book: what is stocked, cooked, ordered, and what a sku means. */
import { plainDecimal } from '../amount.ts';
import { Bug, must } from '../assert.ts';
import type { Book, BookItem, BookRecipe, BookSupplier } from '../contracts/book.ts';
import type {
  ModifierInfo,
  RecipeInfo,
  RecipeLineInfo,
  SkuMeaning,
  StockItem,
  SupplierInfo,
  SupplierItem,
} from '../kitchen-types.ts';
import { compare, div, isZero, microFromRational, ONE, type Rational } from '../rational.ts';
import { knownUnit } from '../unit-words.ts';
import { toBaseMicro } from '../units.ts';
import { compileBook } from './compile.ts';
import { draftOf } from './draft.ts';
import { durationMs, nameOf } from './fields.ts';
import { asList, type Line, type Model, type Target } from './model.ts';

/** Everything a kitchen is made of. */
export type KitchenParts = {
  readonly model: Model;
  readonly items: ReadonlyMap<string, StockItem>;
  readonly recipes: ReadonlyMap<string, RecipeInfo>;
  readonly modifiers: readonly ModifierInfo[];
  readonly suppliers: ReadonlyMap<string, SupplierInfo>;
  readonly meanings: ReadonlyMap<string, SkuMeaning>;
};

/** Compiles a book; a mistake in it is a `Bug`, because only checked books come here. */
export function readKitchenParts(book: Book): KitchenParts {
  const model = compileBook(draftOf(book), (problem) => {
    throw new Bug(`a book that was not checked: ${problem.path}: ${problem.message}`);
  });
  const items = new Map<string, StockItem>();
  const common = commonYields(model);
  for (const item of book.items ?? []) {
    const target = must(model.items.get(item.id), 'item not compiled');
    const ratio = item.yield === undefined ? (common.get(item.id) ?? ONE) : target.yield;
    const { barcodes = [], maxTemperature } = item;
    items.set(item.id, {
      ...stockItem(item, target, false, ratio),
      barcodes,
      ...(maxTemperature === undefined ? {} : { maxTemperature: Number(maxTemperature) }),
    });
  }
  const recipes = new Map<string, RecipeInfo>();
  const meanings = new Map<string, SkuMeaning>();
  for (const recipe of book.recipes ?? []) {
    const target = must(model.recipes.get(recipe.id), 'recipe not compiled');
    if (target.stocked) {
      items.set(recipe.id, stockItem(recipe, target, true, common.get(recipe.id) ?? ONE));
    }
    recipes.set(recipe.id, recipeInfo(recipe, model));
    for (const sku of asList(recipe.sku)) meanings.set(sku, { kind: 'dish', recipe: recipe.id });
  }
  const modifiers = (book.modifiers ?? []).map((modifier): ModifierInfo => {
    const skus = asList(modifier.sku);
    for (const sku of skus) meanings.set(sku, { kind: 'modifier' });
    const on = modifier.on === undefined ? undefined : asList(modifier.on);
    return { skus, name: nameOf(modifier.name, skus[0] ?? ''), on };
  });
  const suppliers = new Map(
    (book.suppliers ?? []).map((supplier) => [supplier.id, supplierInfo(supplier, items)]),
  );
  return { model, items, recipes, modifiers, suppliers, meanings };
}

/** By target: the yield that all recipe lines using it have in common. */
function commonYields(model: Model): ReadonlyMap<string, Rational> {
  const found = new Map<string, Rational | undefined>();
  for (const { lines } of model.recipes.values()) {
    for (const { target, ep, ap } of lines) {
      if (isZero(ap)) continue;
      const ratio = div(ep, ap);
      const known = found.get(target);
      const same = !found.has(target) || (known !== undefined && compare(known, ratio) === 0);
      found.set(target, same ? ratio : undefined);
    }
  }
  return new Map([...found].flatMap(([id, ratio]) => (ratio === undefined ? [] : [[id, ratio]])));
}

/** An own name that is a weight or a volume is a density, not something people count in. */
function isBridge(name: string): boolean {
  const known = knownUnit(name);
  return known !== undefined && known.base !== 'ea';
}

function stockItem(
  entry: BookItem | BookRecipe,
  target: Target,
  made: boolean,
  ratio: Rational,
): StockItem {
  const convert = (amount: string | number): number => toBaseMicro(amount, target.table);
  return {
    id: entry.id,
    name: nameOf(entry.name, entry.id),
    unit: target.base,
    made,
    ...(entry.category === undefined ? {} : { category: entry.category }),
    role: entry.role ?? 'main',
    ...(entry.station === undefined ? {} : { station: entry.station }),
    allergens: entry.allergens ?? [],
    ...(entry.shelfLife === undefined ? {} : { shelfLifeMs: durationMs(entry.shelfLife) }),
    ...(entry.opened === undefined ? {} : { openedMs: durationMs(entry.opened) }),
    ...(entry.thawed === undefined ? {} : { thawedMs: durationMs(entry.thawed) }),
    ...(entry.frozen === undefined ? {} : { frozenMs: durationMs(entry.frozen) }),
    barcodes: [],
    unitNames: target.table.own.filter((name) => !isBridge(name)),
    yield: ratio,
    safety: convert(entry.stock?.safety ?? 0),
    par: convert(entry.stock?.par ?? 0),
    max: convert(entry.stock?.max ?? 0),
    convert,
  };
}

function recipeInfo(recipe: BookRecipe, model: Model): RecipeInfo {
  const compiled = must(model.recipes.get(recipe.id), 'recipe not compiled');
  const skus = asList(recipe.sku);
  return {
    id: recipe.id,
    name: nameOf(recipe.name, recipe.id),
    skus,
    ...(recipe.price === undefined ? {} : { price: decimalText(recipe.price) }),
    ...(recipe.category === undefined ? {} : { category: recipe.category }),
    ...(recipe.station === undefined ? {} : { station: recipe.station }),
    kept: recipe.kept ?? 'transparent',
    kind: skus.length > 0 ? 'dish' : 'sub',
    unit: compiled.base,
    makes: microFromRational(compiled.output),
    sold: microFromRational(compiled.sold),
    uses: compiled.lines.map((line) => line.target),
    lines: compiled.lines.map((line) => lineInfo(line, model)),
  };
}

function lineInfo({ target, ep, ap, channels }: Line, model: Model): RecipeLineInfo {
  const item = model.items.get(target);
  const base = item ?? must(model.recipes.get(target), 'line leads nowhere');
  return {
    kind: item === undefined ? 'recipe' : 'item',
    target,
    unit: base.base,
    ep: microFromRational(ep),
    ap: microFromRational(ap),
    yield: isZero(ap) ? ONE : div(ep, ap),
    channels: channels === undefined ? undefined : [...channels],
  };
}

function supplierInfo(supplier: BookSupplier, items: ReadonlyMap<string, StockItem>): SupplierInfo {
  return {
    id: supplier.id,
    name: nameOf(supplier.name, supplier.id),
    ...(supplier.contact === undefined ? {} : { contact: contactOf(supplier.contact) }),
    send: (supplier.send ?? []).map(({ by, to, robot }) => ({
      by,
      to,
      ...(robot === undefined ? {} : { robot }),
    })),
    ...(supplier.store === undefined ? {} : { store: supplier.store }),
    deliveries: supplier.deliveries ?? [],
    ...(supplier.deliverAt === undefined ? {} : { deliverAt: supplier.deliverAt }),
    ...(supplier.cutOff === undefined ? {} : { cutOff: supplier.cutOff }),
    leadTimeMs: supplier.leadTime === undefined ? 0 : durationMs(supplier.leadTime),
    ...(supplier.minimumOrder === undefined
      ? {}
      : { minimumOrder: decimalText(supplier.minimumOrder) }),
    items: (supplier.items ?? []).map(
      (line): SupplierItem => ({
        item: line.item,
        pack: must(items.get(line.item), 'supplier item unknown').convert(line.pack),
        packText: String(line.pack),
        ...(line.price === undefined ? {} : { price: decimalText(line.price) }),
        rounding: line.rounding ?? 'up',
      }),
    ),
  };
}

function contactOf({ phone, email }: NonNullable<BookSupplier['contact']>) {
  return { ...(phone === undefined ? {} : { phone }), ...(email === undefined ? {} : { email }) };
}

function decimalText(value: string | number): string {
  return typeof value === 'string' ? value : plainDecimal(value);
}
