/** The board's stores: one row each, made with a handful of statements however many stores there are. */
import { dayText } from '#recipes/time/business-day.ts';
import { waitingOrders } from '../orders/orders-store.ts';
import type { HqParts } from '../parts.ts';
import type { Books } from './books.ts';
import { addKnown, moneyText } from './figures.ts';
import {
  type CatalogFigures,
  catalogFigures,
  dayFigures,
  openAlarmKinds,
  transfersUnderWay,
} from './figures-store.ts';
import { instantOrNull } from './instants.ts';
import { byServer, mainColumns, type Past, readPasts, type SpokenPast, spoken } from './past.ts';
import { dayOf, knownTimezone } from './store-day.ts';
import { lagOf, otherBoxes, type StoreState, stateOf } from './store-state.ts';
import { wasteOf } from './waste-of-day.ts';

/** A store as the board shows it; times are RFC 3339, money is decimal text. */
export type StoreRow = {
  readonly store: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly role: 'store' | 'kitchen';
  readonly state: StoreState;
  /** How long the oldest entry that is not here has been missing; null = never heard. */
  readonly lagMs: number | null;
  readonly seenAt: string | null;
  readonly seq: number;
  readonly headSeq: number;
  readonly differences: number | null;
  readonly comparedAt: string | null;
  readonly twoBoxes: boolean;
  readonly lives: number;
  /** Things in the box's inbox that need a person. */
  readonly open: number;
  /** The business day that is now in the store. */
  readonly day: string;
  /** In which its moments are shown; null = not known. */
  readonly timezone: string | null;
  readonly sales: number;
  readonly wasteEntries: number;
  readonly waste: string | null;
  readonly ordersWaiting: number;
  readonly alarms: readonly string[];
  readonly catalog: CatalogFigures;
};

export type Board = {
  readonly now: string;
  readonly stores: readonly StoreRow[];
  readonly chain: {
    readonly stores: number;
    readonly sales: number;
    readonly waste: string | null;
    readonly ordersWaiting: number;
    readonly inTransit: number;
    readonly differences: number;
    readonly late: number;
    /** Of the money above; null where the stores have none or several. */
    readonly currency: string | null;
  };
};

export type StoreRows = {
  /** Of all stores; a moment old at most. */
  board(): Promise<Board>;
  /** Of these stores, read now. */
  rows(codes: readonly string[]): Promise<StoreRow[]>;
};

type Parts = Pick<HqParts, 'db' | 'ports'> & { readonly books: Books };
type Waste = { readonly key: string; readonly entries: number; readonly cost: bigint | null };
type Row = { readonly row: StoreRow; readonly cost: bigint | null };

/** Open boards ask together; they get one answer. */
const FRESH_MS = 400;

export function openStoreRows(parts: Parts): StoreRows {
  const wasted = new Map<number, Waste>();
  let kept: { readonly board: Promise<Board>; readonly until: number } | undefined;

  async function make(): Promise<Board> {
    const pasts = await readPasts(parts);
    const [rows, inTransit, goods] = await Promise.all([
      rowsOf(parts, wasted, pasts),
      transfersUnderWay(parts.db.chain),
      parts.books.goods(spoken(pasts)),
    ]);
    const currencies = new Set([...goods.values()].map(({ currency }) => currency));
    const [currency = null] = currencies.size === 1 ? currencies : [];
    return boardOf(rows, { inTransit, currency }, parts.ports.now());
  }

  return {
    board() {
      const now = parts.ports.mono();
      if (kept !== undefined && now < kept.until) return kept.board;
      const board = make();
      kept = { board, until: now + FRESH_MS };
      board.catch(() => {
        if (kept?.board === board) kept = undefined;
      });
      return board;
    },
    async rows(codes) {
      const rows = await rowsOf(parts, wasted, await readPasts(parts, codes));
      return rows.map(({ row }) => row);
    },
  };
}

function boardOf(
  rows: readonly Row[],
  more: Pick<Board['chain'], 'inTransit' | 'currency'>,
  now: number,
): Board {
  const stores = rows.map(({ row }) => row);
  const sum = (of: (row: StoreRow) => number) => stores.reduce((all, row) => all + of(row), 0);
  return {
    now: new Date(now).toISOString(),
    stores,
    chain: {
      stores: stores.length,
      sales: sum(({ sales }) => sales),
      waste: moneyText(rows.reduce<bigint | null>((all, { cost }) => addKnown(all, cost), null)),
      ordersWaiting: sum(({ ordersWaiting }) => ordersWaiting),
      differences: sum(({ differences }) => differences ?? 0),
      late: stores.filter(({ state }) => state === 'late' || state === 'silent').length,
      ...more,
    },
  };
}

async function rowsOf(parts: Parts, wasted: Map<number, Waste>, pasts: readonly Past[]) {
  const now = parts.ports.now();
  const days = new Map(pasts.map((past) => [past.store.id, dayOf(past)(now)]));
  const codes = pasts.map(({ store }) => store.code);
  const [sales, alarms, catalog, orders] = await Promise.all([
    readDays(parts, spoken(pasts), days, wasted),
    openAlarmKinds(parts.db.chain),
    catalogFigures(parts.db.chain, codes),
    countWaiting(parts, spoken(pasts)),
  ]);
  return pasts.map((past): Row => {
    const { store, main, lives } = past;
    const waste = wasted.get(store.id);
    const isToday = waste !== undefined && main !== undefined;
    const cost = isToday ? waste.cost : null;
    return {
      cost,
      row: {
        store: store.code,
        name: store.name,
        role: store.role,
        state: stateOf(past, now),
        lagMs: main === undefined ? null : lagOf(main, now),
        seenAt: instantOrNull(main?.seenAt),
        seq: main?.seq ?? 0,
        headSeq: Math.max(main?.headSeq ?? 0, main?.seq ?? 0),
        differences: main?.differences ?? null,
        comparedAt: instantOrNull(main?.comparedAt),
        twoBoxes: otherBoxes(past).length > 0,
        lives: lives.length,
        open: main?.box?.open ?? 0,
        day: dayText(days.get(store.id) ?? 0),
        timezone: knownTimezone(past),
        sales: sales.get(store.id) ?? 0,
        wasteEntries: isToday ? waste.entries : 0,
        waste: moneyText(cost),
        ordersWaiting: orders.get(store.id) ?? 0,
        alarms: alarms.get(store.code) ?? [],
        catalog: catalog.get(store.code) ?? { head: 0, taken: 0, refused: 0, waiting: 0 },
      },
    };
  });
}

/** Sales by store; brings `wasted` up to date for those whose entries have changed. */
async function readDays(
  parts: Parts,
  pasts: readonly SpokenPast[],
  days: ReadonlyMap<number, number>,
  wasted: Map<number, Waste>,
): Promise<Map<number, number>> {
  const sales = new Map<number, number>();
  const dayFor = ({ store }: SpokenPast) => days.get(store.id) ?? 0;
  const servers = await byServer(parts, pasts, ({ store }) => store.id);
  await Promise.all(
    servers.map(async ([db, own]) => {
      const figures = await dayFigures(db, [...mainColumns(own), own.map(dayFor)]);
      for (const figure of figures) sales.set(figure.store, figure.sales);
      const some = new Set(figures.filter(({ waste }) => waste > 0).map(({ store }) => store));
      const keyed = own.map((past) => ({ past, key: wasteKey(past, dayFor(past)) }));
      const changed = keyed.filter(({ past, key }) => wasted.get(past.store.id)?.key !== key);
      const look = changed.filter(({ past }) => some.has(past.store.id));
      const sums = await wasteOf(
        db,
        look.map(({ past }) => past),
        dayFor,
      );
      for (const { past, key } of changed) {
        const sum = sums.get(past.store.id) ?? { entries: 0, cost: null };
        wasted.set(past.store.id, { key, ...sum });
      }
    }),
  );
  return sales;
}

function wasteKey({ main }: SpokenPast, day: number): string {
  return `${main.id}:${main.seq}:${day}`;
}

async function countWaiting(
  parts: Parts,
  pasts: readonly SpokenPast[],
): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for (const [db, own] of await byServer(parts, pasts, ({ store }) => store.id)) {
    for (const { store, count } of await waitingOrders(db, mainColumns(own))) {
      counts.set(store, count);
    }
  }
  return counts;
}
