/** What a store asks of the central kitchen, up to the order that it closes. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  askedNotesOf,
  breaches,
  must,
  notesOf,
  type Store,
  startStore,
  stockUp,
  tell,
} from './two-stores.ts';

let kitchen: Store;
let store: Store;
beforeEach(async () => {
  [kitchen, store] = await Promise.all([startStore('s1'), startStore('s2')]);
  await stockUp(kitchen);
});
afterEach(async () => {
  expect(breaches(kitchen)).toEqual([]);
  expect(breaches(store)).toEqual([]);
  await kitchen.stop();
  await store.stop();
});

type Asked = { requisition: string; state: string; direction: string; purchase: string | null };
const asked = async (box: Store) =>
  (await box.api<{ requisitions: Asked[] }>('GET', '/requisitions')).requisitions;

/** Head office carries the newest requisition of the store to the kitchen. */
function deliverAsked(): string {
  const note = askedNotesOf(store).findLast(({ what }) => what === 'send');
  if (note?.what !== 'send') throw new Error('nothing was asked');
  const { requisition, deliverOn, lines } = note;
  const payload = { requisition, from: 's2', to: 's1', deliverOn, at: Date.now(), lines };
  expect(tell(kitchen, 'requisition', payload)).toMatchObject({ ok: true });
  return requisition;
}

/** The kitchen ships it, and head office tells the store. */
async function ship(requisition: string, qty: string): Promise<string> {
  const lines = [{ item: 'pork', qty }];
  const sent = await must(kitchen, 'transfer.send', { to: 's2', requisition, lines });
  const note = notesOf(kitchen).findLast(({ what }) => what === 'send');
  if (note?.what !== 'send') throw new Error('nothing was sent');
  const { transfer, lines: goods } = note;
  const payload = {
    what: 'announce',
    transfer,
    from: 's1',
    to: 's2',
    requisition,
    sentAt: 1,
    lines: goods,
  };
  expect(tell(store, 'transfer', payload)).toMatchObject({ ok: true });
  expect(sent.data['transfer']).toBe(transfer);
  return transfer;
}

test("tonight's order to the kitchen is a requisition, and the goods close the order", async () => {
  await must(store, 'order.create', {
    order: 'PO-7',
    supplier: 'kitchen',
    deliverOn: '2026-11-24',
    lines: [{ item: 'pork', qty: '2 pack' }],
  });
  const view = await store.api<{ send: string[] }>('GET', '/orders/PO-7');
  expect(view.send[0]).toBe('chain');
  expect((await must(store, 'order.send', { order: 'PO-7' })).data).toMatchObject({
    state: 'sent',
  });
  expect(await asked(store)).toMatchObject([
    { requisition: 'RQ-s2-PO-7', state: 'sent', direction: 'out', purchase: 'PO-7' },
  ]);
  const requisition = deliverAsked();
  const demand = await kitchen.api<{ demand: object[] }>('GET', '/requisitions');
  expect(demand.demand).toMatchObject([
    {
      on: '2026-11-24',
      items: [{ item: 'pork', total: '4000', onHand: '8000', stores: [{ store: 's2' }] }],
    },
  ]);
  await must(kitchen, 'requisition.answer', { requisition, state: 'accepted' });
  const transfer = await ship(requisition, '3 kg');
  expect(await asked(kitchen)).toMatchObject([{ state: 'shipped' }]);
  expect(await asked(store)).toMatchObject([{ state: 'shipped' }]);
  const came = await must(store, 'transfer.receive', { transfer });
  expect(came.data).toMatchObject({ order: { order: 'PO-7', state: 'done' } });
  expect(await store.api('GET', '/orders/PO-7')).toMatchObject({
    state: 'done',
    lines: [{ received: '3000' }],
  });
  await must(store, 'entry.reverse', { entry: came.seq });
  expect(await store.api('GET', '/orders/PO-7')).toMatchObject({ state: 'sent' });
  expect(await asked(store)).toMatchObject([{ state: 'shipped' }]);
});

test('while more of it is on its way, the order stays open', async () => {
  await must(store, 'order.create', {
    order: 'PO-8',
    supplier: 'kitchen',
    lines: [{ item: 'pork', qty: '2 pack' }],
  });
  await must(store, 'order.send', { order: 'PO-8' });
  const requisition = deliverAsked();
  const first = await ship(requisition, '2 kg');
  const second = await ship(requisition, '1 kg');
  const came = await must(store, 'transfer.receive', { transfer: first });
  expect(came.data).toMatchObject({ order: { state: 'partly_received' } });
  const rest = await must(store, 'transfer.receive', { transfer: second });
  expect(rest.data).toMatchObject({ order: { state: 'done' } });
});

test('an order that is called off is not shipped; one that is declined is asked for anew', async () => {
  const lines = [{ item: 'pork', qty: '1 pack' }];
  await must(store, 'order.create', { order: 'PO-9', supplier: 'kitchen', lines });
  await must(store, 'order.send', { order: 'PO-9' });
  const requisition = deliverAsked();
  tell(store, 'requisition_state', { requisition, state: 'declined', note: 'no pork' });
  await must(store, 'order.send', { order: 'PO-9', again: true });
  expect((await asked(store)).map((one) => [one.requisition, one.state])).toEqual([
    ['RQ-s2-PO-9.2', 'sent'],
    ['RQ-s2-PO-9', 'declined'],
  ]);
  const off = await must(store, 'order.cancel', { order: 'PO-9' });
  expect(off.data).toMatchObject({ state: 'cancelled', warnings: [] });
  expect(askedNotesOf(store).at(-1)).toMatchObject({
    what: 'answer',
    state: 'cancelled',
    other: 's1',
  });
  const again = deliverAsked();
  tell(kitchen, 'requisition_state', { requisition: again, state: 'cancelled' });
  const shipped = { to: 's2', requisition: again, lines };
  expect(await kitchen.command('transfer.send', shipped)).toMatchObject({
    code: 'requisition_state',
  });
});

test('undoing the shipment opens the requisition again; answers fit the state', async () => {
  const sent = await must(store, 'requisition.send', {
    to: 's1',
    deliverOn: '2026-11-24',
    lines: [{ item: 'pork', qty: '4 kg' }],
  });
  expect(sent.data['requisition']).toMatch(/^RQ-s2-\d{8}-001$/);
  const requisition = deliverAsked();
  const answer = async (box: Store, state: string) =>
    (await box.command('requisition.answer', { requisition, state })).code;
  expect(await answer(kitchen, 'cancelled')).toBe('unknown_requisition');
  expect(await answer(store, 'accepted')).toBe('unknown_requisition');
  const shipped = await must(kitchen, 'transfer.send', {
    to: 's2',
    requisition,
    lines: [{ item: 'pork', qty: '4 kg' }],
  });
  expect(await answer(kitchen, 'declined')).toBe('requisition_state');
  await must(kitchen, 'entry.reverse', { entry: shipped.seq });
  expect(await asked(kitchen)).toMatchObject([{ state: 'accepted' }]);
  expect(await answer(kitchen, 'declined')).toBeUndefined();
  expect(
    await kitchen.command('transfer.send', {
      to: 's3',
      requisition,
      lines: [{ item: 'pork', qty: '1 kg' }],
    }),
  ).toMatchObject({
    code: 'other_store',
  });
});
