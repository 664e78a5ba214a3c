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
  readingOf,
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
    const reader = { parts, db, client, due, past, kitchen };
    const before = fresh ? await readBefore(reader) : NOTHING;
    const span = { from: seq + 1, to: past.main.seq };
    const page = await readSpan(reader, due.life, span);
    const upTo = page.read < PAGE ? span.to : page.last;
    await saveReading(client, due, Math.max(seq, upTo));
    return {
      read: page.read,
      orders: [...before.orders, ...page.orders],
      events: before.events + page.events,
    };
  });
}

type Reader = {
  readonly parts: BoardParts;
  readonly db: BoardParts['db']['chain'];
  readonly client: Client;
  readonly due: DueLife;
  readonly past: SpokenPast;
  readonly kitchen: Awaited<ReturnType<BoardParts['books']['kitchen']>>;
};
type Span = { readonly from: number; readonly to: number };
const NOTHING: Page = { read: 0, orders: [], events: 0 };

/** A page of what people did in one life, for the life that is read. */
async function readSpan(
  { parts, db, client, due, past, kitchen }: Reader,
  life: number,
  span: Span,
): Promise<Page & { readonly last: number }> {
  const entries = await entriesByHand(client, { store: due.store, life }, span, PAGE);
  const roots = await rootsOf(db, past, entries);
  const orders = await readOrders(client, due, entries, roots, kitchen);
  const events = await eventsOf(parts, past, entries, roots, orders);
  // Before the cursor moves: after a crash the same events are written again, and are there once.
  await addDeliveries(parts.db.chain, events);
  const last = entries.at(-1)?.seq ?? span.to;
  return { read: entries.length, orders, events: events.length, last };
}

/**
 * A life that goes on from another has the orders of that one, as they were where it parted; and what
 * nobody had read there by then is read here, because that one is the store no more.
 */
async function readBefore(reader: Reader): Promise<Page> {
  const { client, due, past } = reader;
  const { parent } = past.main;
  if (parent === null) return NOTHING;
  // Of a parent that nobody read at all, its own entries; what came before them is of its parents.
  const own = past.stretches.find(({ life }) => life === parent)?.from ?? Number.MAX_SAFE_INTEGER;
  const readUpTo = (await readingOf(client, due.store, parent)) ?? own - 1;
  let all = NOTHING;
  for (const { life, from, to } of past.stretches) {
    if (life === due.life) continue;
    await inheritOrders(reader, life, { from, to: Math.min(to, readUpTo) });
    for (let at = Math.max(from, readUpTo + 1); at <= to; ) {
      const page = await readSpan(reader, life, { from: at, to });
      all = {
        read: 0,
        orders: [...all.orders, ...page.orders],
        events: all.events + page.events,
      };
      at = (page.read < PAGE ? to : page.last) + 1;
    }
  }
  return all;
}

async function inheritOrders(
  { client, due, past, kitchen, db }: Reader,
  life: number,
  { from, to }: Span,
): Promise<void> {
  for (let at = from; at <= to; ) {
    const where = { store: due.store, life };
    const entries = await entriesByHand(client, where, { from: at, to }, PAGE, ORDER_KINDS);
    const roots = await rootsOf(db, past, entries);
    await readOrders(client, due, entries, roots, kitchen);
    at = (entries.length < PAGE ? to : (entries.at(-1)?.seq ?? to)) + 1;
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
