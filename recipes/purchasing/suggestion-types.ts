/**
 * A suggested order line and the sum it stands on. All amounts are integers in millionths of the item's
 * base unit, so that whoever reads the sum can work it out again to the last digit:
 *
 *   missing  = need + safety - usable - onOrder        (0 when negative)
 *   packs    = missing / pack, rounded as `rounding` says
 *   quantity = packs × pack
 */
import type { Micro } from '../amount.ts';
import type { Rounding } from './round-packs.ts';

/** One day of the time that the delivery has to cover. */
export type CoverDay = {
  /** Calendar day as the number 20261122. */
  readonly date: number;
  /** Part of the day that falls into the cover, within (0, 1]. */
  readonly share: number;
  /** Of the whole day; millionths. */
  readonly mean: Micro;
  readonly low: Micro;
  readonly high: Micro;
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
  | 'offcut';

export type SuggestionSum = {
  /** Expected demand from now until the delivery after this one is on the shelf. */
  readonly need: Micro;
  /** The demand that is exceeded once in ten covers. */
  readonly needHigh: Micro;
  readonly safety: Micro;
  /** Wanted probability of not running out, within (0, 1). */
  readonly serviceLevel: number;
  /** What lies there, never below 0, and what of it expires before it is used. */
  readonly onHand: Micro;
  readonly expiring: Micro;
  /** onHand - expiring + what replaces it (offcuts, surplus). */
  readonly usable: Micro;
  /** Ordered already and here in time. */
  readonly onOrder: Micro;
  readonly missing: Micro;
  readonly pack: Micro;
  /** The rule that was followed in the end. */
  readonly rounding: Rounding;
  readonly packs: number;
  readonly quantity: Micro;
};

export type SuggestionLine = {
  readonly item: string;
  readonly sum: SuggestionSum;
  readonly days: readonly CoverDay[];
  readonly method: string;
  /** Error of the method on days it had not seen; null = not known. */
  readonly wape: number | null;
  readonly flags: readonly SuggestionFlag[];
  /** When what is there and on order runs out; epoch milliseconds, null = not within the cover. */
  readonly lastsUntil: number | null;
};
