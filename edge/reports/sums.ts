/** Sums by a key of several fields, in the order in which the keys came. */

export class Sums<K extends object, S extends object> {
  readonly #fresh: () => S;
  readonly #sums = new Map<string, { readonly key: K; readonly sum: S }>();

  constructor(fresh: () => S) {
    this.#fresh = fresh;
  }

  /** The sum of a key, to be added to. */
  of(key: K): S {
    const text = JSON.stringify(key);
    let known = this.#sums.get(text);
    if (known === undefined) {
      known = { key, sum: this.#fresh() };
      this.#sums.set(text, known);
    }
    return known.sum;
  }

  list(): ({ readonly key: K } & S)[] {
    return [...this.#sums.values()].map(({ key, sum }) => ({ key, ...sum }));
  }
}
