/**
 * Which items are worth counting today: the money that the book may be wrong by.
 *
 *   uncertain = 5 % of what was used since the last count
 *             + 1 % per day since then, 30 days at most, of what the book says is there
 *             + all that is below zero
 *   score     = unit cost × uncertain
 *
 * An item that was never counted is as uncertain as after 30 days, with all that was ever used of it.
 * 5 % is how far recipes and hands differ in a kitchen that does not measure; a book that was confirmed
 * an hour ago and has moved little scores next to nothing, however dear the goods.
 */
import { MICRO, type Micro } from '../amount.ts';

export type CountFacts = {
  /** Ten-thousandths of the currency for 1 base unit; null = not known. */
  readonly unitCost: number | null;
  /** Millionths of the base unit, may be below zero. */
  readonly onHand: Micro;
  /** Millionths that left since the last count (ever, when there was none). */
  readonly used: Micro;
  /** Milliseconds since the last count; null = never counted. */
  readonly age: number | null;
};

export type CountWorth = {
  /** Money the book may be wrong by, in the currency; 0 when the cost is not known. */
  readonly score: number;
  /** Millionths the book may be wrong by. */
  readonly uncertain: number;
  readonly why: 'negative' | 'never' | 'used' | 'old';
};

export function countWorth({ unitCost, onHand, used, age }: CountFacts): CountWorth {
  const days = Math.min(DAYS_MAX, age === null ? DAYS_MAX : Math.max(0, age) / DAY_MS);
  const parts = {
    used: USED_SHARE * Math.max(0, used),
    old: DAY_SHARE * days * Math.max(0, onHand),
    negative: Math.max(0, -onHand),
  };
  const uncertain = parts.used + parts.old + parts.negative;
  const score = ((unitCost ?? 0) / COST_UNIT) * (uncertain / MICRO);
  const why = parts.negative > 0 ? 'negative' : age === null ? 'never' : undefined;
  return { score, uncertain, why: why ?? (parts.used >= parts.old ? 'used' : 'old') };
}

const USED_SHARE = 0.05;
const DAY_SHARE = 0.01;
const DAYS_MAX = 30;
const DAY_MS = 86_400_000;
const COST_UNIT = 10_000;
