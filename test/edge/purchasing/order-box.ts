/** A box with a butcher to order from, and a clock that tests can move. */
import { join } from 'node:path';
import { auditFile } from '../../../edge/ledger/audit.ts';
import type { OrderView } from '../../../edge/purchasing/order-view.ts';
import { type Ports, realPorts } from '../../../edge/runtime/ports.ts';
import { startBox, type TestBox, type TestBoxOptions } from '../../support/start-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';

/** Monday, 22:00 in Shanghai: the butcher's cut-off is at 22:30. */
export const EVENING = Date.parse('2026-11-23T22:00:00+08:00');

export const BUTCHER = {
  id: 'butcher',
  name: { zh: '肉铺', en: 'Butcher' },
  contact: { phone: '138 0000 0042', email: 'orders@butcher.example' },
  deliveries: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  deliverAt: '06:00',
  cutOff: '22:30',
  leadTime: '1d',
  minimumOrder: '200.00',
  items: [
    { item: 'pork', pack: '2 kg', price: '64.00' },
    { item: 'egg', pack: '30 ea', price: '19.50' },
  ],
};

export type Clock = {
  readonly ports: Ports;
  at(time: number): void;
  skip(ms: number): void;
  /** How long an attempt really waits for an answer; the box believes in its 10 s. */
  patience(ms: number): void;
};

/** A clock that runs from `start`; loops of half a second go round faster. */
export function movableClock(start = EVENING): Clock {
  const real = realPorts();
  let shift = start - real.now();
  // Never goes back, whatever the wall clock does.
  let ahead = 0;
  let patience = 10_000;
  return {
    ports: {
      ...real,
      now: () => real.now() + shift,
      mono: () => real.mono() + ahead,
      after: (ms, run) => real.after(ms === 10_000 ? patience : ms, run),
      every: (ms, run) => real.every(ms === 500 ? 20 : ms, run),
    },
    at: (time) => {
      shift = time - real.now();
      ahead += 10_000;
    },
    skip: (ms) => {
      shift += ms;
      ahead += Math.max(0, ms);
    },
    patience: (ms) => {
      patience = ms;
    },
  };
}

export type OrderBox = TestBox & {
  readonly clock: Clock;
  /** Drafts an order for Tuesday. */
  order(more?: object): Promise<string>;
  read(id: string): Promise<OrderView>;
  /** Waits until an order is as it should be. */
  until(id: string, is: (order: OrderView) => boolean): Promise<OrderView>;
  /** Breaches that fsck finds. */
  breaches(): string[];
};

export async function startOrderBox(
  suppliers: readonly object[] = [BUTCHER],
  options: TestBoxOptions = {},
): Promise<OrderBox> {
  const clock = movableClock();
  const box = await startBox({
    book: { ...SMALL_BOOK, suppliers },
    ports: clock.ports,
    ...options,
  });
  const read = (id: string) => box.api<OrderView>('GET', `/orders/${id}`);
  return Object.assign(Object.create(box, {}) as TestBox, {
    clock,
    read,
    async order(more: object = {}) {
      const lines = [{ item: 'pork', qty: '8 kg', suggested: '7800' }];
      const data = { supplier: 'butcher', deliverOn: '2026-11-24', lines, again: true, ...more };
      const result = await box.command('order.create', data);
      if (result.status !== 'applied') throw new Error(JSON.stringify(result));
      return (result.data as { order: string }).order;
    },
    async until(id: string, is: (order: OrderView) => boolean) {
      const end = performance.now() + 20_000;
      for (;;) {
        const order = await read(id);
        if (is(order)) return order;
        if (performance.now() > end) throw new Error(`still ${JSON.stringify(order, null, 1)}`);
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
    breaches() {
      const { checks } = auditFile(join(box.data, 'larder.db'), { full: true });
      return checks.flatMap(({ id, breaches }) =>
        breaches.map(({ where, detail }) => `${id}: ${where} ${detail}`),
      );
    },
  });
}
