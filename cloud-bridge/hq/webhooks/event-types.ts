/** What other programs can be told of, as it happens. */
import type { Words } from '#recipes/contracts/command.ts';

/** Event type -> what it says. Names are part of the public contract. */
export const EVENT_TYPES = {
  'delivery.received': { en: 'goods came in, with lots and costs', zh: '到货入库，含批次与成本' },
  'delivery.returned': { en: 'goods went back to their supplier', zh: '退货给供应商' },
  'waste.logged': { en: 'something was thrown away', zh: '报损' },
  'count.posted': { en: 'a count was posted, with its variances', zh: '盘点入账，含差异' },
  'count.corrected': {
    en: 'what arrived late changed a posted count',
    zh: '迟到记录修正了已入账的盘点',
  },
  'order.submitted': { en: 'an order waits for approval', zh: '订单等待审批' },
  'order.approved': { en: 'an order was approved', zh: '订单已批准' },
  'order.sent': { en: 'an order went to its supplier', zh: '订单已发送给供应商' },
  'order.cancelled': { en: 'an order was cancelled', zh: '订单已取消' },
  'transfer.sent': { en: 'goods left for another store', zh: '调拨发出' },
  'transfer.received': { en: 'goods from another store arrived', zh: '调拨收到' },
  'credit.recorded': { en: 'a supplier gives money back', zh: '供应商退款' },
  'entry.reversed': {
    en: 'something that was told before was taken back, or restored',
    zh: '之前的记录被撤销或恢复',
  },
  'book.adopted': { en: 'a store works by another recipe book', zh: '门店启用了新的配方册' },
  'day.closed': { en: 'a business day is over and all of it is here', zh: '营业日结束且数据齐全' },
  'store.silent': { en: 'nothing has been heard of a store', zh: '门店失联' },
  'store.late': { en: 'head office is behind a store', zh: '门店数据滞后' },
  'store.differs': {
    en: 'balances of a store and head office differ',
    zh: '门店与总部的结存不一致',
  },
  'store.two_boxes': { en: 'two boxes work for one store', zh: '同一门店有两台主机' },
  'store.refused': { en: 'a store refused what was sent down to it', zh: '门店拒绝了下发内容' },
  'alarm.ended': { en: 'an alarm of a store is over', zh: '门店告警解除' },
  'webhook.test': { en: 'somebody tries out a webhook', zh: '测试推送' },
} as const satisfies Readonly<Record<string, Words>>;
export type EventType = keyof typeof EVENT_TYPES;

/** Those that may be asked for; a test goes to whoever is tested. */
export const CHOSEN_TYPES = Object.keys(EVENT_TYPES).filter(
  (type) => type !== 'webhook.test',
) as EventType[];

/** Something that happened, for other programs. */
export type WebhookEvent = {
  /** The same whoever tells it and however often. */
  readonly id: string;
  readonly type: EventType;
  /** When it happened; RFC 3339. */
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
};
