/** The sum of a suggestion, worked out again from the figures printed, as a person with a pencil would. */
import type { Micro } from '../amount.ts';
import { assert } from '../assert.ts';
import { roundPacks } from './round-packs.ts';
import type { SuggestionLine, SuggestionSum } from './suggestion-types.ts';

export type Recomputed = {
  readonly usable: Micro;
  readonly missing: Micro;
  readonly packs: number;
  readonly quantity: Micro;
};

/** Reads what is given (need, safety, stock, order, pack, rule, cap) and answers what follows from it. */
export function recompute(sum: SuggestionSum): Recomputed {
  const usable = sum.onHand - sum.expiring + sum.replacing;
  const missing = Math.max(0, sum.need - sum.lost + sum.safety - usable - sum.onOrder);
  const asked = roundPacks(missing, sum.pack, sum.rounding);
  const capped = sum.cap === null ? asked : Math.min(asked, Math.floor(sum.cap / sum.pack));
  const packs = Math.max(capped, sum.raisedTo ?? 0);
  return { usable, missing, packs, quantity: packs * sum.pack };
}

/** Stops with a `Bug` when a line's figures do not follow from each other. */
export function assertSum({ item, basis, sum, days }: SuggestionLine): void {
  const again = recompute(sum);
  const printed = { ...sum, ...again };
  assert(
    printed.usable === sum.usable && printed.missing === sum.missing,
    `${item}: the sum of the suggestion is not what its figures say`,
  );
  assert(
    printed.packs === sum.packs && printed.quantity === sum.quantity,
    `${item}: the packs of the suggestion do not follow from its sum`,
  );
  const need = days.reduce((all, day) => all + day.need, 0);
  assert(basis === 'par' || need === sum.need, `${item}: the days do not add up to the need`);
  const parts = [sum.need, sum.lost, sum.safety, sum.onHand, sum.expiring, sum.replacing];
  for (const part of [...parts, sum.onOrder, sum.missing, sum.packs, sum.quantity]) {
    assert(Number.isSafeInteger(part) && part >= 0, `${item}: ${part} in the sum of a suggestion`);
  }
}
