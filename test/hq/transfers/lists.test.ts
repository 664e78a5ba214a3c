/** Lists of goods between stores: read to their end, and what is counted in other units stays apart. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { startTestHq, type TestHq } from '../../support/start-hq.ts';

let postgres: TestPostgres;
let hq: TestHq;
beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database());
});
afterAll(async () => {
  await hq.stop();
  await postgres.stop();
});

type Page = { next: string | null; [list: string]: unknown };

/** Every row of a list by its id, a few at a time. */
async function readAll(path: string, list: string, id: string): Promise<string[]> {
  const found: string[] = [];
  let cursor = '';
  do {
    const { body } = await hq.api<Page>('GET', `${path}&limit=3&cursor=${cursor}`);
    const rows = body[list] as Record<string, string>[];
    expect(rows.length).toBeLessThanOrEqual(3);
    found.push(...rows.map((row) => row[id] ?? ''));
    expect(found.length).toBeLessThan(100);
    cursor = body.next ?? '';
  } while (cursor !== '');
  return found;
}

it('transfers are read page by page, also those of one moment', async () => {
  await hq.hq.parts.db.chain.query(
    `INSERT INTO transfer (id, from_store, to_store, state, changed_at)
     SELECT 'TR-' || i, 's1', CASE WHEN i % 2 = 0 THEN 's2' ELSE 's3' END, 'received',
       timestamptz '2026-11-23 12:00:00.123456Z' - (i / 4) * interval '1 microsecond'
     FROM generate_series(1, 11) AS i`,
  );
  const { body } = await hq.api<Page>('GET', '/transfers');
  const all = (body['transfers'] as { transfer: string }[]).map(({ transfer }) => transfer);
  expect(all).toHaveLength(11);
  expect(body.next).toBeNull();
  expect(await readAll('/transfers?state=all', 'transfers', 'transfer')).toEqual(all);
  const even = all.filter((id) => Number(id.slice(3)) % 2 === 0);
  expect(await readAll('/transfers?store=s2', 'transfers', 'transfer')).toEqual(even);
});

it('requisitions are, too, whatever their stores take for the time', async () => {
  await hq.hq.parts.db.chain.query(
    `INSERT INTO requisition (id, store, kitchen, state, at, lines)
     SELECT 'RQ-' || i, 's1', 'ck1', 'declined', CASE WHEN i > 9 THEN timestamptz '9999-12-31Z'
       ELSE timestamptz '2026-11-23 12:00Z' - (i / 3) * interval '1 hour' END, '[]'
     FROM generate_series(1, 11) AS i`,
  );
  const { body } = await hq.api<Page>('GET', '/requisitions');
  const all = (body['requisitions'] as { requisition: string }[]).map((row) => row.requisition);
  expect(all).toHaveLength(11);
  expect(await readAll('/requisitions?store=s1', 'requisitions', 'requisition')).toEqual(all);
});

it('a cursor that head office did not give is refused', async () => {
  const odd = [{ at: 'x', id: 'a' }, { at: 1, id: 'a\0' }, { at: 1e18, id: '' }, 7, null];
  const cursors = [
    'x',
    ...odd.map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')),
  ];
  for (const list of ['/transfers', '/requisitions']) {
    for (const cursor of cursors) {
      const { status, body } = await hq.api('GET', `${list}?cursor=${cursor}`);
      expect([list, cursor, status, body['code']]).toEqual([list, cursor, 400, 'bad_cursor']);
    }
  }
});

it('what is in transit or asked for adds up by item and unit', async () => {
  const lines = (qty: string, unit: string) => JSON.stringify([{ item: 'egg', qty, unit }]);
  const { chain } = hq.hq.parts.db;
  await chain.query(
    `INSERT INTO transfer (id, from_store, to_store, state, lines)
     VALUES ('TR-a', 's1', 's2', 'in_transit', $1), ('TR-b', 's1', 's2', 'in_transit', $2)`,
    [lines('500', 'g'), lines('6', 'ea')],
  );
  await chain.query(
    `INSERT INTO requisition (id, store, kitchen, state, at, lines)
     VALUES ('RQ-a', 's1', 'ck1', 'sent', now(), $1), ('RQ-b', 's2', 'ck1', 'sent', now(), $2),
       ('RQ-c', 's3', 'ck1', 'sent', now(), $1)`,
    [lines('500', 'g'), lines('6', 'ea')],
  );
  const { body } = await hq.api<{ inTransit: object[] }>('GET', '/transfers?limit=1');
  expect(body.inTransit).toMatchObject([
    { item: 'egg', unit: 'ea', open: '6' },
    { item: 'egg', unit: 'g', open: '500' },
  ]);
  const demand = await hq.api<{ kitchens: { items: object[] }[] }>('GET', '/requisitions/demand');
  expect(demand.body.kitchens[0]?.items).toMatchObject([
    { item: 'egg', unit: 'g', total: '1000', stores: [{}, {}] },
    { item: 'egg', unit: 'ea', total: '6', stores: [{}] },
  ]);
});
