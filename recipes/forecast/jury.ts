/** Weighs what the candidates say by how wrong each was lately. */
import type { Candidate } from './candidate.ts';

export const TOGETHER = 'together';

/** Share of an error that is forgotten each day: half of it in ten weeks. */
const FORGET = 0.01;
/** Only who errs less than this much more than the best has a say. */
const CLOSE = 1.15;
/**
 * Above this share of days without a sale the middle of what may come is nothing at all, and absolute
 * errors would reward whoever expects nothing: there squared errors judge, whose best is the mean.
 */
const SELDOM = 0.25;
/** One alone must err this much less than all together to be preferred: errors are known only roughly. */
const CLEARLY_BETTER = 0.97;

export class Jury {
  readonly #candidates: readonly Candidate[];
  readonly #said: Float64Array;
  readonly #weights: Float64Array;
  /** Decaying sums of absolute and of squared errors; the last one is that of all together. */
  readonly #off: Float64Array;
  readonly #squares: Float64Array;
  #together = 0;
  #alone = -1;
  #emptyDays = 0;
  #days = 0;

  constructor(candidates: readonly Candidate[]) {
    const count = candidates.length;
    this.#candidates = candidates;
    this.#said = new Float64Array(count);
    this.#weights = new Float64Array(count).fill(1 / count);
    this.#off = new Float64Array(count + 1);
    this.#squares = new Float64Array(count + 1);
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
    const count = this.#said.length;
    this.#days = this.#days * (1 - FORGET) + 1;
    this.#emptyDays = this.#emptyDays * (1 - FORGET) + (demand > 0 ? 0 : 1);
    for (let i = 0; i <= count; i++) {
      const error = Math.abs((i < count ? (this.#said[i] ?? 0) : this.#together) - demand);
      this.#off[i] = (this.#off[i] ?? 0) * (1 - FORGET) + error;
      this.#squares[i] = (this.#squares[i] ?? 0) * (1 - FORGET) + error * error;
    }
    this.#choose();
  }

  #choose(): void {
    const isSeldom = this.#emptyDays > SELDOM * this.#days;
    const errorOf = (i: number) =>
      isSeldom ? Math.sqrt(this.#squares[i] ?? 0) : (this.#off[i] ?? 0);
    const count = this.#said.length;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      if (isSeldom && this.#candidates[i]?.needsSales === true) continue;
      const error = errorOf(i);
      if (error < least) [least, best] = [error, i];
    }
    this.#alone = least < CLEARLY_BETTER * errorOf(count) ? best : -1;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const error = errorOf(i);
      const isOut = error > CLOSE * least || (isSeldom && this.#candidates[i]?.needsSales === true);
      const weight = isOut ? 0 : error === 0 ? 1 : sixteenth(least / error);
      this.#weights[i] = weight;
      total += weight;
    }
    for (let i = 0; i < count; i++) this.#weights[i] = (this.#weights[i] ?? 0) / total;
  }
}

/** A candidate's weight is its error to the power of -16: a tenth more wrong counts a fifth as much. */
function sixteenth(share: number): number {
  const fourth = share * share * share * share;
  const eighth = fourth * fourth;
  return eighth * eighth;
}
