/**
 * What entries change, summed before it is written: balances, flows between places by day, and how
 * many entries of each kind a day has. Also folds a whole ledger, so that what was added up batch by
 * batch can be compared with it.
 */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { type EntryRecord, eachMove } from '#recipes/sync/read-entry-text.ts';
import { StateDigest } from '#recipes/sync/state-digest.ts';

/** Lots are told apart in the larder only; elsewhere the lot is 0. */
export type BalanceRow = {
  readonly item: number;
  readonly place: number;
  readonly lot: number;
  readonly amount: number;
};
export type FlowRow = {
  readonly day: number;
  readonly item: number;
  readonly src: number;
  readonly dst: number;
  readonly amount: number;
};
export type DayTotalRow = {
  readonly day: number;
  readonly kind: number;
  readonly entries: number;
  readonly sales: number;
};

/** The part of an entry that changes something. */
export type Changing = Pick<EntryRecord, 'kind' | 'event' | 'sale' | 'day' | 'note' | 'moves'>;

/** Sums of balances alone. */
export class BalanceSums {
  /** By item and place, then lot. */
  readonly #balances = new Map<number, Map<number, number>>();

  /** Adds the moves of an entry, in the packed form. */
  add(moves: string): void {
    eachMove(moves, (_line, item, lot, from, to, amount) => {
      this.move(item, lot, from, to, amount);
    });
  }

  move(item: number, lot: number, from: number, to: number, amount: number): void {
    this.#change(item, from, lot, -amount);
    this.#change(item, to, lot, amount);
  }

  /** Sorted by key, without what cancelled out. */
  rows(): BalanceRow[] {
    const rows: BalanceRow[] = [];
    for (const [key, lots] of this.#balances) {
      const place = key % PLACES_MAX;
      const item = Math.floor(key / PLACES_MAX);
      for (const [lot, amount] of lots) {
        if (amount !== 0) rows.push({ item, place, lot, amount: whole(amount) });
      }
    }
    // In the order of the key: two writers never wait for each other crosswise.
    return rows.sort((a, b) => a.item - b.item || a.place - b.place || a.lot - b.lot);
  }

  #change(item: number, place: number, lot: number, amount: number): void {
    const lots = inner(this.#balances, item * PLACES_MAX + place);
    const apart = place === PLACES.stock ? lot : 0;
    lots.set(apart, (lots.get(apart) ?? 0) + amount);
  }
}

export class Changes {
  readonly #balances = new BalanceSums();
  /** By day, then item and both places. */
  readonly #flows = new Map<number, Map<number, number>>();
  /** By day, then kind. */
  readonly #totals = new Map<number, Map<number, { entries: number; sales: number }>>();

  add(entry: Changing): void {
    const flows = inner(this.#flows, entry.day);
    eachMove(entry.moves, (_line, item, lot, from, to, amount) => {
      this.#balances.move(item, lot, from, to, amount);
      const flow = (item * PLACES_MAX + from) * PLACES_MAX + to;
      flows.set(flow, (flows.get(flow) ?? 0) + amount);
    });
    this.#count(entry);
  }

  /** Of what changed, sorted by key, without what cancelled out. */
  balances(): BalanceRow[] {
    return this.#balances.rows();
  }

  flows(): FlowRow[] {
    const rows: FlowRow[] = [];
    for (const [day, flows] of this.#flows) {
      for (const [key, amount] of flows) {
        const dst = key % PLACES_MAX;
        const rest = Math.floor(key / PLACES_MAX);
        const [item, src] = [Math.floor(rest / PLACES_MAX), rest % PLACES_MAX];
        rows.push({ day, item, src, dst, amount: whole(amount) });
      }
    }
    return rows;
  }

  totals(): DayTotalRow[] {
    return [...this.#totals].flatMap(([day, kinds]) =>
      [...kinds].map(([kind, { entries, sales }]) => ({ day, kind, entries, sales })),
    );
  }

  #count({ day, kind, event, sale, note }: Changing): void {
    const kinds = inner(this.#totals, day);
    const total = kinds.get(kind) ?? { entries: 0, sales: 0 };
    total.entries += 1;
    // One with a note is a difference: its book, or the code of one of its dishes, came late.
    const opens = OPENS_SALES.has(kind) && note === null;
    if (opens && event !== null && event === sale) total.sales += 1;
    kinds.set(kind, total);
  }
}

/** The digest after these changes. */
export function digestAfter(digest: string, changes: readonly BalanceRow[]): string {
  const sum = new StateDigest(digest);
  for (const { item, place, lot, amount } of changes) sum.add(item, place, lot, amount);
  return sum.hex();
}

/** A move's text has room for two digits. */
const PLACES_MAX = 100;
/** An entry of these opened a sale when its event is the sale's own. */
const OPENS_SALES: ReadonlySet<number> = new Set([ENTRY_KINDS.sale, ENTRY_KINDS.snapshot]);

function inner<V>(map: Map<number, Map<number, V>>, key: number): Map<number, V> {
  let found = map.get(key);
  if (found === undefined) {
    found = new Map();
    map.set(key, found);
  }
  return found;
}

/** Nine thousand tonnes of one item in one place: no kitchen, and nothing is rounded silently. */
function whole(amount: number): number {
  if (Number.isSafeInteger(amount)) return amount;
  throw new TooMuchError('a sum of amounts is larger than 2^53 millionths');
}

/** What entries say cannot be added up. */
export class TooMuchError extends Error {
  override readonly name = 'TooMuchError';
}
