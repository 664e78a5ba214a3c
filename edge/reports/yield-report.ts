/**
 * What came out of what went in: of each item that was trimmed against its standard yield, of each
 * batch against what its recipe says; by day, so that a trend can be seen.
 */
import { decimalFromMicro, MICRO } from '#recipes/amount.ts';
import { dayText } from '#recipes/time/business-day.ts';
import { moneyOf } from '../ledger/money.ts';
import {
  addCost,
  type Days,
  type Facts,
  listOf,
  nameOf,
  type ReportParts,
  shareOf,
  spanOf,
  textOf,
  unitOf,
  wholeOf,
} from './report-parts.ts';
import { Sums } from './sums.ts';

export type YieldReport = ReturnType<typeof yieldReport>;

/** @param days business days, both included */
export function yieldReport(parts: ReportParts, days: Days) {
  const entries = parts.store.entries(spanOf(parts, days), ['trim', 'batch']);
  const trims = new Sums<{ item: string }, Trimmed>(freshTrim);
  const batches = new Sums<{ recipe: string }, Made>(freshMade);
  for (const { kind, note, day } of entries) {
    if (kind === 'trim') addTrim(trims.of({ item: textOf(note, 'item') ?? '' }), note, day);
    else addBatch(batches.of({ recipe: textOf(note, 'recipe') ?? '' }), note, day);
  }
  return {
    from: dayText(days.from),
    to: dayText(days.to),
    items: trims
      .list()
      .map(({ key, ...sum }) => trimmed(parts, key.item, sum))
      .sort(byId('item')),
    batches: batches
      .list()
      .map(({ key, ...sum }) => made(parts, key.recipe, sum))
      .sort(byId('recipe')),
  };
}

type DaySum = { in: number; out: number; standard: number };

type Trimmed = {
  in: number;
  /** Σ of what went in × its standard yield, millionths: what should have stayed usable. */
  standard: number;
  readonly outs: Record<string, number>;
  recovered: number | null;
  cost: number | null;
  entries: number;
  readonly days: Map<number, DaySum>;
};

function freshTrim(): Trimmed {
  const outs = { usable: 0, reuse: 0, staff: 0, bin: 0 };
  return { in: 0, standard: 0, outs, recovered: null, cost: null, entries: 0, days: new Map() };
}

function addTrim(sum: Trimmed, note: Facts, day: number): void {
  const into = wholeOf(note, 'in') ?? 0;
  const standard = ((wholeOf(note, 'standard') ?? MICRO) / MICRO) * into;
  let usable = 0;
  for (const out of listOf(note, 'outs')) {
    const to = textOf(out, 'to') ?? 'bin';
    const qty = wholeOf(out, 'qty') ?? 0;
    sum.outs[to] = (sum.outs[to] ?? 0) + qty;
    if (to === 'usable') usable += qty;
  }
  sum.in += into;
  sum.standard += standard;
  sum.recovered = addCost(sum.recovered, wholeOf(note, 'recovered'));
  sum.cost = addCost(sum.cost, wholeOf(note, 'cost'));
  sum.entries++;
  addDay(sum.days, day, { in: into, out: usable, standard });
}

function trimmed(parts: ReportParts, item: string, sum: Trimmed) {
  const { usable = 0, reuse = 0, staff = 0, bin = 0 } = sum.outs;
  return {
    item,
    name: nameOf(parts, item),
    unit: unitOf(parts, item),
    in: decimalFromMicro(sum.in),
    usable: decimalFromMicro(usable),
    reuse: decimalFromMicro(reuse),
    staff: decimalFromMicro(staff),
    bin: decimalFromMicro(bin),
    yield: shareOf(usable, sum.in),
    standard: shareOf(sum.standard, sum.in),
    cost: moneyOf(sum.cost),
    recovered: moneyOf(sum.recovered),
    entries: sum.entries,
    days: daysOf(sum.days),
  };
}

type Made = {
  expected: number;
  actual: number;
  cost: number | null;
  entries: number;
  readonly days: Map<number, DaySum>;
};

function freshMade(): Made {
  return { expected: 0, actual: 0, cost: null, entries: 0, days: new Map() };
}

function addBatch(sum: Made, note: Facts, day: number): void {
  const expected = wholeOf(note, 'expected') ?? 0;
  const actual = wholeOf(note, 'actual') ?? 0;
  sum.expected += expected;
  sum.actual += actual;
  sum.cost = addCost(sum.cost, wholeOf(note, 'cost'));
  sum.entries++;
  addDay(sum.days, day, { in: expected, out: actual, standard: expected });
}

function made(parts: ReportParts, recipe: string, sum: Made) {
  return {
    recipe,
    name: nameOf(parts, recipe),
    unit: unitOf(parts, recipe),
    expected: decimalFromMicro(sum.expected),
    actual: decimalFromMicro(sum.actual),
    yield: shareOf(sum.actual, sum.expected),
    standard: shareOf(sum.expected, sum.expected),
    cost: moneyOf(sum.cost),
    entries: sum.entries,
    days: daysOf(sum.days),
  };
}

function addDay(days: Map<number, DaySum>, day: number, add: DaySum): void {
  const sum = days.get(day) ?? { in: 0, out: 0, standard: 0 };
  days.set(day, {
    in: sum.in + add.in,
    out: sum.out + add.out,
    standard: sum.standard + add.standard,
  });
}

function daysOf(days: ReadonlyMap<number, DaySum>) {
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([day, sum]) => ({
      day: dayText(day),
      in: decimalFromMicro(sum.in),
      out: decimalFromMicro(sum.out),
      yield: shareOf(sum.out, sum.in),
      standard: shareOf(sum.standard, sum.in),
    }));
}

function byId<K extends string>(key: K) {
  return (a: Readonly<Record<K, string>>, b: Readonly<Record<K, string>>) =>
    a[key] < b[key] ? -1 : 1;
}
