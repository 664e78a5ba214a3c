/** A purchase order as the board shows it. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { amountOf, cents, packsOf, packTextOf, totalOf } from '#recipes/purchasing/order-price.ts';
import type { OrderState } from '#recipes/purchasing/order-state.ts';
import { microFromRational } from '#recipes/rational.ts';
import type { BookGoods, Name } from '../board/books.ts';
import { instantText } from '../board/instants.ts';
import type { Decision } from './decisions-store.ts';
import { type FoldedOrder, standingState, submission } from './order-fold.ts';

/** Times are RFC 3339, amounts decimal text in `unit`, money decimal text. */
export type OrderView = {
  readonly store: string;
  readonly order: string;
  readonly supplier: string;
  readonly supplierName: Name;
  readonly deliverOn: string | null;
  /** Of the lines whose price is known; null = of none. */
  readonly total: string | null;
  readonly currency: string;
  readonly state: OrderState;
  readonly revision: number;
  readonly note: string | null;
  /** Of the last rejection. */
  readonly reason: string | null;
  /** Who asked for approval, and when; else the last step. */
  readonly by: string | null;
  readonly at: string;
  readonly seq: number;
  readonly lines: readonly {
    readonly item: string;
    readonly name: Name;
    readonly qty: string;
    readonly unit: string;
    readonly written: string;
    readonly packs: string | null;
    readonly pack: string;
    readonly amount: string | null;
  }[];
  /** What head office decided and the store has not carried out yet, or refused; null = nothing. */
  readonly decision: Decision | null;
};

export type OrderFacts = {
  readonly store: string;
  readonly order: FoldedOrder;
  readonly book: BookGoods;
  readonly supplier: ReturnType<Kitchen['suppliers']['get']>;
  readonly decision: Decision | null;
};

export function orderView({ store, order, book, supplier, decision }: OrderFacts): OrderView {
  const state = standingState(order);
  const last = order.steps.at(-1);
  const asked = state === 'submitted' ? (submission(order) ?? last) : last;
  const total = totalOf(order.lines);
  return {
    store,
    order: order.order,
    supplier: order.supplier,
    supplierName: supplier?.name ?? {},
    deliverOn: order.deliverOn,
    total: total ? cents(total) : null,
    currency: book.currency,
    state,
    revision: order.revision,
    note: order.note,
    reason: order.reason,
    by: asked?.actor ?? null,
    at: instantText(asked?.at ?? 0),
    seq: last?.seq ?? 0,
    lines: order.lines.map((line) => {
      const packs = packsOf(line);
      const amount = amountOf(line);
      return {
        item: line.item,
        name: book.items.get(line.item)?.name ?? {},
        qty: decimalFromMicro(line.qty),
        unit: line.unit,
        written: line.written,
        packs: packs ? decimalFromMicro(microFromRational(packs)) : null,
        pack: packTextOf(line),
        amount: amount ? cents(amount) : null,
      };
    }),
    decision,
  };
}
