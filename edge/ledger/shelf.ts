/**
 * What is on the shelf now: every open lot of every item, and how much is in each other place, held
 * in memory so that a sale reads nothing from disk. It is a cache of the `balance` table, written in
 * the transaction of the moves it mirrors; a transaction that fails puts it back exactly.
 */
import { AmountOverflow } from '#recipes/amount.ts';
import { assert } from '#recipes/assert.ts';
import { type Move, UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { byFefo, type LotState } from '#recipes/stock/allocate.ts';
import type { BalanceStore } from './balance-store.ts';

/** What everybody may ask. Amounts in millionths of the item's base unit. */
export type ShelfReader = {
  /** Open lots in FEFO order, the unallocated one included when it is not empty. Do not change. */
  lotsOf(item: number): readonly LotState[];
  /** Sum over the lots; below zero when more was sold than was known. */
  onHand(item: number): number;
  /** How much is in a place other than stock (negative for suppliers). */
  inPlace(item: number, place: number): number;
  /** Calls back for every balance: each open lot of the stock, each other place with lot 0. */
  each(visit: (item: number, place: number, lot: number, amount: number) => void): void;
};

const PLACE_BITS = 16;
const NO_LOTS: readonly LotState[] = [];

export class Shelf implements ShelfReader {
  readonly #store: BalanceStore;
  readonly #lots = new Map<number, LotState[]>();
  readonly #itemOf = new Map<LotState, number>();
  readonly #places = new Map<number, number>();
  /** What was touched in this transaction, as it was before. */
  readonly #lotBefore = new Map<LotState, number>();
  readonly #placeBefore = new Map<number, number>();

  constructor(store: BalanceStore) {
    this.#store = store;
    for (const { item, place, amount, state } of store.all()) {
      if (place === PLACES.stock) this.#add(item, { ...state, amount });
      else this.#places.set(item * PLACE_BITS + place, amount);
    }
  }

  lotsOf(item: number): readonly LotState[] {
    return this.#lots.get(item) ?? NO_LOTS;
  }

  onHand(item: number): number {
    return this.lotsOf(item).reduce((sum, lot) => sum + lot.amount, 0);
  }

  inPlace(item: number, place: number): number {
    return this.#places.get(item * PLACE_BITS + place) ?? 0;
  }

  each(visit: (item: number, place: number, lot: number, amount: number) => void): void {
    for (const [item, lots] of this.#lots) {
      for (const { lot, amount } of lots) visit(item, PLACES.stock, lot, amount);
    }
    for (const [key, amount] of this.#places) {
      visit(Math.floor(key / PLACE_BITS), key % PLACE_BITS, UNALLOCATED, amount);
    }
  }

  move({ item, lot, from, to, amount }: Move): void {
    this.#change(item, lot, from, -amount);
    this.#change(item, lot, to, amount);
  }

  /** Writes what was touched in this transaction; it can still be reverted. */
  flush(): void {
    for (const state of this.#lotBefore.keys()) {
      const item = this.#itemOf.get(state);
      assert(item !== undefined, `lot ${state.lot} belongs to no item`);
      assert(state.amount >= 0 || state.lot === UNALLOCATED, `lot ${state.lot} went below zero`);
      this.#store.write(item, PLACES.stock, state.lot, state.amount);
    }
    for (const key of this.#placeBefore.keys()) {
      const amount = this.#places.get(key) ?? 0;
      this.#store.write(Math.floor(key / PLACE_BITS), key % PLACE_BITS, UNALLOCATED, amount);
    }
  }

  /** The transaction is on disk. @returns the item numbers whose stock it touched */
  keep(): ReadonlySet<number> {
    const touched = new Set<number>();
    for (const state of this.#lotBefore.keys()) {
      const item = this.#itemOf.get(state);
      if (item !== undefined) touched.add(item);
      this.#dropEmpty(state);
    }
    this.#lotBefore.clear();
    this.#placeBefore.clear();
    return touched;
  }

  /** The transaction did not happen. */
  revert(): void {
    for (const [state, before] of this.#lotBefore) {
      state.amount = before;
      this.#dropEmpty(state);
    }
    for (const [key, before] of this.#placeBefore) this.#places.set(key, before);
    this.#lotBefore.clear();
    this.#placeBefore.clear();
  }

  #change(item: number, lot: number, place: number, amount: number): void {
    if (place === PLACES.stock) {
      const state = this.#lotState(item, lot);
      if (!this.#lotBefore.has(state)) this.#lotBefore.set(state, state.amount);
      state.amount += amount;
      inRange(state.amount, `the balance of item ${item}`);
      return;
    }
    const key = item * PLACE_BITS + place;
    const before = this.#places.get(key) ?? 0;
    if (!this.#placeBefore.has(key)) this.#placeBefore.set(key, before);
    const after = before + amount;
    inRange(after, `the total of item ${item}`);
    this.#places.set(key, after);
  }

  /** A lot that is not open (new, or used up before) is read from its receipt. */
  #lotState(item: number, lot: number): LotState {
    const open = this.#lots.get(item)?.find((state) => state.lot === lot);
    return open ?? this.#add(item, { ...this.#store.lot(item, lot), amount: 0 });
  }

  #add(item: number, state: LotState): LotState {
    const list = this.#lots.get(item) ?? [];
    if (list.length === 0) this.#lots.set(item, list);
    list.push(state);
    list.sort(byFefo);
    this.#itemOf.set(state, item);
    return state;
  }

  #dropEmpty(state: LotState): void {
    const list = this.#lots.get(this.#itemOf.get(state) ?? Number.NaN);
    if (state.amount !== 0 || list === undefined) return;
    list.splice(list.indexOf(state), 1);
    this.#itemOf.delete(state);
  }
}

/** Input can lead here, so it is no bug of ours. */
function inRange(amount: number, what: string): void {
  if (!Number.isSafeInteger(amount)) throw new AmountOverflow(`${what} would be out of range`);
}
