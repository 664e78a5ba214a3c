import { describe, expect, it } from 'vitest';
import type { AdapterOutcome } from '../../../edge/adapters/adapter.ts';
import { squareAdapter } from '../../../edge/adapters/square.ts';
import {
  bytes,
  eventsOf,
  linesOf,
  SHOP,
  summary,
  vendorBody,
  vendorNames,
} from './vendor-bodies.ts';

const completed = squareAdapter();
const open = squareAdapter({ deduct: 'open' });

/** File -> outcome when only completed orders are taken, and when open ones are too. */
const TABLE: readonly (readonly [file: string, whenCompleted: string, whenOpen?: string])[] = [
  ['CalculateOrderResponse.json', 'ignored not_an_order_yet'],
  ['CatalogModifierList.json', 'ignored no_stock_meaning'],
  ['CatalogVersionUpdatedEvent.json', 'ignored no_stock_meaning'],
  ['CreateOrderRequest.json', 'ignored not_an_order_yet'],
  ['CreateOrderResponse.json', 'ignored order_open', 'events snapshot 2 lines 3'],
  ['GetPaymentRefundResponse.json', 'ignored money_only'],
  ['InventoryCountUpdatedEvent.json', 'ignored no_stock_meaning'],
  ['OrderCreatedEvent.json', 'fetch eA3vssLHKJrv9H0IdJCM3gNqfdcZY 1'],
  ['OrderFulfillmentUpdatedEvent.json', 'fetch eA3vssLHKJrv9H0IdJCM3gNqfdcZY 6'],
  ['OrderUpdatedEvent.json', 'fetch eA3vssLHKJrv9H0IdJCM3gNqfdcZY 2'],
  ['PayOrderResponse.json', 'events snapshot 2 lines 3'],
  ['PaymentCreatedEvent.json', 'ignored money_only'],
  ['PaymentUpdatedEvent.json', 'ignored money_only'],
  ['RefundCreatedEvent.json', 'ignored money_only'],
  ['RefundUpdatedEvent.json', 'ignored money_only'],
  ['RetrieveInventoryChangesResponse.json', 'ignored no_stock_meaning'],
  ['RetrieveOrderResponse.json', 'ignored order_open', 'events snapshot 2 lines 3'],
  ['UpdateOrderResponse.json', 'ignored order_open', 'events snapshot 2 lines 3'],
];

describe("Square's own examples", () => {
  it('are all in the table', (ctx) => {
    expect(vendorNames(ctx, 'square')).toEqual(TABLE.map(([file]) => file));
  });

  for (const [file, whenCompleted, whenOpen] of TABLE) {
    it(`${file}: ${whenCompleted}`, (ctx) => {
      const body = vendorBody(ctx, 'square', file);
      expect(summary(completed.read(body, SHOP))).toBe(whenCompleted);
      expect(summary(open.read(body, SHOP))).toBe(whenOpen ?? whenCompleted);
    });
  }
});

describe('a Square order', () => {
  it('becomes a snapshot whose lines can be mapped', (ctx) => {
    const [event] = eventsOf(
      open.read(vendorBody(ctx, 'square', 'CreateOrderResponse.json'), SHOP),
    );
    expect(event).toMatchObject({
      id: 'sq:CAISENgvlJ6jLWAzERDzjyHVybY:1',
      type: 'larder.pos.snapshot.v1',
      time: '2020-01-17T20:47:53.293Z',
      data: { saleId: 'CAISENgvlJ6jLWAzERDzjyHVybY', revision: 1, currency: 'USD' },
    });
    expect(event?.data.lines).toEqual([
      {
        lineId: '8uSwfzvUImn3IRrvciqlXC',
        sku: 'name:New York Strip Steak',
        name: 'New York Strip Steak',
        qty: '1',
        net: '15.12', // 16.48 with 1.36 of tax
      },
      {
        lineId: 'v8ZuEXpOJpb0bazLuvrLDB',
        sku: 'BEMYCSMIJL46OCDV4KYIKXIB',
        name: 'New York Steak/Larger',
        qty: '2',
        net: '41.54',
        modifiers: [{ sku: 'CHQX7Y4KY6N5KINJKZCFURPZ', name: 'Well' }],
      },
    ]);
  });

  it('keeps the time it was closed at, and has no time when none is plausible', () => {
    const closed = order({ closed_at: '2019-08-06T02:47:37.140628Z' });
    expect(eventsOf(closed)[0]?.time).toBe('2019-08-06T02:47:37.140Z');
    const odd = order({ closed_at: '1970-01-01T00:00:00Z', created_at: 'yesterday' });
    expect(summary(odd)).toBe('events snapshot 1 lines 1 ! implausible_time implausible_time');
    expect(eventsOf(odd)[0]?.time).toBeUndefined();
  });

  it('is empty when it was canceled', () => {
    expect(summary(order({ state: 'CANCELED' }))).toBe('events snapshot 0 lines 0');
  });

  it('is refused without lines, in an unknown state, or with a broken line', () => {
    expect(summary(order({ line_items: [] }))).toBe('reject no_lines');
    expect(summary(order({ state: 'PAUSED' }))).toBe('reject unknown_state');
    const lines = [{ name: 'A' }, { name: 'B', quantity: '-1' }, { quantity: '1' }];
    const outcome = order({ line_items: lines });
    expect(outcome).toMatchObject({
      kind: 'reject',
      reasons: [
        { code: 'missing_field', path: '/order/line_items/0/quantity' },
        { code: 'bad_quantity', path: '/order/line_items/1/quantity' },
        { code: 'missing_field', path: '/order/line_items/2/catalog_object_id' },
      ],
    });
  });

  it('orders revisions by its last change when Square gives no version', () => {
    const outcome = order({ version: undefined, updated_at: '2026-11-22T04:00:00Z' });
    expect(summary(outcome)).toBe('events snapshot 1 lines 1 ! revision_from_time');
    expect(eventsOf(outcome)[0]?.data['revision']).toBe(Date.UTC(2026, 10, 22, 4));
  });

  it('reads weights, modifier quantities, channels and long names', () => {
    const long = '特'.repeat(300);
    const outcome = order({
      fulfillments: [{ type: 'PICKUP' }],
      total_money: { amount: 500, currency: 'JPY' },
      line_items: [
        {
          uid: 'a',
          name: long,
          quantity: '1.70000',
          quantity_unit: { measurement_unit: { weight_unit: 'METRIC_KILOGRAM' } },
          modifiers: [{ name: 'Extra egg', quantity: '2' }],
          total_money: { amount: 500, currency: 'JPY' },
        },
        { uid: 'b', item_type: 'CUSTOM_AMOUNT', quantity: '1' },
      ],
    });
    const [first, second] = linesOf(outcome);
    expect(first).toMatchObject({ qty: '1.7', unit: 'kg', net: '500' });
    expect(first?.['modifiers']).toEqual([{ sku: 'name:Extra egg', qty: '2', name: 'Extra egg' }]);
    expect(first?.sku).toMatch(/^name:特{106}~[0-9a-f]{16}$/);
    expect(second?.sku).toBe('type:custom_amount');
    expect(eventsOf(outcome)[0]?.data['channel']).toBe('takeaway');
  });
});

describe('a Square return', () => {
  const back = {
    uid: 'RET1',
    source_order_id: 'SALE1',
    return_line_items: [{ uid: 'x', source_line_item_uid: 'L1', quantity: '1' }],
  };

  it('becomes a refund of the sold line, beside what is sold in the same order', () => {
    const only = order({ id: 'R', line_items: [], returns: [back] });
    const [event] = eventsOf(only);
    expect(summary(only)).toBe('events refund 1 lines 1');
    expect(event).toMatchObject({ id: 'sq:R:RET1', type: 'larder.pos.refund.v1' });
    expect(event?.data).toEqual({
      refundId: 'RET1',
      saleId: 'SALE1',
      lines: [{ lineId: 'L1', qty: '1', disposition: 'unknown' }],
    });
    expect(summary(order({ returns: [back] }))).toBe('events snapshot 1 lines 1, refund 1 lines 1');
  });

  it('that names no sold line waits for a person; one of money alone is ignored', () => {
    const returned = (line: object) =>
      order({ line_items: [], returns: [{ ...back, return_line_items: [line] }] });
    expect(summary(returned({ quantity: '1' }))).toBe('reject return_not_linked');
    expect(summary(returned({ quantity: '1', item_type: 'CUSTOM_AMOUNT' }))).toBe(
      'ignored money_only',
    );
  });
});

describe('a Square webhook', () => {
  it('fetches the order and gives the same event id for every webhook of that version', (ctx) => {
    const ids = ['OrderCreatedEvent.json', 'OrderUpdatedEvent.json'].map((file) => {
      const outcome = completed.read(vendorBody(ctx, 'square', file), SHOP);
      if (outcome.kind !== 'fetch') throw new Error(summary(outcome));
      return eventsOf(outcome.then({ order: { ...ORDER, id: outcome.order } }))[0]?.id;
    });
    expect(ids).toEqual(Array(2).fill('sq:eA3vssLHKJrv9H0IdJCM3gNqfdcZY:3'));
  });

  it('refuses another order than the one it asked for, and what is no order at all', (ctx) => {
    const outcome = completed.read(vendorBody(ctx, 'square', 'OrderUpdatedEvent.json'), SHOP);
    if (outcome.kind !== 'fetch') throw new Error(summary(outcome));
    for (const body of [{ order: ORDER }, {}, null, 'x', { errors: [] }]) {
      expect(summary(outcome.then(body))).toBe('reject wrong_order');
    }
  });

  it('of an unknown kind about orders waits for a person; of other kinds it is ignored', () => {
    const webhook = (type: string) => summary(completed.read(bytes({ type, data: {} }), SHOP));
    expect(webhook('order.split')).toBe('reject unknown_shape');
    expect(webhook('order.created')).toBe('reject missing_field');
    expect(webhook('labor.shift.updated')).toBe('ignored no_stock_meaning');
    expect(webhook('order.custom_attribute.owned.updated')).toBe('ignored no_stock_meaning');
  });
});

describe('a Square body that is not understood', () => {
  it('is refused with the place of the fault', () => {
    const broken = completed.read(bytes('{"order":\n {"id" "x"}}'), SHOP);
    expect(broken).toMatchObject({ kind: 'reject', reasons: [{ code: 'not_json' }] });
    expect(JSON.stringify(broken)).toContain('line 2 column 8');
    expect(summary(completed.read(new Uint8Array([0xc3, 0x28]), SHOP))).toBe('reject not_utf8');
    expect(summary(completed.read(bytes('[]'), SHOP))).toBe('reject unknown_shape');
    expect(summary(completed.read(bytes(''), SHOP))).toBe('reject not_json');
  });

  it('is refused for a repeated key that decides stock, and warned for another', () => {
    const text = JSON.stringify({ order: ORDER });
    const stock = text.replace('"quantity":"1"', '"quantity":"1","quantity":"2"');
    expect(completed.read(bytes(stock), SHOP)).toMatchObject({
      kind: 'reject',
      reasons: [{ code: 'duplicate_key_stock', path: '/order/line_items/0/quantity' }],
    });
    const money = text.replace('"state"', '"note":"a","note":"b","state"');
    expect(summary(completed.read(bytes(money), SHOP))).toBe(
      'events snapshot 1 lines 1 ! duplicate_key',
    );
  });

  it('is still answered with 200, because it is kept; only a wrong signature is not', () => {
    const why = { code: 'no_lines', message: 'no lines', messageZh: '没有商品行' };
    expect(completed.answer('stored', []).status).toBe(200);
    const kept = completed.answer('rejected', [why]);
    expect([kept.status, JSON.parse(kept.body)]).toEqual([
      200,
      { status: 'quarantined', reasons: [why] },
    ]);
    expect(completed.answer('rejected', [{ ...why, code: 'bad_signature' }]).status).toBe(401);
  });
});

const ORDER = {
  id: 'O1',
  state: 'COMPLETED',
  version: 3,
  created_at: '2026-11-22T04:00:00Z',
  line_items: [{ uid: 'L1', catalog_object_id: 'V1', quantity: '1' }],
};

function order(change: object): AdapterOutcome {
  return completed.read(bytes({ order: { ...ORDER, ...change } }), SHOP);
}
