/**
 * The contest: every candidate goes through the past day by day; each evening the errors so far say how
 * much each one's word counts for tomorrow. The answer of each evening was made with what was known
 * then, choice included, so that its errors are an honest back-test of the whole.
 */
import type { Candidate } from './candidate.ts';
import type { DemandDays } from './demand-days.ts';
import { Residuals } from './residuals.ts';
import type { Accuracy } from './types.ts';

/** Share of an error that is forgotten each day: half of it in ten weeks. */
const FORGET = 0.01;
/** Only who errs less than this much more than the best has a say. */
const CLOSE = 1.15;
/** One alone must err this much less than all together to be preferred: errors are known only roughly. */
const CLEARLY_BETTER = 0.97;
/** Days before answers are judged: the first ones are made of nothing. */
const WARM_UP = 14;

/** Days between two looks a whole horizon ahead: they cost as much as the contest itself. */
const FAR_EVERY = 3;
const MOST_GROWTH = 3;

export const TOGETHER = 'together';

export type Contest = {
  /** What the winner expects of a whole ordinary day. */
  readonly expect: (day: number) => number;
  readonly residuals: Residuals;
  /** How much wider the error of the last day of the horizon is than that of the first, 1 or more. */
  readonly growth: number;
  readonly method: string;
  readonly accuracy: Accuracy;
};

export function runContest(
  days: DemandDays,
  candidates: readonly Candidate[],
  level: number,
): Contest {
  const jury = new Jury(candidates);
  const residuals = new Residuals();
  const tally = openTally();
  const far = new Far(days.demand.length - days.past);
  let taught = 0;
  for (let day = 0; day < days.past; day++) {
    const demand = days.demand[day] ?? Number.NaN;
    if (Number.isNaN(demand)) continue;
    if (day % FAR_EVERY === 0 && taught >= WARM_UP) far.ask(day, jury);
    const said = jury.expect(day);
    const isLeast = days.censored[day] === 1;
    const learned = isLeast ? leastDemand(said, demand, residuals.sd(said)) : demand;
    if (!isLeast && taught >= WARM_UP) {
      tally(said, demand, residuals.bounds(said, level), days.factor[day] ?? 1);
    }
    if (!isLeast && taught > 0) {
      jury.judge(demand);
      residuals.add(said, demand);
      far.judge(day, said, demand);
    }
    for (const candidate of candidates) candidate.learn(day, learned);
    taught += 1;
  }
  return {
    expect: (day) => jury.expect(day),
    residuals,
    growth: far.growth(),
    method: jury.method,
    accuracy: tally.accuracy(),
  };
}

/** Compares what is said a whole horizon ahead with what is said the evening before, of the same days. */
class Far {
  readonly #horizon: number;
  /** Answers that wait for their day, by day modulo the horizon. */
  readonly #said: Float64Array;
  #near = 0;
  #far = 0;

  constructor(horizon: number) {
    this.#horizon = horizon;
    this.#said = new Float64Array(horizon).fill(Number.NaN);
  }

  ask(day: number, jury: Jury): void {
    if (this.#horizon === 1) return;
    const target = day + this.#horizon - 1;
    this.#said[target % this.#horizon] = jury.expect(target);
  }

  judge(day: number, near: number, demand: number): void {
    const far = this.#said[day % this.#horizon] ?? Number.NaN;
    if (Number.isNaN(far)) return;
    this.#near += (near - demand) ** 2;
    this.#far += (far - demand) ** 2;
    this.#said[day % this.#horizon] = Number.NaN;
  }

  growth(): number {
    if (this.#near === 0) return 1;
    return Math.max(1, Math.min(MOST_GROWTH, Math.sqrt(this.#far / this.#near)));
  }
}

/** Weighs the candidates by their errors so far. */
class Jury {
  readonly #candidates: readonly Candidate[];
  readonly #said: Float64Array;
  readonly #errors: Float64Array;
  readonly #weights: Float64Array;
  #together = 0;
  #togetherError = 0;
  #alone = -1;

  constructor(candidates: readonly Candidate[]) {
    this.#candidates = candidates;
    this.#said = new Float64Array(candidates.length);
    this.#errors = new Float64Array(candidates.length);
    this.#weights = new Float64Array(candidates.length).fill(1 / candidates.length);
  }

  get method(): string {
    return this.#candidates[this.#alone]?.name ?? TOGETHER;
  }

  expect(day: number): number {
    let sum = 0;
    for (let i = 0; i < this.#said.length; i++) {
      const said = Math.max(0, this.#candidates[i]?.predict(day) ?? 0);
      this.#said[i] = said;
      sum += said * (this.#weights[i] ?? 0);
    }
    this.#together = sum;
    return this.#alone < 0 ? sum : (this.#said[this.#alone] ?? 0);
  }

  /** Takes the errors of the last `expect` into account. */
  judge(demand: number): void {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.#said.length; i++) {
      const error = (this.#errors[i] ?? 0) * (1 - FORGET) + Math.abs((this.#said[i] ?? 0) - demand);
      this.#errors[i] = error;
      if (error < least) [least, best] = [error, i];
    }
    this.#togetherError = this.#togetherError * (1 - FORGET) + Math.abs(this.#together - demand);
    this.#alone = least < CLEARLY_BETTER * this.#togetherError ? best : -1;
    this.#weigh(least);
  }

  #weigh(least: number): void {
    let total = 0;
    for (let i = 0; i < this.#errors.length; i++) {
      const error = this.#errors[i] ?? 0;
      const weight = error > CLOSE * least ? 0 : error === 0 ? 1 : sixteenth(least / error);
      this.#weights[i] = weight;
      total += weight;
    }
    for (let i = 0; i < this.#weights.length; i++) {
      this.#weights[i] = (this.#weights[i] ?? 0) / total;
    }
  }
}

/** A candidate's weight is its error to the power of -16: a tenth more wrong counts a fifth as much. */
function sixteenth(share: number): number {
  const fourth = share * share * share * share;
  const eighth = fourth * fourth;
  return eighth * eighth;
}

/**
 * What a day that sold out most likely asked for: the mean of the demands it may have been, given that it
 * was at least `sold` (truncated normal). Never less than what was expected anyway.
 */
function leastDemand(said: number, sold: number, sd: number): number {
  if (sd <= 0) return Math.max(said, sold);
  const z = (sold - said) / sd;
  if (z < -4) return said;
  const mean = said + sd * hazard(z);
  return Math.max(said, sold, Math.min(mean, MOST_UNSEEN * Math.max(said, sold)));
}

/** What nobody saw is believed up to this multiple of what was sold or expected. */
const MOST_UNSEEN = 1.3;

/** Density over upper tail of the standard normal; for large z it is close to z + 1/z. */
function hazard(z: number): number {
  if (z > 4) return z + 1 / z;
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / upperTail(z);
}

/** Zelen and Severo 1964 (Abramowitz and Stegun 26.2.17), error below 1e-7. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z >= 0 ? tail : 1 - tail;
}

type Tally = {
  (said: number, demand: number, bounds: readonly [number, number], factor: number): void;
  accuracy(): Accuracy;
};

function openTally(): Tally {
  let [days, off, over, sold, held] = [0, 0, 0, 0, 0];
  const add = (
    said: number,
    demand: number,
    [low, high]: readonly [number, number],
    factor: number,
  ) => {
    days += 1;
    off += Math.abs(said - demand) * factor;
    over += (said - demand) * factor;
    sold += demand * factor;
    if (demand >= low && demand <= high) held += 1;
  };
  const accuracy = (): Accuracy => ({
    wape: sold > 0 ? off / sold : null,
    bias: sold > 0 ? over / sold : null,
    coverage: days > 0 ? held / days : null,
    days,
  });
  return Object.assign(add, { accuracy });
}
