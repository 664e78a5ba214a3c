/**
 * A larder of one item over a stretch of real days, for whoever orders. The evening before a delivery
 * day the orderer says packs; they arrive before opening; lots leave first-expired-first and are thrown
 * away when their life is over. It costs the purchase price of what is thrown away and the margin of
 * the demand that found nothing.
 */

/** One item with its real demand and how it is bought. Amounts in its base unit. */
export type World = {
  readonly item: string;
  /** 20160302 … without holes. */
  readonly dates: readonly number[];
  /** 0 = Monday. */
  readonly weekday: readonly number[];
  readonly demand: readonly number[];
  readonly closed: readonly boolean[];
  /** Known in advance to everybody. */
  readonly known: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly pack: number;
  /** Of a pack, and what one base unit costs when it is missing. */
  readonly price: number;
  readonly shortCost: number;
  /** Days that a lot can be sold, the day of its delivery included; null = longer than a year. */
  readonly life: number | null;
  /** Weekdays on which it is delivered, 0 = Monday. */
  readonly deliveries: readonly number[];
};

export type Lot = {
  amount: number /** First day on which it is no longer good. */;
  readonly until: number;
};

/** What an orderer sees on the evening of `day`. */
export type Evening = {
  readonly world: World;
  /** Everything up to and with this day has happened. */
  readonly day: number;
  /** The days that the delivery has to last: from its own to before the next delivery. */
  readonly cover: readonly number[];
  /** Good until after tonight; what dies before the delivery was thrown away already. */
  readonly lots: readonly Lot[];
};

/** Packs for tomorrow. */
export type Orderer = (evening: Evening) => number;

export type Bill = {
  readonly spoiled: number;
  readonly lost: number;
  readonly total: number;
  /** Share of the demand that was served. */
  readonly demand: number;
  readonly unmet: number;
};

/** Days that fill the shelves before anything is charged: nobody opens with an empty larder. */
export const RUN_IN = 14;

/** Runs the days `from` to `to` (without it) after the run-in. */
export function runWorld(world: World, from: number, to: number, orderer: Orderer): Bill {
  let lots: Lot[] = [];
  let [spoiled, unmet, demand] = [0, 0, 0];
  for (let day = from - RUN_IN; day < to; day++) {
    if (day === from) [spoiled, unmet, demand] = [0, 0, 0];
    const evening = day - 1;
    lots = lots.filter((lot) => {
      if (lot.until > day) return lot.amount > 0;
      spoiled += lot.amount;
      return false;
    });
    if (delivers(world, day)) {
      const packs = orderer({ world, day: evening, cover: coverOf(world, day), lots });
      const until = world.life === null ? Infinity : day + world.life;
      if (packs > 0) lots.push({ amount: packs * world.pack, until });
    }
    let open = world.demand[day] ?? 0;
    demand += open;
    for (const lot of lots) {
      const taken = Math.min(open, lot.amount);
      lot.amount -= taken;
      open -= taken;
    }
    unmet += open;
  }
  const money = { spoiled: (spoiled / world.pack) * world.price, lost: unmet * world.shortCost };
  return { ...money, total: money.spoiled + money.lost, demand, unmet };
}

/** Nobody delivers to a closed door. */
export function delivers(world: World, day: number): boolean {
  return world.deliveries.includes(world.weekday[day] ?? -1) && world.closed[day] !== true;
}

function coverOf(world: World, arrival: number): number[] {
  const cover = [arrival];
  for (let day = arrival + 1; day < world.dates.length && !delivers(world, day); day++) {
    cover.push(day);
  }
  return cover;
}
