/**
 * Every kind of command, taken over by a box that has only the past: it becomes the same box. A kind that
 * is added must be added here, or it is not known whether another life can take it over.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandSchemas } from '#recipes/contracts/command.ts';
import { line, sale } from './days.ts';
import {
  backupOf,
  breaches,
  forgetLives,
  type Life,
  openKitchen,
  restored,
  startLife,
  takeOver,
} from './two-lives.ts';

/** Makes no entry, or is about head office's own versions, which come down again. */
const NOT_TAKEN_OVER = [
  'print.slip',
  'print.retry',
  'print.cancel',
  'print.move',
  'print.reprint',
  'print.confirm',
  // Needs a book of head office: test/hq.
  'book.override',
];

let old: Life;
let main: Life;
const seqs = new Map<string, number>();

beforeAll(async () => {
  old = await startLife();
  await openKitchen(old);
  const backup = backupOf(old);
  const afterSeq = old.box.parts.ledger.seq();
  await everything(old);
  main = await startLife(restored(backup), '2026-11-21T18:00:00+08:00');
  const taken = await takeOver(old, main, { afterSeq, events: 0 });
  expect(taken.refused).toEqual([]);
  // What was seen of yet another life was never here.
  expect(taken.duplicates).toBe(1);
}, 60_000);
afterAll(async () => {
  for (const life of [old, main]) await life?.stop();
  forgetLives();
});

async function everything(life: Life): Promise<void> {
  const does = async (kind: string, data: object, id = kind) => {
    life.skip(1);
    const { seq = 0, data: answer } = await life.does(kind, data, id.replaceAll(' ', '-'));
    seqs.set(id, seq);
    return (answer ?? {}) as Record<string, string>;
  };
  const undo = (id: string) => does('entry.reverse', { entry: seqs.get(id) }, `undo ${id}`);
  await does('device.terminal', { terminal: 'T2' });
  await does('delivery.receive', {
    supplier: 'jinluo',
    lines: [
      { item: 'egg', qty: '1 tray', price: '20.00' },
      { item: 'rice', qty: '2 kg' },
    ],
  });
  await does('waste.log', { sku: 'B', reason: 'remake' });
  await does('waste.log', { item: 'egg', qty: '1', reason: 'dropped' }, 'undone waste');
  await undo('undone waste');
  await does('consume.log', { item: 'rice', qty: '200', why: 'staff' });
  await does('trim.log', {
    lot: 'F-1',
    in: '1 kg',
    outs: [
      { to: 'usable', qty: '700' },
      { to: 'reuse', item: 'scraps' },
    ],
  });
  await does('offcut.use', { item: 'scraps', qty: '50', into: 'broth' });
  await does('batch.produce', { recipe: 'broth', qty: '3 kg' });
  const opened = await does('lot.open', { lot: 'B-1', qty: '2 kg', how: 'opened' });
  await does('waste.log', { lot: opened['lot'], reason: 'spoiled' }, 'all of the lot');
  await does('delivery.return', { supplier: 'jinluo', lines: [{ lot: 'B-1', qty: '500' }] });
  const paid = { supplier: 'jinluo', return: seqs.get('delivery.return'), amount: '16.00' };
  await does('credit.record', paid);
  await does('count.observe', { count: 'c', item: 'rice', qty: '31 kg' });
  await does('count.post', { count: 'c' });
  await does('barcode.learn', { barcode: '6901234', item: 'egg', unit: 'tray' });
  await orders(does);
  const job = await does('outsource.send', {
    processor: 'Lin',
    lines: [{ item: 'belly', qty: '1 kg' }],
  });
  await does('outsource.receive', { job: job['job'], lines: [{ item: 'scraps', qty: '900' }] });
  await does('transfer.send', { to: 's2', lines: [{ item: 'egg', qty: '10' }] });
  await does('transfer.receive', {
    transfer: 'TR-s3-20261121-001',
    from: 's3',
    lines: [{ item: 'egg', qty: '12' }],
  });
  const asked = await does('requisition.send', { to: 's4', lines: [{ item: 'egg', qty: '30' }] });
  await does('requisition.answer', { requisition: asked['requisition'], state: 'cancelled' });
  await does('user.add', { user: 'li', name: 'Li', role: 'cook' });
  await does('user.edit', { user: 'li', name: 'Li Si', role: 'manager' });
  await does('user.add', { user: 'gone', name: 'Gone', role: 'cook' }, 'add gone');
  await does('user.remove', { user: 'gone' });
  const tokenHash = 'ab'.repeat(32);
  await does('device.pair', { device: 'tab-1', name: 'Wok', tokenHash });
  await does('device.edit', { device: 'tab-1', name: 'Wok 1' });
  await does(
    'device.pair',
    { device: 'tab-2', name: 'Lost', tokenHash: 'cd'.repeat(32) },
    'pair 2',
  );
  await does('device.revoke', { device: 'tab-2' });
  const note = await does('day.note', { from: '2026-12-01', kind: 'closed' });
  await does('day.note', { from: '2026-12-02', kind: 'event', value: '1.5' }, 'kept note');
  await does('day.forget', { note: note['note'] });
  await does('usage.import', { items: [{ item: 'egg', days: { '2026-10-01': '40' } }] });
  await does('printer.set', { name: 'bar', url: 'virtual:bar' });
  await does('printer.set', { name: 'old', url: 'virtual:old' }, 'set old');
  await does('printer.remove', { name: 'old' });
  await does('setting.set', { key: 'showMoney', value: 'on' });
  await does('hq.trust', { key: `${'A'.repeat(43)}=` });
  await events(life, does);
}

type Does = (kind: string, data: object, id?: string) => Promise<Record<string, string>>;

async function orders(does: Does): Promise<void> {
  const order = {
    supplier: 'jinluo',
    deliverOn: '2026-11-24',
    again: true,
    lines: [{ item: 'belly', qty: '3 pack' }],
  };
  const create = async (id: string) => (await does('order.create', order, id))['order'] as string;
  const first = await create('order.create');
  await does('order.edit', { order: first, lines: [{ item: 'belly', qty: '4 pack' }] });
  await does('order.submit', { order: first });
  await does('order.reject', { order: first, reason: 'too much' });
  await does(
    'order.edit',
    { order: first, lines: [{ item: 'belly', qty: '2 pack' }] },
    'edit again',
  );
  await does('order.approve', { order: first });
  await does('order.send', { order: first, by: 'hand' });
  const lines = [{ item: 'belly', qty: '1 pack' }];
  await does('delivery.receive', { order: first, lines, close: true }, 'received');
  await does('order.cancel', { order: await create('another') });
}

async function events(life: Life, does: Does): Promise<void> {
  const stream = (sequence: number) => ({ sequence: `${sequence}`, epoch: 'k' });
  await life.event(sale('one', [line('B', '2')], stream(1)));
  await life.event(sale('held', [line('NEW', '1')], stream(2)), 'T1');
  await does('sku.map', { sku: 'NEW', recipe: 'omelette' });
  await life.event(sale('later', [line('E', '1')], stream(5)), 'T2');
  await does('gap.abandon', { terminal: 'T2', epoch: 'k', from: 1, to: 3 });
  await life.event('{"broken":');
  await life.event('{"also broken":');
  const { events: store } = life.box.parts.receiving;
  const number = store.nextNumber() - 1;
  await does('quarantine.dismiss', { event: number });
  await does('quarantine.replay', { event: number - 1 });
  await does('book.rollback', { to: 1 });
  const { parts } = life.box;
  const parent = { incarnation: 'x', seq: 1, hash: 'a', events: 0, why: 'found' } as const;
  parts.ledger.transact(() =>
    parts.lives.putPiece({ incarnation: parent.incarnation, segment: 1 }, 1, {
      applied: 0,
      duplicates: 0,
      refused: [{ what: 'w', id: 'i', code: 'c', message: { en: 'e', zh: 'z' } }],
    }),
  );
  await does('takeover.dismiss', { life: parent.incarnation });
}

test('each kind is among them', () => {
  const said = new Set(old.said.flatMap((one) => ('kind' in one ? [one.kind] : [])));
  const missing = Object.keys(commandSchemas).filter((kind) => !said.has(kind));
  expect(missing.sort()).toEqual([...NOT_TAKEN_OVER].sort());
});

/** What a file says of a table, without the numbers that entries have. */
function rowsOf(life: Life, sql: string): unknown[] {
  const db = new Database(join(life.data, 'larder.db'), { readonly: true });
  try {
    return db.prepare(sql).raw().all();
  } finally {
    db.close();
  }
}

const LOT = "coalesce((SELECT code FROM lot WHERE id = m.lot), '')";
const TABLES: Readonly<Record<string, string>> = {
  entries: `SELECT e.kind, e.day, e.occurred_at, e.command, e.actor, e.event,
      (SELECT command FROM entry WHERE seq = e.reverses),
      CASE WHEN e.kind IN (21, 27) THEN NULL ELSE json_remove(e.note, '$.return') END,
      (SELECT group_concat(m.line || ' ' || i.code || ' ' || ${LOT} || ' ' || m.src || ' ' || m.dst
          || ' ' || m.amount, '; ' ORDER BY m.id)
        FROM move m JOIN item i ON i.id = m.item WHERE m.id / 65536 = e.seq)
    FROM entry e WHERE e.kind NOT IN (26, 35) ORDER BY 3, 4, 6`,
  balances: `SELECT i.code, b.place, coalesce(l.code, ''), b.amount FROM balance b
    JOIN item i ON i.id = b.item LEFT JOIN lot l ON l.id = b.lot ORDER BY 1, 2, 3`,
  lots: `SELECT i.code, l.code, l.supplier, l.amount, l.cost, l.received_at, l.produced_at,
    l.expires_at, l.opened_at FROM lot l JOIN item i ON i.id = l.item ORDER BY 1, 2, 4`,
  events: `SELECT id, terminal, event_id, received_at, status, type, applied, held, moves, source, reasons, body
    FROM event ORDER BY id`,
  sales: 'SELECT id, terminal, sale_id, revision, day, occurred_at FROM sale ORDER BY id',
  streams: 'SELECT terminal, epoch, contiguous, highest FROM cursor ORDER BY 1, 2',
  gaps: 'SELECT terminal, epoch, low, high, abandoned FROM gap ORDER BY 1, 2, 3',
  mappings: 'SELECT sku, recipe FROM sku_map ORDER BY entry',
  settings: 'SELECT key, value FROM setting ORDER BY 1',
  people: 'SELECT id, name, role, removed FROM person ORDER BY 1',
  tablets: 'SELECT id, name, station, token_hash, revoked_at IS NULL FROM device ORDER BY 1',
  barcodes: 'SELECT code, item, unit FROM barcode ORDER BY 1',
  notes: 'SELECT id, first_day, last_day, kind, value, reason, removed FROM day_note ORDER BY 1',
  orders: `SELECT id, supplier, deliver_on, state, note, revision FROM purchase_order ORDER BY 1`,
  'order lines': 'SELECT purchase, item, qty, written, price FROM purchase_line ORDER BY 1, 2',
  steps: 'SELECT purchase, step, at, actor, detail FROM purchase_step ORDER BY 1, entry, 2',
  credits: 'SELECT id, supplier, purchase, amount, day, note FROM credit_note ORDER BY 1',
  printers: 'SELECT name, url FROM printer ORDER BY 1',
  transfers: 'SELECT id, direction, other, state, at, lines, received FROM transfer ORDER BY 1',
  requisitions: 'SELECT id, direction, other, state, at, lines FROM requisition ORDER BY 1',
  jobs: "SELECT id, processor, state, at, lines, json_remove(back, '$[0].entry') FROM outsource_job ORDER BY 1",
  books: 'SELECT version, valid_from, hash FROM book ORDER BY 1',
};

test.each(Object.keys(TABLES))('the same %s', (name) => {
  const sql = TABLES[name] ?? '';
  const there = rowsOf(old, sql);
  expect(there.length).toBeGreaterThan(0);
  expect(rowsOf(main, sql)).toEqual(there);
});

test('and it is sound', () => {
  expect(breaches(main.data)).toEqual([]);
  expect(breaches(old.data)).toEqual([]);
});
