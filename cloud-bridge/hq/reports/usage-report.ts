/** What was used, by store and item: sold, and everything else that left stock, from the daily flows. */
import { PLACES } from '#recipes/ledger/place.ts';
import { mul, type Rational, rational, roundHalfEven } from '#recipes/rational.ts';
import type { Name } from '../board/books.ts';
import { addKnown, amountText, moneyText } from '../board/figures.ts';
import { mainColumns, type Past } from '../board/past.ts';
import {
  byStore,
  type Days,
  eachPiece,
  entriesUrl,
  figure,
  type Report,
  type ReportParts,
  text,
} from './report-parts.ts';
import { flowSums } from './report-store.ts';

/** Amounts are decimal text in `unit`; what came back is taken off. */
export type UsageRow = {
  readonly store: string;
  readonly item: string;
  readonly name: Name;
  readonly unit: string;
  readonly sold: string;
  readonly waste: string;
  readonly trim: string;
  readonly comp: string;
  readonly staff: string;
  /** Went into something that was made here. */
  readonly production: string;
  /** What was sold at the price of the store's book; null = the book names none. */
  readonly value: string | null;
  readonly currency: string;
  /** URL of the entries behind `sold`. */
  readonly query: string;
};

const COLUMNS = [
  text<UsageRow>('store', ({ store }) => store),
  text<UsageRow>('item', ({ item }) => item),
  text<UsageRow>('name_zh', ({ name }) => name.zh ?? ''),
  text<UsageRow>('name_en', ({ name }) => name.en ?? ''),
  text<UsageRow>('unit', ({ unit }) => unit),
  figure<UsageRow>('sold', ({ sold }) => sold),
  figure<UsageRow>('waste', ({ waste }) => waste),
  figure<UsageRow>('trim', ({ trim }) => trim),
  figure<UsageRow>('comp', ({ comp }) => comp),
  figure<UsageRow>('staff', ({ staff }) => staff),
  figure<UsageRow>('production', ({ production }) => production),
  figure<UsageRow>('value', ({ value }) => value),
  text<UsageRow>('currency', ({ currency }) => currency),
  text<UsageRow>('query', ({ query }) => query),
];

const USES = ['sold', 'waste', 'trim', 'comp', 'staff', 'production'] as const;
/** Everything by which a till changes what was sold. */
const TILL_KINDS = 'sale,void,refund,snapshot';

export function usageReport(
  parts: ReportParts,
  pasts: readonly Past[],
  days: Days,
): Report<UsageRow> {
  let total: bigint | null = null;
  const items = new Map<string, { unit: string; name: Name; sold: bigint }>();

  async function* rows(): AsyncGenerator<UsageRow> {
    for await (const { db, pasts: own, books } of eachPiece(parts, pasts)) {
      const sums = byStore(await flowSums(db, mainColumns(own), days));
      for (const { store } of own) {
        const book = books.get(store.id);
        for (const [item, { unit, uses }] of usesOf(sums.get(store.id) ?? [])) {
          const sold = uses.get(PLACES.sold) ?? 0n;
          const goods = book?.items.get(item);
          const value = goods?.price === undefined ? null : worth(goods.price, sold);
          total = addKnown(total, value);
          const name = goods?.name ?? {};
          const sum = items.get(`${item} ${unit}`) ?? { unit, name, sold: 0n };
          sum.sold += sold;
          items.set(`${item} ${unit}`, sum);
          const amounts = USES.map((use) => [use, amountText(uses.get(PLACES[use]) ?? 0n)]);
          yield {
            store: store.code,
            item,
            name,
            unit,
            ...(Object.fromEntries(amounts) as Record<(typeof USES)[number], string>),
            value: moneyText(value),
            currency: book?.currency ?? 'CNY',
            query: entriesUrl({ store: store.code, item, kind: TILL_KINDS }, days),
          };
        }
      }
    }
  }

  const totals = () => ({
    value: moneyText(total),
    byItem: [...items].map(([key, { unit, name, sold }]) => ({
      item: key.slice(0, key.length - unit.length - 1),
      name,
      unit,
      sold: amountText(sold),
    })),
  });
  return { columns: COLUMNS, rows: rows(), totals };
}

type Uses = { readonly unit: string; readonly uses: Map<number, bigint> };

/** By item; without those that went nowhere people use things. */
function usesOf(
  sums: readonly { item: string; unit: string; place: number; amount: bigint }[],
): Map<string, Uses> {
  const items = new Map<string, Uses>();
  const places = new Set<number>(USES.map((use) => PLACES[use]));
  for (const { item, unit, place, amount } of sums) {
    if (!places.has(place) || amount === 0n) continue;
    const known = items.get(item) ?? { unit, uses: new Map() };
    known.uses.set(place, amount);
    items.set(item, known);
  }
  return items;
}

/** @param price money for 1 base unit @param micro millionths. @returns ten-thousandths */
function worth(price: Rational, micro: bigint): bigint {
  return roundHalfEven(mul(price, rational(micro, 100n)));
}
