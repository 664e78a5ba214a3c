/** How much less is known a whole horizon ahead than the evening before, judged on the same days. */

/** Whatever the past says, the last day is not believed to be more uncertain than this many times the first. */
const MOST_GROWTH = 3;

/** Compares what is said a whole horizon ahead with what is said the evening before, of the same days. */
export class FarAhead {
  readonly #horizon: number;
  /** Answers that wait for their day, by day modulo the horizon. */
  readonly #said: Float64Array;
  #near = 0;
  #far = 0;

  constructor(horizon: number) {
    this.#horizon = horizon;
    this.#said = new Float64Array(horizon).fill(Number.NaN);
  }

  ask(day: number, expect: (day: number) => number): void {
    if (this.#horizon === 1) return;
    const target = day + this.#horizon - 1;
    this.#said[target % this.#horizon] = expect(target);
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
