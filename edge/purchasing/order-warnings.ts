/** What is odd about an order without being wrong: told in the answer, never a refusal. */
import type { Words } from '#recipes/contracts/command.ts';
import type { Kitchen, SupplierInfo } from '#recipes/kitchen-types.ts';
import { type Delivery, deliveryOn } from '#recipes/purchasing/delivery-days.ts';
import { cents, totalOf } from '#recipes/purchasing/order-price.ts';
import { compare, type Rational, rationalFromDecimal } from '#recipes/rational.ts';
import { dayText } from '#recipes/time/business-day.ts';
import { notWholePacks } from './order-lines.ts';
import type { StoredOrder, StoredOrderLine } from './order-store.ts';

/** One odd thing, in words. */
export type OrderWarning = {
  readonly code:
    | 'not_whole_packs'
    | 'below_minimum'
    | 'past_cut_off'
    | 'no_delivery'
    | 'duplicate'
    | 'tell_supplier';
  readonly message: Words;
  /** Orders or items it is about. */
  readonly about?: readonly string[];
};

/** What the warnings are worked out from. */
export type WarningsAsked = {
  readonly order: Pick<StoredOrder, 'deliverOn'>;
  readonly lines: readonly StoredOrderLine[];
  readonly supplier: SupplierInfo | undefined;
  /** Other open orders for the same supplier and day. */
  readonly duplicates: readonly string[];
  readonly timeZone: string;
  readonly now: number;
};

/** Everything that is odd about an order now. */
export function orderWarnings(asked: WarningsAsked): OrderWarning[] {
  const { lines, supplier, duplicates } = asked;
  const odd = notWholePacks(lines, supplier);
  return [
    ...(odd.length === 0 ? [] : [notWhole(odd)]),
    ...belowMinimum(supplier, totalOf(lines)),
    ...late(asked),
    ...(duplicates.length === 0 ? [] : [duplicate(duplicates)]),
  ];
}

/**
 * The delivery of an order: when it comes and until when it can be ordered. Of the day that was said,
 * although the supplier may not come on that weekday.
 */
export function deliveryOf(
  deliverOn: number | null,
  supplier: SupplierInfo | undefined,
  timeZone: string,
): Delivery | undefined {
  if (deliverOn === null || supplier === undefined) return undefined;
  return deliveryOn({ ...supplier, deliveries: [] }, timeZone, 0, deliverOn).delivery;
}

function notWhole(items: readonly string[]): OrderWarning {
  return {
    code: 'not_whole_packs',
    message: {
      en: `no whole packs: ${items.join(', ')}; the supplier may round`,
      zh: `非整件:${items.join('、')};供应商可能会取整`,
    },
    about: items,
  };
}

function belowMinimum(
  supplier: SupplierInfo | undefined,
  total: Rational | undefined,
): OrderWarning[] {
  const minimum = supplier?.minimumOrder;
  if (minimum === undefined || total === undefined) return [];
  if (compare(total, rationalFromDecimal(minimum)) >= 0) return [];
  return [
    {
      code: 'below_minimum',
      message: {
        en: `${cents(total)} is below the minimum order of ${minimum}`,
        zh: `${cents(total)} 未达起订额 ${minimum}`,
      },
    },
  ];
}

function late({ order, supplier, timeZone, now }: WarningsAsked): OrderWarning[] {
  if (order.deliverOn === null || supplier === undefined) return [];
  const day = dayText(order.deliverOn);
  const comes = deliveryOn(supplier, timeZone, now, order.deliverOn).delivery.date;
  const wished = deliveryOf(order.deliverOn, supplier, timeZone);
  const warnings: OrderWarning[] = [];
  if (comes !== order.deliverOn) {
    warnings.push({
      code: 'no_delivery',
      message: {
        en: `the supplier does not come on ${day}; next on ${dayText(comes)}`,
        zh: `供应商 ${day} 不送货;下次为 ${dayText(comes)}`,
      },
    });
  }
  if (wished && now >= wished.cutOff) {
    warnings.push({
      code: 'past_cut_off',
      message: {
        en: `the cut-off for ${day} has passed; phone the supplier`,
        zh: `${day} 的截单时间已过;请致电供应商`,
      },
    });
  }
  return warnings;
}

function duplicate(orders: readonly string[]): OrderWarning {
  return {
    code: 'duplicate',
    message: {
      en: `also open for this supplier and day: ${orders.join(', ')}`,
      zh: `该供应商当日已有未结订单:${orders.join('、')}`,
    },
    about: orders,
  };
}

/** A cancelled order that went out on paper or by telephone: only a person can tell the supplier. */
export function tellSupplier(kitchen: Kitchen | undefined, supplier: string): OrderWarning {
  const found = kitchen?.suppliers.get(supplier);
  const phone = found?.contact?.phone ?? '';
  const en = found?.name.en ?? found?.name.zh ?? supplier;
  const zh = found?.name.zh ?? found?.name.en ?? supplier;
  return {
    code: 'tell_supplier',
    message: {
      en: `the supplier holds this order: phone ${en} ${phone}`.trimEnd(),
      zh: `供应商已收到此订单:请致电 ${zh} ${phone}`.trimEnd(),
    },
  };
}
