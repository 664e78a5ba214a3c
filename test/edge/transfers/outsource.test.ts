/** Material out, product and fee back: what it costs is what went into it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PLACES } from '#recipes/ledger/place.ts';
import { breaches, inPlace, must, type Store, startStore, stockUp } from './two-stores.ts';

let box: Store;
beforeEach(async () => {
  box = await startStore('s1');
  await stockUp(box);
});
afterEach(async () => {
  expect(breaches(box)).toEqual([]);
  await box.stop();
});

const outside = (item = 'pork') => inPlace(box, item, PLACES.processor);
const value = async (item: string) => {
  const { items } = await box.api<{ items: { item: string; value: string }[] }>('GET', '/stock');
  return items.find((one) => one.item === item)?.value;
};

/** 6 kg of pork: 5 at 20, 1 at 22. */
async function send(): Promise<string> {
  const sent = await must(box, 'outsource.send', {
    processor: 'Lin',
    lines: [{ item: 'pork', qty: '6 kg' }],
  });
  expect(sent.data).toMatchObject({ cost: '122.00', short: [] });
  return String(sent.data['job']);
}

test('all of it becomes the product: material and fee, to the last ten-thousandth', async () => {
  const job = await send();
  expect(job).toMatch(/^OS-s1-\d{8}-001$/);
  expect(outside()).toBe(6_000_000_000);
  const back = await must(box, 'outsource.receive', {
    job,
    lines: [
      { item: 'tofu', qty: '7 kg', lot: 'T1' },
      { item: 'rice', qty: '3.001 kg', lot: 'T2' },
    ],
    fee: '33.3333',
  });
  expect(back.data).toMatchObject({ state: 'done', material: '122.00', cost: '155.33' });
  expect(outside()).toBe(0);
  const lots = [...box.box.parts.lots.byCode('T1'), ...box.box.parts.lots.byCode('T2')];
  expect(lots.reduce((sum, { cost }) => sum + (cost ?? 0), 0)).toBe(1_553_333);
  expect(await box.command('outsource.receive', { job, close: true })).toMatchObject({
    code: 'outside_job_over',
  });
});

test('part comes back unworked, part is worked, the rest is lost', async () => {
  const job = await send();
  const first = await must(box, 'outsource.receive', {
    job,
    lines: [{ item: 'tofu', qty: '2 kg' }],
    used: [{ item: 'pork', qty: '3 kg' }],
    returned: [{ item: 'pork', qty: '1 kg' }],
    fee: '10.00',
  });
  // The oldest lines first: 1 kg back at 20, 3 kg used at 20.
  expect(first.data).toMatchObject({ state: 'partly_back', material: '60.00', cost: '70.00' });
  expect(await box.stock()).toMatchObject({ pork: '3000', tofu: '2000' });
  expect(await value('pork')).toBe('64.00');
  const more = {
    job,
    lines: [{ item: 'tofu', qty: '1 kg' }],
    used: [{ item: 'pork', qty: '3 kg' }],
  };
  expect(await box.command('outsource.receive', more)).toMatchObject({ code: 'not_out' });
  const last = await must(box, 'outsource.receive', { job, close: true });
  expect(last.data).toMatchObject({ state: 'done', lost: '42.00' });
  expect([outside(), inPlace(box, 'pork', PLACES.adjust)]).toEqual([0, 2_000_000_000]);
  // 122 = 60 used + 20 back + 42 lost.
});

test('undone from the newest on, and restored', async () => {
  const job = await send();
  const sent = box.box.parts.transfers.jobs.get(job)?.entry;
  const back = await must(box, 'outsource.receive', {
    job,
    lines: [{ item: 'tofu', qty: '4 kg', lot: 'T1' }],
    fee: '5.00',
  });
  expect(await box.command('entry.reverse', { entry: sent })).toMatchObject({
    code: 'outside_job_begun',
  });
  const undone = await must(box, 'entry.reverse', { entry: back.seq });
  expect(outside()).toBe(6_000_000_000);
  expect(await box.api('GET', '/outsource')).toMatchObject({ jobs: [{ state: 'out', back: [] }] });
  await must(box, 'entry.reverse', { entry: undone.seq });
  expect(await value('tofu')).toBe('127.00');
  await must(box, 'entry.reverse', { entry: (undone.seq ?? 0) + 1 });
  await must(box, 'entry.reverse', { entry: sent });
  expect(await value('pork')).toBe('166.00');
  expect(await box.command('outsource.receive', { job, close: true })).toMatchObject({
    code: 'outside_job_over',
  });
});

test('a fee alone is refused: it belongs to a product', async () => {
  const job = await send();
  const returned = [{ item: 'pork', qty: '6 kg' }];
  expect(await box.command('outsource.receive', { job, returned, fee: '1' })).toMatchObject({
    code: 'fee_without_product',
  });
  await must(box, 'outsource.receive', { job, returned });
  expect(await value('pork')).toBe('166.00');
});
