/** Opened, thawed, frozen: another shelf life counts from now on, and what is open goes first. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type KitchenBox, kitchenBox, START } from './kitchen-box.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let box: KitchenBox;

beforeEach(async () => {
  box = await kitchenBox();
  await box.receive('belly', '1 kg', 'OLD', '30.00');
  box.now += HOUR;
  await box.receive('belly', '1 kg', 'NEW', '30.01');
});
afterEach(() => box.stop());

const newest = (code: string) => box.box.parts.lots.byCode(code).at(-1);
const iso = (at: number) => new Date(at).toISOString();

test('a whole lot keeps its label, carries its cost, and goes first from now on', async () => {
  const opened = await box.done('lot.open', { lot: 'NEW', how: 'opened' });
  expect(opened.data).toMatchObject({
    lot: 'NEW',
    item: 'belly',
    cost: '30.01',
    expiresAt: iso(box.now + DAY),
  });
  expect(newest('NEW')).toMatchObject({ cost: 30_0100, openedAt: box.now });
  // It keeps a day by now and the other one three, and it is open: bowls are made of it.
  await box.sell('B', 3);
  expect(box.lots()).toMatchObject({ 'belly/OLD': 1_000, 'belly/NEW': 700 });
  // The label still names it, although two rows carry its code.
  await box.done('waste.log', { lot: 'NEW', qty: 100, reason: 'dropped' });
  expect(box.lots()).toMatchObject({ 'belly/OLD': 1_000, 'belly/NEW': 600 });
});

test('opened goes first even when something else expires before it', async () => {
  const expiresAt = iso(START + 60 * DAY);
  await box.done('lot.open', { lot: 'NEW', how: 'opened', expiresAt });
  await box.sell('B', 1);
  expect(box.lots()).toMatchObject({ 'belly/OLD': 1_000, 'belly/NEW': 900 });
});

test('a part gets a code of its own and its share; the rest stays as it was', async () => {
  const thawed = await box.done('lot.open', { lot: 'NEW', qty: '333 g', how: 'thawed' });
  expect(thawed.data).toMatchObject({
    lot: 'NEW/1',
    cost: '9.99',
    expiresAt: iso(box.now + 12 * HOUR),
  });
  expect(box.lots()).toMatchObject({ 'belly/NEW': 667, 'belly/NEW/1': 333 });
  const more = await box.done('lot.open', { lot: 'NEW', qty: '333 g', how: 'thawed' });
  expect(more.data.lot).toBe('NEW/2');
  const rest = await box.done('waste.log', { lot: 'NEW', reason: 'other' });
  const note = JSON.parse(box.box.parts.ledger.entries.get(rest.seq)?.head.note ?? '');
  const costs = [newest('NEW/1')?.cost, newest('NEW/2')?.cost, note.cost];
  expect(costs).toEqual([9_9933, 9_9934, 10_0233]);
  expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(30_0100);
});

test('opening never makes a lot keep longer; freezing does, and thawing ends that', async () => {
  box.now = START + 3 * DAY - HOUR;
  const opened = await box.done('lot.open', { lot: 'OLD', how: 'opened' });
  expect(opened.data.expiresAt).toBe(iso(START + 3 * DAY));
  const frozen = await box.done('lot.open', { lot: 'NEW', how: 'frozen' });
  expect(frozen.data.expiresAt).toBe(iso(box.now + 90 * DAY));
  expect(newest('NEW')?.openedAt).toBeNull();
  box.now += 30 * DAY;
  const thawed = await box.done('lot.open', { lot: 'NEW', how: 'thawed' });
  expect(thawed.data.expiresAt).toBe(iso(box.now + 12 * HOUR));
  expect(newest('NEW')).toMatchObject({ cost: 30_0100, openedAt: box.now });
});

test('undone, the pack is whole again; undone after use, what is gone shows as short until it is settled', async () => {
  const opened = await box.done('lot.open', { lot: 'NEW', how: 'opened' });
  await box.undo(opened.seq);
  expect(box.lots()).toEqual({ 'belly/OLD': 1_000, 'belly/NEW': 1_000 });
  const again = await box.done('lot.open', { lot: 'NEW', qty: 400, how: 'opened' });
  await box.sell('B', 3);
  await box.undo(again.seq);
  expect(box.lots()).toMatchObject({ 'belly/-': -300, 'belly/NEW': 1_000, 'belly/OLD': 1_000 });
  box.tick();
  expect(box.lots()).toMatchObject({ 'belly/OLD': 700, 'belly/NEW': 1_000 });
});
