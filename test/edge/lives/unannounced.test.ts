/**
 * Goods between stores that another life of the box received or sent, taken over before head office has told
 * this life of them: they have moved all the same, and their papers come afterwards.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PLACES } from '#recipes/ledger/place.ts';
import { give, headOffice } from '../catalog/head-office.ts';
import { KITCHEN_BOOK } from '../kitchen/kitchen-book.ts';
import { inPlace } from '../transfers/two-stores.ts';
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

const hq = headOffice();
const AT = Date.parse('2026-11-21T11:00:00+08:00');
const egg = { item: 'egg', unit: 'ea', name: { en: 'Egg' }, qty: '40', cost: 400_000 };
const announce = (transfer: string, lot: string) =>
  hq.sign({
    kind: 'transfer',
    payload: {
      what: 'announce',
      transfer,
      from: 's9',
      to: 'test',
      lines: [
        { ...egg, lot, producedAt: AT - 3_600_000, expiresAt: Date.parse('2026-12-24T00:00:00Z') },
      ],
      sentAt: AT,
    },
  });
const asked = hq.sign({
  kind: 'requisition',
  payload: {
    requisition: 'RQ-s8-20261121-001',
    from: 's8',
    to: 'test',
    deliverOn: null,
    lines: [{ item: 'rice', qty: '3000', unit: 'g' }],
    at: AT,
  },
});
const versions = [announce('TR-s9-20261121-001', 'EG-1'), announce('TR-s9-20261121-002', 'EG-2')];

let old: Life;
let main: Life;

beforeAll(async () => {
  old = await startLife(undefined, '2026-11-21T10:00:00+08:00', { store: 'test' });
  await openKitchen(old, KITCHEN_BOOK);
  const backup = backupOf(old);
  const { parts } = old.box;
  const fork = { afterSeq: parts.ledger.seq(), events: parts.receiving.events.nextNumber() - 1 };
  main = await startLife(restored(backup), '2026-11-21T20:00:00+08:00', { store: 'test' });
  for (const version of [asked, ...versions])
    expect((await give(old, version)).state).toBe('taken');
  // As announced, as the tablet says it; and with some of it missing.
  await old.does('transfer.receive', { transfer: 'TR-s9-20261121-001' });
  await old.does('transfer.receive', {
    transfer: 'TR-s9-20261121-002',
    lines: [{ item: 'egg', lot: 'EG-2', qty: '38', problem: 'short' }],
  });
  await old.does('transfer.send', {
    to: 's8',
    requisition: 'RQ-s8-20261121-001',
    lines: [{ item: 'rice', qty: '3 kg' }],
  });
  const taken = await takeOver(old, main, fork);
  expect(taken.refused.map(({ what, code }) => `${what} ${code}`)).toEqual([
    'transfer.send requisition_left_out',
  ]);
}, 60_000);
afterAll(async () => {
  for (const life of [old, main]) await life?.stop();
  forgetLives();
});

test('what came is on the shelf, what left has left', async () => {
  expect(await main.stock()).toEqual(await old.stock());
});

test('their papers come afterwards, and transit adds up as it did there', async () => {
  for (const version of [asked, ...versions])
    expect((await give(main, version)).state).toBe('taken');
  for (const item of ['egg', 'rice']) {
    const there = inPlace(old, item, PLACES.transit);
    expect([item, inPlace(main, item, PLACES.transit)]).toEqual([item, there]);
  }
  expect(await main.stock()).toEqual(await old.stock());
  const lots = await main.api<{
    items: { item: string; lots: { lot: string; expiresAt: string }[] }[];
  }>('GET', '/stock');
  const eggs = lots.items.find(({ item }) => item === 'egg')?.lots ?? [];
  expect(eggs.find(({ lot }) => lot === 'EG-1')?.expiresAt).toContain('2026-12-2');
  expect(breaches(main.data)).toEqual([]);
});
