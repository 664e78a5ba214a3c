/** The tiles of a screen: what is usually wasted or trimmed here at this time of day, and how much of it. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { Kitchen, StockItem } from '#recipes/kitchen.ts';
import type { EntryKind } from '#recipes/ledger/entry.ts';
import { compare, ONE } from '#recipes/rational.ts';
import { mostUsual, type Usage } from '#recipes/tiles/usual.ts';
import { startOfDay } from '#recipes/time/business-day.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { EntryViewStore } from './entry-view-store.ts';

export type TilesParts = {
  readonly store: Pick<EntryViewStore, 'standing'>;
  readonly ledger: LedgerReader;
  readonly kitchen: () => Kitchen | undefined;
  readonly dayOf: (at: number) => number;
  readonly now: () => number;
};

export type Screen = 'waste' | 'trim';

export type Tiles = {
  readonly items: readonly string[];
  /** Codes of dishes. */
  readonly dishes: readonly string[];
  /** Usual amounts by item, decimal text in the base unit. */
  readonly amounts: Readonly<Record<string, readonly string[]>>;
  /** What the offcut of an item became last. */
  readonly lastTargets: Readonly<Record<string, string>>;
};

const DAYS_BACK = 28;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ITEMS_MAX = 40;
const AMOUNTS_MAX = 3;

const KINDS: Readonly<Record<Screen, readonly EntryKind[]>> = {
  waste: ['waste', 'consume'],
  trim: ['trim'],
};

/** The note of such an entry, as far as tiles need it. */
type Logged = {
  readonly item?: string;
  readonly sku?: string;
  readonly qty?: number;
  readonly in?: number;
  readonly station?: string;
  readonly outs?: readonly { readonly to: string; readonly item?: string }[];
};

type Entry = Logged & Omit<Usage, 'key'>;

export function tilesView(parts: TilesParts, screen: Screen, station: string | undefined): Tiles {
  const kitchen = parts.kitchen();
  const entries = readEntries(parts, screen, station);
  const items = mostUsual(
    entries.flatMap((e) => (e.item === undefined ? [] : [{ ...e, key: e.item }])),
  );
  const dishes = mostUsual(
    entries.flatMap((e) => (e.sku === undefined ? [] : [{ ...e, key: e.sku }])),
  );
  const known = items.filter((id) => kitchen?.items.has(id) === true);
  const filled = kitchen ? [...known, ...others(parts, kitchen, screen, station)] : known;
  return {
    items: [...new Set(filled)].slice(0, ITEMS_MAX),
    dishes: kitchen ? dishTiles(kitchen, dishes) : [],
    amounts: Object.fromEntries(known.map((id) => [id, usualAmounts(entries, id)])),
    lastTargets: screen === 'trim' ? lastTargets(entries, kitchen) : {},
  };
}

function readEntries(parts: TilesParts, screen: Screen, station: string | undefined): Entry[] {
  const now = parts.now();
  const clock = dayClock(parts.dayOf);
  const hour = clock(now);
  return KINDS[screen]
    .flatMap((kind) => parts.store.standing(kind, now - DAYS_BACK * DAY_MS))
    .map((row) => {
      const note = JSON.parse(row.note ?? '{}') as Logged;
      return {
        ...note,
        daysAgo: (now - row.occurredAt) / DAY_MS,
        hoursOff: Math.abs(clock(row.occurredAt) - hour),
        here: station !== undefined && note.station === station,
      };
    });
}

/** Hours since the start of the business day. */
function dayClock(dayOf: (at: number) => number): (at: number) => number {
  const starts = new Map<number, number>();
  return (at) => {
    const day = dayOf(at);
    const start = starts.get(day) ?? startOfDay(dayOf, day);
    starts.set(day, start);
    return (at - start) / HOUR_MS;
  };
}

/** What nobody has logged yet: what lies at this station, then the main things that are there. */
function others(
  parts: TilesParts,
  kitchen: Kitchen,
  screen: Screen,
  station: string | undefined,
): string[] {
  const there = [...kitchen.items.values()].filter((item) => {
    const number = parts.ledger.items.find(item.id);
    return number !== undefined && parts.ledger.shelf.onHand(number) > 0;
  });
  const fit = screen === 'waste' ? there : there.filter(isTrimmed);
  const rank = (item: StockItem) =>
    (item.station === station && station !== undefined ? 0 : 2) + (item.role === 'main' ? 0 : 1);
  return fit.sort((a, b) => rank(a) - rank(b)).map((item) => item.id);
}

/** What loses something before it goes into the pot. */
function isTrimmed(item: StockItem): boolean {
  return compare(item.yield, ONE) < 0;
}

/** Codes that mean a dish now: those logged before, then the others of the book. */
function dishTiles(kitchen: Kitchen, logged: readonly string[]): string[] {
  const sold = [...kitchen.recipes.values()].flatMap(({ skus }) => skus.slice(0, 1));
  const known = logged.filter((sku) => kitchen.meaning(sku)?.kind === 'dish');
  return [...new Set([...known, ...sold])].slice(0, ITEMS_MAX);
}

function usualAmounts(entries: readonly Entry[], item: string): string[] {
  const used = entries.flatMap((entry) => {
    const qty = entry.in ?? entry.qty;
    return entry.item !== item || qty === undefined ? [] : [{ ...entry, key: String(qty) }];
  });
  return mostUsual(used)
    .slice(0, AMOUNTS_MAX)
    .map((qty) => decimalFromMicro(Number(qty)));
}

/** Entries are oldest first, so the last one said stays. */
function lastTargets(
  entries: readonly Entry[],
  kitchen: Kitchen | undefined,
): Record<string, string> {
  const targets: Record<string, string> = {};
  for (const { item, outs } of entries) {
    const target = outs?.find(({ to }) => to === 'reuse')?.item;
    if (item !== undefined && target !== undefined && kitchen?.items.has(target) === true) {
      targets[item] = target;
    }
  }
  return targets;
}
