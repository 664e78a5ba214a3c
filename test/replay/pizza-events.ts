/**
 * The year of orders as the events a POS would have sent: one sale per order, and a day close with
 * control totals after the last order of each business day. One epoch, the sequence dense from 1.
 */
import { type Order, readOrders, readPizzas, readTypes } from './pizza-data.ts';

/** The place is taken to keep one offset all year, so that local times order as the files do. */
const OFFSET = '-05:00';
/** After the last order of the year's latest evening (23:05:52), before the 04:00 of the next day. */
const CLOSES_AT = '23:30:00';

type Envelope<Type extends string, Data> = {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: Type;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly sequence: string;
  readonly epoch: string;
  readonly data: Data;
};

export type SaleEvent = Envelope<
  'larder.pos.sale.v1',
  {
    readonly saleId: string;
    readonly businessDate: string;
    readonly currency: 'USD';
    readonly lines: readonly {
      readonly lineId: string;
      readonly sku: string;
      readonly name: string;
      readonly qty: string;
      readonly net: string;
    }[];
  }
>;

export type DayCloseEvent = Envelope<
  'larder.pos.dayclose.v1',
  {
    readonly businessDate: string;
    readonly saleCount: number;
    readonly voidCount: number;
    readonly refundCount: number;
    /** Pizzas sold that day. */
    readonly lineQty: string;
    /** Sequence of the day's last sale; the close itself has the next one. */
    readonly lastSequence: string;
  }
>;

export type PizzaEvent = SaleEvent | DayCloseEvent;

export type PizzaEventsOptions = {
  /** Folder of the files (default: the shared data). */
  readonly folder?: string;
  /** Only the first so many business days; all 358 when absent. */
  readonly days?: number;
  /** Store and terminal named in `source`, default `demo` and `T1`. */
  readonly store?: string;
  readonly terminal?: string;
  /** Default `pizza-2015`. */
  readonly epoch?: string;
};

/** The events in the order in which they happened. */
export async function* pizzaEvents(options: PizzaEventsOptions = {}): AsyncGenerator<PizzaEvent> {
  const { folder, days = Number.POSITIVE_INFINITY, epoch = 'pizza-2015' } = options;
  const source = `/stores/${options.store ?? 'demo'}/pos/${options.terminal ?? 'T1'}`;
  const menu = await readMenu(folder);
  let sequence = 0;
  const envelope = <Type extends string, Data>(type: Type, id: string, at: string, data: Data) =>
    ({
      specversion: '1.0',
      id,
      source,
      type,
      time: `${at}${OFFSET}`,
      datacontenttype: 'application/json',
      sequence: String(sequence),
      epoch,
      data,
    }) as const;

  let day = 0;
  for (const [date, orders] of byDay(await readOrders(folder))) {
    day += 1;
    if (day > days) return;
    for (const order of orders) {
      sequence += 1;
      const id = `pz-${order.id}`;
      const data = saleData(id, order, menu);
      yield envelope('larder.pos.sale.v1', id, `${date}T${order.time}`, data);
    }
    const lastSequence = String(sequence);
    sequence += 1;
    const data = closeData(date, orders, lastSequence);
    yield envelope('larder.pos.dayclose.v1', `pz-close-${date}`, `${date}T${CLOSES_AT}`, data);
  }
}

type Menu = ReadonlyMap<string, { readonly name: string; readonly cents: number }>;

async function readMenu(folder: string | undefined): Promise<Menu> {
  const names = new Map((await readTypes(folder)).map((type) => [type.id, type.name]));
  return new Map(
    (await readPizzas(folder)).map((pizza) => [
      pizza.id,
      {
        name: `${names.get(pizza.type) ?? pizza.type} ${pizza.size}`,
        cents: Math.round(Number(pizza.price) * 100),
      },
    ]),
  );
}

function byDay(orders: readonly Order[]): Map<string, Order[]> {
  const days = new Map<string, Order[]>();
  for (const order of orders) {
    const already = days.get(order.date);
    if (already) already.push(order);
    else days.set(order.date, [order]);
  }
  return days;
}

function saleData(saleId: string, order: Order, menu: Menu): SaleEvent['data'] {
  const lines = order.lines.map((line) => {
    const pizza = menu.get(line.pizza);
    if (!pizza) throw new Error(`order ${order.id}: pizza ${line.pizza} is not on the menu`);
    return {
      lineId: line.detailId,
      sku: line.pizza,
      name: pizza.name,
      qty: String(line.quantity),
      net: ((pizza.cents * line.quantity) / 100).toFixed(2),
    };
  });
  return { saleId, businessDate: order.date, currency: 'USD', lines };
}

function closeData(
  businessDate: string,
  orders: readonly Order[],
  lastSequence: string,
): DayCloseEvent['data'] {
  const pizzas = orders
    .flatMap((order) => order.lines)
    .reduce((sum, line) => sum + line.quantity, 0);
  return {
    businessDate,
    saleCount: orders.length,
    voidCount: 0,
    refundCount: 0,
    lineQty: String(pizzas),
    lastSequence,
  };
}
