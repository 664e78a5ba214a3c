/** What a batch takes and what is said to the box: the arithmetic of the prep screen, without a screen. */
import {
  addMicro,
  decimalFromMicro,
  type Micro,
  microFromDecimal,
  proportion,
} from '#recipes/amount.ts';
import type { StockItem } from '../api-types.ts';
import { isUndone, type OutboxEntry } from '../outbox/entry.ts';
import type { Batch, BatchAnswer, Taken } from './prep-types.ts';

/** Base units that the first tap makes: what is suggested, else one run. */
export function firstAmount(batch: Batch): string {
  return Number(batch.suggested) > 0 ? batch.suggested : batch.makes;
}

/** Runs in an amount as a person counts them: 2, 1.5. */
export function runsOf(batch: Batch, amount: string): number {
  const makes = Number(batch.makes);
  return makes > 0 ? Math.round((Number(amount) / makes) * 100) / 100 : 0;
}

/** Base units of so many runs. */
export function amountOfRuns(batch: Batch, runs: number): string {
  return decimalFromMicro(Math.round(microFromDecimal(batch.makes) * runs));
}

/**
 * What a batch of `amount` takes, without asking the box: the inputs of the list in proportion, lots
 * unknown, shortage by what the tablet last knew.
 */
export function estimated(batch: Batch, amount: string, stock: readonly StockItem[]): Taken[] {
  const whole = microFromDecimal(firstAmount(batch));
  const part = microFromDecimal(amount);
  const onHand = new Map(stock.map((one) => [one.item, microFromDecimal(one.onHand)]));
  return batch.inputs.map((input) => {
    const need = whole > 0 ? proportion(microFromDecimal(input.qty), part, whole) : 0;
    const there = Math.max(0, onHand.get(input.item) ?? need);
    return {
      item: input.item,
      amount: decimalFromMicro(need),
      unit: input.unit,
      lots: [],
      missing: decimalFromMicro(Math.max(0, need - there)),
    };
  });
}

/** What the box would take (its rehearsal) or took, by item, in the order of the moves. */
export function takenOf(answer: Pick<BatchAnswer, 'moves' | 'short'>): Taken[] {
  const missing = new Map(answer.short.map((one) => [one.item, one.missing]));
  const items = new Map<string, { amount: Micro; unit: string; lots: Taken['lots'][number][] }>();
  for (const move of answer.moves) {
    if (move.from !== 'stock' || move.to !== 'production') continue;
    const one = items.get(move.item) ?? { amount: 0, unit: move.unit, lots: [] };
    one.amount = addMicro(one.amount, microFromDecimal(move.amount));
    if (move.lot !== UNALLOCATED) one.lots.push({ lot: move.lot, amount: move.amount });
    items.set(move.item, one);
  }
  return [...items].map(([item, { amount, unit, lots }]) => ({
    item,
    amount: decimalFromMicro(amount),
    unit,
    lots,
    missing: missing.get(item) ?? '0',
  }));
}

const UNALLOCATED = 'unallocated';

export function isShort(taken: readonly Taken[]): boolean {
  return taken.some((one) => Number(one.missing) > 0);
}

/** What is not there first, then as the recipe has it. */
export function shortFirst(taken: readonly Taken[]): Taken[] {
  return taken.toSorted((a, b) => Number(Number(b.missing) > 0) - Number(Number(a.missing) > 0));
}

export type BatchSaid = {
  readonly recipe: string;
  /** Planned, in base units. */
  readonly qty: string;
  /** What came out, when it is another amount. */
  readonly actual: string | null;
  readonly labels: number;
  readonly station?: string;
  readonly how?: { readonly path: string; readonly taps: number; readonly ms: number };
};

/** The data of `batch.produce`. */
export function batchData(said: BatchSaid) {
  return {
    recipe: said.recipe,
    qty: said.qty,
    ...(said.actual === null || said.actual === said.qty ? {} : { actual: said.actual }),
    labels: said.labels,
    ...(said.station === undefined || said.station === '' ? {} : { station: said.station }),
    ...(said.how === undefined ? {} : { how: said.how }),
  };
}

/** As many labels as for the last batch of this recipe here, else one. */
export function usualLabels(
  entries: readonly { readonly kind: string; readonly data: unknown }[],
  recipe: string,
): number {
  const last = entries.findLast(
    ({ kind, data }) =>
      kind === 'batch.produce' && (data as { recipe?: unknown }).recipe === recipe,
  );
  const labels = (last?.data as { labels?: unknown } | undefined)?.labels;
  return typeof labels === 'number' && labels > 0 ? labels : 1;
}

/**
 * What was made of each recipe here and has not reached the box, base units: the list of the box does not
 * know it yet, and nobody should make it twice.
 */
export function notYetThere(entries: readonly OutboxEntry[]): ReadonlyMap<string, string> {
  const made = new Map<string, string>();
  for (const entry of entries) {
    const waits = entry.kind === 'batch.produce' && entry.progress === 'waiting';
    if (!waits || isUndone(entries, entry.id)) continue;
    const { recipe, qty, actual } = entry.data as { recipe: string; qty: string; actual?: string };
    const sum = addMicro(
      microFromDecimal(made.get(recipe) ?? '0'),
      microFromDecimal(actual ?? qty),
    );
    made.set(recipe, decimalFromMicro(sum));
  }
  return made;
}

/** Cards: what is needed first, then what was made today; the rest is behind "ad-hoc". */
export function todaysCards(batches: readonly Batch[]): {
  readonly cards: readonly Batch[];
  readonly done: number;
} {
  const cards = batches.filter((one) => one.run > 0 || one.done !== null);
  return { cards, done: cards.filter((one) => isDone(one)).length };
}

/** Made today, and nothing more is needed. */
export function isDone(batch: Batch): boolean {
  return batch.done !== null && batch.run === 0;
}

/** The lot that came last, for its label; null when none is there. */
export function newestLot(item: StockItem | undefined): string | null {
  const lots = (item?.lots ?? []).filter((lot) => lot.lot !== 'unallocated');
  const at = (lot: (typeof lots)[number]) => Date.parse(lot.receivedAt ?? '') || 0;
  const newest = lots.toSorted((a, b) => at(b) - at(a) || (b.id ?? 0) - (a.id ?? 0))[0];
  return newest?.lot ?? null;
}
