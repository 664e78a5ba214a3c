/** What the suggestion of one item needs to know. Amounts are integers in millionths of its base unit. */
import type { Micro } from '../amount.ts';
import type { Rounding } from './round-packs.ts';

/** Expected demand of one whole day, as the forecast says it. */
export type DemandDay = {
  /** The store's day as the number 20261122, and when it starts and ends; epoch milliseconds. */
  readonly date: number;
  readonly from: number;
  readonly until: number;
  /** All 0 or more; `low` and `high` bound the middle 90 % of what may come. */
  readonly mean: Micro;
  readonly low: Micro;
  readonly high: Micro;
  /** Standard error of `mean` as a prediction of the day; millionths, may have a fraction. */
  readonly sd: number;
  /**
   * What a person announced ("+20 % party" = 1.2) and the forecast does NOT contain yet: it multiplies
   * the day here and is shown apart. Absent = 1.
   */
  readonly event?: number;
};

/** A lot on the shelf. Its expiry is the one in force (opened, thawed …); null = it keeps. */
export type StockLot = { readonly amount: Micro; readonly expiresAt: number | null };

/** Ordered already, with what is still missing of it. */
export type IncomingLot = StockLot & { readonly arrivesAt: number };

/** An offcut or surplus lot that replaces some of the item: `amount` is what it saves of the item. */
export type SubstituteLot = StockLot & { readonly item: string };

export type SuggestInput = {
  readonly item: string;
  /** More than 0. */
  readonly pack: Micro;
  readonly rounding: Rounding;
  /** Decimal text per pack; null = not known. */
  readonly price: string | null;
  /** How long a new lot keeps from its arrival; null = it does not spoil. */
  readonly shelfLifeMs: number | null;
  /** Order up to, order point, room for; 0 = the book is silent. */
  readonly par: Micro;
  readonly safety: Micro;
  readonly max: Micro;
  /** One after the other without holes; the first holds `now`, the last reaches `coverUntil` or further. */
  readonly days: readonly DemandDay[];
  /** Copied to the line: name of the method, its error on days it had not seen, and whether to doubt it. */
  readonly method: string;
  readonly wape: number | null;
  readonly lowConfidence: boolean;
  /** What lies there. An amount below 0 counts as 0. In any order. */
  readonly lots: readonly StockLot[];
  readonly incoming: readonly IncomingLot[];
  readonly substitutes: readonly SubstituteLot[];
  /**
   * Wanted probability of not running out, within (0, 1). Absent: what `shortCost` and the price make of
   * it, else 0.95.
   */
  readonly serviceLevel?: number;
  /** Margin lost when one base unit (1 g, 1 ml, 1 ea) is missing, in the book's currency. An estimate. */
  readonly shortCost?: number;
  readonly now: number;
  /** When the delivery in question comes, and until when it has to last; epoch milliseconds. */
  readonly arrivesAt: number;
  readonly coverUntil: number;
  /**
   * Share of the day's demand that has come by the instant `at`, rising from 0 at `from` to 1 at
   * `until`. Absent: demand runs evenly through the day.
   */
  readonly profile?: (day: DemandDay, at: number) => number;
};

/** What `suggestSupplier` needs beside the items. */
export type SupplierTerms = {
  /** Decimal text; null = the supplier has no minimum. */
  readonly minimumOrder: string | null;
};
