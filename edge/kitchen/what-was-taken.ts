/**
 * Waste and consumption name a lot, an item or a cooked dish. A dish is exploded through its recipe, so
 * that a thrown-away bowl takes the same ingredients as a sold one.
 */
import { AmountOverflow, type Micro, microFromDecimal, scaleMicro } from '#recipes/amount.ts';
import type { Refusal } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';
import { badQuantity, findGoods } from './find-goods.ts';
import type { InForce, KitchenParts } from './kitchen-parts.ts';
import { isRefusal } from './kitchen-parts.ts';

export type Said = {
  readonly item?: string | undefined;
  readonly lot?: string | undefined;
  readonly sku?: string | undefined;
  readonly modifiers?:
    | readonly { readonly sku: string; readonly qty?: string | number | undefined }[]
    | undefined;
  readonly qty?: string | number | undefined;
};

export type Meant = {
  /** What leaves stock; of a dish, its ingredients. */
  readonly takes: readonly {
    readonly item: number;
    readonly amount: Micro;
    readonly lot?: number;
  }[];
  readonly book: number;
  /** As it was meant, for the note of the entry: item or sku, lot, millionths. */
  readonly subject: {
    readonly item?: string;
    readonly lot?: string;
    readonly sku?: string;
    readonly recipe?: string;
    readonly qty: Micro;
  };
};

export function whatIsMeant(
  parts: KitchenParts,
  inForce: InForce,
  said: Said,
  at: number,
): Meant | Refusal {
  if (said.sku !== undefined) {
    if (said.item === undefined && said.lot === undefined)
      return dish(parts, inForce, said, said.sku, at);
    return refuse(
      'two_named',
      'name an item, a lot or a dish, not several',
      '物料、批次、菜品只能指明一种',
    );
  }
  const goods = findGoods(parts, inForce.kitchen, said);
  if (isRefusal(goods)) return goods;
  if (said.qty === undefined && goods.lot === undefined) {
    return refuse('bad_quantity', 'qty: say how much, "0.62 kg"', 'qty:请填写数量,例如“0.62 kg”');
  }
  const qty = said.qty === undefined ? goods.left : goods.item.convert(said.qty);
  if (qty <= 0) {
    return said.qty === undefined
      ? refuse('empty_lot', 'lot: nothing is left of it', 'lot:此批次已无余量')
      : badQuantity();
  }
  const lot = goods.lot;
  return {
    takes: [{ item: goods.number, amount: qty, ...(lot ? { lot: lot.id } : {}) }],
    book: inForce.book,
    subject: { item: goods.item.id, ...(lot ? { lot: lot.code } : {}), qty },
  };
}

function dish(
  parts: KitchenParts,
  inForce: InForce,
  said: Said,
  sku: string,
  at: number,
): Meant | Refusal {
  const qty = readPortions(said.qty ?? 1);
  if (qty === undefined) {
    return refuse(
      'bad_quantity',
      'qty: how many of the dish, without a unit: "1" or "0.5"',
      'qty:请填写份数,不带单位,例如“1”或“0.5”',
    );
  }
  if (qty <= 0) return badQuantity();
  const modifiers = (said.modifiers ?? []).map((m) => ({ sku: m.sku, qty: String(m.qty ?? 1) }));
  const line = { lineId: '1', sku, qty: '1', modifiers };
  const answer = parts.knowledge.resolve(line, undefined, at);
  if (answer.kind === 'held') {
    return refuse(
      'unknown_sku',
      `sku: nobody has said what "${answer.sku}" is; map it in the inbox first`,
      `sku:尚未匹配“${answer.sku}”;请先在待处理中匹配`,
    );
  }
  if (answer.kind === 'nothing') {
    return refuse(
      'no_ingredients',
      `sku: "${sku}" takes nothing from stock`,
      `sku:“${sku}”不占用库存`,
    );
  }
  const takes = answer.takes
    .map(({ item, amount }) => ({ item, amount: scaleMicro(amount, qty) }))
    .filter(({ amount }) => amount > 0);
  const meaning = inForce.kitchen.meaning(sku);
  const recipe = meaning?.kind === 'dish' ? { recipe: meaning.recipe } : {};
  return { takes, book: answer.book, subject: { sku, ...recipe, qty } };
}

/** Millionths of a dish; undefined when it is no plain number. */
function readPortions(qty: string | number): Micro | undefined {
  try {
    return microFromDecimal(qty);
  } catch (error) {
    if (error instanceof RangeError && !(error instanceof AmountOverflow)) return undefined;
    throw error;
  }
}
