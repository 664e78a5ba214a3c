/** What lies in every store and what it is worth, store after store. */
import type { Name } from '../board/books.ts';
import { addKnown, moneyText } from '../board/figures.ts';
import type { Past } from '../board/past.ts';
import { eachStoreLevels, type LevelState, stockItemRow } from '../board/stock.ts';
import { figure, type Report, type ReportParts, text } from './report-parts.ts';

/** An item in a store; amounts are decimal text in `unit`. */
export type StockRow = {
  readonly store: string;
  readonly item: string;
  readonly name: Name;
  readonly category: string | null;
  readonly unit: string;
  readonly onHand: string;
  readonly state: LevelState;
  readonly par: string | null;
  readonly value: string | null;
  readonly currency: string;
  /** URL of the entries behind it. */
  readonly query: string;
};

const COLUMNS = [
  text<StockRow>('store', ({ store }) => store),
  text<StockRow>('item', ({ item }) => item),
  text<StockRow>('name_zh', ({ name }) => name.zh ?? ''),
  text<StockRow>('name_en', ({ name }) => name.en ?? ''),
  text<StockRow>('category', ({ category }) => category),
  text<StockRow>('unit', ({ unit }) => unit),
  figure<StockRow>('on_hand', ({ onHand }) => onHand),
  text<StockRow>('state', ({ state }) => state),
  figure<StockRow>('par', ({ par }) => par),
  figure<StockRow>('value', ({ value }) => value),
  text<StockRow>('currency', ({ currency }) => currency),
  text<StockRow>('query', ({ query }) => query),
];

type Sum = { items: number; low: number; out: number; value: bigint | null };

export function stockReport(parts: ReportParts, pasts: readonly Past[]): Report<StockRow> {
  const stores = new Map<string, Sum>();

  async function* rows(): AsyncGenerator<StockRow> {
    for await (const { past, book, levels } of eachStoreLevels(parts, pasts)) {
      const sum: Sum = { items: 0, low: 0, out: 0, value: null };
      stores.set(past.store.code, sum);
      for (const level of levels) {
        const { safety: _safety, max: _max, ...row } = stockItemRow(level);
        sum.items++;
        if (row.state === 'low') sum.low++;
        if (row.state === 'out') sum.out++;
        sum.value = addKnown(sum.value, level.value);
        const query = `/hq/v1/entries?${new URLSearchParams({ store: past.store.code, item: row.item })}`;
        yield { store: past.store.code, ...row, currency: book.currency, query };
      }
    }
  }

  const totals = () => {
    let value: bigint | null = null;
    for (const sum of stores.values()) value = addKnown(value, sum.value);
    return {
      value: moneyText(value),
      byStore: [...stores].map(([store, sum]) => ({
        store,
        ...sum,
        value: moneyText(sum.value),
      })),
    };
  };
  return { columns: COLUMNS, rows: rows(), totals };
}
