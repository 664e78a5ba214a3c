/** People and tablets against the entries that made them: rights must not come from nowhere. */
import type { Checks } from './audit-check.ts';
import type { AuditFile, Row } from './audit-store.ts';

const PERSON = 24;
const DEVICE = 25;

/** The newest entry about each, beside what stands in the table; and what was ever set of the secrets. */
const PEOPLE = `
  SELECT coalesce(p.id, e.who), p.id IS NULL, e.who IS NULL,
      coalesce(e.note ->> '$.removed', 0) IS p.removed,
      p.removed OR (e.note ->> '$.name' IS p.name AND e.note ->> '$.role' IS p.role),
      (p.pin IS NULL OR e.pins > 0) AND (p.badge IS NULL OR e.badges > 0)
    FROM (${newest(PERSON, 'user', ", count(note ->> '$.pinSet') AS pins, count(note ->> '$.badgeSet') AS badges")}) e
    FULL JOIN person p ON p.id = e.who`;
const DEVICES = `
  SELECT coalesce(d.id, e.who), d.id IS NULL, e.who IS NULL,
      coalesce(e.note ->> '$.revoked', 0) IS (d.revoked_at IS NOT NULL),
      d.revoked_at IS NOT NULL OR (e.note ->> '$.name' IS d.name AND e.note ->> '$.station' IS d.station),
      TRUE
    FROM (${newest(DEVICE, 'device')}) e FULL JOIN device d ON d.id = e.who`;

export function checkPeople(file: AuditFile, checks: Checks): void {
  for (const row of file.rows(PEOPLE)) checkOne(checks, 'person', row);
  for (const row of file.rows(DEVICES)) checkOne(checks, 'tablet', row);
}

/** SQLite gives the bare columns of the row that has the maximum. */
function newest(kind: number, key: string, more = ''): string {
  return `SELECT note ->> '$.${key}' AS who, note, max(seq)${more}
    FROM entry WHERE event IS NULL AND kind = ${kind} GROUP BY 1`;
}

function checkOne(checks: Checks, what: string, row: Row): void {
  const [who, lost, stranger, sameState, sameFacts, secretsSet] = row;
  const where = `${what} ${who}`;
  checks.count('people', 1);
  if (lost) checks.breach('people', where, 'has entries, and is not stored');
  else if (stranger) checks.breach('people', where, 'no entry made them');
  else if (!sameState || !sameFacts) {
    checks.breach('people', where, 'is not what the newest entry about them says');
  } else if (!secretsSet) checks.breach('people', where, 'has a PIN or badge that nobody set');
}
