/**
 * What each Freemud message means for stock. The messages carry no name, so they are told apart by
 * the fields they have; the numbers in the comments are those of the vendor's guide, in its order.
 */
import type { AdapterContext, AdapterOutcome, Notes } from './adapter.ts';
import { type Draft, ignored, outcomeOf, rejected } from './canonical.ts';
import { cut, type Fields, fieldsOf, idOf, listOf, textOf, wholeOf } from './fields.ts';
import { freemudLines, hasQuantities } from './freemud-lines.ts';
import { reason } from './reasons.ts';
import { firstInstant, shortHash } from './values.ts';

/** Where the business text stands: its JSON pointer, the text itself, and what was noted so far. */
export type Inner = {
  readonly path: string;
  readonly text: string;
  readonly notes: Notes;
  readonly ctx: AdapterContext;
};

/** A request or push of the vendor: an object with the business fields. */
export function freemudRequest(value: unknown, inner: Inner): AdapterOutcome {
  const body = fieldsOf<RequestField>(value);
  if (body === undefined) return rejected(unknownShape(value, inner.path));
  const items = body.orderItemList ?? body.products;
  if (items !== undefined) {
    const whole = [body.storeId, body.orderStatus, body.actualPayAmount];
    return whole.some((part) => part !== undefined)
      ? orderEvents([{ order: value, path: inner.path }], inner)
      : changedItems(body, inner);
  }
  if (body.refundStatus !== undefined) return refundStatus(body, inner);
  if (body.orderStatus !== undefined && !Array.isArray(body.orderStatus)) {
    return statusChange(body, inner);
  }
  if (body.action !== undefined) {
    const why = {
      en: 'a decision on a refund, whose push follows',
      zh: '退款处理，以随后的推送为准',
    };
    return ignored(reason('no_stock_meaning', inner.path, why));
  }
  const codes = [...codesOf(body)];
  if (body.eventType !== undefined) {
    return ignored(reason('no_stock_meaning', inner.path, { en: 'a reminder', zh: '备餐提醒' }));
  }
  // 18 order/cancel: a reason or an operator, and nothing else that would make it a query.
  if (codes.length > 0 && (body.reason !== undefined || body.operator !== undefined)) {
    return voids(codes, 'cancel', body, inner);
  }
  if (QUERY_FIELDS.some((field) => body[field] !== undefined)) {
    return ignored(reason('no_stock_meaning', inner.path, { en: 'a query', zh: '查询请求' }));
  }
  return rejected(unknownShape(value, inner.path));
}

/** An answer of the vendor: a list of orders, an object around one, or a bare acknowledgement. */
export function freemudResponse(value: unknown, inner: Inner): AdapterOutcome {
  const body = fieldsOf<RequestField>(value);
  const nested = Array.isArray(value) ? '' : '/itemList';
  const list: unknown = Array.isArray(value) ? value : body?.itemList;
  const orders = list === undefined && body?.orderItemList !== undefined ? [value] : listOf(list);
  const paths = orders.map((_, i) => (list === undefined ? '' : `${nested}/${i}`));
  const withLines = orders.flatMap((order, i) => {
    const path = `${inner.path}${paths[i]}`;
    return fieldsOf<RequestField>(order)?.orderItemList === undefined ? [] : [{ order, path }];
  });
  if (withLines.length > 0) {
    if (withLines.length < orders.length) {
      inner.notes.warnings.push(reason('order_without_lines', inner.path));
    }
    return orderEvents(withLines, inner);
  }
  if (list !== undefined) return ignored(reason('order_without_lines', inner.path));
  if (body?.orderCode !== undefined) {
    const why = { en: 'the answer to a new order', zh: '下单应答' };
    return ignored(reason('no_stock_meaning', inner.path, why));
  }
  return rejected(unknownShape(value, inner.path));
}

type RequestField =
  | 'orderCode'
  | 'orderCodes'
  | 'thirdOrderCode'
  | 'storeId'
  | 'orderStatus'
  | 'orderType'
  | 'payStatus'
  | 'actualPayAmount'
  | 'orderItemList'
  | 'products'
  | 'itemList'
  | 'version'
  | 'refundStatus'
  | 'timeStamp'
  | 'payTime'
  | 'createTime'
  | 'action'
  | 'reason'
  | 'refundReason'
  | 'cancelReason'
  | 'operator'
  | 'eventType'
  | 'orderClient'
  | 'orderClients'
  | 'startTimestamp'
  | 'endTimestamp'
  | 'timestamp'
  | 'pageNum'
  | 'refundstatus';
type Body = Fields<RequestField>;

const QUERY_FIELDS = [
  'orderCode',
  'orderCodes',
  'thirdOrderCode',
  'startTimestamp',
  'endTimestamp',
  'timestamp',
  'pageNum',
  'orderClients',
  'refundstatus',
] as const;

/** orderStatus: 6 取消, 7 拒单. */
const UNDONE: ReadonlySet<string> = new Set(['6', '7']);
/** All others that are published: 1 支付未接单, 2 待支付, 3 已接单, 31 制作完成, 4 配送中, 5 已完成. */
const GOING: ReadonlySet<string> = new Set(['1', '2', '3', '31', '4', '5']);
const CHANNELS: ReadonlyMap<string, string> = new Map([
  ['1', 'dine_in'],
  ['2', 'dine_in'],
  ['3', 'delivery'],
  ['4', 'delivery'],
  ['5', 'takeaway'],
  ['6', 'takeaway'],
]);

/** Whole orders (01 order/submit, 05 historyOrders, 07 queryDetail) as sales; a cancelled one is voided too. */
function orderEvents(
  orders: readonly { readonly order: unknown; readonly path: string }[],
  inner: Inner,
): AdapterOutcome {
  const drafts = orders.flatMap(({ order, path }) =>
    orderDrafts(fieldsOf<RequestField>(order) ?? {}, path, inner),
  );
  return outcomeOf(drafts, inner.notes, inner.ctx);
}

function orderDrafts(order: Body, path: string, inner: Inner): Draft[] {
  const { notes, ctx } = inner;
  const sale = saleIdOf(order, path, inner);
  const status = textOf(order.orderStatus);
  if (status !== undefined && !UNDONE.has(status) && !GOING.has(status)) {
    notes.faults.push(reason('unknown_state', `${path}/orderStatus`, cut(status, 40)));
  }
  if (status === '2') notes.warnings.push(reason('not_paid_yet', `${path}/orderStatus`));
  const key = order.orderItemList === undefined ? 'products' : 'orderItemList';
  const products = listOf(order[key]);
  if (products.length === 0) notes.faults.push(reason('no_lines', `${path}/${key}`));
  const lines = freemudLines(products, `${path}/${key}`, notes);
  const at = firstInstant(
    [
      [`${path}/payTime`, order.payTime],
      [`${path}/createTime`, order.createTime],
    ],
    ctx.timezone,
    notes,
  );
  const channel = CHANNELS.get(textOf(order.orderType) ?? '');
  // Only what decides stock: the same order seen again in another status stays the same event.
  const data = {
    saleId: sale.saleId,
    ...(channel === undefined ? {} : { channel }),
    currency: 'CNY',
    lines,
  };
  const drafts: Draft[] = [{ id: `${sale.eventId}:sale`, type: 'larder.pos.sale.v1', at, data }];
  if (status !== undefined && UNDONE.has(status)) {
    drafts.push(voidDraft(sale.saleId, `${sale.eventId}:void:listed-${status}`, undefined, order));
  }
  return drafts;
}

/**
 * The vendor gives the code in its answer to 01, so the order itself has none. Then the id is made of
 * the third party's code, or of the whole text: the same bytes sent again are the same sale, and two
 * different orders differ at least in their time or their user.
 */
function saleIdOf(order: Body, path: string, inner: Inner): { saleId: string; eventId: string } {
  if (order.orderCode !== undefined && order.orderCode !== '') {
    const saleId = idOf(order.orderCode, `${path}/orderCode`, inner.notes) ?? '';
    return { saleId, eventId: `fm:${saleId}` };
  }
  const third = textOf(order.thirdOrderCode);
  const text = third === undefined ? inner.text : `third:${third}`;
  const saleId = `fm:${shortHash(text)}`;
  inner.notes.warnings.push(reason('sale_id_derived', path, saleId));
  return { saleId, eventId: saleId };
}

/** 26 push of changed items, 29 change of items: a snapshot when it says version and quantities. */
function changedItems(body: Body, inner: Inner): AdapterOutcome {
  const { notes, path } = inner;
  const key = body.products === undefined ? 'orderItemList' : 'products';
  const products = listOf(body[key]);
  if (!hasQuantities(products)) return ignored(reason('no_quantities', `${path}/${key}`));
  const revision = wholeOf(body.version);
  if (revision === undefined) return rejected(reason('revision_missing', `${path}/version`));
  const saleId = idOf(body.orderCode, `${path}/orderCode`, notes) ?? '';
  const lines = freemudLines(products, `${path}/${key}`, notes);
  const at = firstInstant([[`${path}/timeStamp`, body.timeStamp]], inner.ctx.timezone, notes);
  const data = { saleId, revision, currency: 'CNY', lines };
  const id = `fm:${saleId}:items:${revision}`;
  return outcomeOf([{ id, type: 'larder.pos.snapshot.v1', at, data }], notes, inner.ctx);
}

/** 13 order/statusOperation and 20 push of a status. */
function statusChange(body: Body, inner: Inner): AdapterOutcome {
  const path = `${inner.path}/orderStatus`;
  const status = textOf(body.orderStatus) ?? '';
  // The till's own operation and the push that follows it differ in content, so in id as well.
  const how = body.timeStamp === undefined ? 'operation' : 'status';
  if (UNDONE.has(status)) return voids(codesOf(body), `${how}-${status}`, body, inner);
  if (!GOING.has(status)) return rejected(reason('unknown_state', path, cut(status, 40)));
  // 20 with status 1 is how the vendor announces a new order: a sale that is still to come.
  const announced = status === '1' && body.orderCode !== undefined;
  return ignored(
    announced ? reason('new_order_lines_elsewhere', path) : reason('status_no_stock', path, status),
  );
}

/** 22 push of a cancellation: 5 退款完成 voids the whole order, for the vendor knows no other refund. */
function refundStatus(body: Body, inner: Inner): AdapterOutcome {
  const status = textOf(body.refundStatus) ?? '';
  if (status === '5') return voids(codesOf(body), 'refund', body, inner);
  return ignored(reason('status_no_stock', `${inner.path}/refundStatus`, cut(status, 40)));
}

function voids(
  codes: readonly { value: unknown; field: string }[],
  how: string,
  body: Body,
  inner: Inner,
): AdapterOutcome {
  const { notes, path } = inner;
  const at = firstInstant([[`${path}/timeStamp`, body.timeStamp]], inner.ctx.timezone, notes);
  if (codes.length === 0)
    return rejected(reason('missing_field', `${path}/orderCode`, 'orderCode'));
  const drafts = codes.map(({ value, field }) => {
    const saleId = idOf(value, `${path}/${field}`, notes) ?? '';
    return voidDraft(saleId, `fm:${saleId}:void:${how}`, at, body);
  });
  return outcomeOf(drafts, notes, inner.ctx);
}

function voidDraft(saleId: string, id: string, at: number | undefined, body: Body): Draft {
  const why = textOf(body.cancelReason) ?? textOf(body.refundReason) ?? textOf(body.reason);
  const data = {
    saleId,
    disposition: 'unknown',
    ...(why === undefined ? {} : { reason: cut(why, 200) }),
  };
  return { id, type: 'larder.pos.void.v1', at, data };
}

/** The order codes of a message, which writes one as text or several as a list, under either name. */
function codesOf(body: Body): { value: unknown; field: string }[] {
  const field = body.orderCodes === undefined ? 'orderCode' : 'orderCodes';
  const value = body[field];
  if (Array.isArray(value))
    return value.map((code, i) => ({ value: code, field: `${field}/${i}` }));
  return textOf(value) === undefined && typeof value !== 'number' ? [] : [{ value, field }];
}

function unknownShape(value: unknown, path: string) {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const shape = keys.length > 0 ? keys.slice(0, 8).join(', ') : typeof value;
  return reason('unknown_shape', path, cut(shape, 80));
}
