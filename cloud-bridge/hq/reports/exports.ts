/** Tables for other programs: every entry, every wasted item, every order, a row each. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import { dayText } from '#recipes/time/business-day.ts';
import type { BoardParts } from '../board/board-parts.ts';
import { eachEntry } from '../board/entries.ts';
import type { EntryView } from '../board/entry-view.ts';
import { amountText, moneyText, wholeOf } from '../board/figures.ts';
import { instantText } from '../board/instants.ts';
import { listOf, readNote, textOf } from '../board/notes.ts';
import type { Past } from '../board/past.ts';
import type { Days } from '../board/query.ts';
import type { OrderView } from '../orders/order-view.ts';
import { eachOrder } from '../orders/orders.ts';
import { eachPiece, figure, goodsOf, standing, text } from './report-parts.ts';
import type { Table } from './tables.ts';

/** Entries of the business days; in a spreadsheet a row for each, its moves in one cell. */
export function entryTable(
  parts: BoardParts,
  pasts: readonly Past[],
  days: Days,
): Table<EntryView> {
  return {
    columns: [
      text('store', ({ store }) => store),
      figure('seq', ({ seq }) => seq),
      text('kind', ({ kind }) => kind),
      text('day', ({ day }) => day),
      text('at', ({ at }) => at),
      text('person', ({ actor }) => actor),
      text('words_zh', ({ words }) => words.zh),
      text('words_en', ({ words }) => words.en),
      figure('cost', ({ cost }) => cost),
      text('moves', ({ moves }) =>
        moves
          .map((move) => `${move.item} ${move.amount} ${move.unit} ${move.from}>${move.to}`)
          .join('; '),
      ),
      text('command', ({ command }) => command),
    ],
    rows: eachEntry(parts, pasts, { kinds: undefined, item: undefined, ...days }),
  };
}

type WasteLine = {
  readonly store: string;
  readonly seq: number;
  readonly day: string;
  readonly at: string;
  readonly actor: string | null;
  readonly item: string;
  readonly name: { readonly zh?: string | undefined; readonly en?: string | undefined };
  readonly reason: string;
  readonly amount: string;
  readonly unit: string;
  readonly cost: string | null;
  readonly currency: string;
};

/** What people wasted, an item a row. */
export function wasteTable(
  parts: BoardParts,
  pasts: readonly Past[],
  days: Days,
): Table<WasteLine> {
  return {
    columns: [
      text('store', ({ store }) => store),
      figure('seq', ({ seq }) => seq),
      text('day', ({ day }) => day),
      text('at', ({ at }) => at),
      text('person', ({ actor }) => actor),
      text('item', ({ item }) => item),
      text('name_zh', ({ name }) => name.zh ?? ''),
      text('name_en', ({ name }) => name.en ?? ''),
      text('reason', ({ reason }) => reason),
      figure('amount', ({ amount }) => amount),
      text('unit', ({ unit }) => unit),
      figure('cost', ({ cost }) => cost),
      text('currency', ({ currency }) => currency),
    ],
    rows: wasteLines(parts, pasts, days),
  };
}

async function* wasteLines(
  parts: BoardParts,
  pasts: readonly Past[],
  days: Days,
): AsyncGenerator<WasteLine> {
  for await (const piece of eachPiece(parts, pasts)) {
    const entries = await standing(piece, [ENTRY_KINDS.waste], days);
    for (const { store } of piece.pasts) {
      const book = piece.books.get(store.id);
      for (const entry of entries.get(store.id) ?? []) {
        const note = readNote(entry.note);
        for (const line of listOf(note, 'lines')) {
          const item = textOf(line, 'item') ?? '';
          yield {
            store: store.code,
            seq: entry.seq,
            day: dayText(entry.day),
            at: instantText(entry.occurredAt),
            actor: entry.actor,
            item,
            ...goodsOf(book, item),
            reason: textOf(note, 'reason') ?? 'other',
            amount: amountText(wholeOf(line['amount']) ?? 0n),
            cost: moneyText(wholeOf(line['cost'])),
            currency: book?.currency ?? 'CNY',
          };
        }
      }
    }
  }
}

type OrderLine = Pick<
  OrderView,
  'store' | 'order' | 'supplier' | 'deliverOn' | 'state' | 'at' | 'by' | 'currency'
> &
  Partial<OrderView['lines'][number]>;

/** Orders that changed on these days, a row for each line. */
export function orderTable(
  parts: BoardParts,
  pasts: readonly Past[],
  days: Days,
): Table<OrderLine> {
  return {
    columns: [
      text('store', ({ store }) => store),
      text('order', ({ order }) => order),
      text('supplier', ({ supplier }) => supplier),
      text('deliver_on', ({ deliverOn }) => deliverOn),
      text('state', ({ state }) => state),
      text('at', ({ at }) => at),
      text('person', ({ by }) => by),
      text('item', ({ item }) => item ?? ''),
      text('name_zh', ({ name }) => name?.zh ?? ''),
      text('name_en', ({ name }) => name?.en ?? ''),
      figure('qty', ({ qty }) => qty ?? null),
      text('unit', ({ unit }) => unit ?? ''),
      figure('packs', ({ packs }) => packs ?? null),
      figure('amount', ({ amount }) => amount ?? null),
      text('currency', ({ currency }) => currency),
    ],
    rows: orderLines(parts, pasts, days),
  };
}

async function* orderLines(
  parts: BoardParts,
  pasts: readonly Past[],
  days: Days,
): AsyncGenerator<OrderLine> {
  for await (const view of eachOrder(parts, pasts, days)) {
    const { store, order, supplier, deliverOn, state, at, by, currency, lines } = view;
    const head = { store, order, supplier, deliverOn, state, at, by, currency };
    if (lines.length === 0) yield head;
    for (const line of lines) yield { ...head, ...line };
  }
}
