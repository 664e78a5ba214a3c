/**
 * Puts a backup in the place of the database: checked beside it, brought to this version's schema, marked
 * as another life of the box, flushed, renamed. The old file is kept under a name that says when.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { openDatabase } from '../db/open.ts';
import { type Life, newIncarnation } from '../lives/incarnation-store.ts';
import type { Ports } from '../runtime/ports.ts';
import { type CopyCheck, type CopyFacts, checkCopy, markIncarnation } from './backup-store.ts';

/** A backup that may take the place of the database, and the life that begins with it. */
export type Prepared = CopyFacts &
  Life & {
    readonly draft: string;
  };

/** Checks a draft and opens it as a start would; one that is refused is removed. */
export function prepareRestore(
  draft: string,
  ports: Pick<Ports, 'randomBytes'>,
  migrations: string,
): Extract<CopyCheck, { ok: false }> | ({ readonly ok: true } & Prepared) {
  const checked = checkCopy(draft);
  const why = checked.ok ? cannotOpen(draft, migrations) : checked.why;
  if (!checked.ok || why !== undefined) {
    dropDraft(draft);
    return { ok: false, why: why ?? '' };
  }
  const life = markIncarnation(draft, newIncarnation(ports));
  flush(draft);
  return { ...checked, draft, ...life };
}

/** A copy of the file beside the database, to be prepared. */
export function draftOf(file: string, source: string): string {
  const draft = draftName(file);
  dropDraft(draft);
  copyFileSync(source, draft);
  return draft;
}

/** Where a backup waits beside the database. */
export function draftName(file: string): string {
  return `${file}.restoring`;
}

/** Removes a draft, if there is one, and what SQLite left beside it. */
export function dropDraft(draft: string): void {
  for (const part of PARTS) rmSync(draft + part, { force: true });
}

/**
 * Swaps the files. Nothing may have the database open.
 * @param now says when, in the name under which the old one is kept; epoch milliseconds
 * @returns the old one's name, if there was one
 */
export function putInPlace(file: string, { draft }: Prepared, now: number): string | undefined {
  const aside = setAside(file, now);
  renameSync(draft, file);
  flush(dirname(file));
  return aside;
}

/** Takes a swap back, because the box did not start on the new file. */
export function putBack(file: string, aside: string): void {
  for (const part of PARTS) rmSync(file + part, { force: true });
  moveAll(aside, file);
  flush(dirname(file));
}

/** To the disk, not only to the system: a backup is for the day the power goes. */
export function flush(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function cannotOpen(draft: string, migrations: string): string | undefined {
  try {
    openDatabase(draft, migrations).close();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A database and what SQLite may keep beside it. */
const PARTS = ['', '-wal', '-shm', '-journal'];

function setAside(file: string, now: number): string | undefined {
  if (!existsSync(file)) return undefined;
  const stamp = new Date(now).toISOString().replace(/[-:]/g, '').slice(0, 15);
  const aside = `${file}.before-restore-${stamp}`;
  moveAll(file, aside);
  return aside;
}

function moveAll(from: string, to: string): void {
  for (const part of PARTS) if (existsSync(from + part)) renameSync(from + part, to + part);
}
