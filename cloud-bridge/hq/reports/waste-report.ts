/**
 * What was wasted, by store, reason and item, with what it cost by the entries' own notes. Entries that
 * were undone are not in it; what a void at the till turned into waste is, under `voided`: as the
 * box reckons it in its own report.
 */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { eachMove } from '#recipes/sync/read-entry-text.ts';
import { isAvoidable } from '#recipes/waste/avoidable.ts';
import { readItems } from '../board/book-store.ts';
import type { Name } from '../board/books.ts';
import {
  addKnown,
  amountText,
  divideHalfEven,
  moneyText,
  shareText,
  wholeOf,
} from '../board/figures.ts';
import { listOf, readNote, textOf } from '../board/notes.ts';
import { mainColumns, type Past, stretchColumns } from '../board/past.ts';
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
import { type LotCost, lotCosts, type ReportEntry, tillEntries } from './report-store.ts';

/** One item that was wasted for one reason in one store; decimal text. */
export type WasteRow = {
  readonly store: string;
  readonly item: string;
  readonly name: Name;
  readonly reason: string;
  readonly avoidable: boolean;
  readonly amount: string;
  readonly unit: string;
  readonly cost: string | null;
  readonly currency: string;
  readonly entries: number;
  /** URL of the entries behind it. */
  readonly query: string;
};

type Loss = {
  readonly store: number;
  readonly item: string;
  readonly reason: string;
  readonly amount: bigint;
  readonly cost: bigint | null;
};

type Sum = { amount: bigint; cost: bigint | null; entries: number };

const COLUMNS = [
  text<WasteRow>('store', ({ store }) => store),
  text<WasteRow>('item', ({ item }) => item),
  text<WasteRow>('name_zh', ({ name }) => name.zh ?? ''),
  text<WasteRow>('name_en', ({ name }) => name.en ?? ''),
  text<WasteRow>('reason', ({ reason }) => reason),
  text<WasteRow>('avoidable', ({ avoidable }) => (avoidable ? 'yes' : 'no')),
  figure<WasteRow>('amount', ({ amount }) => amount),
  text<WasteRow>('unit', ({ unit }) => unit),
  figure<WasteRow>('cost', ({ cost }) => cost),
  text<WasteRow>('currency', ({ currency }) => currency),
  figure<WasteRow>('entries', ({ entries }) => entries),
  text<WasteRow>('query', ({ query }) => query),
];

export function wasteReport(
  parts: ReportParts,
  pasts: readonly Past[],
  days: Days,
): Report<WasteRow> {
  const stores = new Map<string, Sum>();
  const reasons = new Map<string, Sum>();

  async function* rows(): AsyncGenerator<WasteRow> {
    for await (const piece of eachPiece(parts, pasts)) {
      const losses = byStore(await lossesOf(piece, days));
      for (const { store } of piece.pasts) {
        const book = piece.books.get(store.id);
        for (const { loss, sum } of summed(losses.get(store.id) ?? [])) {
          addTo(stores, store.code, sum);
          addTo(reasons, loss.reason, sum);
          const kind = loss.reason === VOIDED ? 'void,refund,snapshot' : 'waste';
          yield {
            store: store.code,
            item: loss.item,
            ...goodsOf(book, loss.item),
            reason: loss.reason,
            avoidable: isAvoidable(loss.reason),
            amount: amountText(sum.amount),
            cost: moneyText(sum.cost),
            currency: book?.currency ?? 'CNY',
            entries: sum.entries,
            query: entriesUrl({ store: store.code, item: loss.item, kind }, days),
          };
        }
      }
    }
  }

  return { columns: COLUMNS, rows: rows(), totals: () => totalsOf(stores, reasons) };
}

const VOIDED = 'voided';

function totalsOf(stores: ReadonlyMap<string, Sum>, reasons: ReadonlyMap<string, Sum>) {
  const costOf = (sums: Iterable<Sum>) => {
    let cost: bigint | null = null;
    for (const sum of sums) cost = addKnown(cost, sum.cost);
    return cost;
  };
  const cost = costOf(stores.values());
  const avoidable = costOf(
    [...reasons].filter(([reason]) => isAvoidable(reason)).map(([, sum]) => sum),
  );
  return {
    waste: moneyText(cost),
    avoidable: moneyText(avoidable ?? (cost === null ? null : 0n)),
    avoidableShare: shareText(avoidable ?? 0n, cost ?? 0n),
    byStore: [...stores].map(([store, sum]) => ({
      store,
      cost: moneyText(sum.cost),
      entries: sum.entries,
    })),
    byReason: [...reasons].map(([reason, sum]) => ({
      reason,
      avoidable: isAvoidable(reason),
      cost: moneyText(sum.cost),
      entries: sum.entries,
    })),
  };
}

/** The dearest first. */
function summed(losses: readonly Loss[]): { loss: Loss; sum: Sum }[] {
  const sums = new Map<string, { loss: Loss; sum: Sum }>();
  for (const loss of losses) {
    const key = `${loss.reason} ${loss.item}`;
    const known = sums.get(key) ?? { loss, sum: { amount: 0n, cost: null, entries: 0 } };
    sums.set(key, known);
    known.sum.amount += loss.amount;
    known.sum.cost = addKnown(known.sum.cost, loss.cost);
    known.sum.entries++;
  }
  return [...sums.values()]
    .filter(({ sum }) => sum.amount !== 0n || (sum.cost ?? 0n) !== 0n)
    .sort((a, b) => compare(b.sum.cost ?? -1n, a.sum.cost ?? -1n));
}

function addTo(sums: Map<string, Sum>, key: string, { amount, cost, entries }: Sum): void {
  const known = sums.get(key) ?? { amount: 0n, cost: null, entries: 0 };
  sums.set(key, known);
  known.amount += amount;
  known.cost = addKnown(known.cost, cost);
  known.entries += entries;
}

/** What people wasted, and what was made and taken back at the till. */
async function lossesOf(piece: Piece, days: Days): Promise<Loss[]> {
  const said = await standing(piece, [ENTRY_KINDS.waste], days);
  const losses = [...said.values()].flat().flatMap(saidLosses);
  return [...losses, ...(await tillLosses(piece, days))];
}

function saidLosses(entry: ReportEntry): Loss[] {
  const note = readNote(entry.note);
  return listOf(note, 'lines').map((line) => ({
    store: entry.store,
    item: textOf(line, 'item') ?? '',
    reason: textOf(note, 'reason') ?? 'other',
    amount: wholeOf(line['amount']) ?? 0n,
    cost: wholeOf(line['cost']),
  }));
}

type TillMove = { store: number; item: number; lot: number; amount: bigint };

async function tillLosses({ db, pasts }: Piece, days: Days): Promise<Loss[]> {
  const moves: TillMove[] = [];
  for (const { store, moves: packed } of await tillEntries(db, stretchColumns(pasts), days)) {
    eachMove(packed, (_line, item, lot, from, to, amount) => {
      const sign = to === PLACES.waste ? 1n : from === PLACES.waste ? -1n : 0n;
      if (sign !== 0n) moves.push({ store, item, lot, amount: sign * BigInt(amount) });
    });
  }
  if (moves.length === 0) return [];
  const lives = new Map(pasts.map(({ store, main }) => [store.id, main.id]));
  const costs = await lotCosts(db, [
    moves.map(({ store }) => store),
    moves.map(({ store }) => lives.get(store) ?? 0),
    moves.map(({ lot }) => lot),
  ]);
  const lots = new Map(costs.map((lot) => [`${lot.store}:${lot.id}`, lot]));
  const items = await readItems(db, mainColumns(pasts));
  const codes = new Map(items.map((item) => [`${item.store}:${item.id}`, item.code]));
  return moves.map(({ store, item, lot, amount }) => ({
    store,
    item: codes.get(`${store}:${item}`) ?? String(item),
    reason: VOIDED,
    amount,
    cost: costOfPart(lots.get(`${store}:${lot}`), amount),
  }));
}

/** Its share of what the lot cost. */
function costOfPart(lot: LotCost | undefined, amount: bigint): bigint | null {
  if (lot === undefined || lot.cost === null || lot.amount <= 0n) return null;
  return divideHalfEven(lot.cost * amount, lot.amount);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
