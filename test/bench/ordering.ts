/**
 * A year of ordering, item by item, on real demand: Larder against three managers. Everybody sees the
 * same (also what was asked for in vain), has the same packs, lives and delivery days, and pays for what
 * is thrown away and for the margin of what was missing. Managers tune their safety on the days before;
 * Larder is told prices and margins and tunes nothing.
 */
import { BAKERY_SETTINGS, bakeryWorlds } from './ordering-bakery.ts';
import { larder } from './ordering-larder.ts';
import { addBills, MANAGERS, tuned } from './ordering-managers.ts';
import { PIZZA_SETTINGS, pizzaWorlds } from './ordering-pizza.ts';
import { type Bill, runWorld, type World } from './ordering-world.ts';

export type OrderingRow = {
  readonly set: string;
  readonly who: string;
  readonly spoiled: number;
  readonly 'lost sales': number;
  readonly cost: number;
  /** Against the best manager of the set. */
  readonly saved: string;
  readonly 'served %': number;
  readonly setting: string;
};

export type OrderingFigures = {
  readonly settings: readonly {
    readonly set: string;
    readonly days: string;
    readonly settings: string;
  }[];
  readonly rows: readonly OrderingRow[];
};

/** Both sets and their sum; a set whose data are missing is left out and said. */
export async function measureOrdering(): Promise<OrderingFigures> {
  const sets: NamedSet[] = [];
  const bakery = bakeryWorlds();
  // Two years to learn and tune, then a whole year.
  if (bakery) sets.push(setOf('bakery', BAKERY_SETTINGS, bakery, 425, 790, 1155));
  const pizza = await pizzaWorlds();
  // There is one year: a quarter to learn and tune, then the rest of it.
  if (pizza) sets.push(setOf('pizza', PIZZA_SETTINGS, pizza, 42, 91, 365));
  const runs = sets.map((set) => ({ set, bills: runSet(set) }));
  const rows = runs.flatMap(({ set, bills }) => table(set.name, bills));
  const totals = [...(runs[0]?.bills.keys() ?? [])].map((who) => {
    const bills = runs.map((run) => run.bills.get(who)?.bill).filter((bill) => bill !== undefined);
    return [who, { bill: addBills(bills), setting: '' }] as const;
  });
  return {
    settings: sets.map(({ name, settings, worlds, tuneFrom, from, to }) => ({
      set: name,
      days: `${worlds.length} items; tuned on days ${tuneFrom} to ${from}, ordered on days ${from} to ${to}`,
      settings,
    })),
    rows: runs.length > 1 ? [...rows, ...table('both', new Map(totals))] : rows,
  };
}

type NamedSet = {
  readonly name: string;
  readonly settings: string;
  readonly worlds: readonly World[];
  readonly tuneFrom: number;
  readonly from: number;
  readonly to: number;
};

type Bills = ReadonlyMap<string, { readonly bill: Bill; readonly setting: string }>;

const LARDER = 'Larder';

function setOf(
  name: string,
  settings: string,
  worlds: readonly World[],
  tuneFrom: number,
  from: number,
  to: number,
): NamedSet {
  return { name, settings, worlds, tuneFrom, from, to };
}

function runSet({ worlds, tuneFrom, from, to }: NamedSet): Bills {
  const bills = new Map<string, { bill: Bill; setting: string }>();
  for (const manager of MANAGERS) {
    const best = tuned(manager, worlds, tuneFrom, from);
    const bill = addBills(worlds.map((w) => runWorld(w, from, to, best.orderer(w, from))));
    bills.set(manager.name, { bill, setting: best.words });
    const each = worlds.map((w) => tuned(manager, [w], tuneFrom, from).orderer(w, from));
    const exact = addBills(worlds.map((w, i) => runWorld(w, from, to, each[i] ?? (() => 0))));
    bills.set(`${manager.name} (tuned for each item)`, {
      bill: exact,
      setting: 'one for each item',
    });
  }
  const bill = addBills(worlds.map((w) => runWorld(w, from, to, larder())));
  bills.set(LARDER, { bill, setting: 'none' });
  return bills;
}

function table(set: string, bills: Bills): OrderingRow[] {
  const plain = [...bills].filter(([who]) => who !== LARDER && !who.includes('('));
  const best = Math.min(...plain.map(([, { bill }]) => bill.total));
  return [...bills].map(([who, { bill, setting }]) => ({
    set,
    who,
    spoiled: Math.round(bill.spoiled),
    'lost sales': Math.round(bill.lost),
    cost: Math.round(bill.total),
    saved: `${((1 - bill.total / best) * 100).toFixed(1)} %`,
    'served %': Math.round((1 - bill.unmet / bill.demand) * 1000) / 10,
    setting,
  }));
}
