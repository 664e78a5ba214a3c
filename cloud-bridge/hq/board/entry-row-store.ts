/** SQL of an entry as it is read for people and reports: its columns, its row, and what becomes of it. */

/** An entry as it is read, without its hash. */
export type FoundEntry = {
  readonly life: number;
  readonly seq: number;
  readonly kind: number;
  readonly day: number;
  /** Epoch milliseconds. */
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly actor: string | null;
  readonly command: string | null;
  readonly reverses: number | null;
  /** JSON text. */
  readonly note: string | null;
  readonly moves: string;
};

/** As PostgreSQL answers it: big numbers are texts. */
export type EntryRow = {
  life: number;
  seq: string;
  kind: number;
  day: number;
  occurred_at: string;
  recorded_at: string;
  actor: string | null;
  command: string | null;
  reverses: string | null;
  note: string | null;
  moves: string;
};

/** The row as an entry. */
export function readRow(row: EntryRow): FoundEntry {
  return {
    life: row.life,
    seq: Number(row.seq),
    kind: row.kind,
    day: row.day,
    occurredAt: Number(row.occurred_at),
    recordedAt: Number(row.recorded_at),
    actor: row.actor,
    command: row.command,
    reverses: row.reverses === null ? null : Number(row.reverses),
    note: row.note,
    moves: row.moves,
  };
}

/** What is read of an entry, for a SELECT. @param of the name of the table there */
export function columns(of: string): string {
  return `${of}.life, ${of}.seq, ${of}.kind, ${of}.day, ${of}.occurred_at, ${of}.recorded_at,
    ${of}.actor, ${of}.command, ${of}.reverses, ${of}.note, ${of}.moves`;
}
