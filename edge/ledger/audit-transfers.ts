/**
 * Goods between stores, requisitions and outside work against the entries that made them: who sent or
 * received what, how often this box spoke of it, what lies outside. What head office says stands in
 * columns of its own and is not looked at here.
 */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Checks } from './audit-check.ts';
import type { AuditFile } from './audit-store.ts';
import { undoneSql } from './undone-store.ts';

const KIND = `e.event IS NULL AND e.kind = ${ENTRY_KINDS.transfer}`;

/** Every transfer that this box spoke of, by its newest word; SQLite gives the bare columns of the row with the maximum. */
const SPOKEN = `SELECT e.note ->> '$.transfer' AS id, e.note ->> '$.what' AS what,
    coalesce(e.note ->> '$.to', e.note ->> '$.from') AS other, count(*) AS words, max(e.note ->> '$.step') AS step
  FROM entry e WHERE ${KIND} GROUP BY 1`;

const STATE = `CASE w.what WHEN 'send' THEN 'sent' WHEN 'restore' THEN 'sent' WHEN 'cancel' THEN 'cancelled'
    WHEN 'receive' THEN 'received' WHEN 'again' THEN 'received' WHEN 'match' THEN 'received' ELSE NULL END`;

const TRANSFERS = `SELECT coalesce(t.id, w.id), t.id IS NULL, w.id IS NULL AND t.entry > 0,
    w.id IS NULL OR (t.step = w.step AND w.step = w.words AND t.other = w.other
      AND (CASE WHEN ${STATE} IS NULL THEN t.entry = 0 ELSE t.state = ${STATE} END))
  FROM (SELECT * FROM transfer WHERE step > 0 OR entry > 0) t FULL JOIN (${SPOKEN}) w ON w.id = t.id`;

/** The entry of a row sent or received just that, and stands exactly when the row says so. */
const ENTRIES = `SELECT t.id, t.entry FROM transfer t LEFT JOIN entry e ON e.seq = t.entry
  WHERE t.entry > 0 AND (e.kind IS NOT ${ENTRY_KINDS.transfer} OR e.note ->> '$.transfer' IS NOT t.id
    OR e.note ->> '$.what' IS NOT CASE t.direction WHEN 'out' THEN 'send' ELSE 'receive' END
    OR ${undoneSql('t.entry')} <> (t.state = 'cancelled'))`;

const REQUISITIONS = `SELECT coalesce(r.id, e.id), r.id IS NULL, e.id IS NULL, r.entry = e.seq AND r.other = e.other
  FROM (SELECT e.seq, e.note ->> '$.requisition' AS id, e.note ->> '$.to' AS other FROM entry e
    WHERE e.event IS NULL AND e.kind = ${ENTRY_KINDS.requisition} AND e.note ->> '$.what' = 'send') e
  FULL JOIN (SELECT * FROM requisition WHERE direction = 'out') r ON r.id = e.id`;

const OUTSIDE = `e.event IS NULL AND e.kind = ${ENTRY_KINDS.outsource}`;
const JOBS = `SELECT coalesce(j.id, e.id), j.id IS NULL, e.id IS NULL, j.entry = e.seq
    AND (j.state = 'cancelled') = e.undone
    AND json_array_length(j.back) = (SELECT count(*) FROM entry b WHERE b.event IS NULL
      AND b.kind = ${ENTRY_KINDS.outsource} AND b.note ->> '$.what' = 'receive' AND b.note ->> '$.job' = j.id
      AND NOT ${undoneSql('b.seq')})
  FROM (SELECT e.seq, e.note ->> '$.job' AS id, ${undoneSql('e.seq')} AS undone FROM entry e
    WHERE ${OUTSIDE} AND e.note ->> '$.what' = 'send') e
  FULL JOIN outsource_job j ON j.id = e.id`;

/** By item: what jobs say is still out there, and what the ledger has there. */
const STILL_OUT = `WITH line AS (
    SELECT j.id, l.key AS n, l.value ->> '$.item' AS item, l.value ->> '$.amount' AS amount
      FROM outsource_job j, json_each(j.lines) l WHERE j.state <> 'cancelled'),
  gone AS (
    SELECT j.id, v.key AS n, sum(v.value) AS amount FROM outsource_job j, json_each(j.back) b,
        json_each('["used","returned","lost"]') f, json_each(b.value -> ('$.' || f.value)) v
     WHERE j.state <> 'cancelled' GROUP BY 1, 2),
  said AS (
    SELECT line.item, sum(line.amount - coalesce(gone.amount, 0)) AS amount FROM line
      LEFT JOIN gone ON gone.id = line.id AND gone.n = line.n GROUP BY 1),
  real AS (
    SELECT i.code AS item, sum(b.amount) AS amount FROM balance b JOIN item i ON i.id = b.item
     WHERE b.place = ${PLACES.processor} GROUP BY 1)
  SELECT coalesce(said.item, real.item), coalesce(said.amount, 0), coalesce(real.amount, 0)
    FROM said FULL JOIN real ON real.item = said.item
   WHERE coalesce(said.amount, 0) <> coalesce(real.amount, 0)`;

/** Works every one out again from its entries and compares. */
export function checkTransfers(file: AuditFile, checks: Checks): void {
  const breach = (where: string, detail: string) => checks.breach('transfers', where, detail);
  const compare = (what: string, sql: string) => {
    for (const [id, lost, stranger, same] of file.rows(sql)) {
      checks.count('transfers', 1);
      if (lost) breach(`${what} ${id}`, 'has entries, and is not stored');
      else if (stranger) breach(`${what} ${id}`, 'no entry made it');
      else if (same !== 1) breach(`${what} ${id}`, 'is not what the entries about it say');
    }
  };
  compare('transfer', TRANSFERS);
  compare('requisition', REQUISITIONS);
  compare('outside job', JOBS);
  for (const [id, entry] of file.rows(ENTRIES)) {
    breach(`transfer ${id}`, `entry ${entry} did not send or receive it, or was undone`);
  }
  for (const [item, said, real] of file.rows(STILL_OUT)) {
    breach(`item ${item}`, `${said} is out with processors by the jobs, ${real} by the ledger`);
  }
}
