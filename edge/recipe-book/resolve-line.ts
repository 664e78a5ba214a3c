/** What one of a sold line takes from stock, by one book and what people said of unknown codes. */
import { addMicro, MICRO, microFromDecimal, scaleMicro } from '#recipes/amount.ts';
import { must } from '#recipes/assert.ts';
import type { SoldLine } from '#recipes/contracts/pos-event.ts';
import type { Kitchen, Take } from '#recipes/kitchen.ts';
import type { Mapping } from './book-store.ts';

/** One item's number and the millionths that one sold unit takes of it. */
export type UnitTake = { readonly item: number; readonly amount: number };

export type Resolved =
  | { readonly kind: 'takes'; readonly book: number; readonly takes: readonly UnitTake[] }
  /** Known to have no meaning for stock: mapped to "ignore", or a combo without a recipe. */
  | { readonly kind: 'nothing' }
  /** Waits until somebody says what `sku` is. */
  | { readonly kind: 'held'; readonly sku: string; readonly modifier: boolean };

export type ResolveWith = {
  readonly book: number;
  readonly kitchen: Kitchen;
  readonly mapping: (sku: string) => Mapping | undefined;
  /** Number of an item code in the ledger. */
  readonly item: (code: string) => number | undefined;
};

/** What one of a sold line takes, nothing, or which code is not known. */
export function resolveLine(
  parts: ResolveWith,
  line: SoldLine,
  channel: string | undefined,
): Resolved {
  const recipe = recipeOf(parts, line.sku);
  if (recipe === undefined) return { kind: 'held', sku: line.sku, modifier: false };
  return resolveRecipe(parts, recipe, line.modifiers ?? [], channel);
}

/** What one of a recipe takes with these modifiers, however it came to be sold. */
export function resolveRecipe(
  parts: ResolveWith,
  recipe: string,
  modifiers: NonNullable<SoldLine['modifiers']>,
  channel: string | undefined,
): Resolved {
  const { kitchen } = parts;
  const sums = new Map<string, number>();
  const own: { sku: string; qty: number }[] = [];
  for (const modifier of modifiers) {
    const said = parts.mapping(modifier.sku);
    if (said?.recipe === null) continue;
    const qty = microFromDecimal(modifier.qty ?? 1);
    if (said && kitchen.recipes.has(said.recipe)) {
      addTakes(sums, kitchen.explode(said.recipe, [], channel), qty);
    } else own.push({ sku: modifier.sku, qty });
  }
  const skus = own.map((modifier) => modifier.sku);
  const [unknown] = kitchen.unknownModifiers(recipe, skus);
  if (unknown !== undefined) return { kind: 'held', sku: unknown, modifier: true };
  addTakes(sums, kitchen.explode(recipe, own, channel), MICRO);
  const takes = [...sums].map(([code, amount]) => ({
    // Numbers are given out when a book is adopted, never here: this may be inside a transaction.
    item: must(parts.item(code), `item ${code} was not registered with its book`),
    amount,
  }));
  return { kind: 'takes', book: parts.book, takes };
}

/** What a person said of a code overrules the book. */
function recipeOf({ kitchen, mapping }: ResolveWith, sku: string): string | undefined {
  const said = mapping(sku)?.recipe;
  if (said !== undefined && said !== null) return kitchen.recipes.has(said) ? said : undefined;
  const meaning = kitchen.meaning(sku);
  return meaning?.kind === 'dish' ? meaning.recipe : undefined;
}

function addTakes(sums: Map<string, number>, takes: readonly Take[], qty: number): void {
  for (const take of takes) {
    const amount = scaleMicro(take.amount, qty);
    if (amount > 0) sums.set(take.item, addMicro(sums.get(take.item) ?? 0, amount));
  }
}
