/** SQL of the reports: what the kitchen said, and what the till made waste or gave away. */
import { ENTRY_KINDS, type EntryKind, entryKindName } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Db } from '../db/open.ts';
import { undoneSql } from '../ledger/undone-store.ts';

/** Business days as numbers, both included, and the instants they surely lie between. */
export type DaySpan = {
  readonly from: number;
  readonly to: number;
  readonly fromAt: number;
  readonly toAt: number;
};

export type ReportEntry = {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly day: number;
  readonly occurredAt: number;
  readonly actor: string | null;
  /** Its facts; {} when it has none that can be read. */
  readonly note: Readonly<Record<string, unknown>>;
};

/** One move between places because of a void or a refund. */
export type TillMove = {
  readonly day: number;
  readonly occurredAt: number;
  readonly item: number;
  readonly amount: number;
  readonly to: number;
  readonly from: number;
  /** Of its lot; null when the lot or its cost is not known. */
  readonly lotAmount: number | null;
  readonly lotCost: number | null;
};

export type ReportStore = {
  /** Entries of these kinds that stand, oldest first. */
  entries(span: DaySpan, kinds: readonly EntryKind[]): ReportEntry[];
  /** What voids and refunds moved into or out of waste and comp, on the day of their sale, whenever they came. */
  tillMoves(span: DaySpan): TillMove[];
};

type Row = {
  seq: number;
  kind: number;
  day: number;
  occurredAt: number;
  actor: string | null;
  note: string | null;
};

export function openReportStore(db: Db): ReportStore {
  const within = 'e.occurred_at >= ? AND e.occurred_at < ? AND e.day BETWEEN ? AND ?';
  const entries = (kinds: readonly EntryKind[]) =>
    db.prepare(
      `SELECT e.seq, e.kind, e.day, e.occurred_at AS occurredAt, e.actor, e.note FROM entry e
        WHERE ${within} AND e.kind IN (${kinds.map((kind) => ENTRY_KINDS[kind]).join(', ')})
          AND NOT ${undoneSql('e.seq')} ORDER BY e.occurred_at, e.seq`,
    );
  const { void: voided, refund, snapshot } = ENTRY_KINDS;
  const outside = `${PLACES.waste}, ${PLACES.comp}`;
  const tillMoves = (entry: string, where: string) =>
    db.prepare(
      `SELECT e.day, e.occurred_at AS occurredAt, m.item, m.amount, m.src AS "from", m.dst AS "to",
            l.amount AS lotAmount, l.cost AS lotCost
       FROM ${entry} JOIN move m ON m.id >= e.seq * 65536 AND m.id < (e.seq + 1) * 65536
       LEFT JOIN lot l ON l.id = m.lot
      WHERE ${where} AND e.kind IN (${voided}, ${refund}, ${snapshot})
        AND (m.src IN (${outside}) OR m.dst IN (${outside})) ORDER BY m.id`,
    );
  const inTime = tillMoves('entry e', within);
  const later = tillMoves(
    'sale s JOIN entry e ON e.sale = s.id',
    's.day BETWEEN ? AND ? AND e.occurred_at >= ? AND e.day BETWEEN ? AND ?',
  );
  const bound = ({ fromAt, toAt, from, to }: DaySpan) => [fromAt, toAt, from, to];
  return {
    entries: (span, kinds) =>
      (entries(kinds).all(...bound(span)) as Row[]).flatMap((row) => {
        const kind = entryKindName(row.kind);
        return kind ? [{ ...row, kind, note: readNote(row.note) }] : [];
      }),
    tillMoves: (span) => {
      const { from, to, toAt } = span;
      const moves = [...inTime.all(...bound(span)), ...later.all(from, to, toAt, from, to)];
      return moves as TillMove[];
    },
  };
}

function readNote(text: string | null): Readonly<Record<string, unknown>> {
  const read: unknown = JSON.parse(text ?? '{}');
  return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
}
