/** The board against stories of stores: every number is what the entries say, and leads to them. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { valueLeft } from '#recipes/stock/lot-value.ts';
import { stockSums } from '../../../cloud-bridge/hq/board/stock-store.ts';
import type { Board, StoreRow } from '../../../cloud-bridge/hq/board/store-rows.ts';
import { realPorts } from '../../../edge/runtime/ports.ts';
import { startTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { startTestHq, type TestHq } from '../../support/start-hq.ts';
import { g, StoryBox } from '../story-box.ts';

let postgres: TestPostgres;
let hq: TestHq;
/** Noon of the day on which the stories happen. */
let now = Date.parse('2026-11-22T13:00:00+08:00');

beforeAll(async () => {
  postgres = await startTestPostgres();
  const ports = { ...realPorts(), now: () => now };
  hq = await startTestHq(await postgres.database(), { ports });
});
afterAll(async () => {
  await hq.stop();
  await postgres.stop();
});

let made = 0;
let store = '';
let box: StoryBox;
beforeEach(() => {
  made++;
  store = `s${made}`;
  box = new StoryBox(`life-${made}`);
  now = Date.parse('2026-11-22T13:00:00+08:00');
});

/** Sends what head office does not have yet. */
async function send(from = 0, of = box): Promise<void> {
  const answer = await hq.api('POST', `/stores/${store}/batches`, of.batch(from));
  expect(answer.body).toMatchObject({ ackedSeq: of.seq });
}

async function row(): Promise<StoreRow> {
  return (await hq.api<StoreRow>('GET', `/stores/${store}`)).body;
}

type Stock = {
  seq: number;
  value: string | null;
  items: { item: string; onHand: string; state: string; value: string | null; lots: unknown[] }[];
};
const stock = async () => (await hq.api<Stock>('GET', `/stores/${store}/stock`)).body;
const item = async (code: string) => (await stock()).items.find((one) => one.item === code);

type Entry = { seq: number; kind: string; life: number; words: { zh: string; en: string } };
type Page = { entries: Entry[]; next: string | null };
async function entries(query: string): Promise<Page> {
  const answer = await hq.api<Page>('GET', `/entries?store=${store}&${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
}
const seqs = async (query: string) => (await entries(query)).entries.map(({ seq }) => seq);

describe('the row of a store', () => {
  it('counts the sales of the day that is now in the store, and the waste that stands', async () => {
    box.adopt();
    box.receive('pork-belly', 10_000, 320);
    box.day = '2026-11-21';
    box.sell('pork-belly', 1, 400);
    box.waste('pork-belly', 1, 50, 1.6);
    box.day = '2026-11-22';
    box.sell('pork-belly', 1, 400);
    box.sell('pork-belly', 1, 800);
    const slip = box.waste('pork-belly', 1, 100, 3.2);
    box.waste('pork-belly', 1, 25, 0.8);
    box.open = 3;
    await send();
    expect(await row()).toMatchObject({
      day: '2026-11-22',
      sales: 2,
      waste: '4.00',
      wasteEntries: 2,
      open: 3,
      seq: box.seq,
      headSeq: box.seq,
    });
    const undone = box.undo(slip, [box.move('pork-belly', 1, 'waste', 'stock', 100)]);
    await send(undone - 1);
    expect(await row()).toMatchObject({ waste: '0.80', wasteEntries: 1 });
    const again = box.undo(undone, [box.move('pork-belly', 1, 'stock', 'waste', 100)]);
    await send(again - 1);
    expect(await row()).toMatchObject({ waste: '4.00', wasteEntries: 2 });
  });

  it('begins a new day when the store does', async () => {
    box.adopt();
    box.sell('rice', 0, 100);
    await send();
    now = Date.parse('2026-11-23T03:59:00+08:00');
    expect(await row()).toMatchObject({ day: '2026-11-22', sales: 1 });
    now = Date.parse('2026-11-23T04:00:00+08:00');
    expect(await row()).toMatchObject({ day: '2026-11-23', sales: 0, waste: null });
    expect((await row()).timezone).toBe('Asia/Shanghai');
    const batch = box.batch(0);
    const nowhere = { ...batch, box: { ...batch.box, timezone: 'Mars/Olympus' } };
    await hq.api('POST', `/stores/${store}/batches`, nowhere);
    expect(await row()).toMatchObject({ day: '2026-11-23', timezone: null });
  });

  it('counts a sale once that came as revisions', async () => {
    box.adopt();
    const sold = box.move('rice', 0, 'stock', 'sold', 100);
    box.tell('snapshot', { event: 7, sale: 7, command: null, moves: [sold] });
    box.tell('snapshot', { event: 8, sale: 7, command: null, moves: [sold] });
    await send();
    expect((await row()).sales).toBe(1);
  });

  it('stands among all stores, with what the chain adds up to', async () => {
    box.adopt();
    box.sell('rice', 0, 100);
    await send();
    await hq.api('POST', '/stores', { store: `${store}-new`, name: { zh: '新店', en: 'New' } });
    const { body } = await hq.api<Board>('GET', '/stores');
    const codes = body.stores.map((one) => one.store);
    expect(codes).toEqual(codes.toSorted());
    const fresh = body.stores.find((one) => one.store === `${store}-new`);
    expect(fresh).toMatchObject({ state: 'never', lagMs: null, seenAt: null, sales: 0 });
    expect(body.chain.stores).toBe(codes.length);
    expect(body.chain.sales).toBe(body.stores.reduce((sum, one) => sum + one.sales, 0));
    expect(body.chain.currency).toBe('CNY');
  });
});

describe('the whole board', () => {
  it('takes no more statements for many stores than for few', async () => {
    const { chain } = hq.hq.parts.db;
    const count = async (): Promise<number> => {
      // A moment old at most: after that it is read again.
      await new Promise((resolve) => setTimeout(resolve, 600));
      const query = vi.spyOn(chain, 'query');
      expect((await hq.api('GET', '/stores')).status).toBe(200);
      const statements = query.mock.calls.length;
      query.mockRestore();
      return statements;
    };
    box.adopt();
    await send();
    const few = await count();
    await chain.query(`INSERT INTO store (code) SELECT 'many-' || n FROM generate_series(1, 60) n`);
    await chain.query(
      `INSERT INTO life (store, id, incarnation, state, seq, hash, digest)
       SELECT id, 1, code, 'main', 0, '', 'ab' FROM store WHERE code LIKE 'many-%'`,
    );
    // Loops of head office ask now and then as well.
    expect(await count()).toBeLessThanOrEqual(few + 5);
    expect(few).toBeLessThan(20);
    await chain.query(`DELETE FROM store WHERE code LIKE 'many-%'`);
  });
});

describe('what a store has', () => {
  it('is worth what its lots are, as far as all of them have a cost', async () => {
    box.adopt();
    box.receive('pork-belly', 3_000, 90);
    box.receive('pork-belly', 8_000, 256);
    box.receive('rice', 1_000, null);
    box.sell('pork-belly', 1, 1_000);
    box.sell('pork-belly', 2, 400);
    await send();
    // 90 × 2 / 3 + 256 × 7.6 / 8
    const pork = { onHand: '9600', state: 'ok', value: '303.20' };
    expect(await item('pork-belly')).toMatchObject(pork);
    expect(await item('rice')).toMatchObject({ onHand: '1000', value: null });
    expect(await item('scallion')).toMatchObject({
      onHand: '0',
      state: 'out',
      value: null,
      lots: [],
    });
  });

  it('is worth to the smallest unit what the box says', async () => {
    const { chain } = hq.hq.parts.db;
    const amount = fc.integer({ min: 1, max: 40 });
    const part = fc.record({
      cost: fc.integer({ min: 0, max: 60 }),
      amount,
      left: fc.integer({ min: -90, max: 90 }),
    });
    let id = 1_000_000;
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (lots) => {
        id++;
        await chain.query(`INSERT INTO item VALUES ($1, 1, 1, 'x', 'g')`, [id]);
        for (const [i, lot] of lots.entries()) {
          await chain.query(
            `INSERT INTO lot (store, life, id, item, code, entry, amount, cost, received_at)
             VALUES ($1, 1, $2, 1, 'l', 1, $3, $4, 0)`,
            [id, i + 1, lot.amount, lot.cost],
          );
          await chain.query('INSERT INTO balance VALUES ($1, 1, 1, 1, $2, $3)', [
            id,
            i + 1,
            lot.left,
          ]);
        }
        const there = lots.filter(({ left }) => left !== 0);
        const worth = there.reduce((sum, lot) => sum + (valueLeft(lot, lot.left) ?? 0), 0);
        const [sum] = await stockSums(chain, [[id], [1]], undefined);
        expect(sum?.value ?? 0n).toBe(BigInt(worth));
      }),
      { numRuns: 60 },
    );
  });

  it('says out, low, ok and over by the book', async () => {
    box.adopt();
    box.receive('pork-belly', 21_000, 10);
    await send();
    expect((await item('pork-belly'))?.state).toBe('over');
    box.sell('pork-belly', 1, 19_000);
    await send(box.seq - 1);
    expect((await item('pork-belly'))?.state).toBe('ok');
    box.sell('pork-belly', 1, 1_000);
    await send(box.seq - 1);
    expect((await item('pork-belly'))?.state).toBe('low');
    box.sell('pork-belly', 1, 1_001);
    await send(box.seq - 1);
    expect((await item('pork-belly'))?.state).toBe('out');
  });

  it('is not sent again to who has it', async () => {
    box.adopt();
    await send();
    const url = `${hq.url}/hq/v1/stores/${store}/stock`;
    const authorization = `Bearer ${hq.hq.adminToken}`;
    const first = await fetch(url, { headers: { authorization } });
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(url, { headers: { authorization, 'if-none-match': etag } });
    expect(again.status).toBe(304);
    box.receive('rice', 5, null);
    await send(box.seq - 1);
    const changed = await fetch(url, { headers: { authorization, 'if-none-match': etag } });
    expect(changed.status).toBe(200);
  });

  it('is added up over the chain', async () => {
    box.adopt();
    box.receive('scallion', 700, 7);
    await send();
    const other = new StoryBox(`other-${made}`);
    other.adopt();
    other.receive('scallion', 300, 6);
    store = `${store}-b`;
    await send(0, other);
    type Chain = {
      items: {
        item: string;
        onHand: string;
        value: string;
        stores: { store: string; onHand: string }[];
      }[];
    };
    const { body } = await hq.api<Chain>('GET', '/stock?item=scallion');
    const [only] = body.items;
    expect(body.items).toHaveLength(1);
    const mine = only?.stores.filter((one) => one.store.startsWith(`s${made}`));
    expect(mine).toEqual([
      { store: `s${made}`, onHand: '700', par: null, state: 'ok' },
      { store: `s${made}-b`, onHand: '300', par: null, state: 'ok' },
    ]);
  });
});

describe('the entries behind a number', () => {
  it('are found by item, kind and day, newest first, page after page', async () => {
    box.adopt();
    box.receive('pork-belly', 10_000, 320);
    const first = box.sell('pork-belly', 1, 1);
    box.sell('rice', 0, 1);
    const second = box.sell('pork-belly', 1, 2);
    box.day = '2026-11-23';
    const third = box.sell('pork-belly', 1, 3);
    const wasted = box.waste('pork-belly', 1, 4, 1);
    await send();
    expect(await seqs('item=pork-belly&kind=sale')).toEqual([third, second, first]);
    expect(await seqs('item=pork-belly&kind=sale&day=2026-11-22')).toEqual([second, first]);
    expect(await seqs('kind=sale,waste&from=2026-11-23&to=2026-11-23')).toEqual([wasted, third]);
    expect(await seqs('item=scallion')).toEqual([]);
    const page = await entries('item=pork-belly&kind=sale&limit=2');
    expect(page.entries.map(({ seq }) => seq)).toEqual([third, second]);
    expect(await seqs(`item=pork-belly&kind=sale&limit=2&cursor=${page.next}`)).toEqual([first]);
  });

  it('are not looked for where the day has none, nor beyond the last one it has', async () => {
    box.sell('rice', 0, 1);
    box.day = '2026-11-23';
    const own = [box.sell('rice', 0, 1), box.waste('rice', 0, 1, 1), box.sell('rice', 0, 2)];
    await send();
    const query = vi.spyOn(hq.hq.parts.db.chain, 'query');
    const looks = () =>
      query.mock.calls.filter(([said]) => {
        const { name } = said as unknown as { name?: string };
        return /^find-entries/.test(name ?? '');
      }).length;
    expect(await seqs('day=2026-11-20')).toEqual([]);
    expect(looks()).toBe(0);
    const found: number[] = [];
    let cursor = '';
    do {
      const page = await entries(`day=2026-11-23&limit=1&cursor=${cursor}`);
      found.push(...page.entries.map(({ seq }) => seq));
      cursor = page.next ?? '';
    } while (cursor !== '');
    expect(found).toEqual(own.toReversed());
    expect(looks()).toBe(3);
    query.mockRestore();
  });

  it('say in both languages what happened', async () => {
    box.adopt();
    box.receive('pork-belly', 10_000, 320);
    box.sell('pork-belly', 1, 400);
    const slip = box.waste('pork-belly', 1, 620, 19.84);
    box.undo(slip);
    await send();
    const { entries: list } = await entries('limit=3');
    expect(list.map(({ words }) => words.en)).toEqual([
      'Undone: Wasted Pork belly 620\u00a0g · Spoiled',
      'Wasted Pork belly 620\u00a0g · Spoiled',
      'Sale Pork belly 400\u00a0g',
    ]);
    expect(list[2]?.words.zh).toBe('销售 五花肉 400\u00a0g');
    expect(list[1]).toMatchObject({ cost: '19.84', actor: 'Li', day: '2026-11-22' });
    const [move] = (list[1] as unknown as { moves: unknown[] }).moves;
    expect(move).toMatchObject({
      item: 'pork-belly',
      lot: 'L1',
      from: 'stock',
      to: 'waste',
      amount: '620',
      unit: 'g',
    });
  });

  it('are a counted item too that nothing moved of', async () => {
    box.adopt();
    const lines = [{ item: 'rice', counted: g(5), book: g(5), variance: 0, cost: 0 }];
    const seq = box.tell('count', { note: { count: 'C1', lines } });
    await send();
    expect(await seqs('item=rice&kind=count')).toEqual([seq]);
  });

  it('refuse what cannot be meant, in the language of who asks', async () => {
    await send();
    for (const [path, status, code] of [
      ['/entries?kind=nonsense', 400, 'bad_kind'],
      ['/entries?day=2026-02-31', 400, 'bad_date'],
      ['/entries?from=2026-11-22&to=2026-11-21', 400, 'bad_date'],
      ['/entries?cursor=abc', 400, 'bad_cursor'],
      ['/entries?store=nobody', 404, 'unknown_store'],
      ['/stores/nobody', 404, 'unknown_store'],
      ['/stores/nobody/stock', 404, 'unknown_store'],
      [`/entries?store=${store}&life=nobody`, 404, 'unknown_life'],
    ] as const) {
      const answer = await hq.api<{ code: string }>('GET', path);
      expect([path, answer.status, answer.body.code]).toEqual([path, status, code]);
    }
    const headers = { authorization: `Bearer ${hq.hq.adminToken}`, 'accept-language': 'zh-CN' };
    const zh = await fetch(`${hq.url}/hq/v1/entries?kind=x`, { headers });
    expect(((await zh.json()) as { detail: string }).detail).toMatch(/类型/);
  });
});

describe('a store that was restored', () => {
  it('has the entries of both lives up to where they parted, and the figures of the one that goes on', async () => {
    box.adopt();
    box.receive('rice', 1_000, 10);
    box.waste('rice', 1, 100, 1);
    box.waste('rice', 1, 200, 2);
    await send();
    expect((await row()).waste).toBe('3.00');
    const child = box.child(`child-${made}`, 3);
    const own = child.waste('rice', 1, 50, 0.5);
    await send(3, child);
    expect(own).toBe(4);
    expect(await row()).toMatchObject({ waste: '1.50', wasteEntries: 2, lives: 2, seq: 4 });
    expect((await item('rice'))?.onHand).toBe('850');
    expect(await seqs('kind=waste')).toEqual([4, 3]);
    const list = (await entries('kind=waste')).entries;
    expect(new Set(list.map(({ life }) => life)).size).toBe(2);
    const parent = await entries(`kind=waste&life=${box.incarnation}`);
    expect(parent.entries.map(({ seq }) => seq)).toEqual([4, 3]);
  });
});
