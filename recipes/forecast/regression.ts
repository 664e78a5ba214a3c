/**
 * Demand as a level times effects: log(demand) = level + weekday + kind of day + covariates + what is
 * left of the last surprises. The level moves each day, the effects are solved anew each week or two.
 */
import type { Candidate } from './candidate.ts';
import type { Features } from './features.ts';
import { put, Ridge, sparseRow } from './ridge.ts';

export type RegressionRates = {
  /** Share of a day's surprise that moves the level. */
  readonly level: number;
  /** Share of what was learned of effects that is forgotten each day. */
  readonly forget: number;
  /** Days' worth of "no effect" that every effect starts with. */
  readonly ridge: number;
};

/** Up to this many days the effects are solved every week, then every other week. */
const YOUNG = 180;
/** Log surprises beyond this many usual ones count as this many: an outlier is not a new level. */
const USUAL = 2.5;
/** Added to demand before the logarithm, in mean days: keeps a day without a sale finite. */
const FLOOR = 0.05;
/** Log effects beyond this teach no more than this (a factor of 7). */
const LARGEST = 2;
/** Days' worth of "no bias" in the correction from the middle of the logarithms to the mean. */
const UNBIASED_DAYS = 30;
const BIAS_FORGET = 0.01;

export class Regression implements Candidate {
  readonly name: string;
  readonly needsSales = true;
  readonly #weekday: Uint8Array;
  readonly #features: Features;
  readonly #rates: RegressionRates;
  readonly #ridge: Ridge;
  readonly #row;
  readonly #surprises: Float64Array;
  #rowOf = -1;
  #rowEffect = 0;
  #level = 0;
  /** Mean demand of a day. */
  #size = 0;
  #count = 0;
  #spread = 0.3;
  #seen = -2;
  #sold = 0;
  #said = 0;

  constructor(name: string, weekday: Uint8Array, features: Features, rates: RegressionRates) {
    this.name = name;
    this.#weekday = weekday;
    this.#features = features;
    this.#rates = rates;
    const width = features.width + 2;
    this.#ridge = new Ridge(width, rates.forget, rates.ridge);
    this.#row = sparseRow(width);
    this.#surprises = new Float64Array(weekday.length);
  }

  predict(day: number): number {
    if (this.#size <= 0) return 0;
    const prior = UNBIASED_DAYS * this.#size;
    return (this.#expected(this.#effect(day)) * (this.#sold + prior)) / (this.#said + prior);
  }

  learn(day: number, demand: number): void {
    const first = this.#size === 0;
    this.#count += 1;
    this.#size += Math.max(0.01, 1 / this.#count) * (demand - this.#size);
    if (this.#size <= 0) return;
    const seen = Math.log(demand + FLOOR * this.#size);
    if (first) this.#level = seen;
    const effect = this.#effect(day);
    const raw = seen - this.#level - effect;
    const surprise = clip(raw, USUAL * this.#spread);
    this.#ridge.learn(this.#row, clip(seen - this.#level, LARGEST));
    this.#remember(demand, effect);
    this.#spread +=
      Math.max(0.02, 1 / (this.#count + 5)) * (1.25 * Math.min(Math.abs(raw), 1.5) - this.#spread);
    this.#level += Math.max(this.#rates.level, 1 / (this.#count + 1)) * surprise;
    this.#surprises[day] = surprise;
    this.#seen = day;
    this.#rowOf = -1;
    if (this.#count % (this.#count < YOUNG ? 7 : 14) === 0) this.#ridge.solve();
  }

  #remember(demand: number, effect: number): void {
    this.#sold = this.#sold * (1 - BIAS_FORGET) + demand;
    this.#said = this.#said * (1 - BIAS_FORGET) + this.#expected(effect);
  }

  #expected(effect: number): number {
    return Math.max(0, Math.exp(this.#level + effect) - FLOOR * this.#size);
  }

  /** Fills the row of `day` and says what its effects come to; asked again the same evening, it knows. */
  #effect(day: number): number {
    if (this.#rowOf === day) return this.#rowEffect;
    this.#rowOf = day;
    this.#rowEffect = this.#workOut(day);
    return this.#rowEffect;
  }

  #workOut(day: number): number {
    const { start, column, value, instead, width } = this.#features;
    const row = this.#row;
    row.used = 0;
    const end = start[day + 1] ?? 0;
    for (let i = start[day] ?? 0; i < end; i++) put(row, column[i] ?? 0, value[i] ?? 0);
    const other = instead[day] ?? -1;
    if (other >= 0) put(row, other, -(this.#ridge.beta[this.#weekday[day] ?? 0] ?? 0));
    if (this.#seen === day - 1) put(row, width, this.#surprises[day - 1] ?? 0);
    if (day >= 7 && this.#seen >= day - 7) put(row, width + 1, this.#surprises[day - 7] ?? 0);
    return this.#ridge.effect(row);
  }
}

function clip(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
