/** A transfer from words in any order, said twice, by one life of a box or by two. */
import { expect, test } from 'vitest';
import type { TransferNote } from '#recipes/contracts/transfer-note.ts';
import {
  type Folded,
  foldTransfer,
  type Said,
  type Transfer,
} from '../../../cloud-bridge/hq/transfers/fold-transfer.ts';

const transfer = 'TR-s1-20261123-001';
const line = { item: 'pork', qty: '5', unit: 'g' as const, lot: 'P1', cost: 50 };
const sent = { ...line, producedAt: null, expiresAt: null };
const send: TransferNote = { what: 'send', transfer, step: 1, to: 's2', lines: [sent] };
const cancel: TransferNote = { what: 'cancel', transfer, step: 2, to: 's2' };
const restore: TransferNote = { ...send, what: 'restore', step: 3 };
const receive: TransferNote = {
  what: 'receive',
  transfer,
  step: 1,
  from: 's1',
  lost: 0,
  lines: [{ ...line, sent: '5' }],
};
const reopen: TransferNote = { what: 'reopen', transfer, step: 2, from: 's1' };
const again: TransferNote = { ...receive, what: 'again', step: 3 };
const by = (store: string, command: string | null = store, main = true): Said => ({
  store,
  at: 1_000,
  command,
  main,
});

/** Folds words one after the other. */
function fold(words: readonly (readonly [TransferNote, Said])[]): {
  row: Transfer | undefined;
  causes: string[];
} {
  let row: Transfer | undefined;
  const causes: string[] = [];
  for (const [note, said] of words) {
    const folded: Folded | undefined = foldTransfer(row, note, said);
    if (!folded) continue;
    row = folded.row;
    for (const { cause, stores } of folded.down) causes.push(`${cause} to ${stores.join()}`);
  }
  return { row, causes };
}

const S1: Said = by('s1');
const S2: Said = by('s2');

test('every order of the same words ends in the same row', () => {
  const words = [
    [send, S1],
    [cancel, by('s1', null)],
    [restore, by('s1', null)],
    [receive, S2],
    [reopen, by('s2', null)],
    [again, by('s2', null)],
  ] as const;
  const orders = permutations(words);
  expect(orders).toHaveLength(720);
  const ends = new Set(
    orders.map((order) => {
      // Who sent it by which command is for the entries of the sending itself.
      const { sentBy: _, gotBy: __, ...row } = fold([...order, ...order]).row as Transfer;
      return JSON.stringify(row);
    }),
  );
  expect([...ends].map((end) => JSON.parse(end) as Transfer)).toMatchObject([
    { state: 'received', sentWhat: 'restore', sentStep: 3, gotWhat: 'again', gotStep: 3 },
  ]);
});

test('no word is sent down twice, whoever repeats it', () => {
  const another = by('s1', 's1', false);
  const { causes } = fold([
    [send, S1],
    [send, S1],
    [send, another],
    [receive, S2],
    [receive, by('s2', 's2', false)],
    [send, S1],
  ]);
  expect(causes).toEqual([`transfer:${transfer} to s2`, `transfer:${transfer}:received:1.1 to s1`]);
});

test('two lives gave out one number: the one that is the store counts, and is announced anew', () => {
  const other: TransferNote = { ...send, lines: [{ ...sent, qty: '7' }] };
  const lost = fold([
    [send, by('s1', 'a', false)],
    [other, by('s1', 'b', true)],
  ]);
  expect(lost.row?.lines).toMatchObject([{ qty: '7' }]);
  expect(lost.causes).toEqual([`transfer:${transfer} to s2`, `transfer:${transfer}:b to s2`]);
  const kept = fold([
    [other, by('s1', 'b', true)],
    [send, by('s1', 'a', false)],
  ]);
  expect(kept.row?.lines).toMatchObject([{ qty: '7' }]);
});

test("a number of another store is nobody else's to speak of", () => {
  expect(
    fold([
      [send, S1],
      [{ ...send, step: 9 }, by('s3')],
    ]).row,
  ).toMatchObject({ from: 's1', sentStep: 1 });
  expect(
    fold([
      [send, S1],
      [receive, by('s3')],
    ]).row,
  ).toMatchObject({ state: 'in_transit' });
});

test('a number is given by the store whose name is in it, whoever is heard first', () => {
  const squat = [send, by('s3')] as const;
  expect(fold([squat]).row).toBeUndefined();
  expect(fold([squat, [send, S1]])).toMatchObject({
    row: { from: 's1', to: 's2', state: 'in_transit' },
    causes: [`transfer:${transfer} to s2`],
  });
  // Somebody else says that it came before the sender is heard: the sender's word decides who gets it.
  const claimed = fold([
    [receive, by('s3')],
    [send, S1],
  ]);
  expect(claimed.row).toMatchObject({ to: 's2', state: 'in_transit', gotWhat: null });
  expect(fold([[{ ...receive, from: 's4' }, S2]]).row).toBeUndefined();
});

test('what came and what was sent must agree', () => {
  const short: TransferNote = { ...receive, lines: [{ ...line, qty: '4', sent: '5' }] };
  expect(
    fold([
      [send, S1],
      [short, S2],
    ]),
  ).toMatchObject({
    row: { state: 'disputed' },
    causes: [expect.any(String), `transfer:${transfer}:disputed:1.1 to s1,s2`],
  });
  expect(fold([[short, S2]]).row).toMatchObject({ state: 'received', lines: null });
  expect(
    fold([
      [send, S1],
      [receive, S2],
      [cancel, S1],
    ]).row,
  ).toMatchObject({ state: 'disputed' });
  expect(fold([[reopen, S2]]).row).toMatchObject({ state: 'announced' });
});

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((one, i) =>
    permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [one, ...rest]),
  );
}
