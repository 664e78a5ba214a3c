/** Lots and balances against what the moves add up to. */
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { type Folded, type Lots, PLACE_BITS } from './audit-chain.ts';
import type { Checks } from './audit-check.ts';
import type { AuditFile } from './audit-store.ts';

type Lot = {
  item: number;
  entry: number;
  received: number;
  amount: number;
  cost: number | null;
};

/** Every lot; they are few beside sales, one for each received line. */
export function readLots(file: AuditFile): Map<number, Lot> {
  const lots = new Map<number, Lot>();
  for (const row of file.pages('id, item, entry, amount, cost', 'lot')) {
    lots.set(Number(row[0]), {
      item: Number(row[1]),
      entry: Number(row[2]),
      received: 0,
      amount: Number(row[3]),
      cost: row[4] === null ? null : Number(row[4]),
    });
  }
  return lots;
}

/** What the lot table says came in, against the moves of the entry that brought it. */
export function checkReceived(file: AuditFile, checks: Checks, lots: Lots): void {
  const receipts = 'lot l LEFT JOIN item i ON i.id = l.item LEFT JOIN entry e ON e.seq = l.entry';
  for (const row of file.pages('l.id, l.amount, l.entry, i.id, e.seq', receipts)) {
    const where = `lot ${row[0]}`;
    const received = lots.get(Number(row[0]))?.received;
    checks.count('lots', 1);
    checks.count('negative', 1);
    if (row[3] === null) checks.breach('lots', where, 'its item does not exist');
    if (row[4] === null) checks.breach('lots', where, `its entry ${row[2]} does not exist`);
    else if (received !== row[1]) {
      checks.breach(
        'lots',
        where,
        `says that ${row[1]} came in; entry ${row[2]} moved ${received} in`,
      );
    }
  }
}

/** Balances both ways: every row against the sum, and every sum against a row. */
export function checkBalances(file: AuditFile, checks: Checks, folded: Folded): void {
  const seen = new Set<string>();
  const sums = new Map<number, number>();
  for (const [item, place, lot, amount] of file.rows(
    'SELECT item, place, lot, amount FROM balance',
  ) as Iterable<[number, number, number, number]>) {
    const where = nameOf(item, place, lot);
    seen.add(where);
    sums.set(item, (sums.get(item) ?? 0) + amount);
    checks.count('balances', 1);
    const right = sumOf(folded, item, place, lot);
    if (right === undefined)
      checks.breach('balances', where, `is ${amount}; nothing ever moved there`);
    else if (right !== amount)
      checks.breach('balances', where, `is ${amount}; the moves add up to ${right}`);
    if (place === PLACES.stock && amount < 0 && lot !== UNALLOCATED) {
      checks.breach('negative', where, `is ${amount}`);
    }
    if (place === PLACES.stock && amount === 0)
      checks.breach('balances', where, 'an empty lot has a row');
  }
  for (const [item, lots] of folded.stock) {
    for (const [lot, amount] of lots)
      missing(checks, seen, nameOf(item, PLACES.stock, lot), amount);
  }
  for (const [key, amount] of folded.places) {
    missing(
      checks,
      seen,
      nameOf(Math.floor(key / PLACE_BITS), key % PLACE_BITS, UNALLOCATED),
      amount,
    );
  }
  for (const [item, sum] of sums) {
    checks.count('zero', 1);
    if (sum !== 0) checks.breach('zero', `item ${item}`, `all places add up to ${sum} millionths`);
  }
}

function missing(checks: Checks, seen: ReadonlySet<string>, where: string, amount: number): void {
  if (amount !== 0 && !seen.has(where)) {
    checks.breach('balances', where, `has no row; the moves add up to ${amount}`);
  }
}

function sumOf(folded: Folded, item: number, place: number, lot: number): number | undefined {
  if (place === PLACES.stock) return folded.stock.get(item)?.get(lot);
  return lot === UNALLOCATED ? folded.places.get(item * PLACE_BITS + place) : undefined;
}

function nameOf(item: number, place: number, lot: number): string {
  return `balance of item ${item}, place ${place}, lot ${lot}`;
}
