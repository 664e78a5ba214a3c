/**
 * A suggested order line and the sum it stands on. All amounts are integers in millionths of the item's
 * base unit, so that whoever reads the sum can work it out again to the last digit:
 *
 *   usable   = onHand - expiring + replacing
 *   missing  = need - lost + safety - usable - onOrder      (0 when negative)
 *   packs    = missing / pack, rounded as `rounding` says
 *            → at most `cap` / pack, when there is a cap
 *            → at least `raisedTo`, when it was raised to the supplier's minimum
 *   quantity = packs × pack
 *
 * The figures stand on a grain (0.1 kg for a pack of 2 kg) that a slip prints in full: what is printed is
 * what was reckoned with.
 */
import type { Micro } from '../amount.ts';
import type { Rounding } from './round-packs.ts';

/** One day of the time that the delivery has to cover. */
export type CoverDay = {
  /** The store's day as the number 20261122. */
  readonly date: number;
  /** Part of the day's demand that falls into the cover, within (0, 1], to a millionth. */
  readonly share: number;
  /** What of the day is needed: `share` × `mean`, rounded so that the days add up to `sum.need`. */
  readonly need: Micro;
  /** Of the whole day, with what was announced; millionths. */
  readonly mean: Micro;
  readonly low: Micro;
  readonly high: Micro;
  /** What was announced ("+20 % party" = 1.2; 1 = nothing), and what it adds to `mean`. */
  readonly event: number;
  readonly extra: Micro;
};

export type SuggestionFlag =
  /** Runs out before the delivery comes. */
  | 'low'
  /** Something on the shelf must be used first. */
  | 'use_first'
  /** Ordered by par: too little history. */
  | 'low_confidence'
  /** Fewer packs than the sum asks for: room, or it would spoil. */
  | 'capped_by_max'
  | 'capped_by_shelf_life'
  /** More than the sum asks for, to reach the supplier's minimum. */
  | 'raised_to_minimum'
  /** Offcuts or surplus that replace a part of it lie on the shelf. */
  | 'offcut'
  /** The need holds what a person announced. */
  | 'event';

export type SuggestionSum = {
  /** Expected demand from now until the delivery after this one is on the shelf: the sum over the days. */
  readonly need: Micro;
  /** What announced events add; it is part of `need`. */
  readonly event: Micro;
  /** The demand that is exceeded once in ten covers. */
  readonly needHigh: Micro;
  /** Part of the need that nothing can serve any more, because it comes before the delivery does. */
  readonly lost: Micro;
  readonly safety: Micro;
  /** Probability of not running out that `need` + `safety` gives, within (0, 1). */
  readonly serviceLevel: number;
  /** What lies there, never below 0, and what of it expires before it is used. */
  readonly onHand: Micro;
  readonly expiring: Micro;
  /** Offcuts and surplus that are used up in its place. */
  readonly replacing: Micro;
  /** onHand - expiring + replacing. */
  readonly usable: Micro;
  /** Ordered already and here in time, without what will spoil of it. */
  readonly onOrder: Micro;
  readonly missing: Micro;
  readonly pack: Micro;
  /** Every amount of the sum is a multiple of it; a power of ten, about a twentieth of the pack. */
  readonly grain: Micro;
  /** The rule of the book. */
  readonly rounding: Rounding;
  /** Most that may come, and why; null = nothing is in the way. */
  readonly cap: Micro | null;
  readonly capBy: 'max' | 'shelf_life' | null;
  /** Packs it was raised to for the supplier's minimum; null = it was not. */
  readonly raisedTo: number | null;
  readonly packs: number;
  readonly quantity: Micro;
};

export type SuggestionLine = {
  readonly item: string;
  /** "forecast": need is the sum over `days`; "par": need + safety is the item's par. */
  readonly basis: 'forecast' | 'par';
  readonly sum: SuggestionSum;
  readonly days: readonly CoverDay[];
  readonly method: string;
  /** Error of the method on days it had not seen; null = not known. */
  readonly wape: number | null;
  readonly flags: readonly SuggestionFlag[];
  /** When what is there and on order runs out; epoch milliseconds, null = not within the cover. */
  readonly lastsUntil: number | null;
  /** What `use_first` is about: the soonest expiry within the cover and how much goes with it. */
  readonly useFirst: { readonly amount: Micro; readonly expiresAt: number } | null;
  /** Items whose offcuts or surplus replace a part of it. */
  readonly offcuts: readonly string[];
  /** Decimal text: packs × price; null = the price is not known. */
  readonly amount: string | null;
};

/** What is suggested for one supplier's next delivery. */
export type SupplierSuggestion = {
  /** In the order they were given. */
  readonly lines: readonly SuggestionLine[];
  /** Decimal text of the lines whose price is known. */
  readonly subtotal: string;
  /** Something is ordered, but less than the supplier's minimum. */
  readonly belowMinimum: boolean;
  /** What is missing to the minimum; null when nothing is. */
  readonly short: string | null;
};
