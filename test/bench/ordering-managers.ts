/**
 * Three managers to be measured against. Each nets what is on hand (nothing else can be on order the
 * evening before a delivery), rounds packs up, knows closed days, and has tuned its one safety on the
 * days before: the setting of least cost over the training days, over all items of the set.
 */
import { type Bill, type Evening, type Orderer, runWorld, type World } from './ordering-world.ts';

export type Manager = {
  readonly name: string;
  /** Settings it may choose from, in words. */
  readonly settings: readonly Setting[];
};

export type Setting = {
  readonly words: string;
  /** Made from the days before `until`. */
  readonly orderer: (world: World, until: number) => Orderer;
};

const STEPS = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.25, 1.5, 2, 3];
const SDS = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3];
const percent = (share: number) => `+${Math.round(share * 100)} %`;

export const MANAGERS: readonly Manager[] = [
  {
    name: 'par level',
    settings: [
      ...STEPS.map((share) => ({
        words: `usual use of the cover ${percent(share)}`,
        orderer: (world: World, until: number) => byPar(world, until, (mean) => mean * (1 + share)),
      })),
      ...SDS.map((sds) => ({
        words: `usual use of the cover + ${sds} sd`,
        orderer: (world: World, until: number) =>
          byPar(world, until, (mean, sd) => mean + sds * sd),
      })),
    ],
  },
  {
    name: 'same weekday last week',
    settings: STEPS.map((share) => ({
      words: percent(share),
      orderer: () => (evening: Evening) =>
        upTo(evening, (1 + share) * total(evening, (day) => lastOpen(evening, day, 1)[0] ?? 0)),
    })),
  },
  {
    name: 'mean of four weeks + safety',
    settings: [true, false].flatMap((byWeekday) => [
      ...STEPS.map((share) => ({
        words: `${byWeekday ? 'by weekday' : 'all days'} ${percent(share)}`,
        orderer: () => (evening: Evening) =>
          upTo(
            evening,
            (1 + share) * total(evening, (day) => fourWeeks(evening, day, byWeekday)[0]),
          ),
      })),
      ...SDS.map((sds) => ({
        words: `${byWeekday ? 'by weekday' : 'all days'} + ${sds} sd`,
        orderer: () => (evening: Evening) => {
          const days = evening.cover.map((day) => fourWeeks(evening, day, byWeekday));
          const mean = days.reduce((sum, [m]) => sum + m, 0);
          return upTo(
            evening,
            mean + sds * Math.sqrt(days.reduce((sum, [, sd]) => sum + sd * sd, 0)),
          );
        },
      })),
    ]),
  },
];

/** The setting of least cost on the days `from` to `to`, over all these items together. */
export function tuned(
  manager: Manager,
  worlds: readonly World[],
  from: number,
  to: number,
): Setting {
  const costs = manager.settings.map((setting) =>
    worlds.reduce((sum, w) => sum + runWorld(w, from, to, setting.orderer(w, to)).total, 0),
  );
  const best = manager.settings[costs.indexOf(Math.min(...costs))];
  if (best === undefined) throw new Error(`${manager.name}: no settings`);
  return best;
}

export function addBills(bills: readonly Bill[]): Bill {
  const sum = (of: (bill: Bill) => number) => bills.reduce((all, bill) => all + of(bill), 0);
  return {
    spoiled: sum((b) => b.spoiled),
    lost: sum((b) => b.lost),
    total: sum((b) => b.total),
    demand: sum((b) => b.demand),
    unmet: sum((b) => b.unmet),
  };
}

/** Packs, rounded up, that fill the shelf to `level`. */
function upTo({ world, lots }: Evening, level: number): number {
  const onHand = lots.reduce((sum, { amount }) => sum + amount, 0);
  return Math.max(0, Math.ceil((level - onHand) / world.pack - 1e-9));
}

/** One par for each delivery weekday: what the covers that begin on it used before `until`. */
function byPar(world: World, until: number, level: (mean: number, sd: number) => number): Orderer {
  const pars = new Map<string, number>();
  return (evening) => {
    const first = world.weekday[evening.day + 1] ?? 0;
    const days = evening.cover.filter((day) => world.closed[day] !== true).length;
    const key = `${first}/${days}`;
    let par = pars.get(key);
    if (par === undefined) {
      par = level(...usualUse(world, first, evening.cover.length, until));
      pars.set(key, par);
    }
    return upTo(evening, par);
  };
}

/** Mean and standard deviation of `days` open days in a row beginning on the weekday, in the last year. */
function usualUse(world: World, first: number, days: number, until: number): [number, number] {
  const sums: number[] = [];
  for (let day = Math.max(0, until - 364); day + days <= until; day++) {
    const run = Array.from({ length: days }, (_, i) => day + i);
    if (world.weekday[day] !== first || run.some((one) => world.closed[one] === true)) continue;
    sums.push(run.reduce((sum, one) => sum + (world.demand[one] ?? 0), 0));
  }
  return spread(sums);
}

function total({ cover, world }: Evening, expected: (day: number) => number): number {
  return cover.reduce((sum, day) => sum + (world.closed[day] === true ? 0 : expected(day)), 0);
}

/** Demand of the last `weeks` same weekdays before tonight that were open, the latest first. */
function lastOpen({ world, day: tonight }: Evening, day: number, weeks: number): number[] {
  const found: number[] = [];
  for (let back = day - 7; back >= 0 && found.length < weeks; back -= 7) {
    if (back <= tonight && world.closed[back] !== true) found.push(world.demand[back] ?? 0);
  }
  return found;
}

function fourWeeks(evening: Evening, day: number, byWeekday: boolean): [number, number] {
  const { world, day: tonight } = evening;
  if (world.closed[day] === true) return [0, 0];
  if (byWeekday) return spread(lastOpen(evening, day, 4));
  const month: number[] = [];
  for (let back = tonight; back > tonight - 28 && back >= 0; back--) {
    if (world.closed[back] !== true) month.push(world.demand[back] ?? 0);
  }
  return spread(month);
}

function spread(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 0];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, Math.sqrt(squares / Math.max(1, values.length - 1))];
}
