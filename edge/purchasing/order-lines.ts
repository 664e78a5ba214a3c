/** The lines of an order: read from what was said, and what is odd about them. */
import type { Micro } from '#recipes/amount.ts';
import type { OrderCreate, OrderEdit } from '#recipes/contracts/order-command.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import type { StockItem, SupplierInfo } from '#recipes/kitchen-types.ts';
import { packAmountOf, packPriceOf, packTextOf } from '#recipes/purchasing/order-price.ts';
import { parseQuantity } from '#recipes/quantity.ts';
import { isZero, microFromRational } from '#recipes/rational.ts';
import type { Refusal } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';
import type { StoredOrderLine } from './order-store.ts';

type SaidLine = OrderCreate['lines'][number];

/** Lines as they were said, with the supplier's pack and price of this moment. */
export function readLines(
  kitchen: Kitchen,
  supplier: SupplierInfo,
  said: readonly SaidLine[],
): StoredOrderLine[] | Refusal {
  const lines: StoredOrderLine[] = [];
  for (const [i, line] of said.entries()) {
    const item = kitchen.items.get(line.item);
    if (!item) return unknownItem(line.item, i);
    const qty = item.convert(line.qty);
    if (qty <= 0) return notMore(i);
    lines.push(lineOf(item, supplier, line, qty));
  }
  return lines;
}

/**
 * What an edit makes of the lines: said items get the new quantity on their first line, 0 takes them
 * out, others are added at the end. What was suggested and an agreed price stay.
 */
export function editLines(
  kitchen: Kitchen,
  supplier: SupplierInfo,
  before: readonly StoredOrderLine[],
  said: NonNullable<OrderEdit['lines']>,
): StoredOrderLine[] | Refusal {
  let lines = [...before];
  for (const [i, line] of said.entries()) {
    const item = kitchen.items.get(line.item);
    const at = lines.findIndex((one) => one.item === line.item);
    // What has left the book can still be taken out.
    if (!item && at >= 0 && isNothing(line.qty)) {
      lines = lines.filter((one) => one.item !== line.item);
      continue;
    }
    if (!item) return unknownItem(line.item, i);
    const qty = item.convert(line.qty);
    if (qty < 0) return notMore(i);
    const fresh = qty === 0 ? undefined : lineOf(item, supplier, line, qty);
    const changed = fresh && keepOld(lines[at], fresh);
    if (at < 0 && changed) lines.push(changed);
    else {
      lines = lines.flatMap((one, n) => {
        if (one.item !== line.item) return [one];
        return n === at && changed ? [changed] : [];
      });
    }
  }
  return lines;
}

/** What was suggested stays, and so does a price that was agreed, unless the edit says another. */
function keepOld(old: StoredOrderLine | undefined, fresh: StoredOrderLine): StoredOrderLine {
  if (old === undefined) return fresh;
  const kept = { ...fresh, suggested: old.suggested };
  const packPrice = packPriceOf(old);
  if (fresh.price !== null || packPrice === null) return kept;
  const pack = microFromRational(packAmountOf(old));
  return { ...kept, pack, packText: packTextOf(old), packPrice };
}

/** Items whose quantity is no whole number of the supplier's packs. */
export function notWholePacks(
  lines: readonly StoredOrderLine[],
  supplier: SupplierInfo | undefined,
): string[] {
  const odd = lines.filter(({ item, qty }) => {
    const pack = supplier?.items.find((offer) => offer.item === item)?.pack ?? 0;
    return pack > 0 && qty % pack !== 0;
  });
  return [...new Set(odd.map(({ item }) => item))];
}

function lineOf(
  item: StockItem,
  supplier: SupplierInfo,
  line: SaidLine,
  qty: Micro,
): StoredOrderLine {
  const offer = supplier.items.find((one) => one.item === item.id);
  return {
    item: item.id,
    qty,
    written: String(line.qty),
    price: line.price ?? null,
    suggested: line.suggested === undefined ? null : item.convert(line.suggested),
    pack: offer?.pack ?? null,
    packText: offer?.packText ?? null,
    packPrice: offer?.price ?? null,
  };
}

function isNothing(qty: SaidLine['qty']): boolean {
  const said = parseQuantity(String(qty));
  return said.ok && isZero(said.value);
}

function unknownItem(item: string, line: number): Refusal {
  return refuse(
    'unknown_item',
    `lines[${line}].item: "${item}" is not in the recipe book`,
    `lines[${line}].item:配方册中没有物料“${item}”`,
  );
}

function notMore(line: number): Refusal {
  return refuse(
    'bad_quantity',
    `lines[${line}].qty must be more than 0`,
    `lines[${line}].qty 必须大于 0`,
  );
}
