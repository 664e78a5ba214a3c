import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import type { OrderFull, SuggestedLine, SuggestedSupplier, Suggestions } from './order-types.ts';
import { micro } from './sum.ts';

/**
 * What a manager changed of a suggestion, in packs, by supplier and item. What is not in it stays as
 * suggested (or as an order that was drafted before has it).
 */
export type Changes = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A supplier with the packs that would be ordered now. */
export type DraftSupplier = {
  readonly of: SuggestedSupplier;
  /** The order that is being drafted at the box; null = none yet. */
  readonly draft: OrderFull | null;
  /** Orders of this day that are approved already: a second one would be a duplicate. */
  readonly others: readonly { readonly order: string; readonly state: string }[];
  readonly lines: readonly DraftLine[];
  /** Decimal money of what has a price. */
  readonly subtotal: string;
  /** Money that is missing for the supplier's minimum; null = reached, or there is none. */
  readonly missingForMinimum: string | null;
  /** Some line that orders has no price: the subtotal is the least. */
  readonly unpriced: boolean;
};

export type DraftLine = {
  readonly of: SuggestedLine;
  readonly packs: number;
  /** Packs without what was changed on this tablet. */
  readonly began: number;
  /** Base units, decimal. */
  readonly quantity: string;
  readonly amount: string | null;
  /** Somebody chose other than was suggested. */
  readonly changed: boolean;
};

/** States in which an order can still be changed without taking it back. */
const OPEN_STATES: readonly string[] = ['draft', 'submitted'];
/** States in which an order is no duplicate of a new one. */
const GONE_STATES: readonly string[] = ['cancelled', 'rejected'];

/** The suggestion with the changes applied. `orders`: as the box lists them. */
export function draftOf(
  suggestions: Suggestions,
  changes: Changes,
  orders: readonly OrderFull[],
): DraftSupplier[] {
  return suggestions.suppliers.map((of) => {
    const known = of.orders.map(({ order }) => order);
    const draft =
      orders.find((one) => known.includes(one.order) && OPEN_STATES.includes(one.state)) ?? null;
    const lines = of.lines.map((line) => draftLine(line, changes[of.supplier]?.[line.item], draft));
    const total = lines.reduce((sum, { amount }) => sum + micro(amount ?? '0'), 0);
    const orderedLines = lines.filter(({ packs }) => packs > 0);
    const least = micro(of.minimumOrder ?? '0');
    return {
      of,
      draft,
      others: of.orders.filter(
        ({ order, state }) => order !== draft?.order && !GONE_STATES.includes(state),
      ),
      lines,
      subtotal: decimalFromMicro(total),
      missingForMinimum:
        orderedLines.length > 0 && total < least ? decimalFromMicro(least - total) : null,
      unpriced: orderedLines.some(({ amount }) => amount === null),
    };
  });
}

function draftLine(
  of: SuggestedLine,
  changed: number | undefined,
  draft: OrderFull | null,
): DraftLine {
  const pack = micro(of.packAmount);
  const began = draft === null ? of.packs : draftedPacks(of, draft);
  const packs = changed ?? began;
  const quantity = decimalFromMicro(packs * pack);
  const amount =
    of.price === null ? null : packs === 0 ? '0' : decimalFromMicro(micro(of.price) * packs);
  return { of, packs, began, quantity, amount, changed: packs !== of.packs };
}

function draftedPacks(line: SuggestedLine, draft: OrderFull): number {
  const pack = micro(line.packAmount);
  const ordered = draft.lines
    .filter(({ item }) => item === line.item)
    .reduce((sum, one) => sum + micro(one.ordered), 0);
  return pack > 0 ? Math.round(ordered / pack) : 0;
}

/** `changes` with one line set; a line that is back where it began is no change. */
export function withPacks(
  changes: Changes,
  supplier: string,
  item: string,
  packs: number,
  began: number,
): Changes {
  const { [item]: _was, ...rest } = changes[supplier] ?? {};
  const next = packs === began ? rest : { ...rest, [item]: packs };
  const { [supplier]: _all, ...others } = changes;
  return Object.keys(next).length === 0 ? others : { ...others, [supplier]: next };
}

/** Whole packs for what somebody typed in base units: what was asked for must be there. */
export function packsFor(amount: string, packAmount: string): number {
  const pack = microFromDecimal(packAmount);
  const wanted = micro(amount);
  return wanted <= 0 || pack <= 0 ? 0 : Math.ceil(wanted / pack);
}

/** What is ordered from a supplier, as `order.create` takes it. */
export function orderLines(supplier: DraftSupplier): CreateLine[] {
  return supplier.lines
    .filter(({ packs }) => packs > 0)
    .map(({ of, quantity }) => ({
      item: of.item,
      qty: withUnit(quantity, of.unit),
      suggested: withUnit(of.quantity, of.unit),
    }));
}

export type CreateLine = {
  readonly item: string;
  readonly qty: string;
  readonly suggested?: string;
};

/** The lines in which a drafted order differs from what is on the screen, as `order.edit` takes them. */
export function editLines(supplier: DraftSupplier): { item: string; qty: string }[] {
  const { draft } = supplier;
  if (draft === null) return [];
  return supplier.lines.flatMap(({ of, quantity, packs }) => {
    if (packs === draftedPacks(of, draft)) return [];
    return [{ item: of.item, qty: packs === 0 ? '0' : withUnit(quantity, of.unit) }];
  });
}

/** Suppliers from whom something would be ordered with one tap: not those whose order is there already. */
export function toApprove(draft: readonly DraftSupplier[]): DraftSupplier[] {
  return draft.filter(
    ({ lines, others, draft: own }) =>
      lines.some(({ packs }) => packs > 0) && (own !== null || others.length === 0),
  );
}

/** Money of what would be approved, decimal. */
export function totalOf(draft: readonly Pick<DraftSupplier, 'subtotal'>[]): string {
  return decimalFromMicro(draft.reduce((sum, { subtotal }) => sum + micro(subtotal), 0));
}

/** Lines that order something or were thought about, and those that need nothing. */
export function folded(lines: readonly DraftLine[]): {
  readonly open: DraftLine[];
  readonly idle: DraftLine[];
} {
  const isIdle = ({ packs, of, changed }: DraftLine) =>
    packs === 0 && of.packs === 0 && !changed && !of.flags.includes('low');
  return { open: lines.filter((line) => !isIdle(line)), idle: lines.filter(isIdle) };
}

/** What would bring an order to the supplier's minimum: one more pack of what runs out first. */
export function proposalsForMinimum(supplier: DraftSupplier, limit: number): DraftLine[] {
  return supplier.lines
    .filter(({ of }) => of.price !== null && !of.flags.includes('use_first'))
    .toSorted((a, b) => coverAfter(a) - coverAfter(b) || a.of.item.localeCompare(b.of.item))
    .slice(0, limit);
}

/** How many times the need would be covered: the least covered is the least risk of spoiling. */
function coverAfter({ of, quantity }: DraftLine): number {
  const need = micro(of.need);
  if (need <= 0) return Number.POSITIVE_INFINITY;
  return (micro(of.usable) + micro(of.onOrder) + micro(quantity)) / need;
}

function withUnit(amount: string, unit: string): string {
  return `${amount} ${unit}`;
}
