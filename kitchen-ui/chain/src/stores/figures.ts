import type { StoreRow } from '../api-types.ts';

/** What the rows of the stores add up to. */
export type Figures = {
  readonly stores: number;
  readonly sales: number;
  readonly wasteEntries: number;
  /** Money of the stores that know it; null when none does. */
  readonly waste: string | null;
  readonly differences: number;
  readonly compared: number;
  readonly late: number;
  readonly trouble: number;
  readonly ordersWaiting: number;
};

/** How a store fares, the worst first; what stands higher is looked at first. */
export type Standing = 'two' | 'different' | 'silent' | 'late' | 'alarm' | 'ok' | 'never';

const ORDER: readonly Standing[] = ['two', 'different', 'silent', 'late', 'alarm', 'ok', 'never'];

/** The worst that is to be said of a store. */
export function standingOf(row: StoreRow): Standing {
  if (row.twoBoxes) return 'two';
  if ((row.differences ?? 0) > 0) return 'different';
  if (row.state === 'silent' || row.state === 'late') return row.state;
  if (row.alarms.length > 0 || row.catalog.refused > 0) return 'alarm';
  return row.state;
}

/** The worst first, then by id: a tile keeps its place as long as its standing does. */
export function worstFirst(a: StoreRow, b: StoreRow): number {
  const worse = ORDER.indexOf(standingOf(a)) - ORDER.indexOf(standingOf(b));
  return worse !== 0 ? worse : collator.compare(a.store, b.store);
}

/** Sums over all rows. */
export function figuresOf(rows: readonly StoreRow[]): Figures {
  let waste: bigint | null = null;
  const sum = {
    sales: 0,
    wasteEntries: 0,
    differences: 0,
    compared: 0,
    late: 0,
    trouble: 0,
    ordersWaiting: 0,
  };
  for (const row of rows) {
    sum.sales += row.sales;
    sum.wasteEntries += row.wasteEntries;
    sum.ordersWaiting += row.ordersWaiting;
    sum.differences += row.differences ?? 0;
    if (row.differences !== null) sum.compared += 1;
    if (row.state === 'late' || row.state === 'silent') sum.late += 1;
    const standing = standingOf(row);
    if (standing !== 'ok' && standing !== 'never') sum.trouble += 1;
    if (row.waste !== null) waste = (waste ?? 0n) + tenThousandths(row.waste);
  }
  return { stores: rows.length, ...sum, waste: waste === null ? null : decimal(waste) };
}

const collator = new Intl.Collator('en', { numeric: true });

/** `92.5` -> 925000: sums of money are exact. */
function tenThousandths(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,4}))?\d*$/.exec(text);
  if (match === null) return 0n;
  const [, sign = '', whole = '0', part = ''] = match;
  const value = BigInt(whole) * 10_000n + BigInt(part.padEnd(4, '0'));
  return sign === '' ? value : -value;
}

function decimal(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(5, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
