/**
 * Every item's past as the forecast reads it: two years, day by day, with what is made ahead exploded
 * into what it is made of. Read a few items at a time, so that sales go on in between.
 */
import type { Kitchen } from '#recipes/kitchen.ts';
import type { WallClock } from '#recipes/time/wall-clock.ts';
import { dayBefore, daysFrom } from './days.ts';
import { type MadeItem, madeItems } from './made-demand.ts';
import { ranOut } from './run-out.ts';
import type { UsageRows, UsageStore } from './usage-store.ts';

/** Days of history that are read. */
export const HISTORY_DAYS = 730;

export type History = {
  /** Millionths used by day, parallel to `days`. */
  readonly used: Float64Array;
  /** 1 = it ran out that day. */
  readonly ranOut: Uint8Array;
  /** Index of the first day on which it was used; the number of days when it never was. */
  readonly first: number;
};

export type Histories = {
  /** One after the other without holes, up to the day before `today`. */
  readonly days: readonly number[];
  /** 1 = something was sold, given or eaten that day; else the store was closed, or Larder not there yet. */
  readonly open: Uint8Array;
  /** By item code; items that were never used have none. */
  readonly items: ReadonlyMap<string, History>;
};

export type HistoryParts = {
  readonly store: Pick<UsageStore, 'items' | 'read' | 'imported' | 'importedItems'>;
  readonly code: (item: number) => string;
  /** Guests go home by the clock on the wall, in summer as in winter. */
  readonly clock: WallClock;
  /** Lets everything else run first. */
  readonly pause: () => Promise<void>;
};

/** Items read in one turn: about a millisecond. */
const SLICE = 4;

/** @param today the business day that has begun: it is not over, so it teaches nothing yet */
export async function readHistories(
  parts: HistoryParts,
  kitchen: Kitchen,
  today: number,
  length: number = HISTORY_DAYS,
): Promise<Histories> {
  const days = daysFrom(dayBefore(today, length), dayBefore(today, 1));
  const at = new Map(days.map((day, i) => [day, i]));
  const used = new Map<string, Float64Array>();
  const shelves = new Map<string, UsageRows>();
  const open = new Uint8Array(days.length);
  const usedOf = (code: string): Float64Array => {
    const known = used.get(code);
    if (known) return known;
    const fresh = new Float64Array(days.length);
    used.set(code, fresh);
    return fresh;
  };
  const pace = pacer(parts.pause);
  for (const item of parts.store.items()) {
    await pace();
    const rows = parts.store.read(item, 0);
    const code = parts.code(item);
    shelves.set(code, rows);
    spread(rows, at, usedOf(code), open);
  }
  const imports = await readImports(parts, days[0] ?? 0, pace, at, open);
  for (const made of madeItems(kitchen)) {
    await pace();
    overlay(used, usedOf, imports, made.item);
    explode(used, usedOf, made);
  }
  for (const code of imports.keys()) overlay(used, usedOf, imports, code);
  const items = new Map<string, History>();
  for (const [code, amounts] of used) {
    await pace();
    const first = amounts.findIndex((amount) => amount > 0);
    if (first < 0) continue;
    const made = kitchen.items.get(code)?.made === true;
    const out = made
      ? new Uint8Array(days.length)
      : outs(parts.clock, shelves.get(code), days, at, open);
    items.set(code, { used: amounts, ranOut: out, first });
  }
  return { days, open, items };
}

type ImportRows = ReadonlyMap<string, ReadonlyMap<number, number>>;

async function readImports(
  { store, code }: HistoryParts,
  from: number,
  pace: () => Promise<void>,
  at: ReadonlyMap<number, number>,
  open: Uint8Array,
): Promise<ImportRows> {
  const imports = new Map<string, ReadonlyMap<number, number>>();
  for (const item of store.importedItems()) {
    await pace();
    const rows = new Map<number, number>();
    for (const { day, amount } of store.imported(item, from)) {
      const i = at.get(day);
      if (i === undefined) continue;
      rows.set(i, amount);
      if (amount > 0) open[i] = 1;
    }
    imports.set(code(item), rows);
  }
  return imports;
}

function spread(
  { days, amounts }: UsageRows,
  at: ReadonlyMap<number, number>,
  used: Float64Array,
  open: Uint8Array,
): void {
  days.forEach((day, n) => {
    const i = at.get(day);
    const amount = amounts[n] ?? 0;
    if (i === undefined || amount <= 0) return;
    used[i] = amount;
    open[i] = 1;
  });
}

/** An imported amount is the whole of its item and day, what went into made things included. */
function overlay(
  used: ReadonlyMap<string, Float64Array>,
  usedOf: (code: string) => Float64Array,
  imports: ImportRows,
  code: string,
): void {
  const rows = imports.get(code);
  if (!rows) return;
  const amounts = used.get(code) ?? usedOf(code);
  for (const [i, amount] of rows) amounts[i] = amount;
}

function explode(
  used: ReadonlyMap<string, Float64Array>,
  usedOf: (code: string) => Float64Array,
  made: MadeItem,
): void {
  const demand = used.get(made.item);
  if (!demand) return;
  for (const { item, ratio } of made.takes) {
    const amounts = usedOf(item);
    for (let i = 0; i < amounts.length; i++)
      amounts[i] = (amounts[i] ?? 0) + (demand[i] ?? 0) * ratio;
  }
}

/** By the item's own shelf; what went into batches counts as taken from it, but tells no hour. */
function outs(
  clock: WallClock,
  rows: UsageRows | undefined,
  days: readonly number[],
  at: ReadonlyMap<number, number>,
  open: Uint8Array,
): Uint8Array {
  const out = new Uint8Array(days.length);
  if (!rows || rows.days.length === 0) return out;
  const byDay = new Map(rows.days.map((day, n) => [day, n]));
  let balance = 0;
  rows.days.forEach((day, n) => {
    if (!at.has(day) && day < (days[0] ?? 0)) balance += rows.stock[n] ?? 0;
  });
  const shelf = days.map((day, i) => {
    const n = byDay.get(day);
    const lastAt = n === undefined ? null : (rows.lastAt[n] ?? null);
    return {
      day,
      open: open[i] === 1,
      used: n === undefined ? 0 : (rows.amounts[n] ?? 0),
      stock: n === undefined ? 0 : (rows.stock[n] ?? 0),
      lastAt: lastAt === null ? null : clock(lastAt),
    };
  });
  ranOut(shelf, balance).forEach((yes, i) => {
    if (yes) out[i] = 1;
  });
  return out;
}

/** Pauses after every few calls. */
function pacer(pause: () => Promise<void>): () => Promise<void> {
  let calls = 0;
  return async () => {
    if (++calls % SLICE === 0) await pause();
  };
}
