/**
 * What every way of forecasting is here: an online filter. It says what it expects of a day with what
 * it knew the evening before, then learns the day. One pass over the past is therefore its back-test
 * from every origin, and nothing it says can have peeked.
 */

export type Candidate = {
  readonly name: string;
  /** It thinks in logarithms, which knows nothing of days without a sale: not asked where those are common. */
  readonly needsSales?: boolean;
  /** Demand expected of day `day`, from what was learned so far; the day may be any number ahead. */
  predict(day: number): number;
  /** Learns the demand of `day`. Days come in order; days that teach nothing are left out. */
  learn(day: number, demand: number): void;
};
