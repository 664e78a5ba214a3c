/** A tablet becomes one of ours once, reads everything, and is out the moment it is locked out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { MANAGER, pairingCode, pairTablet, redeem } from './tablet.ts';

let box: TestBox;
beforeEach(async () => {
  box = await startBox({ demoBook: true });
});
afterEach(() => box.stop());

type Devices = { devices: { device: string; name: string; revokedAt: string | null }[] };

test('a code pairs one tablet; its token is nowhere on the disk', async () => {
  const offer = await box.api<{ code: string; url: string; expiresAt: string }>(
    'POST',
    '/pairings',
    { name: '冷菜台', station: 'cold' },
  );
  expect(offer.code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
  expect(offer.url).toBe(`${box.url}/#pair=${offer.code}`);
  // As a person types it.
  const typed = `${offer.code.slice(0, 4).toLowerCase()}-${offer.code.slice(4)}`;
  const first = await redeem(box, typed);
  const paired = (await first.json()) as { token: string };
  expect([first.status, paired]).toEqual([
    200,
    {
      token: expect.stringMatching(/^[0-9a-f]{64}$/),
      device: 'tablet-1',
      name: '冷菜台',
      station: 'cold',
    },
  ]);
  expect((await redeem(box, offer.code)).status).toBe(403);
  const { devices } = await box.api<Devices>('GET', '/devices');
  expect(devices).toMatchObject([{ device: 'tablet-1', name: '冷菜台', revokedAt: null }]);
  const files = ['larder.db', 'larder.db-wal', 'secrets.json'];
  for (const file of files) {
    expect(readFileSync(join(box.data, file)).includes(paired.token), file).toBe(false);
  }
});

test('wrong codes: five from one place, then a rest; a good code must wait, too', async () => {
  const code = await pairingCode(box);
  for (let i = 0; i < 5; i++) expect((await redeem(box, 'ABCDEFGH')).status).toBe(403);
  const rest = await redeem(box, code);
  expect([rest.status, rest.headers.get('retry-after')]).toEqual([429, '30']);
});

test('it reads what the kitchen needs, and is neither a till nor the installer', async () => {
  const tablet = await pairTablet(box);
  for (const path of ['/stock', '/menu', '/status', '/inbox', '/people', '/devices', '/book']) {
    expect((await tablet.call('GET', path)).status, path).toBe(200);
  }
  const setup = (await (await tablet.call('GET', '/setup')).json()) as { posCredentials: unknown };
  expect(setup.posCredentials).toBe(null);
  const refused: readonly (readonly [path: string, code: string])[] = [
    ['/pos/T1/events', 'forbidden'],
    ['/setup/demo', 'forbidden'],
    ['/setup/restore', 'forbidden'],
    ['/pairings', 'pin_needed'],
  ];
  for (const [path, code] of refused) {
    const answer = await tablet.call('POST', path, { name: 'x', id: 'e1', items: [] });
    expect([answer.status, ((await answer.json()) as { code: string }).code], path).toEqual([
      403,
      code,
    ]);
  }
  const book = (await (await tablet.call('GET', '/book')).json()) as { book: object };
  expect((await tablet.call('PUT', '/book', book.book)).status).toBe(403);
  // The dry run only looks.
  expect((await tablet.call('PUT', '/book?dryRun=1', book.book)).status).toBe(200);
});

test('a terminal stays what it was', async () => {
  const headers = { authorization: `Bearer ${box.mqttPassword}` };
  for (const path of ['/people', '/devices', '/setup', '/stock']) {
    expect((await fetch(`${box.url}/api/v1${path}`, { headers })).status, path).toBe(403);
  }
});

test('locked out: 401 at once, its stream ends, the others go on', async () => {
  await box.command('user.add', MANAGER);
  const [one, two] = [await pairTablet(box, 'one'), await pairTablet(box, 'two')];
  const { pass } = await one.pass({ user: 'wang', pin: MANAGER.pin });
  const streams = [await one.call('GET', '/stream'), await two.call('GET', '/stream')] as const;
  const ended = readToEnd(streams[0]);
  expect(await box.command('device.revoke', { device: one.device })).toMatchObject({
    status: 'applied',
  });
  expect((await one.call('GET', '/stock')).status).toBe(401);
  await ended;
  expect((await two.call('GET', '/stock')).status).toBe(200);
  expect(await Promise.race([readToEnd(streams[1]).then(() => 'ended'), pause(300)])).toBe('open');
  // Its pass does not go on elsewhere either.
  const elsewhere = await two.command(
    { kind: 'setting.set', data: { key: 'storeName', value: 'x' } },
    pass,
  );
  expect(elsewhere.code).toBe('pin_needed');
  expect(await box.command('device.revoke', { device: one.device })).toMatchObject({
    code: 'unknown_device',
  });
  await box.restart();
  expect((await one.call('GET', '/stock')).status).toBe(401);
  expect((await two.call('GET', '/stock')).status).toBe(200);
});

test('a tablet gets another name and station', async () => {
  const tablet = await pairTablet(box);
  await box.command('device.edit', { device: tablet.device, station: 'wok' });
  const { devices } = await box.api<Devices>('GET', '/devices');
  expect(devices).toMatchObject([{ device: tablet.device, name: '冷菜台', station: 'wok' }]);
});

async function readToEnd(response: Response): Promise<void> {
  const reader = response.body?.getReader();
  while (reader && !(await reader.read()).done);
}

function pause(ms: number): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve('open'), ms));
}
