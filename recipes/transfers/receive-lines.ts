/**
 * What came of a transfer, beside what was sent: which lot each amount belongs to, what it cost, and what
 * is missing or too much. The cost of a line that was sent goes with its amount: what came has its share,
 * what did not come has the rest, and both add up to it exactly.
 */
import type { Micro } from '../amount.ts';
import { type LotBasis, valueOfTake } from '../stock/lot-value.ts';

/** A lot as it was sent; `amount` in millionths, more than 0. */
export type Sent = LotBasis & { readonly item: string; readonly lot: string | null };

/** What a person says came. Millionths, 0 or more. */
export type Came = {
  readonly item: string;
  readonly lot?: string | undefined;
  readonly amount: Micro;
};

/** An amount that came. */
export type Piece = {
  /** Index of the line that was sent; null = it was not on the list. */
  readonly sent: number | null;
  /** Index of the line that says so; null when nobody listed it. */
  readonly said: number | null;
  readonly item: string;
  readonly lot: string | null;
  /** Millionths; 0 = nothing came of the line. */
  readonly amount: Micro;
  /** What of it is more than was sent. */
  readonly over: Micro;
  readonly cost: number | null;
};

/** What came, what is missing of each line that was sent, and what that had cost. */
export type Arrival = {
  readonly pieces: readonly Piece[];
  /** By line that was sent, millionths. */
  readonly missing: readonly Micro[];
  /** Of what is missing less what is too much; null = no cost is known. */
  readonly lost: number | null;
};

/** Everything as it was sent. */
export function arrivedAsSent(sent: readonly Sent[]): Arrival {
  const pieces = sent.map(({ item, lot, amount, cost }, index) => {
    return { sent: index, said: null, item, lot, amount, over: 0, cost };
  });
  return {
    pieces,
    missing: sent.map(() => 0),
    lost: sent.some(({ cost }) => cost !== null) ? 0 : null,
  };
}

/**
 * What is said, beside what was sent. A line that names a lot means that one first; the rest fills the
 * lines of its item in their order, and what is too much belongs to the last of them.
 */
export function arrivedAsSaid(sent: readonly Sent[], came: readonly Came[]): Arrival {
  const left = sent.map(({ amount }) => amount);
  const pieces: Piece[] = [];

  function take(index: number, said: number, amount: Micro, lot: string | undefined): void {
    const line = sent[index] as Sent;
    const had = left[index] as Micro;
    const cost = valueOfTake(line, had, amount);
    left[index] = had - amount;
    const over = Math.max(0, amount - Math.max(0, had));
    pieces.push({
      sent: index,
      said,
      item: line.item,
      lot: lot ?? line.lot,
      amount,
      over,
      cost,
    });
  }

  for (const [said, { item, lot, amount }] of came.entries()) {
    const own = candidates(sent, item, lot);
    let open = amount;
    for (const index of own) {
      const amountHere = Math.min(open, Math.max(0, left[index] as Micro));
      if (amountHere > 0) take(index, said, amountHere, lot);
      open -= amountHere;
    }
    const last = own.at(-1);
    if (open > 0 && last !== undefined) take(last, said, open, lot);
    else if (open > 0) {
      pieces.push({
        sent: null,
        said,
        item,
        lot: lot ?? null,
        amount: open,
        over: open,
        cost: null,
      });
    }
  }
  return { pieces, missing: left.map((open) => Math.max(0, open)), lost: lostOf(sent, left) };
}

/** Lines of the item; those of the lot that is named come first. */
function candidates(sent: readonly Sent[], item: string, lot: string | undefined): number[] {
  const own = sent.flatMap((line, index) => (line.item === item ? [index] : []));
  if (lot === undefined) return own;
  const named = own.filter((index) => sent[index]?.lot === lot);
  return named.length > 0 ? named : own;
}

function lostOf(sent: readonly Sent[], left: readonly Micro[]): number | null {
  let lost: number | null = null;
  for (const [index, line] of sent.entries()) {
    const worth = valueOfTake(line, left[index] as Micro, left[index] as Micro);
    if (worth !== null) lost = (lost ?? 0) + worth;
  }
  return lost;
}

/** By item, in millionths: what came less what was sent; items that agree are left out. */
export function differences(
  sent: readonly { readonly item: string; readonly amount: Micro }[],
  came: readonly { readonly item: string; readonly amount: Micro }[],
): Map<string, Micro> {
  const sums = new Map<string, Micro>();
  for (const { item, amount } of sent) sums.set(item, (sums.get(item) ?? 0) - amount);
  for (const { item, amount } of came) sums.set(item, (sums.get(item) ?? 0) + amount);
  for (const [item, sum] of sums) if (sum === 0) sums.delete(item);
  return sums;
}
