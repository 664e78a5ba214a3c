/** Decisions wait while facts of another life do; books and papers do not wait behind them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedVersion } from '#recipes/contracts/sync.ts';
import type { TakeAnswer } from '../../../edge/catalog/take-version.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';
import { breaches, give, headOffice, notes } from './head-office.ts';

const hq = headOffice();
let box: TestBox;
beforeAll(async () => {
  box = await startBox();
});
afterAll(() => box.stop());

const book = (name: string) => hq.sign({ payload: { book: { ...SMALL_BOOK, name } } });
const decision = (user: string) =>
  hq.sign({
    kind: 'commands',
    payload: { commands: [{ kind: 'user.add', data: { user, name: user, role: 'cook' } }] },
  });
const aside = (version: SignedVersion) =>
  box.api<TakeAnswer>('POST', '/feed/catalog?aside=1', version);
const head = () => box.box.parts.catalog.head();
const users = async () => {
  const { people } = await box.api<{ people: { user: string }[] }>('GET', '/people');
  return people.map(({ user }) => user);
};
function ack(more: object): Promise<unknown> {
  const tip = box.box.parts.ledger.entries.tip();
  const ackedHash = Buffer.from(tip?.hash ?? '').toString('hex');
  return box.api('POST', '/feed/ack', { ackedSeq: tip?.seq, ackedHash, catalogHead: 0, ...more });
}

test('a book comes through, the decisions before it come when nothing stands in their way', async () => {
  const first = decision('li');
  const second = book('Two');
  const third = decision('wang');
  expect(await aside(first)).toEqual({ version: 1, state: 'aside' });
  expect(await aside(first)).toEqual({ version: 1, state: 'aside' });
  expect(await aside(second)).toEqual({ version: 2, state: 'taken' });
  expect(await aside(third)).toEqual({ version: 3, state: 'aside' });
  expect(await aside({ ...third, signature: first.signature })).toMatchObject({ state: 'refused' });
  expect([head(), await users()]).toEqual([2, []]);
  await ack({ takeover: true });
  await ack({ takeover: false, state: 'second' });
  await box.restart();
  expect([head(), await users()]).toEqual([2, []]);
  expect(breaches(box)).toEqual([]);
  await ack({ takeover: false, state: 'main' });
  await expect.poll(users).toEqual(['li', 'wang']);
  await expect.poll(head).toBe(3);
  expect(notes(box, 'catalog').map(({ version, state }) => `${version} ${state}`)).toEqual([
    '2 taken',
    '1 taken',
    '3 taken',
  ]);
  for (const one of [first, second, third]) {
    expect(await give(box, one)).toMatchObject({ state: 'duplicate' });
    expect(await aside(one)).toMatchObject({ state: 'duplicate' });
  }
  expect(box.box.parts.catalogStore.word('catalogAside')).toBeUndefined();
  expect(breaches(box)).toEqual([]);
});

test('one that was never put aside is still too old', async () => {
  const skipped = decision('late');
  expect(await give(box, book('Five'))).toMatchObject({ state: 'taken' });
  expect(await give(box, skipped)).toMatchObject({
    state: 'refused',
    reason: { code: 'version_old' },
  });
});
