/** Commands, books, number streams and day closes: the small records around the ledger. */
import { hash } from 'node:crypto';
import { checkBook } from '#recipes/book/check.ts';
import { dayCloseSchema } from '#recipes/contracts/pos-event.ts';
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import { dayNumber } from '#recipes/time/business-day.ts';
import type { Checks } from './audit-check.ts';
import type { AuditFile } from './audit-store.ts';

/** Every command has an answer, every answer its entry, every entry of a command its command. */
export function checkCommands(file: AuditFile, checks: Checks): void {
  const answers = `SELECT c.id, c.result, c.content, e.seq, e.command, e.kind FROM command c LEFT JOIN entry e
     ON e.seq = CASE WHEN json_valid(c.result) THEN json_extract(c.result, '$.seq') END`;
  for (const [id, result, content, seq, command, kind] of file.rows(answers)) {
    const where = `command ${id}`;
    checks.count('commands', 1);
    const said = readJson(result);
    const asked = readJson(content);
    const { status, seq: named } = said ?? {};
    if (
      said?.['id'] !== id ||
      (status !== 'applied' && status !== 'rejected') ||
      typeof asked?.['kind'] !== 'string'
    ) {
      checks.breach('commands', where, 'what was asked or answered cannot be read');
    } else if (named !== undefined && seq === null) {
      checks.breach('commands', where, `its entry ${String(named)} does not exist`);
    } else if (seq !== null && command !== id && kind !== BOOK) {
      // A book that is adopted twice answers with the entry of the first time.
      checks.breach('commands', where, `answers with entry ${seq}, which is of command ${command}`);
    }
  }
  const entries = `SELECT e.seq, e.command, e.kind FROM entry e LEFT JOIN command c ON c.id = e.command
    WHERE (e.command IS NOT NULL AND c.id IS NULL) OR (e.command IS NULL AND e.kind NOT IN (${WITHOUT_COMMAND.join(', ')}))`;
  for (const [seq, command] of file.rows(entries)) {
    checks.breach('commands', `entry ${seq}`, `its command ${command} is not stored`);
  }
  const twice = `SELECT command, count(*) FROM entry WHERE command IS NOT NULL GROUP BY command HAVING count(*) > 1`;
  for (const [command, times] of file.rows(twice)) {
    checks.breach('commands', `command ${command}`, `made ${times} entries`);
  }
}

const BOOK = 7;

/**
 * What events cause, and what the box adds by itself: inferred prep, settled shortages, counts that late
 * sales change, orders that a supplier's server accepted, what follows for other stores,
 * what head office sent.
 */
const WITHOUT_COMMAND = [
  ENTRY_KINDS.sale,
  ENTRY_KINDS.void,
  ENTRY_KINDS.refund,
  ENTRY_KINDS.snapshot,
  ENTRY_KINDS.prep,
  ENTRY_KINDS.settle,
  ENTRY_KINDS.count,
  ENTRY_KINDS.order,
  ENTRY_KINDS.book,
  ENTRY_KINDS.catalog,
  ENTRY_KINDS.takeover,
  ENTRY_KINDS.transfer,
  ENTRY_KINDS.requisition,
];

/** @param full also checks what every book says, as at its adoption */
export function checkBooks(file: AuditFile, checks: Checks, full: boolean): void {
  const books = `SELECT b.version, b.entry, b.hash, b.document, e.kind, e.book, b.valid_from, e.note FROM book b
     LEFT JOIN entry e ON e.seq = b.entry ORDER BY b.version`;
  let before = 0;
  for (const [version, entry, digest, text, kind, book, validFrom, note] of file.rows(books)) {
    const where = `book ${version}`;
    checks.count('books', 1);
    if (version !== before + 1) checks.breach('books', where, `comes after ${before}`);
    before = Number(version);
    if (kind !== BOOK || book !== version)
      checks.breach('books', where, `entry ${entry} did not adopt it`);
    if (hash('sha256', String(text), 'hex') !== digest)
      checks.breach('books', where, 'its text is not what its hash says');
    const told = readJson(note);
    if (kind === BOOK && (told?.['hash'] !== digest || told?.['validFrom'] !== validFrom)) {
      checks.breach('books', where, `entry ${entry} adopted another text or another start`);
    }
    const document = readJson(text);
    if (document === undefined) checks.breach('books', where, 'is not JSON');
    else if (full) {
      const checked = checkBook(document);
      if (!checked.ok)
        checks.breach(
          'books',
          where,
          `has ${checked.problems.length} mistakes: ${checked.problems[0]?.path}`,
        );
    }
  }
  const lost = `SELECT e.seq, e.book FROM entry e WHERE e.kind = ${BOOK} AND e.seq NOT IN (SELECT entry FROM book)`;
  for (const [seq, book] of file.rows(lost))
    checks.breach('books', `entry ${seq}`, `adopted book ${book}, which is not stored`);
  const mappings = `SELECT coalesce(m.entry, e.seq), m.entry IS NULL FROM (SELECT * FROM entry WHERE kind = 8) e
     FULL JOIN sku_map m ON m.entry = e.seq
    WHERE e.seq IS NULL OR m.entry IS NULL OR json_extract(e.note, '$.sku') <> m.sku
       OR json_extract(e.note, '$.recipe') IS NOT m.recipe`;
  for (const [seq, lostRow] of file.rows(mappings)) {
    checks.breach(
      'books',
      `entry ${seq}`,
      lostRow
        ? 'mapped a code; the mapping is not stored'
        : 'the stored mapping is not what it says',
    );
  }
}

/** Ranges of missing numbers lie inside their stream, apart from each other. */
export function checkStreams(file: AuditFile, checks: Checks): void {
  checks.count('streams', file.number('SELECT count(*) FROM cursor'));
  checks.count('streams', file.number('SELECT count(*) FROM gap'));
  const gaps = `SELECT g.terminal, g.epoch, g.low, g.high, c.highest,
      lag(g.high) OVER (PARTITION BY g.terminal, g.epoch ORDER BY g.low)
     FROM gap g LEFT JOIN cursor c ON c.terminal = g.terminal AND c.epoch = g.epoch`;
  for (const [terminal, epoch, low, high, highest, before] of file.rows(gaps)) {
    const where = `terminal ${terminal} "${epoch}", missing ${low}–${high}`;
    if (highest === null) checks.breach('streams', where, 'its stream does not exist');
    else if (Number(low) > Number(high) || Number(low) < 1 || Number(high) >= Number(highest)) {
      checks.breach('streams', where, `does not lie below ${highest}, the highest number seen`);
    }
    if (before !== null && Number(before) >= Number(low))
      checks.breach('streams', where, `overlaps the range that ends at ${before}`);
  }
  const cursors = `SELECT c.terminal, c.epoch, c.contiguous, c.highest, min(g.low) FROM cursor c
     LEFT JOIN gap g ON g.terminal = c.terminal AND g.epoch = c.epoch AND g.abandoned = 0
    GROUP BY c.terminal, c.epoch`;
  for (const [terminal, epoch, contiguous, highest, lowest] of file.rows(cursors)) {
    const right = lowest === null ? Number(highest) : Number(lowest) - 1;
    if (contiguous !== right) {
      checks.breach(
        'streams',
        `terminal ${terminal} "${epoch}"`,
        `is complete to ${contiguous} by its word, to ${right} by its gaps`,
      );
    }
  }
  for (const row of file.db.pragma('foreign_key_check') as {
    table: string;
    rowid: number | null;
  }[]) {
    checks.breach('links', `${row.table} ${row.rowid ?? ''}`, 'names a row that does not exist');
  }
}

/** What terminals said at the end of a day. */
export function checkDayCloses(file: AuditFile, checks: Checks): void {
  const closes = `SELECT d.event, d.day, d.totals, d.terminal, e.terminal, e.type FROM day_close d
     LEFT JOIN event e ON e.id = d.event`;
  for (const [event, day, totals, terminal, sender, type] of file.rows(closes)) {
    const where = `day close of event ${event}`;
    checks.count('dayCloses', 1);
    if (type !== DAY_CLOSE_TYPE || sender !== terminal)
      checks.breach('dayCloses', where, 'its event is another one');
    const said = dayCloseSchema.safeParse(readJson(totals));
    if (!said.success) checks.breach('dayCloses', where, 'its totals cannot be read');
    else if (dayNumber(said.data.businessDate) !== day)
      checks.breach('dayCloses', where, `closes ${said.data.businessDate}, not ${day}`);
  }
}

const DAY_CLOSE_TYPE = 5;

function readJson(value: unknown): Record<string, unknown> | undefined {
  try {
    const read: unknown = JSON.parse(String(value));
    return typeof read === 'object' && read !== null
      ? (read as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
