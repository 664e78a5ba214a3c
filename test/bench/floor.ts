/**
 * The floor: the same sales written straight into SQLite by one process, nothing else. A sale row with
 * its payload, its lines, its moves with an index by item, and its balances; JSON parsed and recipes
 * exploded in the loop; the same durability (WAL, FULL). No lots, no hash chain, no checks.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DISHES, dishTakes, type Load, saleBody } from './kitchen.ts';

export type FloorFigures = {
  readonly load: Load;
  readonly salesPerCommit: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
};

const SCHEMA = `
  CREATE TABLE sale (id INTEGER PRIMARY KEY, sale_id TEXT NOT NULL, at TEXT NOT NULL, payload BLOB NOT NULL) STRICT;
  CREATE TABLE line (sale INTEGER, n INTEGER, sku TEXT, qty INTEGER, PRIMARY KEY (sale, n)) STRICT, WITHOUT ROWID;
  CREATE TABLE move (seq INTEGER PRIMARY KEY, sale INTEGER NOT NULL, line INTEGER NOT NULL, item INTEGER NOT NULL, amount INTEGER NOT NULL) STRICT;
  CREATE INDEX move_by_item ON move (item, seq);
  CREATE TABLE balance (item INTEGER PRIMARY KEY, amount INTEGER NOT NULL) STRICT;
`;

/** Writes `count` sales, `salesPerCommit` to a commit; latency is the time of the commit. */
export function measureFloor(load: Load, count: number, salesPerCommit: number): FloorFigures {
  const folder = mkdtempSync(join(tmpdir(), 'larder-floor-'));
  const db = new Database(join(folder, 'floor.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(SCHEMA);
  const takes = new Map(
    Array.from({ length: DISHES }, (_, d) => [
      `D${d}`,
      dishTakes(d).map(({ item, grams }) => ({ item, amount: grams * 1_000_000 })),
    ]),
  );
  takes.set('S', [{ item: 0, amount: 400_000 }]);
  const sale = db.prepare('INSERT INTO sale (sale_id, at, payload) VALUES (?, ?, ?)');
  const line = db.prepare('INSERT INTO line VALUES (?, ?, ?, ?)');
  const move = db.prepare('INSERT INTO move (sale, line, item, amount) VALUES (?, ?, ?, ?)');
  const balance = db.prepare(
    `INSERT INTO balance VALUES (?, ?) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount`,
  );
  const write = db.transaction((bodies: Buffer[]) => {
    for (const body of bodies) {
      const event = JSON.parse(body.toString('utf8')) as {
        time: string;
        data: { saleId: string; lines: { sku: string; qty: string }[] };
      };
      const id = Number(sale.run(event.data.saleId, event.time, body).lastInsertRowid);
      for (const [n, { sku, qty }] of event.data.lines.entries()) {
        line.run(id, n, sku, Number(qty) * 1_000_000);
        for (const take of takes.get(sku) ?? []) {
          const amount = take.amount * Number(qty);
          move.run(id, n, take.item, amount);
          balance.run(take.item, -amount);
        }
      }
    }
  });
  const bodies = Array.from({ length: count }, (_, n) => Buffer.from(saleBody(load, n, 'floor')));
  const times: number[] = [];
  const started = performance.now();
  for (let i = 0; i < count; i += salesPerCommit) {
    const from = performance.now();
    write(bodies.slice(i, i + salesPerCommit));
    times.push(performance.now() - from);
  }
  const perSecond = count / ((performance.now() - started) / 1_000);
  db.close();
  rmSync(folder, { recursive: true, force: true });
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { load, salesPerCommit, perSecond, p50: at(0.5), p99: at(0.99) };
}
