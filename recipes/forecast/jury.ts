/** Weighs what the candidates say by how wrong each was lately. */
import type { Candidate } from './candidate.ts';

export const TOGETHER = 'together';

/** Share of an error that is forgotten each day: half of it in ten weeks. */
const FORGET = 0.01;
/** Only who errs less than this much more than the best has a say. */
const CLOSE = 1.15;
/** One alone must err this much less than all together to be preferred: errors are known only roughly. */
const CLEARLY_BETTER = 0.97;
export class Jury {
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
