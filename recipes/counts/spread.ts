/**
 * Which lots give what is missing, or get what was found too much.
 *
 * What arrived late goes back to where it came from first: a late sale of a lot is answered in that lot.
 * Beyond that, what is missing leaves first expired first out; what is too much first fills what was
 * taken without a known lot, then goes to the newest lot, even one that is used up, else to no known lot.
 */
import type { Micro } from '../amount.ts';
import { UNALLOCATED } from '../ledger/entry.ts';
import { allocate, type LotState } from '../stock/allocate.ts';

/** A change of one lot, millionths: positive = it gets, negative = it gives. */
export type LotChange = { readonly lot: number; readonly amount: Micro };

export type SpreadOver = {
  /** Open lots in FEFO order. */
  readonly lots: readonly LotState[];
  /** What arrived late has changed, by lot; empty when a count is posted. */
  readonly late: ReadonlyMap<number, Micro>;
  /** The newest lot of the item, used up or not. */
  readonly newest: number | undefined;
};

/** Spreads the difference of a whole item; the changes add up to `difference` exactly. */
export function spreadOverItem(difference: Micro, over: SpreadOver): LotChange[] {
  const changes = new Map<number, Micro>();
  const add = (lot: number, amount: Micro) => changes.set(lot, (changes.get(lot) ?? 0) + amount);
  const rest = undoLate(difference, over, add);
  if (rest < 0) {
    const left = over.lots.map((lot) => ({
      ...lot,
      amount: lot.amount + (changes.get(lot.lot) ?? 0),
    }));
    allocate(left, -rest, (lot, amount) => add(lot, -amount));
  } else if (rest > 0) {
    const open = amountOf(over.lots, UNALLOCATED) + (changes.get(UNALLOCATED) ?? 0);
    const fills = Math.min(rest, Math.max(0, -open));
    if (fills > 0) add(UNALLOCATED, fills);
    if (rest > fills) add(over.newest ?? UNALLOCATED, rest - fills);
  }
  return [...changes].map(([lot, amount]) => ({ lot, amount }));
}

/**
 * What one lot must get from the others before it can give what is missing of it: sales after the
 * count were booked on it, but cannot have come out of it. By lot, positive; they add up to what lacks.
 */
export function handedOver(difference: Micro, lot: number, lots: readonly LotState[]): LotChange[] {
  const lacks = -difference - amountOf(lots, lot);
  const changes: LotChange[] = [];
  if (difference >= 0 || lacks <= 0) return changes;
  const others = lots.filter((state) => state.lot !== lot);
  allocate(others, lacks, (from, amount) => changes.push({ lot: from, amount }));
  return changes;
}

/** @returns what is left of the difference */
function undoLate(
  difference: Micro,
  { lots, late }: SpreadOver,
  add: (lot: number, amount: Micro) => void,
): Micro {
  let rest = difference;
  for (const [lot, changed] of late) {
    if (rest === 0 || changed === 0 || changed > 0 === rest > 0) continue;
    const most =
      rest > 0 || lot === UNALLOCATED ? Math.abs(rest) : Math.max(0, amountOf(lots, lot));
    const amount = Math.min(Math.abs(changed), Math.abs(rest), most);
    if (amount === 0) continue;
    add(lot, rest > 0 ? amount : -amount);
    rest += rest > 0 ? -amount : amount;
  }
  return rest;
}

function amountOf(lots: readonly LotState[], lot: number): Micro {
  return lots.find((state) => state.lot === lot)?.amount ?? 0;
}
