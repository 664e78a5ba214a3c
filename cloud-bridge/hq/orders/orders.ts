/** Orders of the stores: those that wait, one, or all that changed on some days. */
import { type Books, NO_GOODS } from '../board/books.ts';
import { byServer, mainColumns, type Past, type SpokenPast, spoken } from '../board/past.ts';
import type { Days } from '../board/query.ts';
import { dayOf } from '../board/store-day.ts';
import type { HqParts } from '../parts.ts';
import {
  causeOf,
  type Decision,
  decisionsOf,
  TRIES_MAX,
  VERBS,
  type Verb,
} from './decisions-store.ts';
import { type FoldedOrder, submission } from './order-fold.ts';
import { type OrderView, orderView } from './order-view.ts';
import { purchasesById, readPurchases } from './orders-store.ts';

export type OrderParts = Pick<HqParts, 'db' | 'ports'> & { readonly books: Books };

/** Where a page ended. */
export type OrderCursor = { readonly at: number; readonly store: number; readonly id: string };

/** An order with the store it is of. */
export type FoundOrder = {
  readonly past: SpokenPast;
  readonly order: FoldedOrder;
  readonly at: number;
};

/** The newest change first. @param states undefined = all */
export async function findOrders(
  parts: OrderParts,
  pasts: readonly Past[],
  states: readonly string[] | undefined,
  after: OrderCursor | undefined,
  limit: number,
): Promise<FoundOrder[]> {
  const found: FoundOrder[] = [];
  for (const [db, own] of await byServer(parts, spoken(pasts), ({ store }) => store.id)) {
    const byId = new Map(own.map((past) => [past.store.id, past]));
    const rows = await readPurchases(db, mainColumns(own), { states, after, limit });
    for (const row of rows) {
      const past = byId.get(row.store);
      if (past !== undefined) found.push({ past, order: row.said, at: row.at });
    }
  }
  return found.sort(newestFirst).slice(0, limit);
}

/** The cursor after this order. */
export function cursorOf({ past, order, at }: FoundOrder): OrderCursor {
  return { at, store: past.store.id, id: order.order };
}

function newestFirst(a: FoundOrder, b: FoundOrder): number {
  const [x, y] = [cursorOf(a), cursorOf(b)];
  return y.at - x.at || y.store - x.store || (x.id < y.id ? 1 : -1);
}

/** One order of one store. */
export async function findOrder(
  parts: OrderParts,
  past: SpokenPast,
  id: string,
): Promise<FoldedOrder | undefined> {
  const db = await parts.db.of(past.store.id);
  const [row] = await purchasesById(db, past.store.id, past.main.id, [id]);
  return row?.said;
}

/** As the board shows them, with what head office has decided about those that wait. */
export async function orderViews(
  parts: OrderParts,
  found: readonly Pick<FoundOrder, 'past' | 'order'>[],
): Promise<OrderView[]> {
  const goods = await parts.books.goods([...new Set(found.map(({ past }) => past))]);
  const decisions = await newestDecisions(parts, found);
  const views: OrderView[] = [];
  for (const [i, { past, order }] of found.entries()) {
    const kitchen = await parts.books.kitchen(past);
    views.push(
      orderView({
        store: past.store.code,
        order,
        book: goods.get(past.store.id) ?? NO_GOODS,
        supplier: kitchen?.suppliers.get(order.supplier),
        decision: decisions[i] ?? null,
      }),
    );
  }
  return views;
}

/** All causes under which something may have been decided about an order as it waits now. */
export function causesOf(store: string, order: FoldedOrder): { cause: string; verb: Verb }[] {
  const asked = submission(order)?.seq ?? 0;
  const about = { store, order: order.order, revision: order.revision, asked };
  const attempts = Array.from({ length: TRIES_MAX }, (_, i) => i + 1);
  return VERBS.flatMap((verb) =>
    attempts.map((attempt) => ({ verb, cause: causeOf(about, verb, attempt) })),
  );
}

async function newestDecisions(
  { db }: OrderParts,
  found: readonly Pick<FoundOrder, 'past' | 'order'>[],
): Promise<(Decision | null)[]> {
  const causes = found.map(({ past, order }) =>
    order.step === 'submitted' ? causesOf(past.store.code, order).map(({ cause }) => cause) : [],
  );
  const decided = await decisionsOf(db.chain, causes.flat());
  const byCause = new Map(decided.map(({ cause, decision }) => [cause, decision]));
  return causes.map((own) => {
    const known = own.flatMap((cause) => byCause.get(cause) ?? []);
    return known.toSorted((a, b) => b.version - a.version)[0] ?? null;
  });
}

const PAGE = 200;

/** Every order whose last change was on these days of its store, newest first. */
export async function* eachOrder(
  parts: OrderParts,
  pasts: readonly Past[],
  { from, to }: Days,
): AsyncGenerator<OrderView> {
  let after: OrderCursor | undefined;
  for (;;) {
    const page = await findOrders(parts, pasts, undefined, after, PAGE);
    const wanted = page.filter(({ past, at }) => {
      const day = dayOf(past)(at);
      return day >= from && day <= to;
    });
    yield* await orderViews(parts, wanted);
    const last = page.at(-1);
    // A day of a store ends within a day of that of any other.
    if (last === undefined || page.length < PAGE || dayOf(last.past)(last.at) < from - 1) return;
    after = cursorOf(last);
  }
}
