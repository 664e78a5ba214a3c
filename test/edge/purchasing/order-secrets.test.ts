/** Secrets of suppliers stay where they are; orders of an older box get their history. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../edge/db/open.ts';
import { installation } from '../../../edge/installation.ts';
import { openHttpSink } from '../../support/http-sink.ts';
import { BUTCHER, startOrderBox } from './order-box.ts';

test('an address in secrets.json is used, kept, and told to nobody', async () => {
  const sink = await openHttpSink('{"errcode":0}');
  const send = [{ by: 'chat', robot: 'wecom', to: 'order group' }];
  const data = mkdtempSync(join(tmpdir(), 'larder-secrets-'));
  const box = await startOrderBox([{ ...BUTCHER, send }], { data });
  try {
    const order = await box.order();
    const approve = { order, send: { by: 'chat' } };
    expect(await box.command('order.approve', approve)).toMatchObject({
      code: 'channel_not_set_up',
    });
    const file = join(data, 'secrets.json');
    const known = JSON.parse(readFileSync(file, 'utf8')) as object;
    const address = `${sink.url}/send?key=very-secret`;
    writeFileSync(file, JSON.stringify({ ...known, suppliers: { butcher: { address } } }));
    await box.restart();
    await box.command('device.terminal', { terminal: 'T7' });
    expect(readFileSync(file, 'utf8')).toContain('very-secret');
    sink.answer = () => ({ status: 404, body: `no such robot: ${address}` });
    expect(await box.command('order.approve', approve)).toMatchObject({ status: 'applied' });
    box.clock.skip(3_000);
    const failed = await box.until(order, ({ sendings }) => sendings[0]?.state === 'failed');
    expect(sink.posts[0]?.url).toBe('/send?key=very-secret');
    expect(failed.sendings[0]).toMatchObject({ target: 'order group' });
    expect(JSON.stringify(failed)).not.toContain('very-secret');
    const inbox = JSON.stringify(await box.api('GET', '/inbox'));
    expect(inbox).toContain(order);
    expect(inbox).not.toContain('very-secret');
    const { db } = box.box.parts;
    const entries = db.prepare('SELECT group_concat(note) FROM entry').pluck().get();
    expect(String(entries)).not.toContain('very-secret');
    expect(box.breaches()).toEqual([]);
  } finally {
    await box.stop();
    await sink.close();
    rmSync(data, { recursive: true });
  }
});

test('orders that an older box made have steps, a revision and a time of making', () => {
  const folder = mkdtempSync(join(tmpdir(), 'larder-old-'));
  const { migrations } = installation();
  const old = join(folder, 'migrations');
  cpSync(migrations, old, { recursive: true });
  const journal = join(old, 'meta', '_journal.json');
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: object[] };
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, 4) }));
  const file = join(folder, 'larder.db');
  try {
    const before = openDatabase(file, old);
    const entry = before.prepare(
      `INSERT INTO entry (seq, kind, day, occurred_at, recorded_at, command, actor, note, hash)
       VALUES (?, 23, 20261122, ?, ?, ?, 'li', ?, zeroblob(32))`,
    );
    entry.run(1, 100, 105, 'a', '{"what":"create","order":"PO-1","supplier":"butcher"}');
    entry.run(2, 200, 205, 'b', '{"what":"send","order":"PO-1","supplier":"butcher"}');
    before.exec("INSERT INTO purchase_order VALUES ('PO-1', 1, 'butcher', NULL, 'sent', NULL)");
    before.close();
    const after = openDatabase(file, migrations);
    const steps = after
      .prepare('SELECT entry, step, at, actor FROM purchase_step ORDER BY entry')
      .all();
    expect(steps).toEqual([
      { entry: 1, step: 'draft', at: 100, actor: 'li' },
      { entry: 2, step: 'sent', at: 200, actor: 'li' },
    ]);
    const order = after.prepare('SELECT created_at, revision FROM purchase_order').get();
    expect(order).toEqual({ created_at: 105, revision: 1 });
    after.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
