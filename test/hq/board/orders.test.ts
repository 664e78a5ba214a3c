/** Orders from the entries of their store, and decisions on their way down. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ordersSchema } from '../../../cloud-bridge/hq/api/board-schemas.ts';
import type { OrderView } from '../../../cloud-bridge/hq/orders/order-view.ts';
import { realPorts } from '../../../edge/runtime/ports.ts';
import { startTestPostgres, type TestPostgres } from '../../support/postgres.ts';
import { startTestHq, type TestHq } from '../../support/start-hq.ts';
import { StoryBox } from '../story-box.ts';

let postgres: TestPostgres;
let hq: TestHq;
beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database(), { ports: realPorts() });
});
afterAll(async () => {
  await hq.stop();
  await postgres.stop();
});

let made = 0;
let store = '';
let box: StoryBox;
let sent = 0;
beforeEach(() => {
  made++;
  store = `o${made}`;
  box = new StoryBox(`life-${made}`);
  sent = 0;
  box.adopt();
});

const ORDER = 'PO-20261123-001';
const LINES = [
  { item: 'pork-belly', qty: '4 pack' },
  { item: 'rice', qty: '5 kg', price: '6.00' },
];
const steps = (what: string, state: string, more: object = {}, revision = 1) =>
  box.tell('order', {
    actor: 'Wang',
    note: {
      what,
      order: ORDER,
      supplier: 'jinluo',
      state,
      revision,
      steps: [{ create: 'draft', edit: 'edited' }[what] ?? `${what}ted`],
      ...more,
    },
  });
const create = () => steps('create', 'draft', { lines: LINES, deliverOn: '2026-11-23' });

async function send(): Promise<void> {
  const answer = await hq.api('POST', `/stores/${store}/batches`, box.batch(sent));
  expect(answer.body).toMatchObject({ ackedSeq: box.seq });
  sent = box.seq;
}

async function orders(query = 'state=waiting'): Promise<OrderView[]> {
  const answer = await hq.api<{ orders: OrderView[] }>('GET', `/orders?store=${store}&${query}`);
  expect(ordersSchema.safeParse(answer.body).error).toBeUndefined();
  return answer.body.orders;
}

/** Reading on is a loop: it is waited for. */
async function settled(check: (list: OrderView[]) => boolean, query = 'state=all') {
  await expect.poll(async () => check(await orders(query)), { timeout: 10_000 }).toBe(true);
  return orders(query);
}

describe('an order', () => {
  it('waits from when it was submitted until the store says it was approved', async () => {
    create();
    await send();
    await settled(([one]) => one?.state === 'draft');
    expect(await orders()).toEqual([]);
    steps('submit', 'submitted');
    await send();
    const [waiting] = await settled((list) => list.length === 1, 'state=waiting');
    expect(waiting).toMatchObject({
      store,
      order: ORDER,
      supplier: 'jinluo',
      supplierName: { zh: '金锣鲜肉' },
      deliverOn: '2026-11-23',
      state: 'submitted',
      by: 'Wang',
      currency: 'CNY',
      // 4 × 64 + 5 × 6
      total: '286.00',
      decision: null,
    });
    expect(waiting?.lines).toMatchObject([
      { item: 'pork-belly', qty: '8000', unit: 'g', packs: '4', pack: '2 kg', amount: '256.00' },
      { item: 'rice', qty: '5000', packs: '5', amount: '30.00' },
    ]);
    const { body } = await hq.api<{ ordersWaiting: number }>('GET', `/stores/${store}`);
    expect(body.ordersWaiting).toBe(1);
    steps('approve', 'approved', { steps: ['approved'] });
    await send();
    await settled((list) => list.length === 0, 'state=waiting');
    expect((await orders('state=all'))[0]).toMatchObject({ state: 'approved' });
  });

  it('changes as the box changes it', async () => {
    create();
    const changed = [
      { item: 'rice', qty: '0' },
      { item: 'pork-belly', qty: '1 pack' },
      { item: 'scallion', qty: '300 g' },
    ];
    steps('edit', 'draft', { lines: changed, note: 'less' });
    await send();
    const [order] = await settled(([one]) => one?.note === 'less');
    expect(order?.lines.map(({ item, qty }) => [item, qty])).toEqual([
      ['pork-belly', '2000'],
      ['scallion', '300'],
    ]);
  });

  it('has an item once that was ordered twice and changed', async () => {
    const twice = [...LINES, { item: 'pork-belly', qty: '1 pack' }];
    steps('create', 'draft', { lines: twice });
    steps('edit', 'draft', { lines: [{ item: 'pork-belly', qty: '6 kg' }], note: 'once' });
    await send();
    const [order] = await settled(([one]) => one?.note === 'once');
    expect(order?.lines.map(({ item, qty }) => [item, qty])).toEqual([
      ['pork-belly', '6000'],
      ['rice', '5000'],
    ]);
  });

  it('is done when its goods have come, and is not when the receipt was a slip', async () => {
    create();
    steps('send', 'sent', { steps: ['approved', 'sent'] });
    const note = { order: ORDER, lines: [{ item: 'pork-belly', qty: '4 pack' }] };
    box.receive('pork-belly', 8_000, 256, note);
    await send();
    await settled(([one]) => one?.state === 'partly_received');
    const rest = box.receive('rice', 5_000, 30, {
      order: ORDER,
      lines: [{ item: 'rice', qty: '5 kg' }],
    });
    await send();
    await settled(([one]) => one?.state === 'done');
    const undo = box.undo(rest);
    await send();
    await settled(([one]) => one?.state === 'partly_received');
    box.undo(undo);
    await send();
    await settled(([one]) => one?.state === 'done');
  });

  it('goes on in a life that was restored, as it was there', async () => {
    create();
    const asked = steps('submit', 'submitted');
    steps('approve', 'approved', { steps: ['approved'] });
    await send();
    await settled(([one]) => one?.state === 'approved');
    box = box.child(`child-${made}`, asked);
    box.sell('rice', 0, 1);
    sent = asked;
    await send();
    const [order] = await settled(([one]) => one?.state === 'submitted');
    expect(order?.total).toBe('286.00');
  });
});

type Decided = { version: number; order: OrderView; code?: string };
const decide = (verb: string, body?: object, order = ORDER) =>
  hq.api<Decided>('POST', `/orders/${store}/${order}/${verb}`, body);
async function versions() {
  const answer = await hq.api<{ versions: { signed: string }[] }>(
    'GET',
    `/stores/${store}/catalog`,
  );
  return answer.body.versions.map(
    ({ signed }) =>
      JSON.parse(signed) as {
        version: number;
        payload: { commands: { kind: string; actor: string; data: object }[] };
      },
  );
}

describe('a decision', () => {
  beforeEach(async () => {
    create();
    steps('submit', 'submitted');
    await send();
    await settled((list) => list.length === 1, 'state=waiting');
  });

  it('goes down once, in the name of who made it, however often it is made', async () => {
    const first = await decide('approve');
    expect(first.status).toBe(202);
    expect(first.body.order.decision).toMatchObject({
      verb: 'approve',
      state: 'waiting',
      by: 'hq:admin',
    });
    const again = await decide('approve');
    expect([again.status, again.body.version]).toEqual([200, first.body.version]);
    const [only, ...more] = await versions();
    expect(more).toEqual([]);
    expect(only?.payload.commands).toEqual([
      { kind: 'order.approve', actor: 'hq:admin', data: { order: ORDER } },
    ]);
    expect((await orders())[0]?.decision?.version).toBe(first.body.version);
  });

  it('is not turned round while the store has not answered', async () => {
    await decide('approve');
    const other = await decide('reject', { reason: 'no' });
    expect([other.status, other.body.code]).toEqual([409, 'decided']);
  });

  it('shows why the store refused it, and can be made again', async () => {
    const { version } = (await decide('approve')).body;
    const reason = { code: 'order_state', en: 'it was sent', zh: '已发送' };
    box.tell('catalog', { note: { version, kind: 'commands', state: 'refused', reason } });
    await send();
    await settled(([one]) => one?.decision?.state === 'refused', 'state=waiting');
    expect((await orders())[0]?.decision?.reason).toEqual(reason);
    const again = await decide('reject', { reason: 'too much' });
    expect(again.status).toBe(202);
    expect(again.body.version).toBeGreaterThan(version);
    expect((await versions()).at(-1)?.payload.commands[0]).toMatchObject({
      kind: 'order.reject',
      data: { order: ORDER, reason: 'too much' },
    });
  });

  it('is another one when the order is submitted again in the same revision', async () => {
    const first = await decide('reject', { reason: 'too much' });
    box.tell('catalog', {
      note: { version: first.body.version, kind: 'commands', state: 'taken' },
    });
    steps('reject', 'rejected', { reason: 'too much', steps: ['rejected'] });
    steps('submit', 'submitted');
    await send();
    await settled(([one]) => one?.reason === 'too much' && one.decision === null, 'state=waiting');
    const second = await decide('reject', { reason: 'still' });
    expect(second.status).toBe(202);
    expect(second.body.version).toBeGreaterThan(first.body.version);
  });

  it('is refused when nobody asked for it, or it says too little', async () => {
    const none = await decide('approve', undefined, 'PO-none');
    expect([none.status, none.body.code]).toEqual([404, 'unknown_order']);
    const dumb = await decide('reject');
    expect([dumb.status, dumb.body.code]).toEqual([400, 'bad_body']);
    steps('cancel', 'cancelled', { steps: ['cancelled'] });
    await send();
    await settled(([one]) => one?.state === 'cancelled');
    const late = await decide('approve');
    expect([late.status, late.body.code]).toEqual([409, 'order_state']);
  });
});

describe('a list of orders', () => {
  it('comes page by page, the newest change first', async () => {
    for (let i = 1; i <= 5; i++) {
      box.tell('order', {
        note: {
          what: 'create',
          order: `PO-${i}`,
          supplier: 'jinluo',
          state: 'submitted',
          revision: 1,
          lines: LINES,
        },
      });
    }
    await send();
    await settled((list) => list.length === 5);
    const seen: string[] = [];
    let cursor = '';
    do {
      const path = `/orders?store=${store}&state=all&limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await hq.api<{ orders: OrderView[]; next: string | null }>('GET', path);
      seen.push(...body.orders.map(({ order }) => order));
      cursor = body.next ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(['PO-5', 'PO-4', 'PO-3', 'PO-2', 'PO-1']);
    const { body } = await hq.api<{ history: { what: string }[] }>('GET', `/orders/${store}/PO-1`);
    expect(body.history.map(({ what }) => what)).toEqual(['create']);
  });
});
