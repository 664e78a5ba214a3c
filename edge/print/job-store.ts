/** SQL of print jobs. Each change of a state names the state it comes from, so that two cannot both do it. */

import type { Words } from '#recipes/contracts/command.ts';
import type { JobState } from '#recipes/contracts/print-command.ts';
import type { Db } from '../db/open.ts';
import type { Job, JobHead, JobSource } from './job.ts';

export type NewJob = Pick<
  Job,
  'printer' | 'kind' | 'title' | 'source' | 'copies' | 'actor' | 'reprintOf'
> & {
  /** Epoch milliseconds. */
  readonly at: number;
};

export type JobStore = {
  /** @returns its number */
  insert(job: NewJob): number;
  get(id: number): Job | undefined;
  /** The oldest that waits for this printer. */
  next(printer: string): Job | undefined;
  /** Whether one stands as being printed there. */
  isPrinting(printer: string): boolean;
  /** Open ones and those that failed, oldest first. */
  open(): readonly JobHead[];
  /** Newest first. */
  list(limit: number): readonly JobHead[];
  /** Open jobs of each printer. */
  countOpen(): ReadonlyMap<string, number>;
  countByState(): ReadonlyMap<JobState, number>;
  /** The page is about to be sent; false when it is no longer to be printed there. */
  begin(id: number, printer: string, columns: number, at: number): boolean;
  /** A copy is out. */
  copyDone(id: number, at: number, note: Words | null): void;
  /** It did not reach the printer and waits on. */
  putBack(id: number, error: Words): void;
  /** Ends as `failed`, or asks as `unknown`; nothing when it is in none of `from`. */
  stop(id: number, state: 'failed' | 'unknown', error: Words, at: number | null): void;
  cancel(id: number, at: number): void;
  /** A person wants it, again or elsewhere. */
  ask(id: number, printer: string, at: number): void;
  /** Whatever was being printed, of this printer or of all, is asked about. */
  interrupted(error: Words, printer?: string): void;
  /** Forgets what ended before. */
  forget(before: number): void;
};

type Row = {
  readonly id: number;
  readonly printer: string;
  readonly kind: string;
  readonly title: string;
  readonly source: string;
  readonly copies: number;
  readonly done: number;
  readonly begun: number;
  readonly state: string;
  readonly attempts: number;
  readonly created_at: number;
  readonly asked_at: number;
  readonly started_at: number | null;
  readonly ended_at: number | null;
  readonly columns: number | null;
  readonly reprint: number;
  readonly error: string | null;
  readonly actor: string | null;
  readonly reprint_of: number | null;
};

type HeadRow = Omit<Row, 'source'>;

const HEAD = `id, printer, kind, title, copies, done, begun, state, attempts, created_at, asked_at, started_at,
  ended_at, columns, reprint, error, actor, reprint_of`;
const OPEN = "state IN ('queued', 'printing', 'unknown')";

export function openJobStore(db: Db): JobStore {
  const all = (sql: string) => {
    const statement = db.prepare(sql);
    return (...args: unknown[]) => (statement.all(...args) as HeadRow[]).map(headOf);
  };
  const one = (sql: string) => {
    const statement = db.prepare(sql);
    return (...args: unknown[]) => {
      const row = statement.get(...args) as Row | undefined;
      return row && jobOf(row);
    };
  };
  const open = all(`SELECT ${HEAD} FROM print_job WHERE ${OPEN} OR state = 'failed' ORDER BY id`);
  const printing = db.prepare(
    `SELECT 1 FROM print_job WHERE printer = ? AND state = 'printing' AND ${OPEN} LIMIT 1`,
  );
  const counts = db
    .prepare(`SELECT printer, count(*) FROM print_job WHERE ${OPEN} GROUP BY printer`)
    .raw();
  const states = db.prepare('SELECT state, count(*) FROM print_job GROUP BY state').raw();
  return {
    ...changesOf(db),
    get: one('SELECT * FROM print_job WHERE id = ?'),
    next: one(
      `SELECT * FROM print_job WHERE printer = ? AND state = 'queued' AND ${OPEN} ORDER BY id LIMIT 1`,
    ),
    isPrinting: (printer) => printing.get(printer) !== undefined,
    open: () => open(),
    list: all(`SELECT ${HEAD} FROM print_job ORDER BY id DESC LIMIT ?`),
    countOpen: () => new Map(counts.all() as [string, number][]),
    countByState: () => new Map(states.all() as [JobState, number][]),
  };
}

type Changes = Omit<
  JobStore,
  'get' | 'next' | 'isPrinting' | 'open' | 'list' | 'countOpen' | 'countByState'
>;

function changesOf(db: Db): Changes {
  const insert = db.prepare(
    `INSERT INTO print_job (printer, kind, title, source, copies, state, created_at, asked_at, actor, reprint_of)
     VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?)`,
  );
  const begin = db.prepare(
    `UPDATE print_job SET state = 'printing', begun = begun + 1, attempts = attempts + 1, started_at = ?, columns = ?,
       reprint = (begun > 0 OR reprint_of IS NOT NULL), error = NULL
     WHERE id = ? AND printer = ? AND state = 'queued'`,
  );
  const copyDone = db.prepare(
    `UPDATE print_job SET done = done + 1, begun = 0, error = ?,
       state = CASE WHEN done + 1 < copies THEN 'queued' ELSE 'printed' END,
       ended_at = CASE WHEN done + 1 < copies THEN NULL ELSE ? END
     WHERE id = ? AND state IN ('printing', 'unknown')`,
  );
  const putBack = db.prepare(
    "UPDATE print_job SET attempts = attempts + 1, error = ? WHERE id = ? AND state = 'queued'",
  );
  const stop = db.prepare(
    `UPDATE print_job SET state = ?, error = ?, ended_at = ? WHERE id = ? AND ${OPEN}`,
  );
  const cancel = db.prepare(
    "UPDATE print_job SET state = 'cancelled', ended_at = ? WHERE id = ? AND state IN ('queued', 'unknown', 'failed')",
  );
  const ask = db.prepare(
    `UPDATE print_job SET state = 'queued', printer = ?, asked_at = ?, ended_at = NULL, error = NULL
     WHERE id = ? AND state IN ('queued', 'unknown', 'failed')`,
  );
  const interrupted = db.prepare(
    `UPDATE print_job SET state = 'unknown', error = ?
     WHERE state = 'printing' AND ${OPEN} AND (? IS NULL OR printer = ?)`,
  );
  const forget = db.prepare(
    "DELETE FROM print_job WHERE state IN ('printed', 'cancelled') AND ended_at < ?",
  );
  return {
    insert: ({ printer, kind, title, source, copies, at, actor, reprintOf }) => {
      const text = JSON.stringify(source);
      return Number(
        insert.run(printer, kind, title, text, copies, at, at, actor, reprintOf).lastInsertRowid,
      );
    },
    begin: (id, printer, columns, at) => begin.run(at, columns, id, printer).changes === 1,
    copyDone: (id, at, note) => void copyDone.run(note && JSON.stringify(note), at, id),
    putBack: (id, error) => void putBack.run(JSON.stringify(error), id),
    stop: (id, state, error, at) => void stop.run(state, JSON.stringify(error), at, id),
    cancel: (id, at) => void cancel.run(at, id),
    ask: (id, printer, at) => void ask.run(printer, at, id),
    interrupted: (error, printer = undefined) => {
      interrupted.run(JSON.stringify(error), printer ?? null, printer ?? null);
    },
    forget: (before) => void forget.run(before),
  };
}

function jobOf(row: Row): Job {
  return { ...headOf(row), source: sourceOf(row.source) };
}

/** What cannot be read, cannot be laid out: that job fails and the others go on. */
function sourceOf(text: string): JobSource {
  try {
    return JSON.parse(text) as JobSource;
  } catch {
    return { what: 'unreadable', language: 'zh', data: null };
  }
}

function headOf(row: HeadRow): JobHead {
  return {
    id: row.id,
    printer: row.printer,
    kind: row.kind,
    title: row.title,
    copies: row.copies,
    done: row.done,
    begun: row.begun,
    state: row.state as JobState,
    attempts: row.attempts,
    createdAt: row.created_at,
    askedAt: row.asked_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    columns: row.columns as Job['columns'],
    saidReprint: row.reprint === 1,
    error: row.error === null ? null : (JSON.parse(row.error) as Words),
    actor: row.actor,
    reprintOf: row.reprint_of,
  };
}
