/** Lives of the box, and what was taken over of other ones, against the entries that say so. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import type { Checks } from './audit-check.ts';
import type { AuditFile } from './audit-store.ts';

const TOLD = `SELECT seq, note ->> '$.what' AS what, note FROM entry
  WHERE event IS NULL AND kind = ${ENTRY_KINDS.takeover}`;

const LIVES = `
  SELECT coalesce(l.incarnation, e.note ->> '$.incarnation'), l.incarnation IS NULL, e.seq IS NULL,
      json(l.parent) IS json(e.note -> '$.parent')
    FROM (${TOLD}) e
    FULL JOIN life l ON l.entry = e.seq AND l.incarnation = e.note ->> '$.incarnation'
    WHERE e.what = 'life' OR e.what IS NULL`;

/** A number that was given to other facts as well has an entry for each; the newest counts all of them. */
const PIECES = `
  SELECT coalesce(t.incarnation, e.note ->> '$.of') || ' ' || coalesce(t.segment, e.note ->> '$.segment'),
      t.incarnation IS NULL, e.seq IS NULL AND t.applied > 0,
      e.seq IS NULL OR (t.applied IS e.note ->> '$.applied'
        AND t.duplicates IS e.note ->> '$.duplicates'
        AND json_array_length(t.refused) IS e.note ->> '$.refused')
    FROM (SELECT max(seq) AS seq, note FROM (${TOLD}) WHERE what = 'facts'
            GROUP BY note ->> '$.of', note ->> '$.segment') e
    FULL JOIN takeover t ON t.incarnation = e.note ->> '$.of' AND t.segment = e.note ->> '$.segment'`;

/** Where this file parted from the one that it is a copy of. */
const PARENT = `
  SELECT m.value ->> '$.incarnation', m.value ->> '$.seq' = 0 OR lower(hex(e.hash)) IS m.value ->> '$.hash'
    FROM meta m LEFT JOIN entry e ON e.seq = m.value ->> '$.seq' WHERE m.key = 'parent'`;

export function checkLives(file: AuditFile, checks: Checks): void {
  for (const [name, lost, untold, same] of file.rows(LIVES)) {
    checks.count('lives', 1);
    const where = `life ${name}`;
    if (lost) checks.breach('lives', where, 'an entry tells of it, and it is not stored');
    else if (untold) checks.breach('lives', where, 'no entry tells of it');
    else if (!same) checks.breach('lives', where, 'its entry tells of another parent');
  }
  for (const [name, lost, untold, same] of file.rows(PIECES)) {
    checks.count('lives', 1);
    const where = `facts ${name}`;
    if (lost) checks.breach('lives', where, 'an entry took them over, and that is not stored');
    else if (untold) checks.breach('lives', where, 'no entry took them over');
    else if (!same) checks.breach('lives', where, 'their entry counts others');
  }
  for (const [name, same] of file.rows(PARENT)) {
    if (!same) checks.breach('lives', `life ${name}`, 'is named as parent with another past');
  }
}
