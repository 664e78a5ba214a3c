/** What left the larder by day, as it is summed in the background, against every move it was summed from. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Checks } from './audit-check.ts';
import type { AuditFile } from './audit-store.ts';
import { MOVES_PER_ENTRY } from './entry-store.ts';

const { sold, comp, staff, stock } = PLACES;
const OUTSIDE = `(${sold}, ${comp}, ${staff})`;

/** Used, and how the shelf changed, by item and `day`; moves that count for neither are left out. */
const sums = (day: string, where: string) => `SELECT m.item, ${day},
    sum(CASE WHEN m.dst IN ${OUTSIDE} THEN m.amount ELSE 0 END - CASE WHEN m.src IN ${OUTSIDE} THEN m.amount ELSE 0 END),
    sum(CASE WHEN m.dst = ${stock} THEN m.amount ELSE 0 END - CASE WHEN m.src = ${stock} THEN m.amount ELSE 0 END)
   FROM move m CROSS JOIN entry e ON e.seq = m.id / ${MOVES_PER_ENTRY} WHERE ${where} GROUP BY 1, 2`;

type Sum = { used: number; stock: number };

/** A reversal counts on the day of what it takes back; everything after the cursor is not summed yet. */
export function checkUsage(file: AuditFile, checks: Checks): void {
  const seen = file.number('SELECT seq FROM usage_seen');
  const before = `m.id < ${(seen + 1) * MOVES_PER_ENTRY}`;
  const right = new Map<string, Sum>();
  const add = (item: unknown, day: unknown, used: unknown, change: unknown) => {
    const key = `item ${item}, day ${day}`;
    const sum = right.get(key) ?? { used: 0, stock: 0 };
    right.set(key, sum);
    sum.used += Number(used);
    sum.stock += Number(change);
  };
  for (const [item, day, used, change] of file.rows(
    sums('e.day', `${before} AND e.reverses IS NULL`),
  ))
    add(item, day, used, change);
  const rootDay = rootDays(file);
  for (const [item, seq, used, change] of file.rows(
    sums('e.seq', `${before} AND e.reverses IS NOT NULL`),
  ))
    add(item, rootDay(Number(seq)), used, change);
  for (const [item, day, used, change] of file.rows(
    'SELECT item, day, amount, stock FROM usage_day',
  )) {
    checks.count('usage', 1);
    const key = `item ${item}, day ${day}`;
    const sum = right.get(key) ?? { used: 0, stock: 0 };
    right.delete(key);
    if (sum.used !== used)
      checks.breach('usage', key, `says ${used}; its moves add up to ${sum.used}`);
    if (sum.stock !== change)
      checks.breach('usage', key, `says the shelf changed by ${change}; it was ${sum.stock}`);
  }
  for (const [key, sum] of right) {
    if (sum.used !== 0 || sum.stock !== 0)
      checks.breach('usage', key, `is not stored; its moves add up to ${sum.used}`);
  }
  checkHours(file, checks);
  checkSaid(file, checks);
}

/** What people said stands in an entry of its kind. */
function checkSaid(file: AuditFile, checks: Checks): void {
  const lost = `SELECT 'note ' || n.id FROM day_note n LEFT JOIN entry e ON e.seq = n.entry
      WHERE e.kind IS NOT ${ENTRY_KINDS.day}
    UNION ALL SELECT 'import of item ' || u.item || ', day ' || u.day FROM usage_import u
      LEFT JOIN entry e ON e.seq = u.entry WHERE e.kind IS NOT ${ENTRY_KINDS.usage}`;
  for (const [where] of file.rows(lost)) checks.breach('usage', String(where), 'has no entry');
}

/** The hours of a day that keeps them add up to the day. */
function checkHours(file: AuditFile, checks: Checks): void {
  const from = file.number('SELECT hours_from FROM usage_seen');
  const differing = `SELECT d.item, d.day, d.amount, coalesce(h.amount, 0) FROM usage_day d
     LEFT JOIN (SELECT item, day, sum(amount) AS amount FROM usage_hour GROUP BY item, day) h
       ON h.item = d.item AND h.day = d.day
    WHERE d.day >= ${from} AND d.amount <> coalesce(h.amount, 0)`;
  for (const [item, day, amount, hours] of file.rows(differing))
    checks.breach(
      'usage',
      `item ${item}, day ${day}`,
      `says ${amount}; its hours add up to ${hours}`,
    );
}

/** Of a reversal: the day of the entry that it takes back, at the end of the chain. */
function rootDays(file: AuditFile): (seq: number) => number {
  const reverses = new Map<number, number>();
  for (const [seq, of] of file.rows(
    'SELECT seq, reverses FROM entry WHERE reverses IS NOT NULL',
  ) as Iterable<[number, number]>)
    reverses.set(seq, of);
  return (seq) => {
    let root = seq;
    for (
      let next = reverses.get(root);
      next !== undefined && next < root;
      next = reverses.get(root)
    )
      root = next;
    return file.number(`SELECT day FROM entry WHERE seq = ${root}`);
  };
}
