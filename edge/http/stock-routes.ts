/** What is in the larder, what dishes it is enough for, and every move that made it so. */
import { type Context, Hono } from 'hono';
import { decimalFromMicro } from '#recipes/amount.ts';
import { instantSchema } from '#recipes/contracts/pos-event.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { placeName } from '#recipes/ledger/place.ts';
import { dayNumber, isDay, nextDay, startOfDay } from '#recipes/time/business-day.ts';
import type { BarcodeStore } from '../kitchen/barcode-store.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { Lot, LotStore } from '../ledger/lot-store.ts';
import type { MoveRow, MoveStore } from '../ledger/move-store.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';
import { searchKeys } from '../recipe-book/search-keys.ts';
import type { Board } from '../stock/board.ts';
import { openCosts } from '../stock/costs.ts';
import { type ItemViewParts, itemView, taughtByItem } from '../stock/item-view.ts';
import { formerItem, levelItems } from '../stock/levels.ts';
import type { AuthEnv } from './auth.ts';
import { notFound, problem } from './problem.ts';

export type StockRouteParts = {
  readonly ledger: LedgerReader;
  readonly lots: LotStore;
  readonly moves: MoveStore;
  readonly barcodes: Pick<BarcodeStore, 'all'>;
  readonly knowledge: Knowledge;
  readonly board: Board;
  readonly now: () => number;
  /** Instant to business day of the store. */
  readonly dayOf: (at: number) => number;
};

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 1_000;

export function stockRoutes(parts: StockRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/stock', (c) => {
    const book = parts.knowledge.at(parts.now())?.kitchen.items.values() ?? [];
    const view = viewParts(parts);
    const items = levelItems(parts.ledger, book).map((item) =>
      itemView(view, item, parts.board.until(item.id)),
    );
    return c.json({ items, seq: parts.ledger.seq() });
  });
  app.get('/stock/:item', (c) => {
    const code = c.req.param('item');
    const known = parts.knowledge.at(parts.now())?.kitchen.items.get(code);
    const moved = parts.ledger.items.find(code) !== undefined;
    const item = known ?? (moved ? formerItem(parts.ledger, code) : undefined);
    if (!item) return problem(c, 404, 'unknown_item', notFound(`item ${code}`));
    return c.json(itemView(viewParts(parts), item, parts.board.until(item.id)));
  });
  app.get('/menu', (c) => {
    const kitchen = parts.knowledge.at(parts.now())?.kitchen;
    const dishes = parts.board.menu().map((entry) => {
      const name = kitchen?.recipes.get(entry.recipe)?.name ?? {};
      return { ...entry, name, search: searchKeys(name) };
    });
    return c.json({ dishes });
  });
  app.get('/moves', (c) => readMoves(parts, c));
  return app;
}

/** Costs and barcodes as they are now. */
function viewParts(parts: StockRouteParts): ItemViewParts {
  const { ledger } = parts;
  const lots = readOnce(parts.lots);
  const kitchen = () => parts.knowledge.at(parts.now())?.kitchen;
  const costs = openCosts({ ledger, lots, kitchen });
  return { ledger, lots, costs, taught: taughtByItem(parts.barcodes.all()) };
}

/** A lot is asked for several times in one answer, and never changes. */
function readOnce(lots: LotStore): LotStore {
  const read = new Map<number, Lot | undefined>();
  return {
    ...lots,
    get(id) {
      if (!read.has(id)) read.set(id, lots.get(id));
      return read.get(id);
    },
  };
}

function readMoves(parts: StockRouteParts, c: Context): Response {
  const { item, from, to, cursor, limit, order } = c.req.query();
  const number = item === undefined ? undefined : parts.ledger.items.find(item);
  if (item !== undefined && number === undefined) return c.json({ moves: [], cursor: null });
  const count = Math.min(
    LIMIT_MAX,
    Math.max(1, Math.trunc(Number(limit ?? LIMIT_DEFAULT)) || LIMIT_DEFAULT),
  );
  const times = { from: instantOf(parts, from, false), to: instantOf(parts, to, true) };
  if (cursor !== undefined && !/^\d{1,16}$/.test(cursor)) {
    return problem(c, 400, 'bad_cursor', {
      en: 'send the cursor of the page before as it is',
      zh: '请原样发送上一页返回的 cursor',
    });
  }
  if (Number.isNaN(times.from) || Number.isNaN(times.to)) {
    return problem(c, 400, 'bad_time', {
      en: 'from and to are business days (2026-11-22, both included) or times (2026-11-22T12:00:00%2B08:00, to excluded)',
      zh: 'from 和 to 应为营业日(2026-11-22,含首尾)或时间(2026-11-22T12:00:00%2B08:00,不含 to)',
    });
  }
  const rows = parts.moves.read({
    ...(number === undefined ? {} : { item: number }),
    ...(times.from === undefined ? {} : { from: times.from }),
    ...(times.to === undefined ? {} : { to: times.to }),
    ...(cursor === undefined ? {} : { cursor: Number(cursor) }),
    limit: count,
    newestFirst: order === 'desc',
  });
  const last = rows.length === count ? rows.at(-1)?.id : undefined;
  return c.json({
    moves: rows.map((row) => moveView(parts.ledger, row)),
    cursor: last === undefined ? null : String(last),
  });
}

/** An instant as given; a bare date is that business day, the last one included. */
function instantOf(
  parts: StockRouteParts,
  text: string | undefined,
  end: boolean,
): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    // Without an offset it would be a time in the zone of this machine.
    return instantSchema.safeParse(text).success ? Date.parse(text) : Number.NaN;
  }
  if (!isDay(text)) return Number.NaN;
  const day = dayNumber(text);
  return startOfDay(parts.dayOf, end ? nextDay(day) : day);
}

/** A move with the document behind it. */
function moveView(ledger: LedgerReader, row: MoveRow) {
  return {
    seq: row.seq,
    at: new Date(row.occurredAt).toISOString(),
    recordedAt: new Date(row.recordedAt).toISOString(),
    kind: row.kind,
    item: ledger.items.code(row.item),
    lot: row.lot === UNALLOCATED ? 'unallocated' : row.lotCode,
    from: placeName(row.from) ?? String(row.from),
    to: placeName(row.to) ?? String(row.to),
    amount: decimalFromMicro(row.amount),
    unit: ledger.items.unit(row.item),
    document: {
      kind: row.saleId !== null ? 'sale' : row.command !== null ? 'command' : row.kind,
      id: row.saleId ?? row.command ?? String(row.seq),
      event: row.eventId,
      actor: row.actor,
    },
  };
}
