/**
 * What goods are worth: whoever trims, opens or cooks makes new lots, and they cost exactly what went in.
 * Worked out again from the balances at that moment; what reversals move back is checked by the moves.
 */
import { AmountOverflow } from '#recipes/amount.ts';
import { ENTRY_KINDS, type Move } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { valueOfTake } from '#recipes/stock/lot-value.ts';
import type { Checks } from './audit-check.ts';

/** A lot as far as its worth goes. */
export type Basis = {
  readonly entry: number;
  readonly amount: number;
  readonly cost: number | null;
};

export type Worths = {
  /** A move before it is applied, with what is left of its lot in stock. */
  move(move: Move, left: number): void;
  /** After the moves of an entry; `kind` and `note` as they are stored. */
  entry(seq: number, kind: number, note: unknown): void;
};

const CONVERSIONS: ReadonlySet<number> = new Set([
  ENTRY_KINDS.trim,
  ENTRY_KINDS.batch,
  ENTRY_KINDS.open,
]);

/** What leaves the larder and stays ours carries its cost in its note. */
const ON_THEIR_WAY: ReadonlySet<number> = new Set([ENTRY_KINDS.transfer, ENTRY_KINDS.outsource]);
const COUNTED: ReadonlySet<number> = new Set([PLACES.production, PLACES.transit, PLACES.processor]);

export function openWorths(checks: Checks, lots: ReadonlyMap<number, Basis>): Worths {
  const made = new Map<number, number>();
  for (const { entry, cost } of lots.values())
    made.set(entry, (made.get(entry) ?? 0) + (cost ?? 0));
  let took = 0;
  return {
    move({ lot, from, to, amount }, left) {
      if (from !== PLACES.stock || !COUNTED.has(to)) return;
      const basis = lots.get(lot);
      if (basis) took += worthOf(basis, left, amount);
    },
    entry(seq, kind, note) {
      const worth = took;
      took = 0;
      if (ON_THEIR_WAY.has(kind)) checkOnTheirWay(checks, seq, worth, note);
      if (!CONVERSIONS.has(kind)) return;
      checks.count('values', 1);
      const gone = goneOf(note);
      const kept = made.get(seq) ?? 0;
      if (gone === undefined) checks.breach('values', `entry ${seq}`, 'its note cannot be read');
      else if (kept + gone !== worth) {
        const said = `made lots of ${kept} and left ${gone}; what it took was worth ${worth}`;
        checks.breach('values', `entry ${seq}`, said);
      }
    },
  };
}

/** Goods on their way to another store or to outside work: their lines cost what they were worth. */
function checkOnTheirWay(checks: Checks, seq: number, worth: number, note: unknown): void {
  const said = readNote(note);
  if (said?.what !== 'send') return;
  checks.count('values', 1);
  const lines = Array.isArray(said.lines) ? (said.lines as { cost?: unknown }[]) : [];
  const cost = lines.reduce((sum, line) => sum + Number(line.cost ?? 0), 0);
  if (cost === worth) return;
  checks.breach('values', `entry ${seq}`, `sent goods worth ${worth}; its lines say ${cost}`);
}

function readNote(note: unknown): { what?: unknown; lines?: unknown } | undefined {
  try {
    const said: unknown = JSON.parse(String(note));
    return typeof said === 'object' && said !== null ? said : undefined;
  } catch {
    return undefined;
  }
}

/** Ten-thousandths; a file whose figures are nonsense is reported, not obeyed. */
function worthOf(basis: Basis, left: number, amount: number): number {
  if (!(basis.amount > 0)) return 0;
  try {
    return valueOfTake(basis, left, amount) ?? 0;
  } catch (error) {
    if (error instanceof AmountOverflow) return 0;
    throw error;
  }
}

/** What the staff ate and the bin took of a trim, by its note; undefined when that is no note. */
function goneOf(note: unknown): number | undefined {
  try {
    const said = JSON.parse(String(note)) as { outs?: { to?: unknown; cost?: unknown }[] } | null;
    if (typeof said !== 'object' || said === null) return undefined;
    return (said.outs ?? [])
      .filter(({ to }) => to === 'staff' || to === 'bin')
      .reduce((sum, { cost }) => sum + Number(cost ?? 0), 0);
  } catch {
    return undefined;
  }
}
