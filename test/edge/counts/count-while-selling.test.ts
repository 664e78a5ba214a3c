/** Counting goes on while the restaurant sells, and whatever comes late finds its place. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { event } from '../small-kitchen.ts';
import { type CountBox, receiveEggs, startCountBox, timeOf } from './count-box.ts';

let box: CountBox;
beforeEach(async () => {
  box = await startCountBox();
  await receiveEggs(box, 0, 100, 'A');
});
afterEach(async () => {
  expect(box.breaches()).toEqual([]);
  await box.stop();
});

test('a sale between the count and its post is not counted twice', async () => {
  await box.sell(5, 3);
  await box.observe(10, 'C1', 'egg', '90');
  await box.sell(12, 2);
  const lines = await box.post(20, 'C1');
  expect(lines).toEqual([
    { item: 'egg', lot: null, book: '94', counted: '90', variance: '-4', cost: '-6.00' },
  ]);
  expect(await box.settled('egg')).toBe(90 - 4);
});

test('a sale that arrives late but happened before changes the variance, not the stock', async () => {
  await box.observe(10, 'C1', 'egg', '90');
  await box.post(20, 'C1');
  await box.sell(5, 4, 'late');
  expect(await box.settled('egg')).toBe(90);
  expect((await box.view('C1')).items).toMatchObject([
    { item: 'egg', counted: '90', book: '92', variance: '-2', cost: '-3.00' },
  ]);
  await box.sell(11, 1);
  expect(await box.settled('egg')).toBe(88);
});

test('a void and a waste that arrive late do the same', async () => {
  await box.sell(3, 5, 'S');
  await box.observe(10, 'C1', 'egg', '80');
  expect(await box.post(20, 'C1')).toMatchObject([{ variance: '-10' }]);
  const back = { saleId: 'S', disposition: 'not_made' };
  await box.send(event('void', back, { time: timeOf(4) }));
  expect(await box.settled('egg')).toBe(80);
  expect((await box.view('C1')).items).toMatchObject([{ book: '100', variance: '-20' }]);
  await box.waste(6, '7');
  expect(await box.settled('egg')).toBe(80);
  expect((await box.view('C1')).items).toMatchObject([{ book: '93', variance: '-13' }]);
  await box.waste(12, '1');
  expect(await box.settled('egg')).toBe(79);
});

test('a delivery that was typed twice can be taken back after the count', async () => {
  const twice = await receiveEggs(box, 1, 100, 'B');
  await box.observe(10, 'C1', 'egg', '100');
  expect(await box.post(11, 'C1')).toMatchObject([{ book: '200', variance: '-100' }]);
  await box.reverse(30, twice);
  expect(await box.settled('egg')).toBe(100);
  expect((await box.view('C1')).items).toMatchObject([{ book: '100', variance: '0' }]);
});

test('a delivery that happened before the count but was logged after is part of what was counted', async () => {
  await box.observe(10, 'C1', 'egg', '150');
  expect(await box.post(11, 'C1')).toMatchObject([{ variance: '50', cost: '75.00' }]);
  await receiveEggs(box, 5, 50, 'B');
  expect(await box.settled('egg')).toBe(150);
  expect((await box.view('C1')).items).toMatchObject([{ variance: '0', cost: '0.00' }]);
});

test('a restart in between changes nothing', async () => {
  await box.observe(10, 'C1', 'egg', '90');
  await box.post(20, 'C1');
  await box.sell(5, 4);
  await box.restart();
  expect(await box.settled('egg')).toBe(90);
  await box.sell(6, 1);
  await box.restart();
  await box.restart();
  expect(await box.settled('egg')).toBe(90);
});

test('the box does it by itself within a second', async () => {
  await box.observe(10, 'C1', 'egg', '90');
  await box.post(20, 'C1');
  await box.sell(5, 4);
  await expect.poll(() => box.now('egg'), { timeout: 1_000 }).toBe(90);
});

test('what is late goes back to the lot it came from', async () => {
  await receiveEggs(box, 1, 50, 'B');
  await box.observe(10, 'C1', 'egg', '150');
  await box.post(11, 'C1');
  await box.sell(5, 4);
  expect(await box.lots('egg')).toEqual({ A: 100, B: 50 });
});

test('rehearsing a post moves nothing and says what would happen', async () => {
  await box.observe(10, 'C1', 'egg', '90');
  const said = await box.at(20, 'count.post', { count: 'C1' }, { dryRun: true });
  expect(said).toMatchObject({ status: 'applied', data: { lines: [{ variance: '-10' }] } });
  expect(await box.settled('egg')).toBe(100);
  expect(await box.post(20, 'C1')).toMatchObject([{ variance: '-10' }]);
});
