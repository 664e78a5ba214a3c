/**
 * Purchase orders against the entries that made them: state, revision and history follow from the ledger
 * alone, and so does every credit note.
 */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import type { Checks } from './audit-check.ts';
import type { AuditFile } from './audit-store.ts';

const ORDER = `e.event IS NULL AND e.kind = ${ENTRY_KINDS.order}`;

/** Entries of an older version say what was done, not what the order became. */
const STATE = `coalesce(e.note ->> '$.state', CASE e.note ->> '$.what'
    WHEN 'create' THEN 'draft' WHEN 'send' THEN 'sent' WHEN 'cancel' THEN 'cancelled' END)`;
const STEPS = `SELECT e.note ->> '$.order' AS id, e.seq, s.value AS step, e.occurred_at AS at, e.actor
    FROM entry e, json_each(coalesce(e.note -> '$.steps', json_array(${STATE}))) s WHERE ${ORDER}`;

/** The newest entry of each order beside its row; SQLite gives the bare columns of the row with the maximum. */
const ORDERS = `
  SELECT coalesce(p.id, e.id), p.id IS NULL, e.id IS NULL,
      e.state IS p.state, e.revision IS p.revision, e.first IS p.entry, e.supplier IS p.supplier
    FROM (SELECT e.note ->> '$.order' AS id, ${STATE} AS state, coalesce(e.note ->> '$.revision', 1) AS revision,
            e.note ->> '$.supplier' AS supplier, min(e.seq) AS first, max(e.seq)
            FROM entry e WHERE ${ORDER} GROUP BY 1) e
    FULL JOIN purchase_order p ON p.id = e.id`;

const HISTORY = `
  SELECT coalesce(s.id, p.purchase), coalesce(s.seq, p.entry), coalesce(s.step, p.step), p.entry IS NULL, s.seq IS NULL
    FROM (${STEPS}) s
    FULL JOIN purchase_step p ON p.purchase = s.id AND p.entry = s.seq AND p.step = s.step
   WHERE p.entry IS NULL OR s.seq IS NULL OR p.at <> s.at OR p.actor IS NOT s.actor`;

/** What nobody asked for can only be what a message came to. */
const CAUSES = `SELECT e.seq, e.note ->> '$.what' FROM entry e
   WHERE ${ORDER} AND e.command IS NULL AND e.note ->> '$.what' NOT IN ('accepted', 'not_sent')`;

const RECEIPTS = `SELECT r.purchase, r.entry, p.id IS NULL FROM purchase_receipt r
    LEFT JOIN purchase_order p ON p.id = r.purchase LEFT JOIN entry e ON e.seq = r.entry
   WHERE p.id IS NULL OR coalesce(e.kind, 0) NOT IN (${ENTRY_KINDS.receipt}, ${ENTRY_KINDS.transfer})
      OR e.note ->> '$.order' IS NOT r.purchase`;

const SENDINGS = `SELECT s.id, s.purchase, s.state, p.state FROM sending s
    LEFT JOIN purchase_order p ON p.id = s.purchase LEFT JOIN entry e ON e.seq = s.entry
   WHERE p.id IS NULL OR e.kind IS NOT ${ENTRY_KINDS.order} OR e.note ->> '$.order' IS NOT s.purchase
      OR s.state NOT IN ('waiting', 'sent', 'failed') OR (s.state = 'waiting') <> (s.next_at IS NOT NULL)`;

const CREDITS = `
  SELECT coalesce(c.entry, e.seq), c.entry IS NULL, e.seq IS NULL FROM
      (SELECT * FROM entry WHERE event IS NULL AND kind = ${ENTRY_KINDS.credit}) e
    FULL JOIN credit_note c ON c.entry = e.seq
   WHERE e.seq IS NULL OR c.entry IS NULL OR e.note ->> '$.credit' IS NOT c.id
      OR e.note ->> '$.supplier' IS NOT c.supplier OR e.note ->> '$.cost' IS NOT c.amount`;

/** Works every order out again from its entries and compares. */
export function checkOrders(file: AuditFile, checks: Checks): void {
  const breach = (where: string, detail: string) => checks.breach('orders', where, detail);
  for (const [id, lost, stranger, ...same] of file.rows(ORDERS)) {
    checks.count('orders', 1);
    if (lost) breach(`order ${id}`, 'has entries, and is not stored');
    else if (stranger) breach(`order ${id}`, 'no entry made it');
    else if (same.some((one) => one !== 1)) {
      breach(`order ${id}`, 'is not what the newest entry about it says');
    }
  }
  for (const [id, entry, step, lost] of file.rows(HISTORY)) {
    const odd = lost
      ? 'is missing in its history, or another'
      : 'stands in its history without an entry';
    breach(`order ${id}`, `step ${step} of entry ${entry} ${odd}`);
  }
  for (const [entry, what] of file.rows(CAUSES))
    breach(`entry ${entry}`, `nobody asked for "${what}"`);
  for (const [id, entry, lost] of file.rows(RECEIPTS)) {
    breach(
      `order ${id}`,
      lost ? `has a receipt, and is not stored` : `entry ${entry} is no receipt of it`,
    );
  }
  for (const [sending, id, state] of file.rows(SENDINGS)) {
    breach(`order ${id}`, `its message ${sending} (${state}) fits no entry`);
  }
  checks.count('orders', file.number('SELECT count(*) FROM credit_note'));
  for (const [entry, lost] of file.rows(CREDITS)) {
    breach(
      `entry ${entry}`,
      lost ? 'its credit note is not stored' : 'its credit note says something else',
    );
  }
}
