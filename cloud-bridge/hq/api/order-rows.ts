/** Routes of orders that wait for head office. */
import { DECISION_SCHEMAS } from '../orders/order-routes.ts';
import { decidedSchema, orderDetailSchema, ordersSchema } from './board-schemas.ts';
import { type HqRoute, inPath, inQuery, limitUpTo, STORE } from './route.ts';

const order = inPath('order', 'number of the order', '订单号', 'PO-20261123-001');
const decided = {
  en: 'The decision goes down to the store as a command of who made it. The store carries it out, and its ledger says so: until then the order stays in the list with `decision`. The same again is the same decision.',
  zh: '该决定以决定人的名义下发到门店执行，门店账本随之更新；此前订单仍在列表中并带有 decision。重复提交为同一决定。',
};

export const ORDER_ROWS: readonly HqRoute[] = [
  {
    method: 'get',
    path: '/hq/v1/orders',
    tag: 'orders',
    auth: 'read',
    summary: { en: 'Orders of the stores, newest change first', zh: '门店订单（最近变动在前）' },
    parameters: [
      inQuery('state', 'waiting for approval, or all', '待审批或全部', {
        schema: { type: 'string', enum: ['waiting', 'all'], default: 'waiting' },
      }),
      inQuery('store', 'only these stores, with commas', '仅这些门店，以逗号分隔'),
      inQuery('cursor', '`next` of the page before', '上一页的 next'),
      limitUpTo(500, 100),
    ],
    answer: { status: 200, schema: ordersSchema },
    problems: ['unknown_store', 'bad_cursor'],
  },
  {
    method: 'get',
    path: '/hq/v1/orders/{store}/{order}',
    tag: 'orders',
    auth: 'read',
    summary: { en: 'One order with its history', zh: '单个订单及其历史' },
    parameters: [STORE, order],
    answer: { status: 200, schema: orderDetailSchema },
    problems: ['unknown_store', 'unknown_order'],
  },
  {
    method: 'post',
    path: '/hq/v1/orders/{store}/{order}/approve',
    tag: 'orders',
    auth: 'admin',
    summary: { en: 'Approve an order', zh: '批准订单' },
    detail: decided,
    parameters: [STORE, order],
    request: { schema: DECISION_SCHEMAS.approve, example: {} },
    answer: { status: 202, schema: decidedSchema },
    problems: ['bad_body', 'unknown_store', 'unknown_order', 'order_state', 'decided'],
  },
  {
    method: 'post',
    path: '/hq/v1/orders/{store}/{order}/reject',
    tag: 'orders',
    auth: 'admin',
    summary: { en: 'Reject an order', zh: '驳回订单' },
    detail: decided,
    parameters: [STORE, order],
    request: { schema: DECISION_SCHEMAS.reject, example: { reason: 'too much rice' } },
    answer: { status: 202, schema: decidedSchema },
    problems: ['bad_body', 'unknown_store', 'unknown_order', 'order_state', 'decided'],
  },
];
