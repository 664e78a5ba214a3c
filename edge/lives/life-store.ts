/** SQL of what a person must know of lives: that this file goes on as another one, what was taken over. */
import type { Parent, TakenOver } from '#recipes/contracts/sync.ts';
import type { Db } from '../db/open.ts';

/** A life that this file has begun as. */
export type BegunLife = {
  readonly incarnation: string;
  /** Sequence of the entry that tells of it. */
  readonly entry: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly parent: Parent;
};

/** What was taken over of one life, as long as no person has dismissed it. */
export type TakenLife = {
  readonly incarnation: string;
  /** Of the first and the last piece; epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly applied: number;
  /** In the order in which they happened. */
  readonly refused: TakenOver['refused'];
};

/** Of the pieces of another life's facts. */
export type PieceKey = { readonly incarnation: string; readonly segment: number };

/** Reads and writes lives; writing only inside a transaction. */
export type LifeStore = {
  /** Whether the entry of this life was written. */
  isTold(incarnation: string): boolean;
  insert(life: BegunLife): void;
  /** Those that nobody has dismissed, oldest first. */
  begun(): BegunLife[];
  /** What came under this number, when something was taken over before. */
  piece(key: PieceKey): TakenOver | undefined;
  /** What was refused of a life, under whatever number, seen or not. */
  refused(incarnation: string): TakenOver['refused'];
  /** Nobody has seen it yet, also where something of it was seen. */
  putPiece(key: PieceKey, at: number, taken: TakenOver): void;
  /** What nobody has dismissed, by life; without what says nothing. */
  taken(): TakenLife[];
  /** A person has seen what is known of a life so far. @returns how much that was */
  dismiss(incarnation: string): number;
};

export function openLifeStore(db: Db): LifeStore {
  const told = db.prepare('SELECT 1 FROM life WHERE incarnation = ?').pluck();
  const insert = db.prepare(
    'INSERT INTO life (incarnation, entry, at, parent) VALUES (?, ?, ?, ?)',
  );
  const begun = db.prepare(
    'SELECT incarnation, entry, at, parent FROM life WHERE dismissed = 0 ORDER BY entry',
  );
  const piece = db.prepare(
    'SELECT applied, duplicates, refused FROM takeover WHERE incarnation = ? AND segment = ?',
  );
  const refused = db.prepare('SELECT refused FROM takeover WHERE incarnation = ?');
  const putPiece = db.prepare(
    `INSERT INTO takeover (incarnation, segment, at, applied, duplicates, refused)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET at = excluded.at, applied = excluded.applied,
       duplicates = excluded.duplicates, refused = excluded.refused, dismissed = 0`,
  );
  const taken = db.prepare(
    `SELECT incarnation, at, applied, refused FROM takeover
      WHERE dismissed = 0 AND (applied > 0 OR refused <> '[]') ORDER BY incarnation, segment`,
  );
  const seen = db.prepare('SELECT 1 FROM takeover WHERE incarnation = ? AND dismissed = 1').pluck();
  const dismissLife = db.prepare(
    'UPDATE life SET dismissed = 1 WHERE incarnation = ? AND dismissed = 0',
  );
  const dismissTaken = db.prepare(
    'UPDATE takeover SET dismissed = 1 WHERE incarnation = ? AND dismissed = 0',
  );
  return {
    isTold: (incarnation) => told.get(incarnation) !== undefined,
    insert: ({ incarnation, entry, at, parent }) => {
      insert.run(incarnation, entry, at, JSON.stringify(parent));
    },
    begun: () =>
      (begun.all() as (Omit<BegunLife, 'parent'> & { parent: string })[]).map((row) => ({
        ...row,
        parent: JSON.parse(row.parent) as Parent,
      })),
    piece({ incarnation, segment }) {
      const row = piece.get(incarnation, segment) as PieceRow | undefined;
      return row && { ...row, refused: refusedOf(row) };
    },
    refused: (incarnation) =>
      (refused.all(incarnation) as { refused: string }[]).flatMap(refusedOf),
    putPiece: ({ incarnation, segment }, at, { applied, duplicates, refused }) => {
      putPiece.run(incarnation, segment, at, applied, duplicates, JSON.stringify(refused));
    },
    taken() {
      const rows = taken.all() as TakenRow[];
      return [...Map.groupBy(rows, (row) => row.incarnation)].flatMap(([incarnation, pieces]) =>
        takenOf(incarnation, pieces, seen.get(incarnation) !== undefined),
      );
    },
    dismiss: (incarnation) =>
      dismissLife.run(incarnation).changes + dismissTaken.run(incarnation).changes,
  };
}

type PieceRow = { applied: number; duplicates: number; refused: string };
type TakenRow = { incarnation: string; at: number; applied: number; refused: string };

/** Whoever has seen that a life is taken over need not hear it with every piece: only what is refused. */
function takenOf(incarnation: string, pieces: readonly TakenRow[], seen: boolean): TakenLife[] {
  const refused = pieces.flatMap(refusedOf);
  if (seen && refused.length === 0) return [];
  const times = pieces.map(({ at }) => at);
  const applied = pieces.reduce((sum, piece) => sum + piece.applied, 0);
  return [{ incarnation, from: Math.min(...times), to: Math.max(...times), applied, refused }];
}

function refusedOf({ refused }: { readonly refused: string }): TakenOver['refused'] {
  return JSON.parse(refused) as TakenOver['refused'];
}
