import type { StoreRow } from '../api-types.ts';
import type { ChainPlainKey } from '../words.ts';

export type ReportKind = 'waste' | 'variance' | 'usage' | 'stock';

/** A column of figures: an amount in the unit of the row, money, or a bare number. */
export type Figure = {
  readonly field: string;
  readonly label: ChainPlainKey;
  readonly as: 'amount' | 'money' | 'number' | 'share';
  /** Leads to the entries behind the row. */
  readonly leads?: boolean;
  /** Left out where there is little room. */
  readonly wide?: boolean;
};

export type ReportShape = {
  readonly label: ChainPlainKey;
  /** What the sum of money is, beside it. */
  readonly sum: ChainPlainKey;
  readonly figures: readonly Figure[];
  /** The figure of the totals, and of each store. */
  readonly total: 'waste' | 'variance' | 'value';
  readonly each: 'cost' | 'value';
  /** Days make no difference: it is what lies there now. */
  readonly now?: boolean;
};

export const REPORTS: Readonly<Record<ReportKind, ReportShape>> = {
  waste: {
    label: 'hq.reports.waste',
    sum: 'hq.reports.sum.waste',
    total: 'waste',
    each: 'cost',
    figures: [
      { field: 'amount', label: 'hq.reports.amount', as: 'amount' },
      { field: 'entries', label: 'hq.reports.entries', as: 'number' },
      { field: 'cost', label: 'hq.reports.cost', as: 'money', leads: true },
    ],
  },
  variance: {
    label: 'hq.reports.variance',
    sum: 'hq.reports.sum.variance',
    total: 'variance',
    each: 'cost',
    figures: [
      { field: 'theoretical', label: 'hq.reports.theoretical', as: 'amount', wide: true },
      { field: 'counted', label: 'hq.reports.counted', as: 'amount', wide: true },
      { field: 'variance', label: 'hq.reports.variance', as: 'amount', leads: true },
      { field: 'share', label: 'hq.reports.shareSold', as: 'share', wide: true },
      { field: 'cost', label: 'hq.reports.cost', as: 'money' },
    ],
  },
  usage: {
    label: 'hq.reports.usage',
    sum: 'hq.reports.sum.usage',
    total: 'value',
    each: 'value',
    figures: [
      { field: 'sold', label: 'hq.reports.sold', as: 'amount', leads: true },
      { field: 'waste', label: 'hq.reports.waste', as: 'amount' },
      { field: 'trim', label: 'hq.reports.trim', as: 'amount', wide: true },
      { field: 'comp', label: 'hq.reports.comp', as: 'amount', wide: true },
      { field: 'staff', label: 'hq.reports.staff', as: 'amount', wide: true },
      { field: 'production', label: 'hq.reports.production', as: 'amount', wide: true },
      { field: 'value', label: 'hq.reports.cost', as: 'money' },
    ],
  },
  stock: {
    label: 'hq.reports.stock',
    sum: 'hq.reports.sum.stock',
    total: 'value',
    each: 'value',
    now: true,
    figures: [
      { field: 'onHand', label: 'hq.stock.onHand', as: 'amount', leads: true },
      { field: 'par', label: 'hq.stock.par', as: 'amount', wide: true },
      { field: 'value', label: 'hq.reports.cost', as: 'money' },
    ],
  },
};

export function isReport(name: string): name is ReportKind {
  return Object.hasOwn(REPORTS, name);
}

type Span = { readonly from: string; readonly to: string };

/**
 * The business days that are now in the stores: over several time zones there may be two. Undefined =
 * nothing is known of any of them.
 * @param store one of them; '' = all
 */
export function todayOf(
  rows: readonly Pick<StoreRow, 'store' | 'state' | 'day'>[],
  store: string,
): Span | undefined {
  const days = rows
    .filter((row) => row.state !== 'never' && (store === '' || row.store === store))
    .map(({ day }) => day)
    .sort();
  const [from, to] = [days[0], days.at(-1)];
  return from === undefined || to === undefined ? undefined : { from, to };
}
