/**
 * Goods between two real stores, with a real PostgreSQL, real boxes and the real pump: announced, received,
 * called off, also while one of them is away; exactly once at both ends, and what is on its way by the
 * transfers is what the ledgers say.
 */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { PLACES } from '#recipes/ledger/place.ts';
import {
  breaches,
  CHAIN_BOOK,
  inPlace,
  must,
  notesOf,
  stockUp,
} from '../edge/transfers/two-stores.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { startBox, type TestBox } from '../support/start-box.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';
import { startBridge } from './bridge.ts';

type Code = 's1' | 's2';
let postgres: TestPostgres;
let hq: TestHq;
const boxes = {} as Record<Code, TestBox>;
const bridges: Partial<Record<Code, { stop(): Promise<void> }>> = {};

beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database());
  for (const store of ['s1', 's2'] as const) {
    boxes[store] = await startBox({ book: CHAIN_BOOK, config: { store } });
    await stockUp(boxes[store]);
  }
});
afterAll(async () => {
  for (const store of ['s1', 's2'] as const) {
    await disconnect(store);
    expect(breaches(boxes[store])).toEqual([]);
    await boxes[store].stop();
  }
  await hq.stop();
  await postgres.stop();
});
beforeEach(() => {
  connect('s1');
  connect('s2');
});

function connect(store: Code): void {
  bridges[store] ??= startBridge(boxes[store], hq);
}
async function disconnect(store: Code): Promise<void> {
  await bridges[store]?.stop();
  delete bridges[store];
}

type Row = { transfer: string; state: string; differences: object[] };
type Transfers = { transfers: Row[]; inTransit: { item: string; ledger: string; open: string }[] };
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 20_000, interval: 100 });
const transfers = async () => (await hq.api<Transfers>('GET', '/transfers')).body;
const stateAtHq = async (id: string) =>
  (await hq.api<Row>('GET', `/transfers/${id}`)).body.state as string | undefined;
const rowOf = (store: Code, id: string) => boxes[store].box.parts.transfers.transfers.get(id);
const transit = (item: string) =>
  inPlace(boxes.s1, item, PLACES.transit) + inPlace(boxes.s2, item, PLACES.transit);

async function send(qty: string): Promise<{ id: string; seq: number }> {
  const lines = [{ item: 'pork', qty }];
  const sent = await must(boxes.s1, 'transfer.send', { to: 's2', lines });
  return { id: String(sent.data['transfer']), seq: sent.seq ?? 0 };
}

/** How many versions say something of a transfer. */
async function versionsAbout(id: string): Promise<string[]> {
  const { rows } = await hq.hq.parts.db.chain.query<{ kind: string; signed: string }>(
    'SELECT kind, signed FROM catalog ORDER BY version',
  );
  return rows.flatMap(({ kind, signed }) => {
    const { payload } = JSON.parse(signed) as {
      payload: { transfer?: string; what?: string; state?: string };
    };
    return payload.transfer === id ? [`${kind}:${payload.state ?? payload.what ?? ''}`] : [];
  });
}

it('are announced, received as sent, and known to be at the sender: once', async () => {
  const { id } = await send('2 kg');
  await soon(() => rowOf('s2', id)?.state).toBe('incoming');
  expect(rowOf('s2', id)?.lines).toMatchObject([{ lot: 'P1', qty: '2000', cost: 400_000 }]);
  expect(await transfers()).toMatchObject({
    transfers: [{ transfer: id, state: 'in_transit' }],
    inTransit: [{ item: 'pork', ledger: '2000', open: '2000' }],
  });
  await must(boxes.s2, 'transfer.receive', { transfer: id });
  await soon(() => rowOf('s1', id)?.hq).toBe('received');
  await soon(async () => (await transfers()).inTransit).toEqual([]);
  expect(await versionsAbout(id)).toEqual(['transfer:announce', 'transfer:received']);
  expect(await boxes.s1.command('transfer.receive', { transfer: id })).toMatchObject({
    code: 'own_transfer',
  });
});

it('come from their paper while the store is away, and are compared when it is back', async () => {
  await disconnect('s2');
  const { id } = await send('1 kg');
  await soon(() => stateAtHq(id)).toBe('in_transit');
  const lines = [{ item: 'pork', qty: '900 g' }];
  await must(boxes.s2, 'transfer.receive', { transfer: id, from: 's1', lines });
  expect(rowOf('s2', id)?.lines).toEqual([]);
  connect('s2');
  await soon(() => rowOf('s1', id)?.hq).toBe('disputed');
  await soon(() => rowOf('s2', id)?.lines.length).toBe(1);
  expect(transit('pork')).toBe(0);
  const { body } = await hq.api<Row>('GET', `/transfers/${id}`);
  expect(body).toMatchObject({ state: 'disputed', differences: [{ item: 'pork', qty: '-100' }] });
  await soon(async () => (await transfers()).inTransit).toEqual([]);
  const settled = await hq.api<Row>('POST', `/transfers/${id}/settle`, { note: 'spilt' });
  expect(settled).toMatchObject({
    status: 200,
    body: { state: 'received', settled: { note: 'spilt' } },
  });
  await soon(() => rowOf('s1', id)?.hq).toBe('received');
  await soon(() => rowOf('s2', id)?.hq).toBe('received');
  expect((await hq.api('POST', `/transfers/${id}/settle`)).status).toBe(409);
  expect(notesOf(boxes.s2).filter((note) => note.transfer === id)).toMatchObject([
    { what: 'receive' },
    { what: 'match' },
  ]);
});

it('are called off while they are received elsewhere: both ends see it, and it can be put right', async () => {
  const { id, seq } = await send('500 g');
  await soon(() => rowOf('s2', id)?.state).toBe('incoming');
  await disconnect('s2');
  const undone = await must(boxes.s1, 'entry.reverse', { entry: seq });
  await must(boxes.s2, 'transfer.receive', { transfer: id });
  await soon(() => stateAtHq(id)).toBe('cancelled');
  connect('s2');
  await soon(() => rowOf('s1', id)?.hq).toBe('disputed');
  await soon(() => rowOf('s2', id)?.hq).toBe('disputed');
  expect(transit('pork')).toBe(-500_000_000);
  expect((await transfers()).inTransit).toMatchObject([
    { item: 'pork', ledger: '-500', open: '0' },
  ]);
  await must(boxes.s1, 'entry.reverse', { entry: undone.seq });
  await soon(() => rowOf('s1', id)?.hq).toBe('received');
  await soon(() => rowOf('s2', id)?.hq).toBe('received');
  await soon(async () => (await transfers()).inTransit).toEqual([]);
  expect(transit('pork')).toBe(0);
});

it('a transfer that was called off in time never comes in', async () => {
  await disconnect('s2');
  const { id, seq } = await send('300 g');
  await must(boxes.s1, 'entry.reverse', { entry: seq });
  await soon(() => stateAtHq(id)).toBe('cancelled');
  connect('s2');
  await soon(() => rowOf('s2', id)?.state).toBe('cancelled');
  expect(await boxes.s2.command('transfer.receive', { transfer: id })).toMatchObject({
    code: 'transfer_cancelled',
  });
  expect(await versionsAbout(id)).toEqual(['transfer:announce', 'transfer_cancel:']);
});

it("a store's order reaches the kitchen, is summed for the day, and is closed by the goods", async () => {
  const lines = [{ item: 'pork', qty: '1 pack' }];
  const order = { order: 'PO-1', supplier: 'kitchen', deliverOn: '2030-01-01', lines };
  await must(boxes.s2, 'order.create', order);
  await must(boxes.s2, 'order.send', { order: 'PO-1' });
  const requisition = 'RQ-s2-PO-1';
  const asked = (store: Code) => boxes[store].box.parts.transfers.requisitions.get(requisition);
  await soon(() => asked('s1')?.state).toBe('sent');
  const demand = await hq.api('GET', '/requisitions/demand?on=2030-01-01');
  expect(demand.body).toMatchObject({
    kitchens: [
      {
        kitchen: 's1',
        items: [
          { item: 'pork', total: '2000', missing: '0', stores: [{ store: 's2', qty: '2000' }] },
        ],
      },
    ],
  });
  await must(boxes.s1, 'requisition.answer', { requisition, state: 'accepted', note: 'at six' });
  await soon(() => asked('s2')?.state).toBe('accepted');
  const sent = await must(boxes.s1, 'transfer.send', { to: 's2', requisition, lines });
  const transfer = String(sent.data['transfer']);
  await soon(() => asked('s2')?.state).toBe('shipped');
  await must(boxes.s2, 'transfer.receive', { transfer });
  expect(await boxes.s2.api('GET', '/orders/PO-1')).toMatchObject({ state: 'done' });
  await soon(
    async () => (await hq.api<{ requisitions: object[] }>('GET', '/requisitions')).body,
  ).toMatchObject({
    requisitions: [{ requisition, state: 'received', purchase: 'PO-1', transfers: [transfer] }],
  });
  const after = await hq.api('GET', '/requisitions/demand');
  expect(after.body).toMatchObject({ kitchens: [] });
});

it('odd questions are refused in words', async () => {
  expect(await hq.api('GET', '/transfers?state=gone')).toMatchObject({
    status: 400,
    body: { code: 'bad_state' },
  });
  expect(await hq.api('GET', '/requisitions/demand?on=someday')).toMatchObject({
    status: 400,
    body: { code: 'bad_date' },
  });
  expect(await hq.api('GET', '/transfers/TR-x')).toMatchObject({
    status: 404,
    body: { code: 'unknown_transfer' },
  });
  expect(
    await hq.api('GET', '/transfers?state=in_transit,disputed&store=s1&limit=5'),
  ).toMatchObject({
    status: 200,
  });
});
