/**
 * One walk over all entries and moves: numbers, hashes, amounts, places, lots, and the sum of
 * everything, to compare with the balances afterwards.
 */
import { hash } from 'node:crypto';
import {
  type EntryHead,
  entryKindName,
  entryText,
  type Move,
  UNALLOCATED,
} from '#recipes/ledger/entry.ts';
import { PLACES, placeName } from '#recipes/ledger/place.ts';
import { GENESIS } from './append.ts';
import type { Checks } from './audit-check.ts';
import type { AuditFile, Row } from './audit-store.ts';
import type { Worths } from './audit-values.ts';
import { MOVES_PER_ENTRY } from './entry-store.ts';

export type Folded = {
  /** Item to lot to millionths in stock. */
  readonly stock: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** `item × 16 + place` to millionths, for every place but stock. */
  readonly places: ReadonlyMap<number, number>;
  /** Moves of the entries that name an event, by its number. */
  readonly movesOfEvent: Int32Array;
  readonly seq: number;
  readonly headHash: string;
};

export const PLACE_BITS = 16;

const ENTRY =
  'seq, kind, event, sale, reverses, book, day, occurred_at, recorded_at, command, actor, note, hash';
const PROGRESS_EVERY = 4_096;

export type Lots = ReadonlyMap<
  number,
  { readonly item: number; readonly entry: number; received: number }
>;

/** @param lots of the lot table; what came in for each is added to `received` */
export function walkChain(
  file: AuditFile,
  checks: Checks,
  { lots, worths }: { readonly lots: Lots; readonly worths: Worths },
  progress: (done: number, total: number) => void,
): Folded {
  const total = file.number('SELECT max(seq) FROM entry');
  const events = file.number('SELECT max(id) FROM event');
  // A file whose numbers are nonsense is reported, not obeyed with terabytes.
  const movesOfEvent = new Int32Array(Math.min(Math.max(events, 0), EVENTS_MAX) + 1);
  const folding = openFold(checks, lots);
  const moves = file.pages('id, line, item, lot, src, dst, amount', 'move');
  let next = moves.next();
  let seq = 0;
  let headHash = GENESIS;
  for (const row of file.pages(ENTRY, 'entry')) {
    const at = Number(row[0]);
    if (at !== seq + 1)
      checks.breach('sequence', `entry ${at}`, `comes after ${seq}: ${at - seq - 1} missing`);
    seq = at;
    const list: Move[] = [];
    const first = at * MOVES_PER_ENTRY;
    while (next.done !== true && Number(next.value[0]) < first + MOVES_PER_ENTRY) {
      const move = moveOf(next.value);
      if (Number(next.value[0]) < first) strayed(checks, next.value);
      else {
        if (Number(next.value[0]) !== first + list.length) {
          checks.breach(
            'moves',
            `entry ${at}`,
            `a move has number ${Number(next.value[0]) - first}, not ${list.length}`,
          );
        }
        list.push(move);
      }
      worths.move(move, folding.stock.get(move.item)?.get(move.lot) ?? 0);
      folding.add(move, at);
      next = moves.next();
    }
    headHash = verifyHash(checks, row, list, headHash);
    worths.entry(at, Number(row[1]), row[11]);
    const event = Number(row[2] ?? 0);
    if (event > 0 && event < movesOfEvent.length) {
      movesOfEvent[event] = (movesOfEvent[event] ?? 0) + list.length;
    }
    checks.count('sequence', 1);
    checks.count('moves', list.length);
    if (at % PROGRESS_EVERY === 0) progress(at, total);
  }
  for (; next.done !== true; next = moves.next()) {
    strayed(checks, next.value);
    folding.add(moveOf(next.value), 0);
  }
  progress(seq, total);
  return { stock: folding.stock, places: folding.places, movesOfEvent, seq, headHash };
}

const EVENTS_MAX = 200_000_000;

function moveOf(row: Row): Move {
  return {
    line: row[1] as number,
    item: row[2] as number,
    lot: row[3] as number,
    from: row[4] as number,
    to: row[5] as number,
    amount: row[6] as number,
  };
}

function strayed(checks: Checks, row: Row): void {
  checks.breach(
    'moves',
    `move ${row[0]}`,
    `its entry ${Math.floor(Number(row[0]) / MOVES_PER_ENTRY)} does not exist`,
  );
}

/** @returns the hash as it is stored, so that one wrong entry does not make all later ones wrong */
function verifyHash(checks: Checks, row: Row, moves: readonly Move[], before: string): string {
  const stored = Buffer.from(row[12] as Uint8Array).toString('hex');
  const kind = entryKindName(row[1] as number);
  checks.count('chain', 1);
  if (kind === undefined) {
    checks.breach('chain', `entry ${row[0]}`, `has the unknown kind ${row[1]}`);
    return stored;
  }
  const head: EntryHead = {
    seq: row[0] as number,
    kind,
    event: row[2] as number | null,
    sale: row[3] as number | null,
    reverses: row[4] as number | null,
    book: row[5] as number | null,
    day: row[6] as number,
    occurredAt: row[7] as number,
    recordedAt: row[8] as number,
    command: row[9] as string | null,
    actor: row[10] as string | null,
    note: row[11] as string | null,
  };
  const right = hash('sha256', before + entryText(head, moves), 'hex');
  if (right !== stored) {
    const said = `its content gives ${right.slice(0, 16)}…, it carries ${stored.slice(0, 16)}…`;
    checks.breach('chain', `entry ${row[0]}`, said);
  }
  return stored;
}

function openFold(checks: Checks, lots: Lots) {
  const stock = new Map<number, Map<number, number>>();
  const places = new Map<number, number>();

  function shelf(move: Move, amount: number, seq: number): void {
    let own = stock.get(move.item);
    if (own === undefined) {
      own = new Map();
      stock.set(move.item, own);
    }
    const after = (own.get(move.lot) ?? 0) + amount;
    own.set(move.lot, after);
    if (after < 0 && move.lot !== UNALLOCATED) {
      checks.breach('negative', `lot ${move.lot}`, `is at ${after} millionths after entry ${seq}`);
    }
  }

  function elsewhere(move: Move, place: number, amount: number): void {
    const key = move.item * PLACE_BITS + place;
    places.set(key, (places.get(key) ?? 0) + amount);
  }

  return {
    stock,
    places,
    add(move: Move, seq: number): void {
      const { from, to, amount } = move;
      if (
        !(Number.isSafeInteger(amount) && amount > 0) ||
        from === to ||
        !placeName(from) ||
        !placeName(to)
      ) {
        checks.breach(
          'moves',
          `entry ${seq}`,
          `moves ${amount} of item ${move.item} from place ${from} to place ${to}`,
        );
      }
      if (move.lot !== UNALLOCATED) checkLot(checks, lots, move, seq);
      if (from === PLACES.stock) shelf(move, -amount, seq);
      else elsewhere(move, from, -amount);
      if (to === PLACES.stock) shelf(move, amount, seq);
      else elsewhere(move, to, amount);
    },
  };
}

function checkLot(checks: Checks, lots: Lots, move: Move, seq: number): void {
  const lot = lots.get(move.lot);
  if (lot === undefined) {
    checks.breach(
      'lots',
      `entry ${seq}`,
      `moves lot ${move.lot} of item ${move.item}, which does not exist`,
    );
  } else if (lot.item !== move.item) {
    checks.breach(
      'lots',
      `entry ${seq}`,
      `moves lot ${move.lot} as item ${move.item}; it is item ${lot.item}`,
    );
  } else if (seq < lot.entry) {
    checks.breach(
      'lots',
      `entry ${seq}`,
      `moves lot ${move.lot}, which entry ${lot.entry} brought later`,
    );
  } else if (seq === lot.entry && move.to === PLACES.stock && move.from !== PLACES.settle) {
    lot.received += move.amount;
  }
}
