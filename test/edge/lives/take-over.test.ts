/** A box that was put back takes over the day that the other one has had: nothing lost, nothing doubled. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KITCHEN_BOOK } from '../kitchen/kitchen-book.ts';
import {
  backupOf,
  breaches,
  forgetLives,
  type Life,
  openKitchen,
  restored,
  type Said,
  startLife,
  takeOver,
} from './two-lives.ts';

/** The old box, which went on after the backup; the restored one; one that was told everything once. */
let old: Life;
let main: Life;
let oracle: Life;
let fork = { afterSeq: 0, events: 0 };

const sale = (id: string, lines: object[], more: object = {}) => ({
  id,
  type: 'larder.pos.sale.v1',
  specversion: '1.0',
  ...more,
  data: { saleId: id, lines },
});
const line = (sku: string, qty: string, more: object = {}) => ({ lineId: '1', sku, qty, ...more });

beforeAll(async () => {
  old = await startLife();
  await openKitchen(old);
  await old.event(sale('day1', [line('B', '3')], { sequence: '1', epoch: 'e' }));
  const told = await old.does('waste.log', { item: 'egg', qty: '2', reason: 'dropped' });
  const backup = backupOf(old);
  const shared = old.said.length;
  const { parts } = old.box;
  fork = { afterSeq: parts.ledger.seq(), events: parts.receiving.events.nextNumber() - 1 };
  main = await startLife(restored(backup), '2026-11-23T09:00:00+08:00');
  await secondDay(old, told.seq ?? 0);
  await thirdDay(main);
  oracle = await startLife(undefined, '2026-11-23T22:00:00+08:00');
  const all = [...old.said.slice(0, shared), ...old.said.slice(shared), ...main.said];
  await tellAll(oracle, all);
}, 60_000);

afterAll(async () => {
  for (const life of [old, main, oracle]) await life?.stop();
  forgetLives();
});

/** What the old box took in and did after the backup. */
async function secondDay(life: Life, told: number): Promise<void> {
  life.at('2026-11-22T10:00:00+08:00');
  await life.does('delivery.receive', {
    supplier: 'jinluo',
    lines: [
      { item: 'belly', qty: '4 kg', lot: 'B-2', price: '31.00' },
      { item: 'egg', qty: '0', refused: '30', problem: 'rejected' },
    ],
  });
  // One without a time of its own counts when it came.
  await life.event(sale('day2-plain', [line('B', '5')], { sequence: '2', epoch: 'e' }));
  life.skip(10);
  await life.event(
    sale('day2-timed', [line('S', '2'), line('E', '1', { lineId: '2' })], {
      time: '2026-11-22T11:30:00+08:00',
      sequence: '3',
      epoch: 'e',
    }),
  );
  life.skip(10);
  await life.does('waste.log', { lot: 'F-1', reason: 'spoiled', qty: '500' });
  await life.does('waste.log', { lot: 'E-1', reason: 'expired', qty: '3' }, 'to-undo');
  await life.does('batch.produce', { recipe: 'sauce', qty: '2 kg', lot: 'SAUCE-2', labels: 2 });
  await life.does('trim.log', {
    lot: 'F-1',
    in: '1 kg',
    outs: [
      { to: 'usable', qty: '800' },
      { to: 'reuse', item: 'scraps', qty: '150' },
      { to: 'bin' },
    ],
  });
  await life.does('count.observe', { count: 'evening', item: 'rice', qty: '28 kg' });
  await life.does('count.post', { count: 'evening' });
  life.skip(60);
  await life.event({
    id: 'void2',
    type: 'larder.pos.void.v1',
    specversion: '1.0',
    sequence: '4',
    epoch: 'e',
    data: { saleId: 'day2-plain', lines: [{ lineId: '1', qty: '2' }], disposition: 'not_made' },
  });
  // A void of a sale that both boxes know.
  await life.event({
    id: 'void1',
    type: 'larder.pos.void.v1',
    specversion: '1.0',
    sequence: '5',
    epoch: 'e',
    data: { saleId: 'day1', lines: [{ lineId: '1', qty: '1' }], disposition: 'made_discarded' },
  });
  const undone = life.box.parts.commands.find('to-undo')?.result.seq;
  await life.does('entry.reverse', { entry: undone }, 'undo-new');
  await life.does('entry.reverse', { entry: told }, 'undo-old');
  await life.event(sale('day2-held', [line('NEW', '2')], { sequence: '6', epoch: 'e' }));
  await life.does('sku.map', { sku: 'NEW', recipe: 'omelette' });
  const richer = structuredClone(KITCHEN_BOOK);
  const bowl = richer.recipes.find(({ id }) => id === 'bowl');
  if (bowl)
    bowl.lines = [
      { item: 'belly', qty: '160 g' },
      { item: 'rice', qty: '200 g' },
    ];
  await life.does('book.adopt', { book: richer, validFrom: '2026-11-22T18:00:00+08:00' });
  life.at('2026-11-22T19:00:00+08:00');
  await life.event(sale('day2-richer', [line('B', '1')], { sequence: '7', epoch: 'e' }));
  await life.does('setting.set', { key: 'storeName', value: 'Old name' });
  await life.does('user.add', { user: 'wang', name: 'Wang', role: 'cook', pin: '1234' });
  // Not understood, and not to be understood elsewhere either.
  await life.event('{"id":"broken",');
}

/** What the restored box does before it hears of the old one. */
async function thirdDay(life: Life): Promise<void> {
  const at = (time: string) => ({ time: `2026-11-23T${time}:00+08:00` });
  await life.event(sale('day3', [line('E', '4')], { ...at('09:01'), sequence: '8', epoch: 'e' }));
  await life.does('setting.set', { key: 'storeName', value: 'New name' });
  await life.does('delivery.receive', { lines: [{ item: 'rice', qty: '5 kg', lot: 'R-3' }] });
  await life.does('waste.log', { item: 'belly', qty: '1 kg', reason: 'spoiled' });
  await life.event(
    sale('day3-two', [line('S', '1')], { ...at('09:05'), sequence: '9', epoch: 'e' }),
    'T1',
  );
}

/** What was said, once, at its time; numbers of entries as this box has them. */
async function tellAll(life: Life, all: readonly Said[]): Promise<void> {
  for (const one of all) {
    life.at(one.at);
    const undone = 'id' in one && { 'undo-new': 'to-undo', 'undo-old': wasted(all) }[one.id];
    const seq = undone ? life.box.parts.commands.find(undone)?.result.seq : undefined;
    await life.tell(seq === undefined ? one : { ...(one as Command), data: { entry: seq } });
  }
}

type Command = Extract<Said, { id: string }>;

function wasted(all: readonly Said[]): string {
  const first = all.find((one) => 'kind' in one && one.kind === 'waste.log');
  return first && 'kind' in first ? first.id : '';
}

test('the union of both days is on the shelf, each sale counted once', async () => {
  const taken = await takeOver(old, main, fork);
  expect(taken.pieces).toBeGreaterThan(2);
  expect(taken.refused.map(({ code, what }) => `${what} ${code}`).sort()).toEqual([
    'setting.set newer_here',
    'user.add pin_needed_again',
  ]);
  expect(taken.duplicates).toBe(0);
  main.at('2026-11-23T22:00:00+08:00');
  for (const life of [main, oracle]) life.box.parts.prep.all();
  for (const life of [main, oracle]) life.box.parts.counting.settler.settle();
  expect(await main.stock()).toEqual(await oracle.stock());
  for (const item of ['belly', 'rice', 'egg', 'soy', 'salmon', 'scraps']) {
    expect([item, await main.places(item)]).toEqual([item, await oracle.places(item)]);
  }
  expect(breaches(main.data)).toEqual([]);
});

test('the days that were taken over add up', async () => {
  type Day = { received: object; adds?: boolean; [key: string]: unknown };
  for (const day of ['2026-11-21', '2026-11-22', '2026-11-23']) {
    const here = await main.api<Day>('GET', `/days/${day}`);
    const there = await oracle.api<Day>('GET', `/days/${day}`);
    expect([day, here]).toEqual([day, there]);
  }
});

test('taken over again, or sent again by whoever sent it, it changes nothing', async () => {
  const before = [await main.stock(), main.box.parts.ledger.seq()];
  const same = await takeOver(old, main, fork);
  expect(same.applied).toBeGreaterThan(0);
  const again = await takeOver(old, main, { ...fork, segment: 1_000 });
  expect([again.applied, again.refused.map(({ code }) => code)]).toEqual([0, ['newer_here']]);
  for (const one of old.said) {
    const { status } = await main.tell(one);
    const about = 'event' in one ? one.event : `${one.kind} ${one.id}`;
    expect([about, status]).toEqual([about, 'duplicate']);
  }
  expect([await main.stock(), main.box.parts.ledger.seq()]).toEqual(before);
});

test('the terminal is told that its stream is complete', async () => {
  const { sequences, terminals } = main.box.parts.receiving;
  const cursor = sequences.cursor(terminals.number('T1'), 'e');
  expect([cursor?.contiguous, cursor?.highest]).toEqual([9, 9]);
});
