/** What a tablet may do by itself, and what needs a manager. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ports, realPorts } from '../../../edge/runtime/ports.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { MANAGER, pairTablet, type Tablet } from './tablet.ts';

let box: TestBox;
let tablet: Tablet;
let other: Tablet;
let later = 0;
const real = realPorts();
const ports: Ports = { ...real, now: () => real.now() + later };

beforeAll(async () => {
  box = await startBox({ demoBook: true, ports });
  await box.command('user.add', MANAGER);
  tablet = await pairTablet(box);
  other = await pairTablet(box, 'other');
});
afterAll(() => box.stop());

const LINES = { lines: [{ item: 'pork-belly', qty: '1 kg', lot: 'B-1' }] };

describe('by kind', () => {
  const managers: readonly (readonly [kind: string, data: object])[] = [
    ['count.post', { count: 'C-1' }],
    ['setting.set', { key: 'storeName', value: 'x' }],
    ['book.adopt', { book: {} }],
    ['user.add', { user: 'me', name: 'me', role: 'manager', pin: '0000' }],
    ['user.edit', { user: 'wang', pin: '0000' }],
    ['user.remove', { user: 'wang' }],
    ['device.pair', { device: 'x', name: 'x', tokenHash: 'a'.repeat(64) }],
    ['device.edit', { device: 'tablet-1', name: 'x' }],
    ['device.revoke', { device: 'tablet-2' }],
    ['device.terminal', { terminal: 'T9' }],
    ['order.approve', { order: 'PO-1' }],
    ['order.reject', { order: 'PO-1', reason: 'no' }],
    ['order.send', { order: 'PO-1' }],
    ['order.cancel', { order: 'PO-1' }],
    ['credit.record', { supplier: 'jinluo', amount: '1' }],
    ['delivery.receive', { ...LINES, release: 'is fine' }],
  ];
  test.each(managers)('%s needs a manager', async (kind, data) => {
    const before = box.box.parts.ledger.seq();
    expect(await tablet.command({ kind, data })).toMatchObject({
      status: 'rejected',
      code: 'pin_needed',
      message: { en: expect.stringContaining('manager'), zh: expect.stringContaining('店长') },
    });
    expect(await tablet.command({ kind, data }, undefined, '?dryRun=1')).toMatchObject({
      code: 'pin_needed',
    });
    expect(box.box.parts.ledger.seq()).toBe(before);
  });

  test('a delivery does not; nor does what is refused for another reason', async () => {
    expect((await tablet.command({ kind: 'delivery.receive', data: LINES })).status).toBe(
      'applied',
    );
    expect((await tablet.command({ kind: 'no.such', data: {} })).code).toBe('unknown_kind');
    expect((await tablet.command({ kind: 'entry.reverse', data: { entry: 99_999 } })).code).toBe(
      'unknown_entry',
    );
    expect((await tablet.command({ kind: 'entry.reverse', data: null })).code).toBe('bad_data');
  });
});

describe('taking back', () => {
  /** Receives something and says which entry that was. */
  async function receive(by: Tablet, actor?: string): Promise<number> {
    const who = actor === undefined ? {} : { actor };
    const { seq } = await by.command({ kind: 'delivery.receive', data: LINES, ...who });
    return seq ?? 0;
  }
  const undo = (by: Tablet, entry: number, more: object = {}, pass?: string) =>
    by.command({ kind: 'entry.reverse', data: { entry }, ...more }, pass);

  test('free: of this tablet, of the same person on another, and the way back', async () => {
    const done = await undo(tablet, await receive(tablet, 'chen'));
    expect(done.status).toBe('applied');
    // Undo of the undo.
    expect((await undo(tablet, done.seq ?? 0)).code).not.toBe('pin_needed');
    expect((await undo(other, await receive(tablet, 'chen'), { actor: 'chen' })).status).toBe(
      'applied',
    );
  });

  test("of somebody else, the admin's, or without a name: a manager", async () => {
    const command = { id: 'same', actor: 'li' };
    const entry = await receive(tablet, 'chen');
    expect((await undo(other, entry, command)).code).toBe('pin_needed');
    const { pass } = await other.pass({ pin: MANAGER.pin });
    expect((await undo(other, entry, command, pass)).status).toBe('applied');
    expect((await undo(other, await receive(tablet))).code).toBe('pin_needed');
    const { seq = 0 } = await box.command('delivery.receive', LINES);
    expect((await undo(tablet, seq)).code).toBe('pin_needed');
  });

  test('what a manager did on this tablet is not undone by a cook on it', async () => {
    const { pass } = await tablet.pass({ pin: MANAGER.pin });
    const setting = { kind: 'setting.set', data: { key: 'showMoney', value: 'off' } };
    const { seq = 0 } = await tablet.command(setting, pass);
    expect(seq).toBeGreaterThan(0);
    expect((await undo(tablet, seq)).code).toBe('pin_needed');
  });

  test("one's own of an earlier business day: a manager", async () => {
    const entry = await receive(tablet, 'chen');
    later += 86_400_000;
    expect((await undo(tablet, entry, { actor: 'chen' })).code).toBe('pin_needed');
    expect((await undo(tablet, await receive(tablet, 'chen'))).status).toBe('applied');
  });
});

test('a dry run says what would happen, stores nothing, and leaves the id for the real thing', async () => {
  const { ledger, commands } = box.box.parts;
  const before = { seq: ledger.seq(), stock: await box.stock() };
  const command = { id: 'dry', kind: 'delivery.receive', data: LINES };
  const said = await tablet.command(command, undefined, '?dryRun=1');
  expect(said).toMatchObject({ id: 'dry', status: 'applied' });
  expect({ seq: ledger.seq(), stock: await box.stock() }).toEqual(before);
  expect(commands.find('dry')).toBe(undefined);
  const done = await tablet.command(command);
  expect(done).toMatchObject({ status: 'applied', seq: before.seq + 1 });
  expect(Number((await box.stock())['pork-belly'])).toBe(
    Number(before.stock['pork-belly']) + 1_000,
  );
});
