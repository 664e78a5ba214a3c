import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AdapterOutcome } from '../../../edge/adapters/adapter.ts';
import { freemudAdapter } from '../../../edge/adapters/freemud.ts';
import {
  bytes,
  eventsOf,
  linesOf,
  SHOP,
  summary,
  vendorBody,
  vendorNames,
} from './vendor-bodies.ts';

const freemud = freemudAdapter();
const VENDOR = 'freemud-kaigedian';

const TABLE: readonly (readonly [file: string, outcome: string])[] = [
  [
    '01_order-submit_req.json',
    'events sale 1 lines 1 ! duplicate_key sale_id_derived implausible_time',
  ],
  ['02_order-submit_resp.json', 'ignored no_stock_meaning'],
  ['03_order-batchQuery_req.json', 'ignored no_stock_meaning'],
  ['04_order-batchQuery_resp.json', 'ignored order_without_lines'],
  ['05_order-historyOrders_req.json', 'ignored no_stock_meaning'],
  ['06_order-historyOrders_resp.json', 'reject not_json'],
  ['07_order-queryDetail_req.json', 'ignored no_stock_meaning'],
  ['08_order-queryDetail_resp.json', 'reject not_json'],
  ['09_order-queryRefundOrders_req.json', 'ignored no_stock_meaning'],
  ['10_order-queryRefundOrders_resp.json', 'ignored order_without_lines'],
  ['11_order-batchOrderStatus_req.json', 'ignored no_stock_meaning'],
  ['12_order-batchOrderStatus_resp.json', 'ignored order_without_lines'],
  ['13_order-statusOperation_req.json', 'ignored status_no_stock'],
  ['14_order-statusOperation_req.json', 'events void 0 lines 0'],
  ['15_order-statusOperation_resp.json', 'ignored no_stock_meaning'],
  ['16_order-refundOperation_req.json', 'ignored no_stock_meaning'],
  ['17_order-refundOperation_resp.json', 'ignored no_stock_meaning'],
  ['18_order-cancel_req.json', 'events void 0 lines 0'],
  ['19_order-cancel_resp.json', 'ignored no_stock_meaning'],
  ['20_push-status-change_req.json', 'events void 0 lines 0'],
  ['21_push-status-change_resp.json', 'ignored no_stock_meaning'],
  ['22_push-cancel-refund_req.json', 'events void 0 lines 0'],
  ['23_push-cancel-refund_resp.json', 'ignored no_stock_meaning'],
  ['24_push-event_req.json', 'ignored no_stock_meaning'],
  ['25_push-event_resp.json', 'ignored no_stock_meaning'],
  ['26_push-items-changed_req.json', 'events snapshot 3 lines 36 ! combo_without_parts'],
  ['27_push-items-changed_resp.json', 'ignored no_stock_meaning'],
  ['28_get-third-order_req.json', 'ignored no_stock_meaning'],
  ['29_modify-items_req.json', 'ignored no_quantities'],
  ['30_modify-items_resp.json', 'ignored no_stock_meaning'],
  ['31_offline-pay-sync_resp.json', 'ignored no_stock_meaning'],
];

describe("Freemud's own examples", () => {
  it('are all in the table', (ctx) => {
    expect(vendorNames(ctx, VENDOR)).toEqual(TABLE.map(([file]) => file));
  });

  for (const [file, outcome] of TABLE) {
    it(`${file}: ${outcome}`, (ctx) => {
      expect(summary(freemud.read(vendorBody(ctx, VENDOR, file), SHOP))).toBe(outcome);
    });
  }

  it('01 is a sale named by its text, without the impossible time', (ctx) => {
    const body = vendorBody(ctx, VENDOR, '01_order-submit_req.json');
    const inner = JSON.parse(body.toString('utf8')).requestBody as string;
    const saleId = `fm:${createHash('sha256').update(inner, 'utf8').digest('hex').slice(0, 16)}`;
    const outcome = freemud.read(body, SHOP);
    expect(eventsOf(outcome)).toEqual([
      {
        id: `${saleId}:sale`,
        type: 'larder.pos.sale.v1',
        time: undefined,
        data: {
          saleId,
          channel: 'dine_in',
          currency: 'CNY',
          lines: [
            {
              lineId: '1',
              sku: '138418632407497998',
              name: '测试商品',
              qty: '1',
              net: '2.00', // 2000 fen less the discount share of 1800
              modifiers: [
                { sku: 'spec:大杯', name: '大杯' },
                { sku: 'prop:三分糖', name: '三分糖' },
              ],
            },
          ],
        },
      },
    ]);
    const warnings = outcome.kind === 'events' ? outcome.warnings : [];
    expect(warnings.map((w) => w.path)).toEqual([
      '/requestBody/actualPayAmount',
      '/requestBody',
      '/requestBody/payTime',
    ]);
    expect(JSON.parse(freemud.answer('stored', [], outcome).body)).toEqual({
      ver: '1',
      statusCode: '100',
      message: 'success',
      responseBody: JSON.stringify({ orderCode: saleId }),
    });
  });

  it('06 and 08 are refused with line and column, and are sales once they are repaired', (ctx) => {
    const place = {
      '06_order-historyOrders_resp.json': 849,
      '08_order-queryDetail_resp.json': 836,
    };
    for (const [file, column] of Object.entries(place)) {
      const text = vendorBody(ctx, VENDOR, file).toString('utf8');
      const outcome = freemud.read(bytes(text), SHOP);
      const why = outcome.kind === 'reject' ? outcome.reasons[0] : undefined;
      expect(why?.message).toContain(`at line 5 column ${column}`);
      expect(why?.messageZh).toContain(`第 5 行第 ${column} 列`);
      const repaired = text.replace(/,?\t+/, ',');
      const sale = eventsOf(freemud.read(bytes(repaired), SHOP))[0];
      expect(sale).toMatchObject({
        id: 'fm:21343343:sale',
        time: '2019-05-09T02:05:05.000Z', // createTime; payTime is of 1970
        data: { saleId: '21343343' },
      });
      expect(sale?.data.lines?.[0]?.['modifiers']).toEqual(
        ['2664', '3434', '3764', '3795'].map((sku, i) => ({
          sku,
          name: i < 2 ? '大杯' : '三分糖',
        })),
      );
    }
  });

  it('26 is a snapshot in which a part names its set meal', (ctx) => {
    const [event] = eventsOf(
      freemud.read(vendorBody(ctx, VENDOR, '26_push-items-changed_req.json'), SHOP),
    );
    expect(event?.id).toBe('fm:342354324424:items:1');
    expect(event?.data).toMatchObject({ saleId: '342354324424', revision: 1 });
    expect(
      event?.data.lines?.map(({ lineId, sku, qty, ...l }) => [
        lineId,
        sku,
        qty,
        l['kind'],
        l['parentLineId'],
      ]),
    ).toEqual([
      ['1', '1', '12', undefined, undefined],
      ['2', '2', '12', 'combo', undefined],
      ['3', '3', '12', undefined, '2'],
    ]);
  });

  it('14, 18, 20 and 22 void the whole sale, each by an event of its own', (ctx) => {
    const files = TABLE.filter(([, outcome]) => outcome.startsWith('events void'));
    const voids = files.flatMap(([file]) =>
      eventsOf(freemud.read(vendorBody(ctx, VENDOR, file), SHOP)),
    );
    const at = '2019-07-08T14:16:07.000Z';
    const code = '14947740098045346600002';
    expect(voids).toMatchObject([
      { id: 'fm:12354545:void:operation-7', data: { saleId: '12354545', reason: '超出配送返回' } },
      { id: 'fm:12354545:void:cancel', data: { saleId: '12354545' } },
      { id: `fm:${code}:void:status-6`, time: at, data: { saleId: code, reason: '商家取消' } },
      { id: `fm:${code}:void:refund`, time: at, data: { saleId: code, reason: '商家取消' } },
    ]);
    for (const { data } of voids)
      expect([data['disposition'], data.lines]).toEqual(['unknown', undefined]);
  });
});

describe('a Freemud order', () => {
  it('has one event id in every status, and is voided as well when it was cancelled', () => {
    const paid = order({ orderStatus: 1, payTime: '2026-11-22 12:31:07' });
    const done = order({ orderStatus: 5, payTime: '2026-11-22 12:31:07', payStatus: 2 });
    expect(done).toEqual(paid);
    expect(eventsOf(paid)[0]?.time).toBe('2026-11-22T04:31:07.000Z');
    expect(summary(order({ orderStatus: '6' }))).toBe('events sale 1 lines 2, void 0 lines 0');
    expect(summary(order({ orderStatus: 2 }))).toBe('events sale 1 lines 2 ! not_paid_yet');
    expect(summary(order({ orderStatus: 99 }))).toBe('reject unknown_state');
  });

  it.each([
    [1, 'dine_in'],
    [2, 'dine_in'],
    [3, 'delivery'],
    ['4', 'delivery'],
    [5, 'takeaway'],
    [6, 'takeaway'],
    [7, undefined],
  ])('of type %s is sold by channel %s', (orderType, channel) => {
    expect(eventsOf(order({ orderType }))[0]?.data['channel']).toBe(channel);
  });

  it('reads a time as seconds, milliseconds or text, and nothing before 2000 or after 2100', () => {
    const time = (payTime: unknown) => eventsOf(order({ payTime }))[0]?.time;
    expect(time(1557367505)).toBe('2019-05-09T02:05:05.000Z');
    expect(time('1557367505123')).toBe('2019-05-09T02:05:05.123Z');
    expect(time('2019-05-09T10:05:05+08:00')).toBe('2019-05-09T02:05:05.000Z');
    for (const odd of [
      '12545445',
      '2026-13-45 00:00:00',
      '1999-12-31 23:59:59',
      '9999999999',
      {},
    ]) {
      expect(summary(order({ payTime: odd }))).toBe('events sale 1 lines 2 ! implausible_time');
      expect(time(odd)).toBeUndefined();
    }
  });

  it('refuses a code that a JSON number cannot carry, and a broken quantity', () => {
    const text = JSON.stringify({ ...ORDER, orderCode: 0 }).replace(
      ':0,',
      ':14947740098045346600002,',
    );
    expect(summary(request(text))).toBe('reject number_precision');
    expect(summary(order({ orderItemList: [] }))).toBe('reject no_lines');
    const item = (change: object) => order({ orderItemList: [{ ...DISH, ...change }] });
    expect(summary(item({ productQuantity: -1 }))).toBe('reject bad_quantity');
    expect(summary(item({ productQuantity: '1234567890' }))).toBe('reject bad_quantity');
    expect(summary(item({ productQuantity: '0.1234567' }))).toBe('reject bad_quantity');
    expect(linesOf(item({ productQuantity: '0001.5000000' }))[0]?.qty).toBe('1.5');
    expect(summary(item({ productQuantity: undefined }))).toBe('reject missing_field');
    expect(summary(item({ productId: '' }))).toBe('reject missing_field');
  });

  it('brings set meals, add-ons and weights', () => {
    const add = { productId: '77', productName: '珍珠', productQuantity: 2 };
    const outcome = order({
      orderItemList: [
        {
          ...DISH,
          productId: 'S',
          productType: 6,
          productComboList: [DISH, { ...DISH, productSeq: 8 }],
        },
        {
          ...DISH,
          materialList: [add, { ...add, thirdProductId: 'M7' }],
          productProperty: '1/2糖/去冰',
        },
        { ...DISH, productType: 11, weight: 756.5, unit: '斤', productQuantity: 1 },
        { ...DISH, productType: '11', weight: 333, unit: '份', productQuantity: 1 },
        { ...DISH, productType: 11, weight: '0.000001', unit: 'kg', productQuantity: 1 },
      ],
    });
    const lines = linesOf(outcome);
    expect(lines.map((l) => [l.lineId, l['kind'], l['parentLineId'], l.qty, l['unit']])).toEqual([
      ['S', 'combo', undefined, '2', undefined],
      ['P1', undefined, 'S', '2', undefined],
      ['P1#2', undefined, 'S', '2', undefined],
      ['P1#3', undefined, undefined, '2', undefined],
      ['P1#4', undefined, undefined, '1.513', '斤'],
      ['P1#5', undefined, undefined, '333', 'g'],
      ['P1#6', undefined, undefined, '0.000001', 'g'],
    ]);
    expect(lines[3]?.['modifiers']).toEqual([
      { sku: 'prop:1/2糖', name: '1/2糖' },
      { sku: 'prop:去冰', name: '去冰' },
      { sku: 'mat:77', qty: '2', name: '珍珠' },
      { sku: 'M7', qty: '2', name: '珍珠' },
    ]);
  });

  it('does not lose itself in parts that name each other', () => {
    const item = (productId: string, parentProductId: string) => ({
      ...DISH,
      productId,
      parentProductId,
    });
    const lines = linesOf(
      order({ orderItemList: [item('A', 'B'), item('B', 'A'), item('C', 'C')] }),
    );
    expect(lines.map((l) => l['parentLineId'])).toEqual(['B', undefined, undefined]);
  });

  it('in a list stands beside orders without lines', () => {
    const listed = [{ ...ORDER }, { ...ORDER, orderCode: 'B-2' }, { orderCode: 'C-3' }];
    for (const body of [listed, { total: 3, itemList: listed }]) {
      expect(summary(response(JSON.stringify(body)))).toBe(
        'events sale 1 lines 2, sale 1 lines 2 ! order_without_lines',
      );
    }
  });
});

describe('other Freemud messages', () => {
  it.each([
    [
      { orderCode: 'A', orderStatus: '1', timeStamp: '1562595367000' },
      'ignored new_order_lines_elsewhere',
    ],
    [{ orderCode: 'A', orderStatus: '31', timeStamp: '1562595367000' }, 'ignored status_no_stock'],
    [{ orderCode: 'A', orderStatus: '7', timeStamp: '1562595367000' }, 'events void 0 lines 0'],
    [{ orderCode: 'A', orderStatus: '8' }, 'reject unknown_state'],
    [{ orderCode: 'A', refundStatus: '1' }, 'ignored status_no_stock'],
    [{ orderCodes: ['A', 'B'], reason: 'x' }, 'events void 0 lines 0, void 0 lines 0'],
    [{ orderCodes: 'A B', reason: 'x' }, 'reject bad_id'],
    [{ orderCode: 'A', products: [{ productId: '1', qty: 1 }] }, 'reject revision_missing'],
    [
      { orderCode: 'A', version: 3, products: [{ productId: '1', qty: 1.5 }] },
      'events snapshot 1 lines 1.5',
    ],
    [{ hello: 1 }, 'reject unknown_shape'],
    [[], 'reject unknown_shape'],
  ])('%j: %s', (body, outcome) => {
    expect(summary(request(JSON.stringify(body)))).toBe(outcome);
  });

  it('are refused when the envelope or its inner text is broken, with the place', () => {
    expect(summary(freemud.read(bytes({ appId: '1' }), SHOP))).toBe('reject unknown_shape');
    expect(summary(freemud.read(bytes({ requestBody: {} }), SHOP))).toBe('reject unknown_shape');
    expect(request('{"a":1,\n"b" 2}')).toMatchObject({
      kind: 'reject',
      reasons: [
        {
          code: 'not_json',
          path: '/requestBody',
          message: expect.stringContaining('line 2 column 5'),
        },
      ],
    });
    const twice = JSON.stringify(ORDER).replace(
      '"productQuantity":2',
      '"productQuantity":2,"productQuantity":3',
    );
    expect(request(twice)).toMatchObject({
      kind: 'reject',
      reasons: [
        { code: 'duplicate_key_stock', path: '/requestBody/orderItemList/0/productQuantity' },
      ],
    });
  });

  it('are verified when there is a verifier, and answered in the vendor form', () => {
    const strict = freemudAdapter({ verify: (envelope) => envelope['sign'] === 'good' });
    const body = (sign: string) => bytes({ requestBody: JSON.stringify(ORDER), sign });
    expect(summary(strict.read(body('good'), SHOP))).toBe('events sale 1 lines 2');
    const refused = strict.read(body('bad'), SHOP);
    expect(summary(refused)).toBe('reject bad_signature');
    const reasons = refused.kind === 'reject' ? refused.reasons : [];
    const answer = strict.answer('rejected', reasons, refused);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      200,
      { ver: '1', statusCode: '21', message: reasons[0]?.messageZh, responseBody: '' },
    ]);
  });
});

const DISH = { productSeq: 1, productId: 'P1', productName: '面', productQuantity: 2 };
const ORDER = { orderCode: 'A-1', storeId: '1001', orderStatus: 3, orderItemList: [DISH] };

function request(inner: string): AdapterOutcome {
  return freemud.read(bytes({ appId: '1', partnerId: '2', requestBody: inner, ver: 1 }), SHOP);
}

function response(inner: string): AdapterOutcome {
  const outer = { ver: '1', statusCode: '100', message: 'success', responseBody: inner };
  return freemud.read(bytes(outer), SHOP);
}

function order(change: object): AdapterOutcome {
  return request(JSON.stringify({ ...ORDER, ...change }));
}
