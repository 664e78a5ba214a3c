import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBatchSize } from '../../cloud-bridge/uplink/batch-size.ts';
import { openBoxClient } from '../../cloud-bridge/uplink/box-client.ts';
import { apiBase, readConfig } from '../../cloud-bridge/uplink/config.ts';
import type { Answer, Call } from '../../cloud-bridge/uplink/http-call.ts';

test.each([
  ['https://hq.example.com', 'https://hq.example.com/hq/v1'],
  ['https://hq.example.com/', 'https://hq.example.com/hq/v1'],
  ['https://hq.example.com/hq/v1', 'https://hq.example.com/hq/v1'],
  ['https://hq.example.com/hq/v1/', 'https://hq.example.com/hq/v1'],
  ['https://example.com/larder', 'https://example.com/larder/hq/v1'],
  ['', ''],
])('the base of %s is %s', (url, base) => {
  expect(apiBase(url)).toBe(base);
});

test('every mistake is said at once', () => {
  const read = readConfig(
    { LARDER_HQ_URL: 'hq', LARDER_BOX_URL: 'http://box:8080', LARDER_LOG_LEVEL: 'loud' },
    '/',
  );
  expect(read.ok ? [] : read.problems.map((line) => line.split(':')[0])).toEqual([
    'LARDER_HQ_URL',
    'LARDER_BOX_TOKEN',
    'LARDER_LOG_LEVEL',
  ]);
});

test('a relative folder starts from where the person stands', () => {
  const read = readConfig({ LARDER_DATA: 'kitchen' }, '/shop');
  expect(read.ok && read.config.data).toBe('/shop/kitchen');
});

test('the box is looked up again each time: its port and token may be others', async () => {
  const data = mkdtempSync(join(tmpdir(), 'larder-uplink-'));
  const asked: string[] = [];
  const call: Call = async (_method, url, { headers }): Promise<Answer> => {
    asked.push(`${url} ${headers?.['authorization']}`);
    return { status: 200, headers: {}, body: Buffer.from('{"store":"shop"}') };
  };
  const read = readConfig({ LARDER_DATA: data }, '/');
  if (!read.ok) throw new Error(read.problems.join());
  const box = openBoxClient(read.config, call);
  await expect(box.find()).rejects.toMatchObject({ who: 'box', why: 'unreachable' });
  const leave = (port: number, token: string) => {
    writeFileSync(
      join(data, 'running.json'),
      JSON.stringify({ httpUrl: `http://127.0.0.1:${port}` }),
    );
    writeFileSync(join(data, 'secrets.json'), JSON.stringify({ adminToken: token }));
  };
  leave(1_111, 'first');
  expect(await box.find()).toBe('shop');
  leave(2_222, 'second');
  expect(await box.find()).toBe('shop');
  expect(asked).toEqual([
    'http://127.0.0.1:1111/api/v1/status Bearer first',
    'http://127.0.0.1:2222/api/v1/status Bearer second',
  ]);
  writeFileSync(join(data, 'running.json'), '{"half');
  await expect(box.find()).rejects.toMatchObject({ who: 'box' });
  rmSync(data, { recursive: true });
});

test('the size of a batch grows with success, halves with failure, and stays within its bytes', () => {
  const size = openBatchSize();
  const limits = [size.limit()];
  for (let i = 0; i < 4; i++) {
    size.took(size.limit());
    limits.push(size.limit());
  }
  expect(limits).toEqual([200, 400, 800, 1_000, 1_000]);
  size.failed();
  expect(size.limit()).toBe(500);
  // Not a full batch: nobody knows whether more would have gone through.
  size.took(3);
  expect(size.limit()).toBe(500);
  // Sales of 4 KB each.
  size.read(500 * 4_096, 500);
  expect(size.limit()).toBe(192);
  size.took(192);
  expect(size.limit()).toBe(192);
  for (let i = 0; i < 20; i++) size.failed();
  expect(size.limit()).toBe(1);
});
