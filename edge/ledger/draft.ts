/**
 * The moves of an entry while they are worked out. Each is applied to the shelf at once, so that the
 * second line of a sale sees what the first one took; a transaction that fails puts all of it back.
 */
import { assert } from '#recipes/assert.ts';
import type { Move } from '#recipes/ledger/entry.ts';
import { PLACES, type Place } from '#recipes/ledger/place.ts';
import { allocate } from '#recipes/stock/allocate.ts';
import type { Shelf } from './shelf.ts';

export class Draft {
  readonly moves: Move[] = [];
  readonly #shelf: Shelf;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  move(move: Move): void {
    assert(
      Number.isSafeInteger(move.amount) && move.amount > 0 && move.from !== move.to,
      `move of item ${move.item}: ${move.amount} from ${move.from} to ${move.to}`,
    );
    this.#shelf.move(move);
    this.moves.push(move);
  }

  /** Takes an amount from the item's lots, first expired first out. */
  take(line: number, item: number, amount: number, to: Place): void {
    const from = PLACES.stock;
    const before = this.moves.length;
    allocate(this.#shelf.lotsOf(item), amount, (lot, part) => {
      this.moves.push({ line, item, lot, from, to, amount: part });
    });
    // Applied after the walk over the lots, which must not change under it.
    for (let i = before; i < this.moves.length; i++) this.#shelf.move(this.moves[i] as Move);
  }
}
