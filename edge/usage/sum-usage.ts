/**
 * Sums what left the larder by item and business day, and by hour for the last weeks, from the moves of
 * the ledger. A loop in the background does it, a bounded stretch of entries at a time with the cursor in
 * the same transaction: no sale waits for it, a restart goes on where it stopped, and everything can be
 * thrown away and summed again.
 *
 * Used is what guests and staff took: the places sold, comp and staff, less what came back from them. It
 * counts on the day of what it takes back: a void has the day of its sale by itself, a reversal gets that
 * of the entry it names. Waste, trim, counts and what goes into a batch are not demand; what a batch took
 * is the demand of what was made of it (`made-demand`).
 */
import { PLACES } from '#recipes/ledger/place.ts';
import { localHour } from '#recipes/time/day-part.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { Ports } from '../runtime/ports.ts';
import { dayBefore } from './days.ts';
import { type DayChange, USING_KINDS, type UsageMove, type UsageStore } from './usage-store.ts';

export type UsageParts = {
  readonly store: UsageStore;
  readonly ledger: Pick<LedgerReader, 'seq'>;
  /** Instant to business day of the store. */
  readonly dayOf: (at: number) => number;
  readonly timezone: string;
  readonly ports: Pick<Ports, 'now' | 'soon'>;
};

export type UsageSums = {
  /** One stretch; more follow at the end of each turn of the event loop until everything is summed. */
  round(): void;
  /** Resolves when everything that is in the ledger now is summed. */
  caughtUp(): Promise<void>;
  /** Grows whenever a day that was over has changed: what was learned from it is out of date. */
  pastVersion(): number;
  /** The file is about to be closed: what was put off is not done. */
  stop(): void;
  /** Throws the sums away; the next rounds make them again. */
  forget(): void;
};

/** Entries summed in one go: a few milliseconds, the commit included. */
export const STRETCH = 400;
/** Days whose hours are kept. */
export const HOURS_KEPT = 56;

export function openUsageSums(parts: UsageParts): UsageSums {
  const { store, ledger, ports } = parts;
  const hourOf = localHour(parts.timezone);
  let past = 0;
  let going = false;
  let stopped = false;

  function forget(): void {
    store.clear();
    past++;
  }

  function stretch(): boolean {
    const today = parts.dayOf(ports.now());
    // The clock was far ahead for a while: hours that are wanted again have gone, and come back like this.
    if (store.seen().hoursFrom > today) forget();
    const { seq } = store.seen();
    const to = Math.min(seq + STRETCH, ledger.seq());
    if (to <= seq) return false;
    const touched = store.together(() => sumStretch(parts, hourOf, seq, to, today));
    if (touched) past++;
    return to < ledger.seq();
  }

  function round(): void {
    if (going || stopped || !stretch()) return;
    going = true;
    ports.soon(() => {
      going = false;
      round();
    });
  }

  return {
    round,
    async caughtUp() {
      const goal = ledger.seq();
      while (!stopped && store.seen().seq < goal) {
        stretch();
        await new Promise<void>((resolve) => ports.soon(resolve));
      }
    },
    pastVersion: () => past,
    stop() {
      stopped = true;
    },
    forget,
  };
}

/** @returns whether a day before `today` has changed */
function sumStretch(
  { store }: UsageParts,
  hourOf: (at: number) => number,
  seq: number,
  to: number,
  today: number,
): boolean {
  const days = new Map<number, DayChange>();
  const hours = new Map<string, [item: number, day: number, hour: number, amount: number]>();
  const hoursFrom = Math.max(store.seen().hoursFrom, dayBefore(today, HOURS_KEPT - 1));
  for (const move of store.moves(seq, to)) {
    const change = changeOf(move);
    if (change === undefined) continue;
    const { day, at } = whenOf(store, move);
    const sum = dayChange(days, move.item, day);
    sum.amount += change.amount;
    sum.stock += change.stock;
    if (change.amount === 0) continue;
    if (change.amount > 0 && USING_KINDS.has(move.kind)) sum.lastAt = Math.max(sum.lastAt ?? 0, at);
    if (day < hoursFrom) continue;
    const hour = hourOf(at);
    const key = `${day} ${move.item} ${hour}`;
    const known = hours.get(key) ?? [move.item, day, hour, 0];
    known[3] += change.amount;
    hours.set(key, known);
  }
  for (const sum of days.values()) store.add(sum);
  for (const hour of hours.values()) store.addHour(...hour);
  store.mark({ seq: to, hoursFrom });
  return [...days.values()].some(({ day }) => day < today);
}

/** Places from which nothing comes back for another guest: what arrives there was wanted. */
export const DEMAND_PLACES: ReadonlySet<number> = new Set([PLACES.sold, PLACES.comp, PLACES.staff]);

function changeOf({ src, dst, amount }: UsageMove): { amount: number; stock: number } | undefined {
  const used = (DEMAND_PLACES.has(dst) ? amount : 0) - (DEMAND_PLACES.has(src) ? amount : 0);
  const stock = (dst === PLACES.stock ? amount : 0) - (src === PLACES.stock ? amount : 0);
  return used === 0 && stock === 0 ? undefined : { amount: used, stock };
}

/** The day and the instant that a move counts for: of a sale its first entry, of a reversal what it takes back. */
function whenOf(store: UsageStore, move: UsageMove): { day: number; at: number } {
  let entry: Pick<UsageMove, 'day' | 'occurredAt' | 'sale' | 'reverses'> = move;
  while (entry.reverses !== null) {
    const origin = store.origin(entry.reverses);
    if (!origin) break;
    entry = origin;
  }
  const { day, occurredAt, sale } = entry;
  const own = sale === null || USING_KINDS.has(move.kind);
  return { day, at: own ? occurredAt : (store.soldAt(sale) ?? occurredAt) };
}

function dayChange(days: Map<number, DayChange>, item: number, day: number): DayChange {
  const key = item * 100_000_000 + day;
  const known = days.get(key);
  if (known) return known;
  const fresh: DayChange = { item, day, amount: 0, stock: 0, lastAt: null };
  days.set(key, fresh);
  return fresh;
}
