/** SQL of a copy of the database: taking it, judging it, and marking one that was put back. */
import Database from 'better-sqlite3';
import { openReader } from '../db/open.ts';
import { goOnAs, type Life } from '../lives/incarnation-store.ts';

/** What a copy holds. */
export type CopyFacts = {
  readonly seq: number;
  readonly events: number;
  /** Hash of its newest entry, hex. */
  readonly headHash: string | null;
};

/** Why a file is no good copy. */
export type CopyCheck =
  | ({ readonly ok: true } & CopyFacts)
  | { readonly ok: false; readonly why: string };

/** A consistent copy, while the box goes on writing. `target` must not exist. */
export function copyDatabase(file: string, target: string): void {
  const db = openReader(file);
  try {
    db.prepare('VACUUM INTO ?').run(target);
  } finally {
    db.close();
  }
}

/** Opens a copy and reads all of it. */
export function checkCopy(file: string): CopyCheck {
  let db: Database.Database | undefined;
  try {
    db = openReader(file);
    const said = db.pragma('integrity_check(5)') as { integrity_check: string }[];
    const bad = said.map((row) => row.integrity_check).filter((text) => text !== 'ok');
    if (bad.length > 0) return { ok: false, why: bad.join('; ') };
    const head = db
      .prepare('SELECT seq, lower(hex(hash)) AS hash FROM entry ORDER BY seq DESC LIMIT 1')
      .get() as { seq: number; hash: string } | undefined;
    const events = Number(db.prepare('SELECT count(*) FROM event').pluck().get());
    return { ok: true, seq: head?.seq ?? 0, events, headHash: head?.hash ?? null };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  } finally {
    db?.close();
  }
}

/**
 * Says in a restored copy that it is another life of the box, and of which one it is a copy. What waited
 * for a printer or a supplier may have gone out since the copy was made: a person decides, nothing goes
 * out twice by itself.
 */
export function markIncarnation(file: string, incarnation: string): Life {
  const db = new Database(file, { fileMustExist: true });
  try {
    db.pragma('synchronous = FULL');
    const life = goOnAs(db, incarnation);
    db.prepare(
      "UPDATE print_job SET state = 'unknown', begun = max(begun, 1), error = ? WHERE state IN ('queued', 'printing')",
    ).run(JSON.stringify(MAYBE_PRINTED));
    db.prepare(
      "UPDATE sending SET state = 'failed', next_at = NULL, ended_at = created_at, error = ? WHERE state = 'waiting'",
    ).run(MAYBE_SENT);
    // One file without a log beside it: it is renamed afterwards.
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
    return life;
  } finally {
    db.close();
  }
}

const MAYBE_PRINTED = {
  en: 'it waited when the backup was made, and may have been printed since: look whether it came out',
  zh: '备份时尚未打印,之后可能已打印:请查看是否已打印出来',
};
const MAYBE_SENT = 'it waited when the backup was made, and may have been sent since';
