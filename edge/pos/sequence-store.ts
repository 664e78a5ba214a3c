/** SQL of sequence numbers: how far each terminal's stream is complete, and what is missing. */
import type { Db } from '../db/open.ts';

export type Cursor = {
  readonly terminal: number;
  readonly epoch: string;
  /** Everything up to here has arrived or was given up. */
  readonly contiguous: number;
  readonly highest: number;
  readonly seenAt: number;
};

export type Gap = {
  readonly terminal: number;
  readonly epoch: string;
  readonly low: number;
  readonly high: number;
  readonly since: number;
};

export type SequenceStore = {
  cursor(terminal: number, epoch: string): Cursor | undefined;
  /** The epoch a terminal used last. */
  newest(terminal: number): Cursor | undefined;
  write(cursor: Cursor): void;
  /** Missing ranges of one stream that nobody gave up, lowest first. */
  gaps(terminal: number, epoch: string, limit: number): Gap[];
  allGaps(limit: number): Gap[];
  /** The range that has this number missing, given up or not. */
  gapWith(
    terminal: number,
    epoch: string,
    sequence: number,
  ): (Gap & { abandoned: boolean }) | undefined;
  insertGap(gap: Gap, abandoned: boolean): void;
  removeGap(gap: Gap): void;
};

export function openSequenceStore(db: Db): SequenceStore {
  const columns =
    'SELECT terminal, epoch, contiguous, highest, seen_at AS seenAt FROM cursor WHERE terminal = ?';
  const cursor = db.prepare(`${columns} AND epoch = ?`);
  const newest = db.prepare(`${columns} ORDER BY seen_at DESC LIMIT 1`);
  const write = db.prepare(
    `INSERT INTO cursor (terminal, epoch, contiguous, highest, seen_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET contiguous = excluded.contiguous, highest = excluded.highest,
                                 seen_at = excluded.seen_at`,
  );
  const gapColumns = 'SELECT terminal, epoch, low, high, since FROM gap WHERE abandoned = 0';
  const gaps = db.prepare(`${gapColumns} AND terminal = ? AND epoch = ? ORDER BY low LIMIT ?`);
  const allGaps = db.prepare(`${gapColumns} ORDER BY since LIMIT ?`);
  const gapWith = db.prepare(
    `SELECT terminal, epoch, low, high, since, abandoned FROM gap
      WHERE terminal = ? AND epoch = ? AND low <= ? ORDER BY low DESC LIMIT 1`,
  );
  const insertGap = db.prepare(
    'INSERT INTO gap (terminal, epoch, low, high, since, abandoned) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const removeGap = db.prepare('DELETE FROM gap WHERE terminal = ? AND epoch = ? AND low = ?');
  return {
    cursor: (terminal, epoch) => cursor.get(terminal, epoch) as Cursor | undefined,
    newest: (terminal) => newest.get(terminal) as Cursor | undefined,
    write: (c) => {
      write.run(c.terminal, c.epoch, c.contiguous, c.highest, c.seenAt);
    },
    gaps: (terminal, epoch, limit) => gaps.all(terminal, epoch, limit) as Gap[],
    allGaps: (limit) => allGaps.all(limit) as Gap[],
    gapWith(terminal, epoch, sequence) {
      const row = gapWith.get(terminal, epoch, sequence) as
        | (Gap & { abandoned: number })
        | undefined;
      if (row === undefined || row.high < sequence) return undefined;
      return { ...row, abandoned: row.abandoned === 1 };
    },
    insertGap: (g, abandoned) => {
      insertGap.run(g.terminal, g.epoch, g.low, g.high, g.since, abandoned ? 1 : 0);
    },
    removeGap: (g) => {
      removeGap.run(g.terminal, g.epoch, g.low);
    },
  };
}
