/**
 * A box restored from yesterday, a copied one, an empty one in the place of a dead one, and one whose
 * file was put back behind its back: recognised at the first contact, nothing lost, nothing doubled.
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OrderView } from '../../edge/purchasing/order-view.ts';
import { firstDay, line, sale, secondDay, tellAll, thirdDay } from '../edge/lives/days.ts';
import {
  backupOf,
  breaches,
  forgetLives,
  type Life,
  newFolder,
  openKitchen,
  restored,
  type Said,
  startLife,
} from '../edge/lives/two-lives.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { type Chain, startChain } from './lives.ts';

let postgres: TestPostgres;
let chain: Chain;
const running = new Set<Life>();
const SOON = { timeout: 10_000 };

beforeAll(async () => {
  postgres = await startTestPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
beforeEach(async () => {
  chain = await startChain(await postgres.database());
}, 60_000);
afterEach(async () => {
  await chain?.stop();
  for (const life of running) await life.stop();
  running.clear();
  forgetLives();
});

async function start(...asked: Parameters<typeof startLife>): Promise<Life> {
  const life = await startLife(...asked);
  running.add(life);
  return life;
}

async function stop(life: Life): Promise<void> {
  await chain.disconnect(life);
  running.delete(life);
  await life.box.stop();
}

const nameOf = (life: Life) => life.box.parts.incarnation.life().incarnation;

type Inbox = { items: { kind: string; title: { en: string } }[] };
async function inboxOf(life: Life): Promise<string[]> {
  const { items } = await life.api<Inbox>('GET', '/inbox');
  return items.map(({ kind }) => kind).filter((kind) => kind.startsWith('hq_'));
}

/** A box that was told everything once has the same on its shelves. */
async function expectUnion(life: Life, said: readonly Said[]): Promise<void> {
  const oracle = await start(undefined, '2026-11-23T22:00:00+08:00');
  await tellAll(oracle, said);
  for (const one of [life, oracle]) {
    one.at('2026-11-23T23:00:00+08:00');
    one.box.parts.prep.all();
    one.box.parts.counting.settler.settle();
  }
  expect(await life.stock()).toEqual(await oracle.stock());
  for (const item of ['belly', 'rice', 'egg', 'soy', 'salmon']) {
    expect([item, await placesOf(life, item)]).toEqual([item, await placesOf(oracle, item)]);
  }
  for (const day of ['2026-11-21', '2026-11-22', '2026-11-23']) {
    expect(await life.api('GET', `/days/${day}`)).toEqual(await oracle.api('GET', `/days/${day}`));
  }
  expect(breaches(life.data)).toEqual([]);
}

/** What each place gained or gave; where nothing is left of it, it was only passed. */
async function placesOf(life: Life, item: string): Promise<Record<string, number>> {
  const places = Object.entries(await life.places(item));
  return Object.fromEntries(places.filter(([, amount]) => amount !== 0));
}

/** Head office has the same balances and the same last entry. */
async function expectSame(life: Life): Promise<void> {
  const { differences, ackedHash, ackedSeq } = await chain.caughtUp(life);
  expect([differences, ackedHash]).toEqual([0, life.box.parts.incarnation.hashAt(ackedSeq)]);
}

test('(a) restored from yesterday: what it has missed comes back from head office', async () => {
  const old = await start();
  const undone = await firstDay(old);
  chain.connect(old);
  await chain.caughtUp(old);
  const backup = backupOf(old);
  const forkSeq = old.box.parts.ledger.seq();
  await secondDay(old, undone);
  await chain.caughtUp(old);
  const [name, said] = [nameOf(old), [...old.said]];
  await stop(old);

  const main = await start(restored(backup), '2026-11-23T09:00:00+08:00');
  await thirdDay(main);
  chain.connect(main);
  await chain.caughtUp(main);
  await expectUnion(main, [...said, ...main.said]);
  await expectSame(main);

  const view = await chain.store();
  expect(view.twoBoxes).toBe(false);
  const lives = view.livesList.map(({ incarnation, state, why }) => [incarnation, state, why]);
  expect(lives).toEqual([
    [name, 'sealed', null],
    [nameOf(main), 'main', 'restored'],
  ]);
  const kept = await chain.entries();
  expect(kept[name]).toBe(view.livesList[0]?.seq);
  expect(kept[nameOf(main)]).toBe(main.box.parts.ledger.seq() - forkSeq);
  expect(new Set(await inboxOf(main))).toEqual(new Set(['hq_life', 'hq_refused_facts']));
  // The terminals send their day again.
  const seq = main.box.parts.ledger.seq();
  for (const one of said) await main.tell(one);
  expect(main.box.parts.ledger.seq()).toBe(seq);
});

test('(b) copied, and both sell: both are kept, the main one takes over, and then the other', async () => {
  const one = await start();
  await firstDay(one);
  await one.does('device.terminal', { terminal: 'T2' });
  chain.connect(one);
  await chain.caughtUp(one);
  await stop(one);
  const folder = newFolder();
  for (const file of ['larder.db', 'secrets.json']) {
    copyFileSync(join(one.data, file), join(folder, file));
  }
  const said = [...one.said];
  const main = await start(one.data, '2026-11-22T09:00:00+08:00');
  const copy = await start(folder, '2026-11-22T09:00:00+08:00');
  const name = nameOf(main);
  expect(nameOf(copy)).toBe(name);
  chain.connect(main);
  await main.event(sale('main-1', [line('B', '2')]));
  await copy.event(sale('copy-1', [line('E', '3')]));
  await copy.event(sale('copy-2', [line('S', '1')]), 'T2');
  await copy.does('delivery.receive', { lines: [{ item: 'egg', qty: '60' }] });
  await main.does('delivery.receive', { lines: [{ item: 'egg', qty: '30' }] });
  await chain.caughtUp(main);

  chain.connect(copy);
  await chain.caughtUp(copy);
  expect(nameOf(copy)).not.toBe(name);
  expect(nameOf(main)).toBe(name);
  await expect.poll(() => inboxOf(copy), SOON).toContain('hq_two_boxes');
  await expect.poll(() => inboxOf(main), SOON).toContain('hq_two_boxes');
  expect((await chain.store()).twoBoxes).toBe(true);
  await chain.caughtUp(main);
  // And goes on doing so, while both sell.
  main.skip(60);
  copy.skip(61);
  await copy.event(sale('copy-3', [line('B', '1')]));
  await main.event(sale('main-2', [line('S', '2')], { sequence: '2', epoch: 'e' }));
  await chain.caughtUp(copy);
  await expect.poll(() => main.box.parts.receiving.sales.named('copy-3').length, SOON).toBe(1);
  await chain.caughtUp(main);
  await expectSame(main);
  await expectSame(copy);
  const both = [...said, ...[...main.said, ...copy.said].sort((a, b) => a.at.localeCompare(b.at))];
  await expectUnion(main, both);

  await chain.hq.api('POST', `/stores/demo/lives/${nameOf(copy)}/main`);
  await expect.poll(() => copy.box.parts.receiving.sales.named('main-2').length, SOON).toBe(1);
  await chain.caughtUp(copy);
  await expectUnion(copy, both);
  await expectSame(copy);
  const events = (life: Life) => life.box.parts.receiving.events.nextNumber();
  expect(events(copy)).toBe(events(main));
}, 60_000);

test('(c) an empty box in the place of a dead one gets everything back', async () => {
  const dead = await start();
  const undone = await firstDay(dead);
  chain.connect(dead);
  await secondDay(dead, undone);
  await chain.caughtUp(dead);
  const said = [...dead.said];
  await stop(dead);

  const fresh = await start(undefined, '2026-11-23T09:00:00+08:00');
  await fresh.event(sale('early', [line('B', '2')]));
  chain.connect(fresh);
  await chain.caughtUp(fresh);
  expect((await chain.cursor(fresh)).state).toBe('second');
  expect(await fresh.stock()).toEqual({});
  await chain.silent(6);
  await expect.poll(async () => (await chain.cursor(fresh)).state, SOON).toBe('main');
  await chain.caughtUp(fresh);
  await expectUnion(fresh, [...said, ...fresh.said]);
  await expectSame(fresh);
}, 60_000);

test('(d) a file that was put back behind the back of the box', async () => {
  const box = await start();
  const undone = await firstDay(box);
  await stop(box);
  const snapshot = join(newFolder(), 'snapshot.db');
  copyFileSync(join(box.data, 'larder.db'), snapshot);
  const again = await start(box.data);
  chain.connect(again);
  await secondDay(again, undone);
  await chain.caughtUp(again);
  const [name, said] = [nameOf(again), [...box.said, ...again.said]];
  await stop(again);

  copyFileSync(snapshot, join(box.data, 'larder.db'));
  const back = await start(box.data, '2026-11-23T09:00:00+08:00');
  expect(nameOf(back)).toBe(name);
  chain.connect(back);
  await chain.caughtUp(back);
  expect(nameOf(back)).not.toBe(name);
  await thirdDay(back);
  await chain.silent(6);
  await expect.poll(async () => (await chain.cursor(back)).state, SOON).toBe('main');
  await chain.caughtUp(back);
  await expectUnion(back, [...said, ...back.said]);
  await expectSame(back);
}, 60_000);

test('(e) what head office decided on an order of the missed day is not done to another one', async () => {
  const old = await start();
  await openKitchen(old);
  chain.connect(old);
  await chain.caughtUp(old);
  const backup = backupOf(old);
  old.at('2026-11-22T10:00:00+08:00');
  const order = {
    supplier: 'jinluo',
    deliverOn: '2026-11-24',
    lines: [{ item: 'belly', qty: '2 pack' }],
  };
  const { order: number } = (await old.does('order.create', order)).data as { order: string };
  await old.does('order.submit', { order: number });
  await chain.caughtUp(old);
  const commands = [{ kind: 'order.approve', data: { order: number } }];
  await chain.hq.api('POST', '/catalog', { kind: 'commands', stores: ['demo'], commands });
  const states = async (life: Life) => {
    const { orders } = await life.api<{ orders: OrderView[] }>('GET', '/orders?state=all');
    return Object.fromEntries(orders.map((one) => [one.lines[0]?.written, [one.order, one.state]]));
  };
  await expect.poll(() => states(old), SOON).toEqual({ '2 pack': [number, 'approved'] });
  await chain.caughtUp(old);
  await stop(old);

  const main = await start(restored(backup), '2026-11-22T12:00:00+08:00');
  const own = { ...order, lines: [{ item: 'belly', qty: '5 pack' }] };
  expect((await main.does('order.create', own)).data).toMatchObject({ order: number });
  chain.connect(main);
  await chain.caughtUp(main);
  await expect.poll(async () => (await states(main))['2 pack']?.[1], SOON).toBe('approved');
  expect((await states(main))['5 pack']).toEqual([number, 'draft']);
  const head = main.box.parts.catalog.head();
  await expect.poll(() => main.box.parts.catalog.head(), SOON).toBeGreaterThanOrEqual(head);
  await chain.caughtUp(main);
  expect((await states(main))['5 pack']).toEqual([number, 'draft']);
  await expectSame(main);
  expect(breaches(main.data)).toEqual([]);
});

test('(f) restored twice before anybody heard of it, from a backup that head office had not seen', async () => {
  const old = await start();
  const undone = await firstDay(old);
  chain.connect(old);
  await chain.caughtUp(old);
  await chain.disconnect(old);
  // Without a line: only the backup knows of this.
  await old.event(sale('unsent', [line('E', '2')], { sequence: '2', epoch: 'e' }));
  old.skip(1);
  const said = [...old.said];
  const first = await start(restored(backupOf(old)), '2026-11-22T08:00:00+08:00');
  await first.event(sale('first', [line('B', '1')], { sequence: '3', epoch: 'e' }));
  const middle = [...first.said];
  const second = await start(restored(backupOf(first)), '2026-11-22T10:00:00+08:00');
  // The one in the middle sells on, and is never heard of.
  await stop(first);
  await secondDay(second, undone);
  chain.connect(second);
  await chain.caughtUp(second);
  await chain.silent(6);
  await expect.poll(async () => (await chain.cursor(second)).state, SOON).toBe('main');
  await chain.caughtUp(second);
  await expectUnion(second, [...said, ...middle, ...second.said]);
  await expectSame(second);
  // The old one has a line again: what only it knows is taken over as well.
  await old.event(sale('late', [line('E', '1')], { sequence: '99', epoch: 'e' }));
  chain.connect(old);
  await expect.poll(() => second.box.parts.receiving.sales.named('late').length, SOON).toBe(1);
  const late = old.said.slice(said.length);
  await expectUnion(second, [...said, ...middle, ...second.said, ...late]);
  expect((await chain.store()).twoBoxes).toBe(true);
}, 60_000);
