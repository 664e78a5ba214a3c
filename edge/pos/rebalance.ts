/**
 * Brings what a sale took to where it belongs now: sold, waste, comp, or back into the lots it left.
 *
 * Voids, refunds, snapshots and late postings all end here, because all of them are the same
 * statement: "this is what the lines should have taken by now; post the difference". What is put back
 * comes out of what this sale took, lot by lot, so it can never be more than that.
 */
import { assert } from '#recipes/assert.ts';
import type { EntryKind } from '#recipes/ledger/entry.ts';
import { PLACES, type Place } from '#recipes/ledger/place.ts';
import { DISPOSITIONS } from '#recipes/stock/disposition.ts';
import { splitTaken, type TakenBackQty } from '#recipes/stock/take-back.ts';
import type { Draft } from '../ledger/draft.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { PLAIN_SALE, type StoredSale } from './sale-store.ts';
import { type SettleParts, type Settling, saleHead } from './settling.ts';
import type { TakenBack } from './taken-back-store.ts';

/** What one line took of one item, and where it is now, by place and lot. */
export type Position = {
  readonly line: number;
  readonly item: number;
  /** By the line's quantity alone, before anything was taken back. */
  taken: number;
  /** The newest entry that took it. */
  takenAt: number;
  /** Newest last. */
  readonly lots: { readonly lot: number; readonly place: Place; amount: number }[];
};

/** Sold quantity of a line now, and what it should have taken; undefined = as it did. */
export type LineTarget = {
  readonly qty: number;
  readonly takes?: ReadonlyMap<number, number>;
};

/**
 * @param said the book it is worked out with, and why; default: the book of the sale's newest entry
 * @returns the number of moves posted; 0 when everything is where it belongs
 */
export function rebalance(
  parts: SettleParts,
  at: Settling,
  sale: StoredSale,
  kind: EntryKind,
  targets: ReadonlyMap<number, LineTarget>,
  said?: { readonly book: number | undefined; readonly note: string },
): number {
  const positions = readPositions(parts.ledger, sale.id);
  const back = backByLine(parts.backs.ofSale(sale.id));
  const takenOf = takenReader(parts, sale);
  const draft = parts.ledger.draft();
  let book: number | null = null;
  for (const head of parts.ledger.entries.ofSale(sale.id)) book = head.book ?? book;
  for (const [line, target] of targets) {
    for (const item of itemsOf(positions, line, target)) {
      const position = positions.get(key(line, item)) ?? newPosition(line, item);
      const taken = target.takes ? (target.takes.get(item) ?? 0) : takenOf(position);
      shift(draft, position, taken, splitTaken(taken, target.qty, back.get(line) ?? NONE));
    }
  }
  if (draft.moves.length === 0) return 0;
  const head = saleHead(at, sale, kind, said?.book ?? book);
  parts.ledger.append({ ...head, note: said?.note ?? null }, draft);
  return draft.moves.length;
}

/**
 * What a line took by its quantity alone. The entries of a plain sale only take, so they say it; a
 * snapshot posts a difference, and so does a book that came late after something was taken back, so
 * what they take was written down.
 */
function takenReader(parts: SettleParts, sale: StoredSale): (position: Position) => number {
  const rows = parts.snapshotTakes.ofSale(sale.id);
  const said = new Map(rows.map(({ line, item, amount }) => [key(line, item), amount]));
  if (sale.revision !== PLAIN_SALE) return ({ line, item }) => said.get(key(line, item)) ?? 0;
  return ({ line, item, taken }) => said.get(key(line, item)) ?? taken;
}

const NONE: TakenBackQty = { notMade: 0, discarded: 0, servedFree: 0 };
const OUTSIDE = [PLACES.sold, PLACES.waste, PLACES.comp] as const;
const TAKING_KINDS: ReadonlySet<EntryKind> = new Set(['sale', 'snapshot']);

function key(line: number, item: number): string {
  return `${line}:${item}`;
}

function itemsOf(
  positions: ReadonlyMap<string, Position>,
  line: number,
  target: LineTarget,
): Set<number> {
  const items = new Set(target.takes?.keys());
  for (const position of positions.values()) if (position.line === line) items.add(position.item);
  return items;
}

/** Replays the sale's entries: what each line took, and in which place and lot it is now. */
export function readPositions(ledger: Ledger, sale: number): Map<string, Position> {
  const positions = new Map<string, Position>();
  for (const head of ledger.entries.ofSale(sale)) {
    for (const move of ledger.entries.movesOf(head.seq)) {
      const id = key(move.line, move.item);
      const position = positions.get(id) ?? newPosition(move.line, move.item);
      positions.set(id, position);
      if (TAKING_KINDS.has(head.kind)) {
        position.takenAt = head.seq;
        if (move.from === PLACES.stock) position.taken += move.amount;
        if (move.to === PLACES.stock) position.taken -= move.amount;
      }
      if (move.from !== PLACES.stock) change(position, move.lot, move.from, -move.amount);
      if (move.to !== PLACES.stock) change(position, move.lot, move.to, move.amount);
    }
  }
  return positions;
}

function newPosition(line: number, item: number): Position {
  return { line, item, taken: 0, takenAt: 0, lots: [] };
}

function change(position: Position, lot: number, place: number, amount: number): void {
  const known = position.lots.find((l) => l.lot === lot && l.place === place);
  if (known) known.amount += amount;
  else position.lots.push({ lot, place: place as Place, amount });
}

/** Posts the moves that bring one line's item from where it is to the wanted split. */
function shift(
  draft: Draft,
  position: Position,
  taken: number,
  want: { sold: number; waste: number; comp: number },
): void {
  const { line, item } = position;
  const wanted: Record<number, number> = {
    [PLACES.sold]: want.sold,
    [PLACES.waste]: want.waste,
    [PLACES.comp]: want.comp,
  };
  const missing = OUTSIDE.map((place) => ({
    place,
    amount: (wanted[place] ?? 0) - inPlace(position, place),
  })).filter((m) => m.amount > 0);
  // Newest takes go back first, so that what is put back and taken again keeps its first lots.
  for (const from of [...position.lots].reverse()) {
    let surplus = Math.min(from.amount, inPlace(position, from.place) - (wanted[from.place] ?? 0));
    while (surplus > 0) {
      const need = missing.find((m) => m.amount > 0);
      const amount = Math.min(surplus, need?.amount ?? surplus);
      const to = need?.place ?? PLACES.stock;
      draft.move({ line, item, lot: from.lot, from: from.place, to, amount });
      from.amount -= amount;
      if (need) need.amount -= amount;
      if (need) change(position, from.lot, to, amount);
      surplus -= amount;
    }
  }
  for (const need of missing) if (need.amount > 0) draft.take(line, item, need.amount, need.place);
  assert(taken >= 0, `line ${line} would have taken ${taken} of item ${item}`);
}

function inPlace(position: Position, place: Place): number {
  return position.lots.reduce((sum, l) => (l.place === place ? sum + l.amount : sum), 0);
}

/** Quantities taken back by line, for `splitTaken`. */
export function backByLine(rows: readonly TakenBack[]): Map<number, TakenBackQty> {
  const lines = new Map<number, TakenBackQty>();
  for (const row of rows) {
    const known = lines.get(row.line) ?? NONE;
    lines.set(row.line, {
      notMade: known.notMade + (row.disposition === DISPOSITIONS.not_made ? row.qty : 0),
      discarded: known.discarded + (row.disposition === DISPOSITIONS.made_discarded ? row.qty : 0),
      servedFree:
        known.servedFree + (row.disposition === DISPOSITIONS.made_served_free ? row.qty : 0),
    });
  }
  return lines;
}
