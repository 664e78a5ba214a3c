/**
 * Square: webhooks that only name an order, and whole orders posted directly. What a webhook says
 * about payments, refunds of money, the catalogue or Square's own inventory moves none of our stock.
 */
import type { Adapter, AdapterContext, AdapterOutcome } from './adapter.ts';
import { newNotes } from './adapter.ts';
import { ignored, parseVendorJson, rejected, textOfBody } from './canonical.ts';
import { cut, fieldsOf, idOf, textOf, wholeOf } from './fields.ts';
import { reason } from './reasons.ts';
import { type SquarePolicy, squareOrderEvents } from './square-order.ts';

export function squareAdapter(policy: SquarePolicy = { deduct: 'completed' }): Adapter {
  return {
    name: 'square',
    read: (body, ctx) => readSquare(body, policy, ctx),
    /**
     * Square reads the status only, and repeats for a day what did not get 2xx. Bytes in quarantine
     * are safe, so a repetition would only add copies; a wrong signature alone is refused.
     */
    answer(outcome, reasons) {
      const refused = reasons.some((r) => r.code === 'bad_signature');
      const status = outcome === 'rejected' && refused ? 401 : 200;
      const said = { status: outcome === 'stored' ? 'stored' : 'quarantined', reasons };
      return { status, body: JSON.stringify(said), contentType: 'application/json' };
    },
  };
}

/** Keys that decide what leaves stock: repeated, the order is not ours to interpret. */
const STOCK_KEYS: ReadonlySet<string> = new Set([
  'type',
  'data',
  'object',
  'order',
  'order_created',
  'order_updated',
  'order_fulfillment_updated',
  'order_id',
  'id',
  'uid',
  'state',
  'version',
  'line_items',
  'catalog_object_id',
  'name',
  'variation_name',
  'item_type',
  'quantity',
  'quantity_unit',
  'modifiers',
  'returns',
  'return_line_items',
  'source_order_id',
  'source_line_item_uid',
  'fulfillments',
]);

type BodyField =
  | 'type'
  | 'data'
  | 'order'
  | 'refund'
  | 'payment'
  | 'changes'
  | 'counts'
  | 'object'
  | 'objects'
  | 'modifier_list_data'
  | 'item_data';

function readSquare(body: Uint8Array, policy: SquarePolicy, ctx: AdapterContext): AdapterOutcome {
  const text = textOfBody(body);
  if (text === undefined) return rejected(reason('not_utf8'));
  const notes = newNotes();
  const parsed = parseVendorJson(text, '', STOCK_KEYS, notes);
  if (parsed === undefined || notes.faults.length > 0) return rejected(...notes.faults);
  const outcome = readBody(parsed.value, policy, ctx);
  if (outcome.kind !== 'events') return outcome;
  return { ...outcome, warnings: [...notes.warnings, ...outcome.warnings] };
}

function readBody(value: unknown, policy: SquarePolicy, ctx: AdapterContext): AdapterOutcome {
  const body = fieldsOf<BodyField>(value);
  if (body === undefined) return rejected(unknownShape(value));
  if (body.order !== undefined) return squareOrderEvents(body.order, policy, ctx, '/order');
  const type = textOf(body.type);
  if (type !== undefined && body.data !== undefined)
    return readWebhook(type, body.data, policy, ctx);
  if (body.refund !== undefined || body.payment !== undefined) {
    return ignored(
      reason('money_only', undefined, { en: 'a payment or refund', zh: '支付或退款' }),
    );
  }
  if (body.changes !== undefined || body.counts !== undefined) {
    return ignored(reason('no_stock_meaning', undefined, INVENTORY));
  }
  const catalogue = [body.object, body.objects, body.modifier_list_data, body.item_data];
  if (catalogue.some((part) => part !== undefined)) {
    return ignored(reason('no_stock_meaning', undefined, { en: 'the catalogue', zh: '商品目录' }));
  }
  return rejected(unknownShape(value));
}

function readWebhook(
  type: string,
  data: unknown,
  policy: SquarePolicy,
  ctx: AdapterContext,
): AdapterOutcome {
  const family = type.split('.', 1)[0];
  if (family === 'payment' || family === 'refund') {
    return ignored(reason('money_only', '/type', cut(type, 60)));
  }
  // Square's inventory is the sum of the same sales and of counts made elsewhere: taking it as well
  // would count each sale twice.
  if (family === 'inventory') return ignored(reason('no_stock_meaning', '/type', INVENTORY));
  const key = THIN.get(type);
  if (key === undefined) {
    if (family !== 'order') return ignored(reason('no_stock_meaning', '/type', cut(type, 60)));
    return /^order\.custom_attribute/.test(type)
      ? ignored(reason('no_stock_meaning', '/type', cut(type, 60)))
      : rejected(reason('unknown_shape', '/type', cut(type, 60)));
  }
  const named = fieldsOf<'id' | 'object'>(data);
  const object = fieldsOf<string>(named?.object)?.[key];
  const thin = fieldsOf<'order_id' | 'version'>(object);
  const notes = newNotes();
  const order = idOf(thin?.order_id ?? named?.id, `/data/object/${key}/order_id`, notes);
  if (order === undefined) return rejected(...notes.faults);
  const then = (orderBody: unknown) => readFetched(orderBody, order, policy, ctx);
  return { kind: 'fetch', order, version: wholeOf(thin?.version) ?? 0, then };
}

function readFetched(
  value: unknown,
  wanted: string,
  policy: SquarePolicy,
  ctx: AdapterContext,
): AdapterOutcome {
  const order = fieldsOf<'order'>(value)?.order;
  const id = textOf(fieldsOf<'id'>(order)?.id);
  if (id !== wanted) return rejected(reason('wrong_order', '/order/id', cut(id ?? '-', 128)));
  return squareOrderEvents(order, policy, ctx, '/order');
}

/** Webhook type -> where its thin order stands in `data.object`. */
const THIN: ReadonlyMap<string, string> = new Map([
  ['order.created', 'order_created'],
  ['order.updated', 'order_updated'],
  ['order.fulfillment.updated', 'order_fulfillment_updated'],
]);

const INVENTORY = { en: "Square's own inventory", zh: 'Square 自己的库存' };

function unknownShape(value: unknown) {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const shape = keys.length > 0 ? keys.slice(0, 8).join(', ') : typeof value;
  return reason('unknown_shape', undefined, cut(shape, 80));
}
