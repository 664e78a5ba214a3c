/** Why a vendor body was refused, ignored or taken with a doubt: a closed list, in both languages. */
import type { Reason } from '#recipes/contracts/pos-event.ts';

/** A detail that reads differently in the two languages. */
export type Detail = { readonly en: string; readonly zh: string };

/** `{}` in the words is replaced by `detail`. `path` is a JSON pointer into the body. */
export function reason(code: AdapterCode, path?: string, detail: string | Detail = ''): Reason {
  const words = WORDS[code];
  const text = typeof detail === 'string' ? { en: detail, zh: detail } : detail;
  return {
    code,
    ...(path === undefined || path === '' ? {} : { path }),
    message: words.en.replace('{}', () => text.en),
    messageZh: words.zh.replace('{}', () => text.zh),
  };
}

const WORDS = {
  // Not understood.
  not_utf8: {
    en: 'the body is not UTF-8 text; send UTF-8',
    zh: '内容不是 UTF-8 文本，请按 UTF-8 发送',
  },
  not_json: { en: 'not valid JSON: {}', zh: '不是合法的 JSON：{}' },
  bad_signature: {
    en: 'the signature does not fit the content; check the key in the settings',
    zh: '签名与内容不符，请检查设置里的密钥',
  },
  unknown_shape: {
    en: 'no known message of this vendor looks like this ({}); tell us which one it is',
    zh: '不认识这种消息（{}），请联系我们补充',
  },
  unknown_state: {
    en: 'unknown state "{}"; the order is kept for a person',
    zh: '未知状态“{}”，订单留待人工处理',
  },
  missing_field: { en: 'required field is missing: {}', zh: '缺少必填字段：{}' },
  bad_id: {
    en: 'not usable as an id: {}; an id is 1 to 128 of A-Z a-z 0-9 . _ : / -',
    zh: '不能用作编号：{}；编号为 1 到 128 位 A-Z a-z 0-9 . _ : / -',
  },
  number_precision: {
    en: 'the number {} has more digits than JSON readers keep; send it as text',
    zh: '数字 {} 位数过多会丢失精度，请用文本发送',
  },
  bad_quantity: {
    en: 'not a quantity: {}; at most 9 digits before and 6 after the point, not negative',
    zh: '不是有效数量：{}；整数最多 9 位、小数最多 6 位，不能为负',
  },
  no_lines: {
    en: 'the order has no lines, so nothing can leave stock; send it with its lines',
    zh: '订单没有商品行，无法扣减库存，请带上商品行重发',
  },
  wrong_order: {
    en: 'another order was fetched than asked for: {}',
    zh: '取回的不是所要的订单：{}',
  },
  fetch_failed: {
    en: 'the order could not be fetched from the vendor: {}',
    zh: '无法从平台取回订单：{}',
  },
  return_not_linked: {
    en: 'a returned line does not say which sold line it belongs to; book it by hand',
    zh: '退货行没有说明对应的原销售行，请人工处理',
  },
  revision_missing: {
    en: 'changed lines without a version: added lines or the whole order? Send the version',
    zh: '商品变更没有 version，无法判断是加菜还是整单，请带上 version',
  },
  does_not_fit: { en: 'does not fit the event contract: {}', zh: '不符合事件规范：{}' },
  duplicate_key_stock: {
    en: 'the key is repeated and decides what leaves stock; send it once',
    zh: '键重复，且影响库存扣减，请只发送一次',
  },
  // Taken, with a doubt.
  duplicate_key: {
    en: 'the key is repeated; the last value counts, and no stock depends on it',
    zh: '键重复，以最后一个值为准，不影响库存',
  },
  implausible_time: {
    en: 'not a plausible time: {}; the time of arrival is used unless another is given',
    zh: '时间不合理：{}；若无其他时间则以收到时间为准',
  },
  sale_id_derived: {
    en: 'the order has no code yet; the box calls it {}',
    zh: '订单还没有订单号，本机编号为 {}',
  },
  revision_from_time: {
    en: 'the order has no version; the time of its last change is used instead',
    zh: '订单没有版本号，以最后修改时间代替',
  },
  not_paid_yet: {
    en: 'the order is not paid yet; its stock leaves now, a cancellation brings it back',
    zh: '订单未支付，现在扣减库存，取消后再退回',
  },
  combo_without_parts: {
    en: 'a set meal came without its parts; it is taken as one dish',
    zh: '套餐没有子商品，按单个菜品处理',
  },
  parent_not_found: {
    en: 'the set meal {} of this part is not in the order; it is taken as a dish of its own',
    zh: '订单里没有所属套餐 {}，按单独菜品处理',
  },
  weighed_quantity: {
    en: 'a weighed dish with a quantity other than 1; the weight is taken as that of the line',
    zh: '称重商品数量不是 1，重量按整行计',
  },
  // Understood, nothing to do.
  money_only: { en: 'money only, stock does not move: {}', zh: '只涉及金额，不影响库存：{}' },
  no_stock_meaning: { en: 'says nothing about sales: {}', zh: '与销售扣减无关：{}' },
  order_open: {
    en: 'the order is still open; it is taken when completed (setting: deduct)',
    zh: '订单未完成，完成后再扣减（设置项 deduct）',
  },
  not_an_order_yet: {
    en: 'a draft or a price calculation without an order id, not an order',
    zh: '没有订单号，只是草稿或试算，不是订单',
  },
  order_without_lines: {
    en: 'a list of orders without their lines; their details carry them',
    zh: '订单列表不含商品行，以订单详情为准',
  },
  new_order_lines_elsewhere: {
    en: 'announces a new order without its lines; it is taken when its details arrive',
    zh: '只通知有新订单，不含商品行，收到订单详情后再扣减',
  },
  status_no_stock: { en: 'status {} does not move stock', zh: '状态 {} 不影响库存' },
  no_quantities: {
    en: 'changes no quantity; the push of the changed order follows',
    zh: '没有数量变化，以随后的订单商品变更推送为准',
  },
} as const satisfies Record<string, Detail>;

export type AdapterCode = keyof typeof WORDS;
