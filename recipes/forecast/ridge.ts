/**
 * Ridge regression that forgets: decaying sums of squares, solved by a few Gauss-Seidel sweeps from the
 * last solution. The sums form a positive definite system, so the sweeps converge; a week of news moves
 * the solution so little that two are enough.
 */

/** One row: the columns that are not zero. Reused from day to day, so that nothing is allocated. */
export type SparseRow = { used: number; readonly column: Int32Array; readonly value: Float64Array };

/** An empty row with room for `width` columns. */
export function sparseRow(width: number): SparseRow {
  return { used: 0, column: new Int32Array(width), value: new Float64Array(width) };
}

/** Adds a column to the row; there must be room for it. */
export function put(row: SparseRow, column: number, value: number): void {
  row.column[row.used] = column;
  row.value[row.used] = value;
  row.used += 1;
}

const SWEEPS = 2;
/** A column that would move by less is left alone: 0.3 % of demand is nothing beside its noise. */
const STILL = 0.003;

export class Ridge {
  readonly width: number;
  readonly beta: Float64Array;
  readonly #keep: number;
  readonly #ridge: number;
  readonly #gram: Float64Array;
  /** What the rows still ask of each column: aim - gram × beta, kept up to date. */
  readonly #pull: Float64Array;
  /** 1 = a row had something to say of the column since the last solution; the others wait for theirs. */
  readonly #touched: Uint8Array;
  /** Weight of the next row: grows instead of shrinking all sums each day. */
  #weight = 1;

  /**
   * @param forget share of the sums forgotten per row
   * @param ridge rows' worth of "no effect" in each column
   */
  constructor(width: number, forget: number, ridge: number) {
    this.width = width;
    this.beta = new Float64Array(width);
    this.#keep = 1 - forget;
    this.#ridge = ridge;
    this.#gram = new Float64Array(width * width);
    this.#pull = new Float64Array(width);
    this.#touched = new Uint8Array(width);
  }

  /** What the row's columns say together. */
  effect(row: SparseRow): number {
    const { used, column, value } = row;
    let sum = 0;
    for (let i = 0; i < used; i++) {
      sum += (this.beta[column[i] ?? 0] ?? 0) * (value[i] ?? 0);
    }
    return sum;
  }

  learn(row: SparseRow, target: number): void {
    this.#weight /= this.#keep;
    const { used, column, value } = row;
    const { width } = this;
    const [gram, pull] = [this.#gram, this.#pull];
    const missed = target - this.effect(row);
    for (let i = 0; i < used; i++) {
      const weighted = this.#weight * (value[i] ?? 0);
      const c = column[i] ?? 0;
      pull[c] = (pull[c] ?? 0) + weighted * missed;
      this.#touched[c] = 1;
      for (let j = 0; j < used; j++) {
        const cell = c * width + (column[j] ?? 0);
        gram[cell] = (gram[cell] ?? 0) + weighted * (value[j] ?? 0);
      }
    }
  }

  solve(): void {
    const { width, beta } = this;
    const [gram, pull] = [this.#gram, this.#pull];
    const ridge = this.#ridge * this.#weight;
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      for (let i = 0; i < width; i++) {
        if (this.#touched[i] === 0) continue;
        const at = i * width;
        const old = beta[i] ?? 0;
        const step = ((pull[i] ?? 0) - ridge * old) / ((gram[at + i] ?? 0) + ridge);
        if (Math.abs(step) < STILL) continue;
        beta[i] = old + step;
        for (let j = 0; j < width; j++) pull[j] = (pull[j] ?? 0) - step * (gram[at + j] ?? 0);
      }
    }
    this.#touched.fill(0);
  }
}
