/**
 * What the box knew when an entry was written: the books and codes of the entries before it. Posting
 * never looks into the future, so neither may who checks it.
 */
import type { BookStore } from './book-store.ts';
import { Knowledge } from './knowledge.ts';

/** States of knowledge kept ready; sales mostly come in the order in which things were learnt. */
const KEPT = 4;

export type History = {
  /** How many times something was learnt before an entry: the number of its state of knowledge. */
  stateAt(seq: number): number;
  /** How many states there are; the newest has this number less one. */
  readonly states: number;
  knowledge(state: number): Knowledge;
};

/** @param item number of an item code in the ledger */
export function openHistory(books: BookStore, item: (code: string) => number | undefined): History {
  const versions = books.versions();
  const mappings = books.mappings();
  const learnt = [...new Set([...versions, ...mappings].map(({ entry }) => entry))].sort(
    (a, b) => a - b,
  );
  const ready = new Map<number, Knowledge>();

  function open(state: number): Knowledge {
    const until = state === 0 ? 0 : (learnt[state - 1] ?? 0);
    const past: BookStore = {
      ...books,
      versions: () => versions.filter(({ entry }) => entry <= until),
      mappings: () => mappings.filter(({ entry }) => entry <= until),
    };
    return new Knowledge(past, item);
  }

  return {
    states: learnt.length + 1,
    stateAt(seq) {
      let low = 0;
      let high = learnt.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((learnt[middle] ?? 0) < seq) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    knowledge(state) {
      const known = ready.get(state) ?? open(state);
      // Used last is kept longest.
      ready.delete(state);
      ready.set(state, known);
      const [oldest] = ready.keys();
      if (ready.size > KEPT && oldest !== undefined) ready.delete(oldest);
      return known;
    },
  };
}
