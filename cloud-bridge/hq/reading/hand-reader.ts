/**
 * Reads what people did in the stores, in its order, once: orders are folded, other programs are told.
 * A store's main life only: what a second box did comes again with the facts that the main one takes
 * over.
 */
import type { BoardParts } from '../board/board-parts.ts';
import type { FoundEntry } from '../board/entry-row-store.ts';
import { entryViews } from '../board/entry-view.ts';
import { amountText, moneyText } from '../board/figures.ts';
import { readNote } from '../board/notes.ts';
import { readPasts, type SpokenPast, spoken } from '../board/past.ts';
import { orderViews } from '../orders/orders.ts';
import { entryEvent, identityOf, TOLD_KINDS } from '../webhooks/entry-events.ts';
import type { WebhookEvent } from '../webhooks/event-types.ts';
import { DELIVERIES_EVENT } from '../webhooks/sending-loop.ts';
import { addDeliveries, anyWebhook } from '../webhooks/webhook-store.ts';
import { lotsOfEntries } from './lots-store.ts';
import { ORDER_KINDS, type OrderChange, readOrders } from './read-orders.ts';
import {
  type Client,
  type DueLife,
  dueLives,
  entriesByHand,
  saveReading,
  whileReading,
} from './reading-store.ts';
import { type Root, rootsOf } from './roots-store.ts';

/** Entries in a transaction, and lives that are looked for at once. */
const PAGE = 200;
const LIVES_AT_ONCE = 200;

/** Reads everything that waits on a server. @returns how many entries were read */
export async function readServer(
  parts: BoardParts,
  db: BoardParts['db']['chain'],
  stopping: () => boolean = () => false,
): Promise<number> {
  let count = 0;
  for (;;) {
    const due = await dueLives(db, LIVES_AT_ONCE);
    // After the list: each life is known at least as far as it was due.
    const pasts = due.length === 0 ? [] : spoken(await readPasts(parts));
    let read = 0;
    for (const life of due) {
      if (stopping()) return count;
      const past = pasts.find(
        ({ store, main }) => store.id === life.store && main.id === life.life,
      );
      if (past !== undefined) read += await tryLife(parts, db, life, past);
    }
    count += read;
    // What somebody else reads right now is due as well: it is not waited for.
    if (read === 0) return count;
  }
}

/** What cannot be read of one store does not hold up the others; it is tried again. */
async function tryLife(
  parts: BoardParts,
  db: BoardParts['db']['chain'],
  due: DueLife,
  past: SpokenPast,
): Promise<number> {
  try {
    return await readLife(parts, db, due, past);
  } catch (error) {
    const { code } = past.store;
    parts.log.error({ err: error, store: code }, 'what people did there is read later');
    return 0;
  }
}

async function readLife(
  parts: BoardParts,
  db: BoardParts['db']['chain'],
  due: DueLife,
  past: SpokenPast,
): Promise<number> {
  let count = 0;
  for (;;) {
    const page = await readPage(parts, db, due, past);
    if (page === undefined) return count;
    count += page.read;
    for (const { order } of page.orders) {
      const data = { order: order.order, state: order.step, revision: order.revision };
      parts.wire.tell({ kind: 'order', store: past.store.code, data });
    }
    if (page.events > 0) parts.wire.tell({ kind: DELIVERIES_EVENT, store: '*', data: {} });
    if (page.read < PAGE) return count;
  }
}

type Page = {
  readonly read: number;
  readonly orders: readonly OrderChange[];
  readonly events: number;
};

function readPage(
  parts: BoardParts,
  db: BoardParts['db']['chain'],
  due: DueLife,
  past: SpokenPast,
): Promise<Page | undefined> {
  return whileReading(db, due, async (client, { seq, fresh }) => {
    const kitchen = await parts.books.kitchen(past);
    if (fresh && past.main.parent !== null) await inheritOrders(client, due, past, kitchen, db);
    const span = { from: seq + 1, to: past.main.seq };
    const entries = await entriesByHand(client, due, span, PAGE);
    const roots = await rootsOf(db, past, entries);
    const orders = await readOrders(client, due, entries, roots, kitchen);
    const events = await eventsOf(parts, past, entries, roots, orders);
    // Before the cursor moves: after a crash the same events are written again, and are there once.
    await addDeliveries(parts.db.chain, events);
    const upTo = entries.length < PAGE ? span.to : (entries.at(-1)?.seq ?? span.to);
    await saveReading(client, due, Math.max(seq, upTo));
    return { read: entries.length, orders, events: events.length };
  });
}

/** A life that goes on from another has the orders of that one, as they were where it parted. */
async function inheritOrders(
  client: Client,
  due: DueLife,
  past: SpokenPast,
  kitchen: Awaited<ReturnType<BoardParts['books']['kitchen']>>,
  db: BoardParts['db']['chain'],
): Promise<void> {
  for (const stretch of past.stretches) {
    if (stretch.life === due.life) continue;
    const from = { store: due.store, life: stretch.life };
    for (let at = stretch.from; at <= stretch.to; ) {
      const span = { from: at, to: stretch.to };
      const entries = await entriesByHand(client, from, span, PAGE, ORDER_KINDS);
      const roots = await rootsOf(db, past, entries);
      await readOrders(client, due, entries, roots, kitchen);
      at = (entries.length < PAGE ? stretch.to : (entries.at(-1)?.seq ?? stretch.to)) + 1;
    }
  }
}

async function eventsOf(
  parts: BoardParts,
  past: SpokenPast,
  entries: readonly FoundEntry[],
  roots: ReadonlyMap<number, Root>,
  orders: readonly OrderChange[],
): Promise<WebhookEvent[]> {
  const told = entries.filter(({ kind }) => TOLD_KINDS.includes(kind));
  if (told.length === 0 || !(await anyWebhook(parts.db.chain))) return [];
  const { store, main } = past;
  const db = await parts.db.of(store.id);
  const sequences = told.map(({ seq }) => seq);
  const [views, brought, goods] = await Promise.all([
    entryViews(parts, past, told),
    lotsOfEntries(db, store.id, main.id, sequences),
    parts.books.goods([past]),
  ]);
  const currency = goods.get(store.id)?.currency ?? 'CNY';
  const seen = orders.filter(({ seq }) => sequences.includes(seq));
  const shown = await orderViews(
    parts,
    seen.map(({ order }) => ({ past, order })),
  );
  const orderAt = new Map(seen.map(({ seq }, i) => [seq, shown[i]]));
  return told.flatMap((entry, i) => {
    const view = views[i];
    if (view === undefined) return [];
    const lots = brought
      .filter((lot) => lot.entry === entry.seq)
      .map((lot) => ({
        item: lot.item,
        lot: lot.code,
        amount: amountText(lot.amount),
        unit: lot.unit,
        cost: moneyText(lot.cost),
      }));
    const root = roots.get(entry.seq);
    const incarnation = incarnationOf(past, entry.life);
    const facts = {
      view,
      incarnation,
      currency,
      lots,
      order: entry.kind === ORDER_KINDS[0] ? orderAt.get(entry.seq) : undefined,
      root: root && {
        undone: root.undone,
        facts: identityOf(
          store.code,
          incarnationOf(past, root.entry.life),
          root.entry,
          readNote(root.entry.note),
        ),
      },
    };
    return entryEvent(facts) ?? [];
  });
}

function incarnationOf({ lives }: SpokenPast, life: number): string {
  return lives.find(({ id }) => id === life)?.incarnation ?? '';
}
