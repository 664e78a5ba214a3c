import type { Micro } from '../amount.ts';
import type { SuggestionLine } from './suggestion-types.ts';

/** A suggested line with what it would cost to order more or fewer packs of it. */
export type ItemPlan = {
  readonly line: SuggestionLine;
  /** Decimal text per pack; null = not known. */
  readonly price: string | null;
  /** Packs that there is room for. */
  readonly room: number;
  /** Expected cost of running out and of spoiling when so many packs are ordered, in currency. */
  cost(packs: number): number;
  /** Expected amount that spoils then. */
  spoiled(packs: number): Micro;
  /** Days after the cover until what is left then is used, and that amount. */
  left(packs: number): { readonly amount: Micro; readonly days: number };
};
