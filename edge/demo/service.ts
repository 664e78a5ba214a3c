/** The guests of the demo: how often they come, what they order, and what goes wrong afterwards. */
import {
  nextCorrection,
  nextSale,
  type Rng,
  salesPerHour,
} from '#recipes/samples/red-braise-demand.ts';
import type { Ports, Timer } from '../runtime/ports.ts';
import type { Till } from './till.ts';

export type ServiceParts = {
  readonly tills: readonly Till[];
  readonly rng: Rng;
  readonly ports: Ports;
  /** Simulated time per real time, 0 to 1000. */
  readonly speed: () => number;
  /** Local hour of the store, 0 to 24. */
  readonly hour: () => number;
};

const TICK_MS = 100;
/** Guests per hour at least: whoever looks at three in the morning sees a lunch, too. */
const RUSH = 50;
const LUNCH_HOUR = 12.2;
const HOUR_MS = 3_600_000;
/** The box is away: a till whose outbox is this full stops selling. */
const WAITING_MAX = 500;

/** Dishes the book does not know: the first soon, so that the inbox has something to show. */
const UNKNOWN = [
  { sku: 'S-0101', name: '红烧肉拌面', net: '29.00' },
  { sku: 'S-0102', name: '时令小炒', net: '26.00' },
];
const FIRST_UNKNOWN = 6;
const UNKNOWN_SHARE = 0.006;

export function startService(parts: ServiceParts): Timer {
  const { rng, ports } = parts;
  const later: { at: number; run: () => void }[] = [];
  let last = ports.mono();
  let clock = 0;
  let nextGuest = 0;
  let guests = 0;

  function guest(): void {
    const till = parts.tills[guests % parts.tills.length];
    if (!till || till.waiting() > WAITING_MAX) return;
    guests++;
    const sale = nextSale(rng, openHour(parts.hour()));
    if (guests === FIRST_UNKNOWN || (guests > FIRST_UNKNOWN && rng() < UNKNOWN_SHARE)) {
      const dish = UNKNOWN[guests === FIRST_UNKNOWN ? 0 : Math.floor(rng() * UNKNOWN.length)];
      if (dish) sale.lines.push({ lineId: String(sale.lines.length + 1), qty: '1', ...dish });
    }
    const saleId = till.sell(sale);
    const correction = nextCorrection(rng, sale.lines);
    if (!correction) return;
    const after = (1 + rng() * 4) * 60_000;
    later.push({ at: clock + after, run: () => till.correct(saleId, correction) });
  }

  function tick(): void {
    const now = ports.mono();
    clock += (now - last) * parts.speed();
    last = now;
    if (parts.speed() === 0) return;
    for (const till of parts.tills) till.closeDay();
    while (nextGuest <= clock) {
      guest();
      // Guests come by chance: the pauses between them are exponential.
      const rate = Math.max(RUSH, salesPerHour(openHour(parts.hour())));
      nextGuest += (-Math.log(1 - rng()) * HOUR_MS) / rate;
    }
    const due = later.filter(({ at }) => at <= clock);
    for (const one of due) {
      later.splice(later.indexOf(one), 1);
      one.run();
    }
  }

  return ports.every(TICK_MS, tick);
}

/** The hour on the clock while the restaurant is busy, else lunch time. */
function openHour(hour: number): number {
  return salesPerHour(hour) >= 20 ? hour : LUNCH_HOUR;
}
