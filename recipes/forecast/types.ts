/** What the forecaster reads and answers: a pure function of one item's past, no clock, no network. */

/** A series that is known in advance for the days to come too: a promotion, the weather forecast. */
export type Covariate = {
  readonly name: string;
  /** One value per day, history first, then the horizon; null = not known that day. */
  readonly values: readonly (number | null)[];
};

/** What a calendar knows of a day. An ordinary day has none. */
export type SpecialDay = {
  /** Days of the same key are alike: "cn.spring-festival", "cn.makeup-workday", "school". */
  readonly key: string;
  /** Place within a run of such days, from 0 (the eve is -1). */
  readonly nth: number;
};

/** One item's past, day by day without holes, in any unit (the same for the answer). */
export type DemandHistory = {
  /** First calendar day as the number 20261122. */
  readonly from: number;
  /** Demand of each day, 0 or more; null = closed, or not known: it teaches nothing. */
  readonly demand: readonly (number | null)[];
  /** Share of the day the store was open, 0 to 1; absent = 1. A half day is scaled up before learning. */
  readonly open?: readonly number[];
  /** Days on which stock ran out before the demand did: what was sold is the least it could be. */
  readonly censored?: readonly boolean[];
  /** History first, then the horizon. */
  readonly special?: readonly (SpecialDay | null)[];
  readonly covariates?: readonly Covariate[];
  /** What a person announced for a day ("+20 % party" = 1.2), history first, then the horizon; absent = 1. */
  readonly announced?: readonly (number | null)[];
};

export type ForecastOptions = {
  /** Days ahead, 1 or more. */
  readonly horizon: number;
  /** Middle share that the interval should hold, within (0, 1). Default 0.9. */
  readonly level?: number;
  /** Feeds whatever is drawn at random; the same seed gives the same answer to the last bit. */
  readonly seed: number;
};

export type ForecastDay = {
  readonly date: number;
  /** Expected demand; `low` and `high` bound the middle `level` of what may come. All 0 or more. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Standard error of `mean` as a prediction of the day. */
  readonly sd: number;
};

/** How well the chosen method did on days it had not seen, one day ahead. */
export type Accuracy = {
  /** Σ|actual - forecast| / Σ actual; null while there are too few days. */
  readonly wape: number | null;
  /** Σ(forecast - actual) / Σ actual. */
  readonly bias: number | null;
  /** Share of the days within the interval. */
  readonly coverage: number | null;
  /** Days that were judged. */
  readonly days: number;
};

export type Forecast = {
  readonly days: readonly ForecastDay[];
  /** Name of the candidate that won, or "par" when there is too little history. */
  readonly method: string;
  /** Less than 14 days of history: order by par instead. */
  readonly lowConfidence: boolean;
  readonly accuracy: Accuracy;
};
