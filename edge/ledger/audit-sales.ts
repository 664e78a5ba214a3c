/**
 * Sales one by one: what their entries moved, line by line, against what they may have moved, and,
 * in a full audit, against what their own bytes say when they are exploded again.
 */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { History } from '../recipe-book/history.ts';
import type { Checks } from './audit-check.ts';
import { type Content, type Moved, type Out, verifySale } from './audit-explode.ts';
import { type AuditFile, Grouped, type Row } from './audit-store.ts';

const MOVES = `SELECT e.sale, e.seq, e.kind, m.line, m.item, m.lot, m.src, m.dst, m.amount
   FROM entry e INDEXED BY entry_by_sale
   JOIN move m ON m.id >= e.seq * 65536 AND m.id < (e.seq + 1) * 65536
  WHERE e.sale IS NOT NULL`;
const ORDER = 'ORDER BY e.sale, e.seq, m.id';
const MANY = `AND e.sale IN (SELECT sale FROM entry WHERE sale IS NOT NULL GROUP BY sale HAVING count(*) > 1)`;
const PROGRESS_EVERY = 1_024;

/** Only the sales that have more than one entry: one entry can neither double nor put back. */
export function checkRepeated(file: AuditFile, checks: Checks): void {
  let list: Row[] = [];
  for (const row of file.rows(`${MOVES} ${MANY} ${ORDER}`)) {
    if (list.length > 0 && list[0]?.[0] !== row[0]) {
      foldSale(checks, list);
      list = [];
    }
    list.push(row);
  }
  if (list.length > 0) foldSale(checks, list);
}

/** Every sale, from its bytes. */
export function checkSales(
  file: AuditFile,
  checks: Checks,
  history: History,
  progress: (done: number, total: number) => void,
): void {
  const total = file.number('SELECT max(id) FROM sale');
  const moves = new Grouped(file.rows(`${MOVES} ${ORDER}`));
  const held = new Grouped(file.rows('SELECT sale, line FROM held_line ORDER BY sale, line'));
  const back = new Grouped(
    file.rows('SELECT sale, line, qty, disposition FROM taken_back ORDER BY sale, line, event'),
  );
  const columns =
    's.id, s.terminal, s.sale_id, s.event, s.revision, s.day, s.occurred_at, s.line_ids, e.event_id, e.body, e.received_at';
  let done = 0;
  for (const row of file.pages(columns, 'sale s JOIN event e ON e.id = s.event')) {
    const id = Number(row[0]);
    const rows = moves.take(id);
    const content: Content = { row, held: held.take(id), back: back.take(id) };
    verifySale(checks, history, content, foldSale(checks, rows), Number(rows[0]?.[1] ?? 0));
    if (++done % PROGRESS_EVERY === 0) progress(id, total);
  }
  progress(total, total);
}

/** Follows the moves of one sale; says what is out of stock now. */
function foldSale(checks: Checks, rows: readonly Row[]): Moved {
  const out = new Map<string, Out>();
  const lots = new Map<string, number>();
  const outside = new Map<number, number>();
  const takenAt = new Map<number, number>();
  let entry = -1;
  let begun = new Map<number, number>();
  checks.count('once', 1);
  for (const row of rows) {
    const [sale, seq, kind, line, item, lot, from, to, amount] = row as number[] as SaleMove;
    if (seq !== entry) begun = new Map(outside);
    entry = seq;
    const where = `sale ${sale} line ${line}`;
    if (kind === ENTRY_KINDS.sale) {
      if (from !== PLACES.stock)
        checks.breach('once', where, `entry ${seq} takes from place ${from}`);
      if ((begun.get(line) ?? 0) > 0) {
        checks.breach('once', where, `entry ${seq} takes again what was taken before`);
        begun.delete(line);
      }
    }
    if (kind === ENTRY_KINDS.sale || kind === ENTRY_KINDS.snapshot) takenAt.set(line, seq);
    const own = out.get(`${line} ${item}`) ?? { line, item, places: new Map() };
    out.set(`${line} ${item}`, own);
    if (from !== PLACES.stock) {
      const key = `${line} ${item} ${lot} ${from}`;
      const left = (lots.get(key) ?? 0) - amount;
      lots.set(key, left);
      if (left < 0)
        checks.breach(
          'once',
          where,
          `entry ${seq} puts back ${-left} of item ${item} lot ${lot} more than was taken`,
        );
      own.places.set(from, (own.places.get(from) ?? 0) - amount);
      outside.set(line, (outside.get(line) ?? 0) - amount);
    }
    if (to !== PLACES.stock) {
      const key = `${line} ${item} ${lot} ${to}`;
      lots.set(key, (lots.get(key) ?? 0) + amount);
      own.places.set(to, (own.places.get(to) ?? 0) + amount);
      outside.set(line, (outside.get(line) ?? 0) + amount);
    }
  }
  return { out, takenAt };
}

type SaleMove = [number, number, number, number, number, number, number, number, number];
