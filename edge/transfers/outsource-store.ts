/** SQL of material that somebody outside works on. */
import type { Db } from '../db/open.ts';
import { highestOf } from './transfer-store.ts';

/** Material of one lot that went out. Amounts in millionths, money in ten-thousandths. */
export type JobLine = {
  readonly item: string;
  /** Code of the lot; null = nobody knows from which. */
  readonly lot: string | null;
  readonly amount: number;
  readonly cost: number | null;
};

/** What one entry brought back of the lines, in their order: millionths. */
export type JobBack = {
  readonly entry: number;
  readonly used: readonly number[];
  readonly returned: readonly number[];
  readonly lost: readonly number[];
  /** Ten-thousandths. */
  readonly fee: number | null;
  readonly products: readonly {
    readonly item: string;
    readonly lot: string;
    readonly amount: number;
    readonly cost: number | null;
  }[];
};

/** done: nothing of it is out there any more. */
export type JobState = 'out' | 'partly_back' | 'done' | 'cancelled';

/** A job as it is stored. */
export type StoredJob = {
  readonly id: string;
  /** Sequence of the entry that sent the material. */
  readonly entry: number;
  readonly processor: string;
  readonly state: JobState;
  readonly at: number;
  readonly lines: readonly JobLine[];
  /** What came back, without what was undone, oldest first. */
  readonly back: readonly JobBack[];
  readonly note: string | null;
};

/** Reads and writes jobs; writing only inside `transact`. */
export type OutsourceStore = {
  get(id: string): StoredJob | undefined;
  has(id: string): boolean;
  put(row: StoredJob): void;
  /** Neither complete nor called off, oldest first. */
  open(): StoredJob[];
  latest(limit: number): StoredJob[];
  /** Who has worked for this store, the newest first. */
  processors(): string[];
  highest(prefix: string): number;
};

const COLUMNS = 'id, entry, processor, state, at, lines, back, note';

/** Opens the table of jobs. */
export function openOutsourceStore(db: Db): OutsourceStore {
  const select = `SELECT ${COLUMNS} FROM outsource_job`;
  const get = db.prepare(`${select} WHERE id = ?`);
  const put = db.prepare(
    `INSERT OR REPLACE INTO outsource_job (${COLUMNS})
     VALUES (@id, @entry, @processor, @state, @at, @lines, @back, @note)`,
  );
  const open = db.prepare(`${select} WHERE state IN ('out', 'partly_back') ORDER BY at, id`);
  const latest = db.prepare(`${select} ORDER BY at DESC, id DESC LIMIT ?`);
  const processors = db
    .prepare(
      'SELECT processor FROM outsource_job GROUP BY processor ORDER BY max(at) DESC LIMIT 100',
    )
    .pluck();
  return {
    get(id) {
      const row = get.get(id);
      return row === undefined ? undefined : storedRow(row);
    },
    has: (id) => get.get(id) !== undefined,
    put: (row) => {
      put.run({ ...row, lines: JSON.stringify(row.lines), back: JSON.stringify(row.back) });
    },
    open: () => open.all().map(storedRow),
    latest: (limit) => latest.all(limit).map(storedRow),
    processors: () => processors.all() as string[],
    highest: highestOf(db, 'outsource_job'),
  };
}

function storedRow(value: unknown): StoredJob {
  const row = value as Omit<StoredJob, 'lines' | 'back'> & {
    readonly lines: string;
    readonly back: string;
  };
  return {
    ...row,
    lines: JSON.parse(row.lines) as JobLine[],
    back: JSON.parse(row.back) as JobBack[],
  };
}
