/**
 * What is being trimmed, what was weighed where, and what follows from it. Amounts are millionths of
 * the source's base unit. The box has the last word; the arithmetic is the same (recipes/waste/trim).
 */
import { decimalFromMicro, type Micro, microFromDecimal } from '#recipes/amount.ts';
import { ratio } from '#recipes/book/ratio.ts';
import { type Rational, rational } from '#recipes/rational.ts';
import { balanceTrim, type TrimTo } from '#recipes/waste/trim.ts';
import type { Lot, StockItem } from '../api-types.ts';

export const DESTS = ['usable', 'reuse', 'staff', 'bin'] as const satisfies readonly TrimTo[];
export type Dest = (typeof DESTS)[number];

/** What was weighed; what is missing was not. */
export type Weighed = Readonly<Partial<Record<Dest, Micro>>>;

export type Balance = {
  readonly amounts: Readonly<Record<Dest, Micro>>;
  /** The one that takes what is left; null = all of it was weighed. */
  readonly rest: Dest | null;
  /** What was weighed beyond what went in; 0 or less is fine. */
  readonly over: Micro;
  /** Usable and bin were weighed and something is missing: it goes to the bin. */
  readonly lost: Micro;
};

/**
 * What is left goes to the usable part as long as that was not weighed (who weighs the trimmings wants
 * just that), else to the bin.
 */
export function balanceOf(into: Micro, weighed: Weighed): Balance {
  const known = DESTS.reduce((sum, dest) => sum + (weighed[dest] ?? 0), 0);
  const left = into - known;
  const amounts = Object.fromEntries(DESTS.map((dest) => [dest, weighed[dest] ?? 0])) as Record<
    Dest,
    Micro
  >;
  const open = weighed.usable === undefined ? 'usable' : weighed.bin === undefined ? 'bin' : null;
  const rest = open ?? (left > 0 ? 'bin' : null);
  if (rest !== null && left > 0) amounts[rest] += left;
  return { amounts, rest, over: -left, lost: open === null ? Math.max(left, 0) : 0 };
}

/** Something was weighed, nothing was weighed twice. */
export function canSave(into: Micro | null, weighed: Weighed, target: string | null): boolean {
  if (into === null || into <= 0) return false;
  const balance = balanceOf(into, weighed);
  if (balance.over > 0 || Object.keys(weighed).length === 0) return false;
  return balance.amounts.reuse === 0 || target !== null;
}

export type TrimFigures = {
  /** Usable of what went in, 0 to 1. */
  readonly yield: number;
  /** What the book expects; null where it expects no loss. */
  readonly standard: number | null;
  /** Percentage points above (or below) the standard. */
  readonly points: number | null;
  /** Trimmings that the yield has counted already. */
  readonly contained: Micro;
  /** Money of what finds another use, about; null when nobody knows what the source cost. */
  readonly recovered: number | null;
};

/**
 * @param standard of the book, as written there
 * @param unitCost money per base unit, as the stock answer has it
 */
export function figuresOf(
  into: Micro,
  balance: Balance,
  standard: string | number | undefined,
  unitCost: string | null,
): TrimFigures | null {
  if (into <= 0 || balance.over > 0) return null;
  const book: Rational = standard === undefined ? rational(1n) : ratio(standard);
  const worth = unitCost === null ? null : Math.round(Number(unitCost) * (into / MICRO) * COST);
  const outs = DESTS.filter((dest) => balance.amounts[dest] > 0).map((to) => ({
    to,
    qty: balance.amounts[to],
    ...(to === 'reuse' ? { item: 'offcut' } : {}),
  }));
  const trimmed = balanceTrim(into, outs, book, worth);
  if ('code' in trimmed) return null;
  const made = trimmed.usable / into;
  const expected = Number(book.n) / Number(book.d);
  const reused = trimmed.outs.filter((out) => out.to === 'reuse');
  return {
    yield: made,
    standard: expected === 1 ? null : expected,
    points: expected === 1 ? null : Math.round((made - expected) * 1000) / 10,
    contained: trimmed.contained,
    recovered: worth === null ? null : reused.reduce((sum, o) => sum + (o.cost ?? 0), 0) / COST,
  };
}

const MICRO = 1_000_000;
const COST = 10_000;

/** Which lot a trim of `into` takes: the one chosen, else the first to be used if it is enough. */
export function lotFor(item: StockItem, into: Micro | null, chosen: string | null): Lot | null {
  const lots = item.lots.filter((lot) => lot.lot !== 'unallocated' && Number(lot.onHand) > 0);
  if (chosen !== null) return lots.find((lot) => lot.lot === chosen) ?? null;
  const [first] = lots;
  if (first === undefined) return null;
  return into === null || microFromDecimal(first.onHand) >= into ? first : null;
}

export type TrimSaid = {
  readonly item: string;
  readonly lot: string | null;
  readonly into: Micro;
  readonly weighed: Weighed;
  readonly target: string | null;
  readonly station?: string;
  readonly how?: { readonly path: string; readonly taps: number; readonly ms: number };
};

/** The data of `trim.log`. The remainder is left open: the box works it out to the last gram. */
export function trimData(said: TrimSaid) {
  const { amounts, rest } = balanceOf(said.into, said.weighed);
  const outs = DESTS.filter((dest) => amounts[dest] > 0).map((to) => ({
    to,
    ...(to === 'reuse' && said.target !== null ? { item: said.target } : {}),
    ...(to === rest ? {} : { qty: decimalFromMicro(amounts[to]) }),
  }));
  return {
    item: said.item,
    ...(said.lot === null ? {} : { lot: said.lot }),
    in: decimalFromMicro(said.into),
    outs,
    ...(said.station === undefined || said.station === '' ? {} : { station: said.station }),
    ...(said.how === undefined ? {} : { how: said.how }),
  };
}

/** 0.797 -> "79.7%". */
export function percent(part: number): string {
  return `${(part * 100).toFixed(1).replace(/\.0$/, '')}%`;
}
