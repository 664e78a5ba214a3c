/** Inferred prep: what stands in the table is what its entries add up to, input by input. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Checks } from './audit-check.ts';
import type { AuditFile } from './audit-store.ts';
import { MOVES_PER_ENTRY } from './entry-store.ts';

/** What stands inferred of a made item: millionths of it, and of each input lot. */
type Standing = { amount: number; readonly takes: Map<string, number> };

export function checkPrep(file: AuditFile, checks: Checks): void {
  const right = foldEntries(file, checks);
  for (const [item, stands] of readTable(file, checks)) {
    const where = `inferred prep of item ${item}`;
    checks.count('prep', 1);
    const folded = right.get(item) ?? { amount: 0, takes: new Map() };
    right.delete(item);
    if (stands.amount !== folded.amount)
      checks.breach('prep', where, `is ${stands.amount}; its entries say ${folded.amount}`);
    for (const key of new Set([...stands.takes.keys(), ...folded.takes.keys()])) {
      const [own, entries] = [stands.takes.get(key) ?? 0, folded.takes.get(key) ?? 0];
      if (own !== entries)
        checks.breach('prep', where, `took ${own} of ${key}; its entries moved ${entries}`);
    }
  }
  for (const [item, { amount, takes }] of right) {
    const stood = amount !== 0 || [...takes.values()].some((sum) => sum !== 0);
    if (stood)
      checks.breach('prep', `inferred prep of item ${item}`, `is not stored; it is ${amount}`);
  }
}

/** Its entries in their order: each says what stands from then on, and moves the difference. */
function foldEntries(file: AuditFile, checks: Checks): Map<number, Standing> {
  const items = new Map<unknown, number>();
  for (const [id, code] of file.rows('SELECT id, code FROM item')) items.set(code, Number(id));
  const folded = new Map<number, Standing>();
  const entries = `SELECT e.seq, e.note ->> '$.recipe', e.note ->> '$.before', e.note ->> '$.inferred'
      FROM entry e WHERE e.event IS NULL AND e.kind = ${ENTRY_KINDS.prep} ORDER BY e.seq`;
  const owner = new Map<number, { made: number; more: number }>();
  for (const [seq, recipe, before, inferred] of file.rows(entries)) {
    checks.count('prep', 1);
    const made = items.get(recipe) ?? 0;
    const stands = folded.get(made) ?? { amount: 0, takes: new Map() };
    folded.set(made, stands);
    if (stands.amount !== before)
      checks.breach('prep', `entry ${seq}`, `starts from ${before}; ${stands.amount} stood`);
    stands.amount = Number(inferred);
    owner.set(Number(seq), { made, more: Number(inferred) - Number(before) });
  }
  foldMoves(file, folded, owner);
  for (const [seq, { more }] of owner)
    if (more !== 0) checks.breach('prep', `entry ${seq}`, `did not move ${more} of what it made`);
  return folded;
}

/** What an entry took belongs to what it made; what it made is taken off what it should have. */
function foldMoves(
  file: AuditFile,
  folded: ReadonlyMap<number, Standing>,
  owner: ReadonlyMap<number, { made: number; more: number }>,
): void {
  const moves = `SELECT e.seq, m.line, m.item, m.lot, m.src, m.amount FROM entry e JOIN move m
      ON m.id >= e.seq * ${MOVES_PER_ENTRY} AND m.id < (e.seq + 1) * ${MOVES_PER_ENTRY}
     WHERE e.event IS NULL AND e.kind = ${ENTRY_KINDS.prep} ORDER BY m.id`;
  for (const [seq, line, item, lot, from, amount] of file.rows(moves)) {
    const own = owner.get(Number(seq));
    if (!own) continue;
    const out = from === PLACES.stock ? Number(amount) : -Number(amount);
    if (line === OUTPUT) own.more += out;
    else {
      const takes = folded.get(own.made)?.takes;
      const key = keyOf(Number(item), Number(lot));
      takes?.set(key, (takes.get(key) ?? 0) + out);
    }
  }
}

/** The line of what an entry made; its inputs have line 0. */
const OUTPUT = -1;

function readTable(file: AuditFile, checks: Checks): Map<number, Standing> {
  const table = new Map<number, Standing>();
  for (const [item, amount, text] of file.rows('SELECT item, amount, takes FROM inferred_prep')) {
    const takes = new Map<string, number>();
    for (const take of readTakes(text)) {
      const key = keyOf(take.item, take.lot);
      takes.set(key, (takes.get(key) ?? 0) + take.amount);
    }
    if (!(Number(amount) > 0))
      checks.breach('prep', `inferred prep of item ${item}`, `stands with ${amount}`);
    table.set(Number(item), { amount: Number(amount), takes });
  }
  return table;
}

/** What cannot be read is nothing, and so differs from the entries. */
function readTakes(text: unknown): { item: number; lot: number; amount: number }[] {
  try {
    const read: unknown = JSON.parse(String(text));
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

function keyOf(item: number, lot: number): string {
  return `item ${item}, lot ${lot}`;
}
