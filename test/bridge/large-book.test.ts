/** The largest book there may be travels both ways through the real bridge; a larger one is refused at the door. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOOK_CHARS_MAX } from '#recipes/book/check.ts';
import type { CommandResult } from '#recipes/contracts/command.ts';
import { SMALL_BOOK } from '../edge/small-kitchen.ts';
import { type LoneBridge, startLoneBridge } from '../faults/hq-process.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { startBox, type TestBox } from '../support/start-box.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';

const WAIT = { timeout: 60_000, interval: 100 };
let postgres: TestPostgres;
let hq: TestHq;
let box: TestBox;
let bridge: LoneBridge;

beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database());
  box = await startBox({ config: { store: 'large' } });
  await hq.api('POST', '/stores', { store: 'large' });
  bridge = startLoneBridge({
    LARDER_DATA: box.data,
    LARDER_HQ_URL: hq.url,
    LARDER_HQ_TOKEN: hq.hq.adminToken,
  });
});
afterAll(async () => {
  await bridge.kill('SIGTERM');
  await box.stop();
  await hq.stop();
  await postgres.stop();
});

/** A book whose JSON has about so many characters, most of them of three bytes. */
function bookOf(chars: number, name: string): object {
  const recipes: object[] = [...SMALL_BOOK.recipes];
  const book = { ...SMALL_BOOK, name, recipes };
  let left = chars - JSON.stringify(book).length;
  for (let i = 0; left > 4_100; i++) {
    const one = {
      id: `r-${i}`,
      notes: '炖"'.repeat(1_500),
      lines: [{ item: 'egg', qty: '1 ea' }],
    };
    recipes.push(one);
    left -= JSON.stringify(one).length + 1;
  }
  return book;
}

async function adopt(book: object): Promise<CommandResult | undefined> {
  const { results } = await box.api<{ results: CommandResult[] }>('POST', '/commands', {
    commands: [
      { id: `adopt-${Math.random()}`.replace('.', ''), kind: 'book.adopt', data: { book } },
    ],
  });
  return results[0];
}

const acked = async () => {
  const { body } = await hq.api<{ ackedSeq: number; side: { books: number } }>(
    'GET',
    '/stores/large/cursor',
  );
  return { seq: body.ackedSeq, books: body.side.books };
};

test('from the box to head office', async () => {
  expect(await adopt(bookOf(BOOK_CHARS_MAX, 'Up'))).toMatchObject({ status: 'applied' });
  await expect.poll(acked, WAIT).toEqual({ seq: box.box.parts.ledger.seq(), books: 1 });
});

test('from head office to the box, and back', async () => {
  const said = await hq.api('POST', '/catalog', {
    kind: 'book',
    stores: ['large'],
    book: bookOf(BOOK_CHARS_MAX, 'Down'),
  });
  expect(said).toMatchObject({ status: 201 });
  // Who has nothing to tell asks once a minute: something happens.
  await box.send([{ id: 'one', items: [{ sku: 'E', qty: 1 }] }]);
  await expect.poll(() => box.box.parts.catalog.head(), WAIT).toBe(1);
  await expect.poll(acked, WAIT).toEqual({ seq: box.box.parts.ledger.seq(), books: 2 });
});

test('one that is larger is refused at both doors, and says how large it may be', async () => {
  const larger = bookOf(BOOK_CHARS_MAX + 10_000, 'Larger');
  const here = await adopt(larger);
  expect(here).toMatchObject({ status: 'rejected', code: 'bad_book' });
  expect(JSON.stringify(here)).toContain('book_too_long');
  const there = await hq.api('POST', '/catalog', { kind: 'book', stores: ['large'], book: larger });
  expect(there).toMatchObject({ status: 422, body: { code: 'bad_book' } });
  expect(JSON.stringify(there.body)).toContain('book_too_long');
});
