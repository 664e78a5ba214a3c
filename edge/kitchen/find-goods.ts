/**
 * What a command means by "item" or "lot": the item of the book, its number, and the lot with that code
 * that still has something in it. Codes are written by suppliers, so two items may carry the same one.
 */
import type { Micro } from '#recipes/amount.ts';
import type { Kitchen, StockItem } from '#recipes/kitchen.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import type { Refusal } from '../commands/execute.ts';
import type { Lot } from '../ledger/lot-store.ts';
import { refuse } from '../refuse.ts';
import type { KitchenParts } from './kitchen-parts.ts';

export type Goods = {
  readonly item: StockItem;
  /** Its number in the ledger. */
  readonly number: number;
  /** Present when a lot was named. */
  readonly lot?: Lot;
  /** What is left of the lot, or of the item; millionths. */
  readonly left: Micro;
};

export type Named = { readonly item?: string | undefined; readonly lot?: string | undefined };

/** The goods that a command names, or why they cannot be found. */
export function findGoods(parts: KitchenParts, kitchen: Kitchen, named: Named): Goods | Refusal {
  if (named.lot !== undefined) return findLot(parts, kitchen, named.lot, named.item);
  if (named.item === undefined) {
    return refuse('nothing_named', 'name an item, a lot or a dish', '请指明物料、批次或菜品');
  }
  const item = kitchen.items.get(named.item);
  if (!item) return unknownItem(named.item);
  const number = parts.ledger.items.number(item.id, item.unit);
  return { item, number, left: parts.ledger.shelf.onHand(number) };
}

/** The refusal of an item that is not in the book; `path` names the field. */
export function unknownItem(item: string, path = 'item'): Refusal {
  return refuse(
    'unknown_item',
    `${path}: "${item}" is not in the recipe book`,
    `${path}:配方册中没有物料“${item}”`,
  );
}

/** The refusal of an amount of nothing; `path` names the field. */
export function badQuantity(path = 'qty'): Refusal {
  return refuse('bad_quantity', `${path} must be more than 0`, `${path} 必须大于 0`);
}

function findLot(
  parts: KitchenParts,
  kitchen: Kitchen,
  code: string,
  named: string | undefined,
): Goods | Refusal {
  const { ledger, lots } = parts;
  const all = lots
    .byCode(code)
    .filter((lot) => named === undefined || ledger.items.code(lot.item) === named);
  const open = all.flatMap((lot) => {
    const left = ledger.shelf.lotsOf(lot.item).find((state) => state.lot === lot.id)?.amount ?? 0;
    return left > 0 ? [{ lot, left }] : [];
  });
  // The newest row of a code: an opened pack keeps the code of what it was.
  const found =
    open.at(-1) ?? (all.length > 0 ? { lot: all[all.length - 1] as Lot, left: 0 } : undefined);
  if (found === undefined || found.lot.id === UNALLOCATED) {
    return refuse(
      'unknown_lot',
      `lot: there is no lot "${code}"${named === undefined ? '' : ` of ${named}`}; check the label`,
      `lot:没有批次“${code}”;请核对标签`,
    );
  }
  const items = new Set((open.length > 0 ? open.map((o) => o.lot) : all).map((lot) => lot.item));
  if (items.size > 1) {
    const names = [...items].map((item) => ledger.items.code(item)).join(', ');
    return refuse(
      'ambiguous_lot',
      `lot: "${code}" is on several items (${names}); name the item too`,
      `lot:批次“${code}”属于多种物料(${names});请同时指明物料`,
    );
  }
  const item = kitchen.items.get(ledger.items.code(found.lot.item));
  if (!item) return unknownItem(ledger.items.code(found.lot.item));
  return { item, number: found.lot.item, lot: found.lot, left: found.left };
}
