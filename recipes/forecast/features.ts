/**
 * What is known of a day before it comes, as rows of a sparse table: its weekday, what kind of special
 * day it is, its covariates. Row i uses nothing of later days, so a longer past never changes it.
 */
import type { Covariate, SpecialDay } from './types.ts';

export type Features = {
  /** Columns in all. */
  readonly width: number;
  /** Row i is the entries from `start[i]` up to `start[i + 1]`. */
  readonly start: Int32Array;
  readonly column: Uint8Array;
  readonly value: Float64Array;
  /** Column that takes the weekday's own effect away on special days, else -1: such a day has a level of its own. */
  readonly instead: Int8Array;
};

export type FeatureSource = {
  readonly weekday: Uint8Array;
  /** The day before was closed or unknown. */
  readonly afterClosed: Uint8Array;
  readonly special: readonly (SpecialDay | null)[];
  readonly covariates: readonly Covariate[];
};

/** Columns at most: the table is squared later, and more cannot be learned from two years anyway. */
const WIDEST = 96;
/** Days of a run that are told apart from one another, from its start. */
const TOLD_APART = 2;
/** Days a covariate must have been seen before its spread means anything. */
const SEEN = 14;

export function buildFeatures(source: FeatureSource): Features {
  const days = source.weekday.length;
  const table = openTable(days);
  const covariates = source.covariates.map(openCovariate);
  for (let day = 0; day < days; day++) {
    table.put(source.weekday[day] ?? 0, 1);
    if (source.afterClosed[day] === 1) table.add('after closed', 1);
    const special = source.special[day];
    if (special) {
      addSpecial(table, day, special);
    }
    for (const covariate of covariates) covariate(day, table);
    table.close(day);
  }
  return table.done();
}

/** An eve is a working day with a stir of its own; the days themselves have a level of their own. */
function addSpecial(table: Table, day: number, { key, nth }: SpecialDay): void {
  if (Math.abs(nth) <= TOLD_APART) table.add(`${key} ${nth}`, 1);
  if (nth < 0) {
    table.add(`${key} eve`, 1);
    return;
  }
  table.add(key, 1);
  table.instead(day, `${key} instead`);
}

type Table = ReturnType<typeof openTable>;

function openTable(days: number) {
  const names = new Map<string, number>();
  // The first seven are the weekdays: a regression knows them by their number.
  for (let d = 0; d < 7; d++) names.set(`weekday ${d}`, d);
  const start = new Int32Array(days + 1);
  const instead = new Int8Array(days).fill(-1);
  const columns: number[] = [];
  const values: number[] = [];
  const columnOf = (name: string) => {
    const known = names.get(name);
    if (known !== undefined) return known;
    if (names.size >= WIDEST) return -1;
    names.set(name, names.size);
    return names.size - 1;
  };
  const put = (column: number, value: number) => {
    if (column < 0) return;
    columns.push(column);
    values.push(value);
  };
  return {
    put,
    add(name: string, value: number) {
      if (value !== 0) put(columnOf(name), value);
    },
    instead(day: number, name: string) {
      if ((instead[day] ?? 0) < 0) instead[day] = columnOf(name);
    },
    close(day: number) {
      start[day + 1] = columns.length;
    },
    done(): Features {
      const column = Uint8Array.from(columns);
      return { width: names.size, start, column, value: Float64Array.from(values), instead };
    },
  };
}

/** A yes-or-no series is a kind of day; any other is measured in its own spread so far, up to 3. */
function openCovariate({ name, values }: Covariate): (day: number, table: Table) => void {
  let count = 0;
  let mean = 0;
  let squares = 0;
  let isFlag = true;
  let before = 0;
  return (day, table) => {
    const value = values[day];
    if (value === null || value === undefined || !Number.isFinite(value)) {
      before = 0;
      return;
    }
    if (value !== 0 && value !== 1) isFlag = false;
    count += 1;
    const step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
    if (isFlag) {
      table.add(name, value);
      if (value === 1) table.instead(day, `${name} instead`);
      table.add(`${name} before`, before);
      before = value;
      return;
    }
    const spread = Math.sqrt(squares / count);
    if (count < SEEN || spread === 0) return;
    const z = Math.max(-3, Math.min(3, (value - mean) / spread));
    table.add(name, z);
    table.add(`${name} squared`, z * z - 1);
  };
}
