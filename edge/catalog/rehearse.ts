/**
 * The last days once more under a book that is not adopted: what they would have taken, what that
 * would have cost, and which dishes it does not know. In slices, so that no sale waits for it.
 */
import { addMicro, decimalFromMicro, scaleMicro } from '#recipes/amount.ts';
import type { Book } from '#recipes/contracts/book.ts';
import type { SoldLine } from '#recipes/contracts/pos-event.ts';
import { type Kitchen, openKitchen, type Take } from '#recipes/kitchen.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { LotStore } from '../ledger/lot-store.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';
import type { UnitTake } from '../recipe-book/resolve-line.ts';
import type { Ports } from '../runtime/ports.ts';
import { openCosts, priceText } from '../stock/costs.ts';

export type RehearseParts = {
  readonly ledger: LedgerReader;
  readonly lots: LotStore;
  readonly knowledge: Knowledge;
  /** Sales of the last so many business days, newest day first, read one by one. */
  readonly sold: (days: number) => Iterable<SoldContent>;
  readonly ports: Pick<Ports, 'now' | 'mono' | 'soon'>;
};

/** A sale as it was made. */
export type SoldContent = {
  readonly occurredAt: number;
  readonly channel: string | undefined;
  readonly lines: readonly {
    readonly line: SoldLine;
    /** Millionths of a sold unit. */
    readonly qty: number;
    /** Of what the line took, how much is out of stock after voids and refunds. */
    out(taken: number): number;
  }[];
};

export type Rehearsal = {
  readonly days: number;
  readonly sales: number;
  /** Only the newest sales were looked at: there are more than fit. */
  readonly more: boolean;
  /** Items of which another amount would have left stock, those with most money first; decimal texts in the base unit. */
  readonly items: readonly {
    readonly item: string;
    readonly unit: string;
    readonly before: string;
    readonly after: string;
  }[];
  /** How many items that are, also those beyond the list. */
  readonly changed: number;
  /** Money of everything that left stock; what nobody knows the cost of is left out. */
  readonly cost: { readonly before: string; readonly after: string };
  /** Codes that were sold and that the book does not know, with the quantity sold; they would wait. */
  readonly unknown: readonly {
    readonly sku: string;
    readonly qty: string;
    /** Of a modifier: the code of a dish that it was sold on. */
    readonly on?: string;
  }[];
  readonly unknownCount: number;
  /** Lines that wait today and would not. */
  readonly released: number;
};

export const REHEARSED_DAYS = 7;
const SALES_MAX = 50_000;
const SLICE_MS = 8;
const LISTED_MAX = 30;

type Unknown = { readonly qty: number; readonly on?: string };

/** Per item the millionths that left stock, by what holds now and under the other book. */
type Sums = Map<string, { before: number; after: number }>;

/** @param book checked */
export async function rehearseBook(parts: RehearseParts, book: Book): Promise<Rehearsal> {
  const kitchen = openKitchen(book);
  const numbers = numbering(parts.ledger);
  const under = parts.knowledge.under(kitchen, numbers.number);
  const sums: Sums = new Map();
  const unknown = new Map<string, Unknown>();
  let sales = 0;
  let more = false;
  let released = 0;
  await turn(parts);
  let since = parts.ports.mono();
  for (const sale of parts.sold(REHEARSED_DAYS)) {
    if (sales >= SALES_MAX) {
      more = true;
      break;
    }
    sales++;
    for (const { line, qty, out } of sale.lines) {
      const was = parts.knowledge.resolve(line, sale.channel, sale.occurredAt);
      const is = under(line, sale.channel);
      const add = (side: 'before' | 'after', takes: readonly UnitTake[]) =>
        addTakes(sums, side, takes, (perUnit) => out(scaleMicro(perUnit, qty)), numbers.code);
      if (was.kind === 'takes') add('before', was.takes);
      if (is.kind === 'takes') add('after', is.takes);
      if (is.kind === 'held' && was.kind !== 'held') {
        const known = unknown.get(is.sku) ?? { qty: 0, ...(is.modifier ? { on: line.sku } : {}) };
        unknown.set(is.sku, { ...known, qty: known.qty + qty });
      }
      if (is.kind !== 'held' && was.kind === 'held') released++;
    }
    if (parts.ports.mono() - since < SLICE_MS) continue;
    await turn(parts);
    since = parts.ports.mono();
  }
  return {
    days: REHEARSED_DAYS,
    sales,
    more,
    ...whatChanges(parts, kitchen, sums),
    unknown: [...unknown]
      .sort(([, a], [, b]) => b.qty - a.qty)
      .slice(0, LISTED_MAX)
      .map(([sku, { qty, ...on }]) => ({ sku, qty: decimalFromMicro(qty), ...on })),
    unknownCount: unknown.size,
    released,
  };
}

/** Lets everything else run first. */
function turn({ ports }: RehearseParts): Promise<void> {
  return new Promise((resolve) => ports.soon(resolve));
}

/** A sale of more than the ledger can hold waits for a person anyway; it is no reason to stop here. */
function addTakes(
  sums: Sums,
  side: 'before' | 'after',
  takes: readonly UnitTake[],
  out: (perUnit: number) => number,
  code: (number: number) => string,
): void {
  for (const { item, amount } of takes) {
    const name = code(item);
    const sum = sums.get(name) ?? { before: 0, after: 0 };
    sums.set(name, sum);
    try {
      sum[side] = addMicro(sum[side], out(amount));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
}

/** Items of the other book that have no number here yet get one below 0, for this rehearsal only. */
function numbering({ items }: LedgerReader) {
  const fresh = new Map<string, number>();
  const codes = new Map<number, string>();
  return {
    number(code: string): number {
      const known = items.find(code) ?? fresh.get(code);
      if (known !== undefined) return known;
      const number = -1 - fresh.size;
      fresh.set(code, number);
      codes.set(number, code);
      return number;
    },
    code: (number: number) => codes.get(number) ?? items.code(number),
  };
}

function whatChanges(
  parts: RehearseParts,
  kitchen: Kitchen,
  sums: Sums,
): Pick<Rehearsal, 'items' | 'changed' | 'cost'> {
  const { ledger, lots, knowledge, ports } = parts;
  const now = knowledge.at(ports.now())?.kitchen;
  const before = openCosts({ ledger, lots, kitchen: () => now });
  const after = openCosts({ ledger, lots, kitchen: () => kitchen });
  const takes = (side: 'before' | 'after'): Take[] =>
    [...sums].map(([item, sum]) => ({ item, amount: sum[side] }));
  const changed = [...sums].filter(([, sum]) => sum.before !== sum.after);
  const weight = (item: string, amount: number) => {
    const { money } = after.of([{ item, amount: Math.abs(amount) }]);
    return Number(money.n) / Number(money.d);
  };
  const listed = changed
    .map(([item, sum]) => ({ item, sum, weight: weight(item, sum.after - sum.before) }))
    .sort((a, b) => b.weight - a.weight || (a.item < b.item ? -1 : 1))
    .slice(0, LISTED_MAX);
  return {
    items: listed.map(({ item, sum }) => ({
      item,
      unit: kitchen.items.get(item)?.unit ?? now?.items.get(item)?.unit ?? 'g',
      before: decimalFromMicro(sum.before),
      after: decimalFromMicro(sum.after),
    })),
    changed: changed.length,
    cost: {
      before: priceText(before.of(takes('before')).money),
      after: priceText(after.of(takes('after')).money),
    },
  };
}
