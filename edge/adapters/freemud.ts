/**
 * Freemud 开个店: an envelope `{appId, partnerId, requestBody, sign, ver}` or, for answers,
 * `{ver, statusCode, message, responseBody, sign}`, whose business body is JSON text inside the JSON.
 */
import type { Adapter, AdapterContext, AdapterOutcome } from './adapter.ts';
import { newNotes } from './adapter.ts';
import { ignored, parseVendorJson, rejected, textOfBody } from './canonical.ts';
import { cut, fieldsOf } from './fields.ts';
import { freemudRequest, freemudResponse } from './freemud-messages.ts';
import { reason } from './reasons.ts';
import type { FreemudEnvelope, FreemudVerifier } from './signature.ts';

/**
 * `verify` is off unless it is given. Without it anybody who reaches the door can post sales and
 * cancellations: keep it inside the shop's network, or give the key.
 */
export type FreemudSettings = { readonly verify?: FreemudVerifier };

export function freemudAdapter(settings: FreemudSettings = {}): Adapter {
  return {
    name: 'freemud',
    read: (body, ctx) => readFreemud(body, settings, ctx),
    /** The vendor reads `statusCode`, never the HTTP status: 100 成功, 21 缺少必要的请求参数. */
    answer(outcome, reasons, read) {
      const ok = outcome === 'stored';
      const said = {
        ver: '1',
        statusCode: ok ? '100' : '21',
        message: ok ? 'success' : (reasons[0]?.messageZh ?? '无法识别的内容'),
        responseBody: ok ? orderCodeOf(read) : '',
      };
      return { status: 200, body: JSON.stringify(said), contentType: JSON_UTF8 };
    },
  };
}

const JSON_UTF8 = 'application/json;charset=utf-8';

/** Keys that decide what leaves stock: repeated, the order is not ours to interpret. */
const STOCK_KEYS: ReadonlySet<string> = new Set([
  'requestBody',
  'responseBody',
  'orderCode',
  'orderCodes',
  'thirdOrderCode',
  'orderItemList',
  'itemList',
  'products',
  'productComboList',
  'materialList',
  'attributes',
  'attributeId',
  'attributeValue',
  'productId',
  'thirdProductId',
  'parentProductId',
  'spuId',
  'skuId',
  'productSeq',
  'productType',
  'productQuantity',
  'qty',
  'weight',
  'unit',
  'productUnit',
  'productWeightUnit',
  'productSpecName',
  'productProperty',
  'thirdProductSpecId',
  'thirdProductPropertyId',
  'orderStatus',
  'orderType',
  'refundStatus',
  'version',
  'action',
  'payTime',
  'createTime',
  'timeStamp',
]);

function readFreemud(
  body: Uint8Array,
  settings: FreemudSettings,
  ctx: AdapterContext,
): AdapterOutcome {
  const text = textOfBody(body);
  if (text === undefined) return rejected(reason('not_utf8'));
  const notes = newNotes();
  const parsed = parseVendorJson(text, '', STOCK_KEYS, notes);
  if (parsed === undefined || notes.faults.length > 0) return rejected(...notes.faults);
  const envelope = fieldsOf<'requestBody' | 'responseBody' | 'statusCode'>(parsed.value);
  const field = envelope?.requestBody === undefined ? 'responseBody' : 'requestBody';
  if (envelope?.[field] === undefined && envelope?.statusCode === undefined) {
    return rejected(noBody(parsed.value));
  }
  if (settings.verify && !settings.verify(parsed.value as FreemudEnvelope)) {
    return rejected(reason('bad_signature', '/sign'));
  }

  const inner = envelope[field];
  const path = `/${field}`;
  if (field === 'responseBody' && (inner === '' || inner === null || inner === undefined)) {
    const why = { en: 'a bare acknowledgement', zh: '仅为应答' };
    return ignored(reason('no_stock_meaning', path, why));
  }
  if (typeof inner !== 'string') return rejected(reason('unknown_shape', path, typeof inner));
  const business = parseVendorJson(inner, path, STOCK_KEYS, notes);
  if (business === undefined || notes.faults.length > 0) return rejected(...notes.faults);
  const read = field === 'requestBody' ? freemudRequest : freemudResponse;
  return read(business.value, { path, text: inner, notes, ctx });
}

/**
 * A new order is answered with its code (02). The box's own id for an order that had none is that
 * code, so that a later cancellation names a sale the box knows.
 */
function orderCodeOf(read: AdapterOutcome | undefined): string {
  const first = read?.kind === 'events' ? read.events[0]?.envelope : undefined;
  const event = fieldsOf<'type' | 'data'>(first);
  if (event?.type !== 'larder.pos.sale.v1') return '';
  return JSON.stringify({ orderCode: fieldsOf<'saleId'>(event.data)?.saleId });
}

function noBody(value: unknown) {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return reason('unknown_shape', undefined, cut(keys.slice(0, 8).join(', ') || typeof value, 80));
}
