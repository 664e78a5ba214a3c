import { compareAmounts, inBase, minus, sum } from '../goods/units.ts';
import type { OutboxEntry } from '../outbox/entry.ts';
import { deliveryOf, type Order } from './delivery.ts';

/** What was received of an order on this tablet and has not reached the box, by item, base units. */
export type Waiting = { readonly receipts: number; readonly amounts: ReadonlyMap<string, string> };

type Receipt = {
  readonly order?: string;
  readonly lines?: readonly { readonly item: string; readonly qty: string }[];
};

/** @param undone whether an entry was taken back on this tablet */
export function waitingOf(
  order: Order,
  entries: readonly OutboxEntry[],
  undone: (id: string) => boolean,
): Waiting {
  const amounts = new Map<string, string>();
  let receipts = 0;
  for (const entry of entries) {
    if (entry.kind !== 'delivery.receive' || entry.progress !== 'waiting' || undone(entry.id))
      continue;
    const data = entry.data as Receipt;
    if (data.order !== order.order) continue;
    receipts += 1;
    for (const { item, qty } of data.lines ?? []) {
      const amount = baseOf(order, item, qty);
      amounts.set(item, sum([amounts.get(item) ?? '0', amount]));
    }
  }
  return { receipts, amounts };
}

/** The order as it will stand once the box has heard of what waits here. */
export function withWaiting(order: Order, { amounts }: Waiting): Order {
  const rest = new Map(amounts);
  const lines = order.lines.map((line) => {
    const here = rest.get(line.item) ?? '0';
    const open = minus(line.ordered, line.received);
    if (compareAmounts(here, '0') <= 0 || compareAmounts(open, '0') <= 0) return line;
    const taken = compareAmounts(here, open) > 0 ? open : here;
    rest.set(line.item, minus(here, taken));
    return { ...line, received: sum([line.received, taken]) };
  });
  return { ...order, lines };
}

/** "4 pack" in base units, by the unit that the order itself was written in; else nothing is known. */
function baseOf(order: Order, item: string, qty: string): string {
  const [number = '', unit = ''] = qty.split(' ');
  const whole = { ...order, lines: order.lines.map((line) => ({ ...line, received: '0' })) };
  const line = deliveryOf(whole, 0).lines.find((one) => one.item === item && one.unit === unit);
  return line === undefined ? '0' : (inBase(number, line.per) ?? '0');
}
