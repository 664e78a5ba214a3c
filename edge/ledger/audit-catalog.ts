/** What head office sent and what is different here, against the entries that say so. */
import { type Override, overridesOf } from '#recipes/book/overrides.ts';
import { catalogCommandSchemas } from '#recipes/contracts/catalog-command.ts';
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import type { Checks } from './audit-check.ts';
import type { AuditFile } from './audit-store.ts';

const VERSIONS = `
  SELECT coalesce(c.version, e.note ->> '$.version'), c.version IS NULL, e.seq IS NULL,
      e.note ->> '$.version' IS c.version AND e.note ->> '$.state' IS c.state
        AND e.note ->> '$.kind' IS c.kind,
      NOT json_valid(c.signed) OR c.signed ->> '$.version' IS NOT c.version,
      c.book IS NOT NULL AND b.version IS NULL
    FROM (SELECT seq, note FROM entry WHERE kind = ${ENTRY_KINDS.catalog}) e
    FULL JOIN catalog c ON c.entry = e.seq
    LEFT JOIN book b ON b.version = c.book`;

/** One that is being dealt with has its book before its row. */
const STRANGERS = `
  SELECT b.version, e.note ->> '$.hq' FROM book b JOIN entry e ON e.seq = b.entry
   WHERE e.note ->> '$.hq' IS NOT NULL
     AND e.note ->> '$.hq' NOT IN (SELECT version FROM catalog WHERE kind = 'book')
     AND e.note ->> '$.hq' IS NOT (SELECT value ->> '$.version' FROM meta WHERE key = 'catalogUnderway')`;

export function checkCatalog(file: AuditFile, checks: Checks): void {
  for (const [version, lost, untold, same, unread, bookless] of file.rows(VERSIONS)) {
    checks.count('catalog', 1);
    const where = `version ${version} of head office`;
    if (lost) checks.breach('catalog', where, 'an entry tells of it, and it is not stored');
    else if (untold) checks.breach('catalog', where, 'no entry tells of it');
    else if (!same) checks.breach('catalog', where, 'its entry tells something else');
    if (unread) checks.breach('catalog', where, 'its text is of another version');
    if (bookless) checks.breach('catalog', where, 'became a book that is not stored');
  }
  for (const [book, version] of file.rows(STRANGERS)) {
    const where = `book ${book}`;
    checks.breach('catalog', where, `is of version ${version} of head office, which never came`);
  }
  checkOverrides(file, checks);
}

/** The newest word of each field, folded again from the entries. */
function checkOverrides(file: AuditFile, checks: Checks): void {
  const said = new Map<string, { entry: unknown; value: string | null }>();
  const entries = `SELECT seq, note FROM entry WHERE kind = ${ENTRY_KINDS.override} ORDER BY seq`;
  for (const [entry, note] of file.rows(entries)) {
    const read = readOverride(note);
    if (!read) checks.breach('catalog', `entry ${entry}`, 'what is different here cannot be read');
    for (const { value, ...one } of read ?? []) {
      said.set(key(one), { entry, value: value === null ? null : JSON.stringify(value) });
    }
  }
  const rows = 'SELECT what, id, field, entry, value FROM book_override';
  for (const [what, id, field, entry, value] of file.rows(rows)) {
    checks.count('catalog', 1);
    const name = key({ what, id, field });
    const told = said.get(name);
    said.delete(name);
    if (told?.entry !== entry || told?.value !== value) {
      checks.breach('catalog', name, 'is different here in another way than was said');
    }
  }
  for (const name of said.keys()) {
    checks.breach('catalog', name, 'was said to be different here, and is not stored');
  }
}

function key({ what, id, field }: Readonly<Record<'what' | 'id' | 'field', unknown>>): string {
  return `${what} ${id} ${field}`;
}

function readOverride(note: unknown): Override[] | undefined {
  try {
    const read = catalogCommandSchemas['book.override'].safeParse(JSON.parse(String(note)));
    return read.success ? overridesOf(read.data) : undefined;
  } catch {
    return undefined;
  }
}
