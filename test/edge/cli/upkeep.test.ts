import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBoxProcess } from '../../faults/box-process.ts';
import { openShop, runLarder, type Shop } from './run-larder.ts';

const BOOK = fileURLToPath(new URL('../../../recipes/samples/red-braise.yaml', import.meta.url));
let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await shop.larder('import', BOOK);
  await shop.larder('pos', 'sell', 'M-1001:2', '--id', 'kept');
});
afterAll(() => shop.close());

type Checks = { checks: { id: string; state: string; what: { en: string } }[] };

async function doctor(...args: string[]): Promise<Record<string, string>> {
  const ran = await shop.larder('doctor', '--json', ...args);
  const { checks } = ran.json() as Checks;
  return Object.fromEntries(checks.map(({ id, state }) => [id, state]));
}

describe('doctor', () => {
  it('finds a running box fit, and what waits in it', async () => {
    const found = await doctor();
    expect(found).toMatchObject({
      node: 'ok',
      sqlite: 'ok',
      clock: 'ok',
      data: 'ok',
      secrets: 'ok',
    });
    expect(found).toMatchObject({ box: 'ok', broker: 'ok', topics: 'ok', gaps: 'ok' });
    // Sold without a delivery.
    expect(found['negative']).toBe('warn');
  });

  it('mends rights that are too wide', async () => {
    const secrets = join(shop.data, 'secrets.json');
    chmodSync(secrets, 0o644);
    expect((await doctor())['secrets']).toBe('fail');
    expect((await doctor('--fix'))['secrets']).toBe('ok');
    expect(statSync(secrets).mode & 0o777).toBe(0o600);
  });

  it('speaks Chinese where the terminal does', async () => {
    const ran = await runLarder(shop.folder, ['doctor'], { LANG: 'zh_CN.UTF-8' });
    expect(ran.stdout).toContain('主机运行中');
    expect(ran.exit).toBe(1);
  });

  it('finds a taken port before the box is started', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const env = { LARDER_DATA: join(shop.folder, 'fresh'), LARDER_HTTP_PORT: String(port) };
    const ran = await runLarder(shop.folder, ['doctor'], env);
    other.close();
    expect(ran.stdout).toContain(`127.0.0.1:${port} cannot be used: in use by another program`);
    expect(ran.exit).toBe(1);
  });
});

describe('fsck, backup, restore', () => {
  it('keeps, checks and puts back a copy, under another incarnation', async () => {
    expect((await shop.larder('fsck')).exit).toBe(0);
    const copy = join(shop.folder, 'copy.db');
    const kept = await shop.larder('backup', 'copy.db', '--json');
    expect(kept.json()).toMatchObject({ events: 1 });
    // The sale took something made ahead that nobody logged: its batch may be inferred by now, too.
    const { seq } = kept.json() as { seq: number };
    expect(seq).toBeGreaterThanOrEqual(2);
    expect((await shop.larder('backup', 'copy.db')).exit).toBe(2);
    await shop.larder('pos', 'sell', 'M-1001', '--id', 'after');
    const refused = await shop.larder('restore', copy);
    expect([refused.exit, refused.stderr]).toEqual([1, expect.stringContaining('a box runs')]);

    await shop.box.kill('SIGTERM');
    const restored = (await shop.larder('restore', copy, '--json')).json();
    expect(restored).toMatchObject({ seq, events: 1, parent: { seq, events: 1, why: 'restored' } });
    expect(readdirSync(shop.data).some((name) => name.includes('before-restore'))).toBe(true);
    const db = new Database(join(shop.data, 'larder.db'), { readonly: true });
    expect(db.prepare("SELECT value FROM meta WHERE key = 'incarnation'").pluck().get()).toBe(
      restored['incarnation'],
    );
    db.close();
    // Also on a stopped box.
    expect((await shop.larder('fsck', '--full')).exit).toBe(0);
    expect((await shop.larder('backup', 'stopped.db')).exit).toBe(0);
    expect((await shop.larder('restore', copy)).stdout).toContain('hands it back: sales');
    shop.box = await startBoxProcess(shop.data);
    const sales = (await shop.box.call('GET', '/api/v1/sales')) as { sales: { saleId: string }[] };
    expect(sales.sales.map(({ saleId }) => saleId)).toEqual(['kept']);
  });

  it('refuses a damaged copy and leaves the database alone', async () => {
    const broken = join(shop.folder, 'broken.db');
    writeFileSync(broken, 'this is no database at all, and never was');
    await shop.box.kill('SIGTERM');
    const before = statSync(join(shop.data, 'larder.db')).ino;
    const ran = await shop.larder('restore', broken);
    expect([ran.exit, ran.stderr]).toEqual([1, expect.stringContaining('is no good copy')]);
    expect(statSync(join(shop.data, 'larder.db')).ino).toBe(before);
    shop.box = await startBoxProcess(shop.data);
  });

  it('finds a balance that was changed behind its back', async () => {
    await shop.box.kill('SIGTERM');
    const db = new Database(join(shop.data, 'larder.db'));
    db.exec('UPDATE balance SET amount = amount + 1');
    db.close();
    const ran = await shop.larder('fsck', '--json');
    expect(ran.exit).toBe(1);
    expect(ran.json()).toMatchObject({ ok: false });
    const words = await shop.larder('fsck');
    expect(words.stdout).toMatch(/BREACH +balances/);
    shop.box = await startBoxProcess(shop.data);
  });

  it('says that there is nothing to check', async () => {
    const ran = await runLarder(shop.folder, ['fsck'], { LARDER_DATA: join(shop.folder, 'void') });
    expect([ran.exit, ran.stderr]).toEqual([1, expect.stringContaining('there is no larder.db')]);
    expect(existsSync(join(shop.folder, 'void'))).toBe(false);
  });
});

describe('config', () => {
  it('tells every mistake of file and environment at once', async () => {
    const file = join(shop.folder, 'larder.yaml');
    writeFileSync(file, 'timezon: Asia/Shanghai\nhttp:\n  port: 99999\n');
    const env = { LARDER_DAY_START: '25:00', LARDER_HTTP_PROT: '1' };
    const ran = await runLarder(shop.folder, ['config', 'check', '--json'], env);
    writeFileSync(file, '');
    const { problems } = ran.json() as { problems: string[] };
    expect(problems).toHaveLength(4);
    expect(problems.join('\n')).toContain('did you mean "timezone"?');
    expect(ran.exit).toBe(1);
  });

  it('shows each value and where it comes from', async () => {
    const env = {
      LARDER_MQTT_URL: 'mqtt://till:secret@broker:1883',
      LARDER_SQUARE_TOKEN: 'sq-secret',
    };
    const ran = await runLarder(shop.folder, ['config', 'show'], env);
    expect(ran.stdout).toMatch(/mqtt:\/\/till:\*\*\*@broker:1883 +LARDER_MQTT_URL/);
    expect(ran.stdout).not.toContain('sq-secret');
    expect(ran.stdout).toContain('Asia/Shanghai');
    const schema = JSON.parse((await shop.larder('config', 'schema')).stdout) as {
      properties: object;
    };
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['http', 'mqtt', 'timezone']),
    );
  });
});
