/** The latest values in order of size, so that any quantile is one look-up. */

export class SortedWindow {
  readonly #latest: Float64Array;
  readonly #sorted: Float64Array;
  #next = 0;
  #count = 0;

  constructor(size: number) {
    this.#latest = new Float64Array(size);
    this.#sorted = new Float64Array(size);
  }

  get count(): number {
    return this.#count;
  }

  add(value: number): void {
    const sorted = this.#sorted;
    if (this.#count === this.#latest.length) {
      const gone = this.#place(this.#latest[this.#next] ?? 0);
      sorted.copyWithin(gone, gone + 1, this.#count);
      this.#count -= 1;
    }
    const at = this.#place(value);
    sorted.copyWithin(at + 1, at, this.#count);
    sorted[at] = value;
    this.#count += 1;
    this.#latest[this.#next] = value;
    this.#next = (this.#next + 1) % this.#latest.length;
  }

  /**
   * The value that the next one is below with chance `share` (split conformal: place share × (n + 1));
   * beyond the largest or smallest value seen it is that value.
   */
  quantile(share: number): number {
    const place = share * (this.#count + 1) - 1;
    const low = Math.max(0, Math.min(this.#count - 1, Math.floor(place)));
    const high = Math.max(0, Math.min(this.#count - 1, Math.ceil(place)));
    const a = this.#sorted[low] ?? 0;
    const b = this.#sorted[high] ?? 0;
    return a + (b - a) * Math.max(0, Math.min(1, place - low));
  }

  /** First place whose value is not below `value`. */
  #place(value: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
