/** Who counted what, how often, by which lot; undoing, restoring, and older counts. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CountBox, receiveEggs, startCountBox } from './count-box.ts';

let box: CountBox;
beforeEach(async () => {
  box = await startCountBox();
  await receiveEggs(box, 0, 100, 'A');
});
afterEach(async () => {
  expect(box.breaches()).toEqual([]);
  await box.stop();
});

test('two counters on one place: both kept, the latest counts, the difference is shown', async () => {
  await box.observe(11, 'C1', 'egg', '40', { place: 'fridge', actor: 'li' });
  await box.observe(10, 'C1', 'egg', '44', { place: 'fridge', actor: 'wang' });
  await box.observe(12, 'C1', 'egg', '50', { place: 'dry store' });
  const view = await box.view('C1');
  expect(view.lines).toMatchObject([
    { place: 'fridge', qty: '40', kept: [{ qty: '44', actor: 'wang' }], disagreement: '-4' },
    { place: 'dry store', qty: '50', kept: [] },
  ]);
  expect(await box.post(13, 'C1')).toMatchObject([{ counted: '90', variance: '-10' }]);
});

test('a recount is another observation; none is not skipped', async () => {
  await box.at(0, 'delivery.receive', { lines: [{ item: 'rice', qty: '5 kg' }] });
  await box.observe(10, 'C1', 'egg', '9');
  await box.observe(11, 'C1', 'egg', '90');
  await box.observe(11, 'C1', 'leek', '0');
  expect(await box.post(12, 'C1')).toMatchObject([
    { item: 'egg', counted: '90' },
    { item: 'leek' },
  ]);
  expect(await box.settled('egg')).toBe(90);
  expect(await box.settled('rice')).toBe(5000);
  await box.observe(14, 'C1', 'rice', '0');
  expect(await box.post(15, 'C1')).toMatchObject([{ item: 'rice', variance: '-5000', cost: null }]);
  expect(await box.settled('rice')).toBe(0);
});

test('a late observation of a posted count changes nothing until it is posted again', async () => {
  await box.observe(10, 'C1', 'egg', '90');
  await box.post(12, 'C1');
  await box.sell(13, 1);
  await box.observe(11, 'C1', 'egg', '95', { actor: 'li' });
  expect(await box.settled('egg')).toBe(88);
  expect((await box.view('C1')).state).toBe('open');
  expect(await box.post(14, 'C1')).toMatchObject([{ book: '90', counted: '95', variance: '5' }]);
  expect(await box.settled('egg')).toBe(93);
  const again = await box.at(15, 'count.post', { count: 'C1' });
  expect(again).toMatchObject({ status: 'rejected', code: 'nothing_counted' });
});

test('lots are counted by themselves when every observation names one', async () => {
  await receiveEggs(box, 1, 50, 'B');
  await box.observe(10, 'C1', 'egg', '90', { lot: 'A' });
  await box.observe(11, 'C1', 'egg', '55', { lot: 'B' });
  expect(await box.post(12, 'C1')).toMatchObject([
    { lot: 'A', variance: '-10' },
    { lot: 'B', variance: '5' },
  ]);
  expect(await box.lots('egg')).toEqual({ A: 90, B: 55 });
  await box.sell(5, 3);
  expect(await box.lots('egg')).toEqual({ A: 90, B: 55 });
});

test('one observation without a lot makes it a count of the whole item', async () => {
  await receiveEggs(box, 1, 50, 'B');
  await box.observe(10, 'C1', 'egg', '90', { lot: 'A' });
  await box.observe(11, 'C1', 'egg', '65');
  expect(await box.post(12, 'C1')).toMatchObject([{ lot: null, counted: '155', variance: '5' }]);
  expect(await box.lots('egg')).toEqual({ A: 100, B: 55 });
});

test('sales after the count that a lot cannot have given come from the others', async () => {
  await receiveEggs(box, 1, 50, 'B');
  await box.observe(10, 'C1', 'egg', '40', { lot: 'A' });
  await box.observe(10, 'C1', 'egg', '50', { lot: 'B' });
  await box.sell(11, 30);
  expect(await box.post(12, 'C1')).toMatchObject([
    { book: '100', variance: '-60' },
    { book: '50' },
  ]);
  expect(await box.lots('egg')).toEqual({ B: 30 });
});

test('when every lot was counted, nothing stands beside them', async () => {
  const twice = await receiveEggs(box, 1, 50, 'B');
  await receiveEggs(box, 1, 30, 'C');
  await box.sell(2, 60);
  // What B had given already is short, without a lot, beside 30 eggs of C.
  await box.reverse(3, twice);
  const open = await box.lots('egg');
  await box.observe(10, 'C1', 'egg', '25', { lot: 'C' });
  const lines = await box.post(11, 'C1');
  expect(lines.map(({ variance }) => Number(variance)).reduce((a, b) => a + b)).toBe(
    25 - Object.values(open).reduce((a, b) => a + b),
  );
  expect(await box.lots('egg')).toEqual({ C: 25 });
  await box.reverse(12, box.lastPost);
  expect(await box.settled('egg')).toBe(Object.values(open).reduce((a, b) => a + b));
});

test('a surplus goes to the newest lot, even one that is used up', async () => {
  await box.sell(2, 50);
  await box.observe(10, 'C1', 'egg', '6');
  expect(await box.post(11, 'C1')).toMatchObject([{ book: '0', variance: '6', cost: '9.00' }]);
  expect(await box.lots('egg')).toEqual({ A: 6 });
});

test('a surplus first fills what was taken without a lot', async () => {
  await box.sell(2, 55);
  await box.observe(10, 'C1', 'egg', '6');
  expect(await box.post(11, 'C1')).toMatchObject([{ book: '-10', variance: '16' }]);
  expect(await box.lots('egg')).toEqual({ A: 6 });
});

test('undoing a post un-counts it with what came late; restoring counts again', async () => {
  await box.observe(10, 'C1', 'egg', '90');
  await box.post(20, 'C1');
  await box.sell(5, 4);
  expect(await box.settled('egg')).toBe(90);
  const undo = await box.reverse(21, box.lastPost);
  expect(await box.settled('egg')).toBe(92);
  expect((await box.view('C1')).state).toBe('open');
  await box.sell(6, 1);
  expect(await box.settled('egg')).toBe(90);
  const restored = await box.reverse(22, undo);
  expect(await box.settled('egg')).toBe(90);
  expect((await box.view('C1')).items).toMatchObject([{ variance: '0' }]);
  await box.reverse(23, restored);
  expect(await box.settled('egg')).toBe(90);
  await box.sell(7, 1);
  expect(await box.settled('egg')).toBe(88);
});

test('after an undo the count before it decides again', async () => {
  await box.observe(10, 'C1', 'egg', '90');
  await box.post(11, 'C1');
  await box.observe(20, 'C2', 'egg', '70');
  await box.post(21, 'C2');
  const second = box.lastPost;
  await box.sell(5, 4);
  expect(await box.settled('egg')).toBe(70);
  await box.reverse(22, second);
  expect(await box.settled('egg')).toBe(90);
  await box.sell(6, 1);
  expect(await box.settled('egg')).toBe(90);
});

test('an older count that is posted later does not move what a newer one said', async () => {
  await box.observe(20, 'C2', 'egg', '70');
  await box.post(21, 'C2');
  await box.observe(10, 'C1', 'egg', '90');
  expect(await box.post(22, 'C1')).toMatchObject([{ book: '100', variance: '-10' }]);
  // In the same transaction: nobody sees it in between.
  expect(box.now('egg')).toBe(70);
  expect(await box.settled('egg')).toBe(70);
});

test('what came late for one count is not blamed on the next', async () => {
  await box.observe(10, 'C1', 'egg', '90');
  await box.post(11, 'C1');
  await box.sell(5, 4);
  await box.observe(20, 'C2', 'egg', '85');
  expect(await box.post(21, 'C2')).toMatchObject([{ book: '90', variance: '-5' }]);
  expect((await box.view('C1')).items).toMatchObject([{ book: '92', variance: '-2' }]);
});

test('a count that found what the book says holds too, and can be undone', async () => {
  await box.observe(10, 'C1', 'egg', '100');
  expect(await box.post(11, 'C1')).toMatchObject([{ variance: '0', cost: '0.00' }]);
  await box.sell(5, 4);
  expect(await box.settled('egg')).toBe(100);
  await box.reverse(12, box.lastPost);
  expect(await box.settled('egg')).toBe(92);
});

test('the book is blind until the post, but not to a manager or when blind counts are off', async () => {
  await box.observe(10, 'C1', 'egg', '90');
  const tablet = await pairTablet(box);
  const seen = async () => (await tablet('/counts/C1')) as { items: Record<string, unknown>[] };
  expect((await seen()).items[0]).not.toHaveProperty('book');
  expect((await box.view('C1')).items[0]).toMatchObject({ book: '100', variance: '-10' });
  await box.at(11, 'setting.set', { key: 'blindCounts', value: 'off' });
  expect((await seen()).items[0]).toMatchObject({ book: '100' });
  await box.at(12, 'setting.set', { key: 'blindCounts', value: 'on' });
  await box.post(13, 'C1');
  expect((await seen()).items[0]).toMatchObject({ book: '100', variance: '-10', cost: '-15.00' });
});

test('what is worth counting: the dearest uncertainty first, by place', async () => {
  await box.at(0, 'delivery.receive', { lines: [{ item: 'rice', qty: '5 kg', price: '2' }] });
  type List = { items: { item: string; score: string; why: { en: string } }[]; places: unknown[] };
  const list = () => box.api<List>('GET', '/count-list?limit=3');
  const [first] = (await list()).items;
  expect(first).toMatchObject({ item: 'egg', score: '45.00', why: { en: 'never counted' } });
  await box.observe(1, 'C1', 'egg', '100');
  await box.post(2, 'C1');
  await box.sell(-5, 60);
  const after = (await list()).items.find(({ item }) => item === 'egg');
  expect(after?.why.en).not.toBe('never counted');
  expect((await box.api<List>('GET', '/count-list?place=nowhere')).items).toEqual([]);
});

test('an observation can be undone, and a post of nothing else then knows no count', async () => {
  const seen = await box.observe(10, 'C1', 'egg', '90');
  await box.reverse(11, seen);
  const said = await box.at(12, 'count.post', { count: 'C1' });
  expect(said).toMatchObject({ status: 'rejected', code: 'unknown_count' });
});

test.each([
  ['count.observe', { count: 'C1', item: 'nothing', qty: '1' }, 'unknown_item'],
  ['count.observe', { count: 'C1', item: 'egg', lot: 'Z', qty: '1' }, 'unknown_lot'],
  ['count.observe', { count: 'C1', item: 'egg', qty: 'many' }, 'bad_quantity'],
  ['count.observe', { count: 'C1', item: 'egg', qty: '1 parsec' }, 'unknown_unit'],
  ['count.post', { count: 'C9' }, 'unknown_count'],
])('%s %o is refused: %s', async (kind, data, code) => {
  expect(await box.at(1, kind, data)).toMatchObject({ status: 'rejected', code });
});

/** A paired tablet without a manager's pass: what it reads. */
async function pairTablet(from: CountBox): Promise<(path: string) => Promise<unknown>> {
  const { code } = await from.api<{ code: string }>('POST', '/pairings', { name: 'cold' });
  const paired = await fetch(`${from.url}/api/v1/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  const { token } = (await paired.json()) as { token: string };
  return async (path) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${from.url}/api/v1${path}`, { headers })).json();
  };
}
