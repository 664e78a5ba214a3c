/**
 * What counts found against what the books said, by store and item, with what the difference is worth.
 * A count that was undone is not in it; what arrived late has corrected the count it belongs to.
 */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Name } from '../board/books.ts';
import { addKnown, amountText, moneyText, shareText, wholeOf } from '../board/figures.ts';
import { listOf, readNote, textOf } from '../board/notes.ts';
import { mainColumns, type Past } from '../board/past.ts';
import { keyOf, undoneOf } from '../board/undone-store.ts';
import {
  byStore,
  type Days,
  eachPiece,
  entriesUrl,
  figure,
  goodsOf,
  type Piece,
  type Report,
  type ReportParts,
  standing,
  text,
} from './report-parts.ts';
import { flowSums, type ReportEntry } from './report-store.ts';

/** Amounts are decimal text in `unit`; negative = less was there than the book said. */
export type VarianceRow = {
  readonly store: string;
  readonly item: string;
  readonly name: Name;
  readonly unit: string;
  readonly counts: number;
  /** What the books said at the moments of counting, and what was there. */
  readonly theoretical: string;
  readonly counted: string;
  readonly variance: string;
  readonly cost: string | null;
  readonly currency: string;
  /** What was sold in the same days, and the share of it that the difference is. */
  readonly sold: string;
  readonly share: string | null;
  /** URL of the entries behind it. */
  readonly query: string;
};

const COLUMNS = [
  text<VarianceRow>('store', ({ store }) => store),
  text<VarianceRow>('item', ({ item }) => item),
  text<VarianceRow>('name_zh', ({ name }) => name.zh ?? ''),
  text<VarianceRow>('name_en', ({ name }) => name.en ?? ''),
  text<VarianceRow>('unit', ({ unit }) => unit),
  figure<VarianceRow>('counts', ({ counts }) => counts),
  figure<VarianceRow>('theoretical', ({ theoretical }) => theoretical),
  figure<VarianceRow>('counted', ({ counted }) => counted),
  figure<VarianceRow>('variance', ({ variance }) => variance),
  figure<VarianceRow>('cost', ({ cost }) => cost),
  text<VarianceRow>('currency', ({ currency }) => currency),
  figure<VarianceRow>('sold', ({ sold }) => sold),
  figure<VarianceRow>('share', ({ share }) => share),
  text<VarianceRow>('query', ({ query }) => query),
];

type Sum = { counts: number; counted: bigint; variance: bigint; cost: bigint | null };

export function varianceReport(
  parts: ReportParts,
  pasts: readonly Past[],
  days: Days,
): Report<VarianceRow> {
  const stores = new Map<string, bigint | null>();

  async function* rows(): AsyncGenerator<VarianceRow> {
    for await (const piece of eachPiece(parts, pasts)) {
      const counts = await countsOf(piece, days);
      const flows = byStore(await flowSums(piece.db, mainColumns(piece.pasts), days));
      for (const { store } of piece.pasts) {
        const book = piece.books.get(store.id);
        const sold = soldOf(flows.get(store.id) ?? []);
        for (const [item, sum] of sumsOf(counts.get(store.id) ?? [])) {
          stores.set(store.code, addKnown(stores.get(store.code) ?? null, sum.cost));
          const used = sold.get(item)?.amount ?? 0n;
          const goods = goodsOf(book, item);
          yield {
            store: store.code,
            item,
            name: goods.name,
            unit: goods.unit || (sold.get(item)?.unit ?? ''),
            counts: sum.counts,
            theoretical: amountText(sum.counted - sum.variance),
            counted: amountText(sum.counted),
            variance: amountText(sum.variance),
            cost: moneyText(sum.cost),
            currency: book?.currency ?? 'CNY',
            sold: amountText(used),
            share: shareText(sum.variance, used),
            query: entriesUrl({ store: store.code, item, kind: 'count' }, days),
          };
        }
      }
    }
  }

  const totals = () => {
    let cost: bigint | null = null;
    for (const one of stores.values()) cost = addKnown(cost, one);
    const byStoreSums = [...stores].map(([store, sum]) => ({ store, cost: moneyText(sum) }));
    return { variance: moneyText(cost), byStore: byStoreSums };
  };
  return { columns: COLUMNS, rows: rows(), totals };
}

/** Counts that stand; what arrived late counts while the count it belongs to stands. */
async function countsOf(piece: Piece, days: Days): Promise<Map<number, ReportEntry[]>> {
  const counts = await standing(piece, [ENTRY_KINDS.count], days);
  const late = [...counts.values()].flat().flatMap((entry) => {
    const of = wholeOf(readNote(entry.note)['of']);
    return of === null ? [] : [{ store: entry.store, seq: Number(of) }];
  });
  if (late.length === 0) return counts;
  const undone = await undoneOf(piece.db, piece.pasts, late);
  if (undone.size === 0) return counts;
  const left = [...counts.values()].flat().filter((entry) => {
    const of = wholeOf(readNote(entry.note)['of']);
    return of === null || !undone.has(keyOf({ store: entry.store, seq: Number(of) }));
  });
  return byStore(left);
}

/** By item, the dearest difference first. */
function sumsOf(entries: readonly ReportEntry[]): [string, Sum][] {
  const sums = new Map<string, Sum>();
  for (const entry of entries) {
    for (const line of listOf(readNote(entry.note), 'lines')) {
      const item = textOf(line, 'item');
      if (item === null) continue;
      const sum = sums.get(item) ?? { counts: 0, counted: 0n, variance: 0n, cost: null };
      const counted = wholeOf(line['counted']);
      if (counted !== null) {
        sum.counts++;
        sum.counted += counted;
      }
      sum.variance += wholeOf(line['variance']) ?? 0n;
      sum.cost = addKnown(sum.cost, wholeOf(line['cost']));
      sums.set(item, sum);
    }
  }
  const size = ({ cost }: Sum) => (cost === null ? -1 : Math.abs(Number(cost)));
  return [...sums].sort(([, a], [, b]) => size(b) - size(a));
}

function soldOf(
  flows: readonly { item: string; unit: string; place: number; amount: bigint }[],
): Map<string, { unit: string; amount: bigint }> {
  const sold = flows.filter(({ place }) => place === PLACES.sold);
  return new Map(sold.map(({ item, unit, amount }) => [item, { unit, amount }]));
}
