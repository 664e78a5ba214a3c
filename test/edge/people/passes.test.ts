/** PINs and badges: a pass of two minutes, five tries, and nothing of them on disk or in a log. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Ports, realPorts } from '../../../edge/runtime/ports.ts';
import { startBoxProcess } from '../../faults/box-process.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { COOK, MANAGER, pairTablet, type Tablet } from './tablet.ts';

let box: TestBox;
let tablet: Tablet;
/** Added to both clocks of the box, milliseconds. */
let later = 0;
const real = realPorts();
const ports: Ports = { ...real, now: () => real.now() + later, mono: () => real.mono() + later };

const SETTING = { kind: 'setting.set', data: { key: 'showMoney', value: 'off' } } as const;

beforeEach(async () => {
  later = 0;
  box = await startBox({ ports });
  await box.command('user.add', MANAGER);
  await box.command('user.add', COOK);
  tablet = await pairTablet(box);
});
afterEach(() => box.stop());

test('needed, shown, accepted under the same command id; then idle for two minutes, and over', async () => {
  const command = { ...SETTING, id: 'k1' };
  expect(await tablet.command(command)).toMatchObject({ status: 'rejected', code: 'pin_needed' });
  const { status, pass } = await tablet.pass({ user: 'wang', pin: MANAGER.pin });
  expect(status).toBe(200);
  const applied = await tablet.command(command, pass);
  expect(applied).toMatchObject({ id: 'k1', status: 'applied' });
  // A retry after the answer was lost needs nobody's leave.
  expect(await tablet.command(command)).toEqual({ ...applied, status: 'duplicate' });
  const { settings } = await box.api<{ settings: object }>('GET', '/status');
  expect(settings).toMatchObject({ showMoney: false, blindCounts: true });
  for (const wait of [119_000, 119_000]) {
    later += wait;
    expect((await tablet.command(SETTING, pass)).status).toBe('applied');
  }
  later += 121_000;
  expect((await tablet.command(SETTING, pass)).code).toBe('pin_needed');
});

test('it holds on its tablet only, and reading does not make it last', async () => {
  const other = await pairTablet(box, 'other');
  const { pass } = await tablet.pass({ pin: MANAGER.pin });
  expect((await other.command(SETTING, pass)).code).toBe('pin_needed');
  later += 70_000;
  await tablet.call('GET', '/status', undefined, { 'larder-pass': pass });
  later += 70_000;
  expect((await tablet.command(SETTING, pass)).code).toBe('pin_needed');
});

test('whose pass it is stands in the entry, unless the command says who', async () => {
  const { pass } = await tablet.pass({ user: 'wang', pin: MANAGER.pin });
  const entry = async (more: object) => {
    const { seq } = await tablet.command({ ...SETTING, ...more }, pass);
    return box.box.parts.ledger.entries.get(seq ?? 0)?.head.actor;
  };
  expect([await entry({}), await entry({ actor: 'chen' })]).toEqual(['wang', 'chen']);
});

test("a cook's pass is no manager's; leaving ends a pass; so does losing the role", async () => {
  const cook = await tablet.pass({ user: 'chen', pin: COOK.pin });
  expect((await tablet.command(SETTING, cook.pass)).code).toBe('pin_needed');
  const left = await tablet.pass({ pin: MANAGER.pin });
  const headers = { 'larder-pass': left.pass };
  const ended = await tablet.call('DELETE', '/passes', undefined, headers);
  expect(await ended.json()).toEqual({ ended: true });
  expect((await tablet.command(SETTING, left.pass)).code).toBe('pin_needed');
  const { pass } = await tablet.pass({ pin: MANAGER.pin });
  await box.command('user.edit', { user: 'wang', role: 'cook' });
  expect((await tablet.command(SETTING, pass)).code).toBe('pin_needed');
  await box.command('user.remove', { user: 'wang' });
  expect(await tablet.pass({ user: 'wang', pin: MANAGER.pin })).toMatchObject({ status: 403 });
});

test('five wrong ones: this tablet waits 30 s, the other does not; many at once count as many', async () => {
  const other = await pairTablet(box, 'other');
  const tries = await Promise.all(
    Array.from({ length: 9 }, (_, i) => tablet.pass({ user: 'wang', pin: `000${i}` })),
  );
  expect(tries.map(({ status }) => status).sort()).toEqual([
    403, 403, 403, 403, 403, 429, 429, 429, 429,
  ]);
  expect(await tablet.pass({ user: 'wang', pin: MANAGER.pin })).toMatchObject({
    status: 429,
    code: 'too_many_tries',
  });
  expect((await other.pass({ user: 'wang', pin: MANAGER.pin })).status).toBe(200);
  const { items } = await box.api<{ items: { kind: string }[] }>('GET', '/inbox');
  expect(items.map(({ kind }) => kind)).toContain('denied');
  later += 30_001;
  expect((await tablet.pass({ user: 'wang', pin: MANAGER.pin })).status).toBe(200);
});

test('a badge opens without a name; a PIN of two people asks who', async () => {
  await box.command('user.edit', { user: 'chen', badge: 'BADGE-77AF-2290' });
  expect(await tablet.pass({ badge: 'BADGE-77AF-2290' })).toMatchObject({ user: 'chen' });
  expect((await tablet.pass({ badge: 'BADGE-77AF-2291' })).status).toBe(403);
  // A badge is no PIN.
  await box.command('user.edit', { user: 'wang', badge: '99887766' });
  expect((await tablet.pass({ pin: '99887766' })).status).toBe(403);
  await box.command('user.edit', { user: 'wang', pin: COOK.pin });
  expect(await tablet.pass({ pin: COOK.pin })).toMatchObject({ status: 409, code: 'say_who' });
  expect(await tablet.pass({ user: 'wang', pin: COOK.pin })).toMatchObject({ role: 'manager' });
  const { people } = await box.api<{ people: object[] }>('GET', '/people');
  expect(people).toEqual([
    { user: 'chen', name: '小陈', role: 'cook', hasPin: true, hasBadge: true },
    { user: 'wang', name: '王姐', role: 'manager', hasPin: true, hasBadge: true },
  ]);
});

test('PIN and badge are nowhere: not in the files of the box, not in what it writes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'larder-pin-'));
  const own = await startBoxProcess(join(folder, 'data'), { LARDER_LOG_LEVEL: 'trace' });
  const [pin, badge, wrong] = ['73519264', 'BADGE-0815-XYZZY', '90817263'];
  const commands = [
    { id: 'a', kind: 'user.add', data: { user: 'wang', name: '王', role: 'manager', pin, badge } },
    { id: 'b', kind: 'user.edit', data: { user: 'wang', pin } },
    // Refused, and with the secret where none is expected.
    { id: 'c', kind: 'user.edit', data: { user: 'nobody', pin, badge } },
    { id: 'd', kind: 'user.add', data: { user: 'li', name: '李', role: 'cook', pin: `${pin}x` } },
  ];
  await own.call('POST', '/api/v1/commands', { commands });
  await own.call('POST', '/api/v1/passes', { pin });
  await own.call('POST', '/api/v1/passes', { badge });
  const refused = await own.fetch('/api/v1/passes', {
    method: 'POST',
    body: JSON.stringify({ pin: wrong }),
  });
  expect(refused.status).toBe(403);
  await own.kill('SIGTERM');
  const texts = [
    ...readdirSync(join(folder, 'data')).map((name) => readFileSync(join(folder, 'data', name))),
    Buffer.from(own.written()),
  ];
  expect(texts.length).toBeGreaterThan(2);
  for (const text of texts) {
    for (const secret of [pin, badge, wrong]) expect(text.includes(secret)).toBe(false);
  }
  rmSync(folder, { recursive: true, force: true });
});
