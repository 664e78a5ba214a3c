/**
 * Brings what was sold since a book's minute to what the book says, when the book came after it: a few
 * sales to a transaction, with how far it came in the same transaction, so that a crash neither skips
 * nor doubles one.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { Ports } from '../runtime/ports.ts';

export type SalesSince = {
  /** The first business day after this one that has sales. */
  dayAfter(day: number): number | undefined;
  /** Numbers of a day's sales after one of them, sold from `from` on and before `to`, ascending. */
  soldBetween(day: number, after: number, from: number, to: number, limit: number): number[];
};

export type LateParts = {
  readonly ledger: Ledger;
  readonly sales: SalesSince;
  readonly now: () => number;
  readonly ports: Pick<Ports, 'mono' | 'soon'>;
};

/** How far it came. */
export type LateProgress = {
  readonly day: number;
  /** Number of the last sale of that day that was looked at. */
  readonly after: number;
  /** Sales that got a difference. */
  readonly corrected: number;
};

export type LateRange = {
  /** When it counts from, and until when: the start of the next book, or for ever. */
  readonly from: number;
  readonly to: number;
};

const SALES_READ = 100;
const SLICE_MS = 8;

/**
 * @param correct posts the difference of one sale, inside the transaction; how many moves it took
 * @param keep stores the progress, inside the transaction
 * @returns how many sales got a difference
 */
export async function correctLate(
  parts: LateParts,
  range: LateRange,
  begun: LateProgress,
  correct: (sale: number) => number,
  keep: (progress: LateProgress) => void,
): Promise<number> {
  let at = begun;
  for (;;) {
    const { day, after } = at;
    const sales = parts.sales.soldBetween(day, after, range.from, range.to, SALES_READ);
    if (sales.length === 0) {
      const next = parts.sales.dayAfter(day);
      if (next === undefined) return at.corrected;
      at = { ...at, day: next, after: 0 };
      continue;
    }
    at = parts.ledger.transact(() => {
      const done = slice(parts, at, sales, correct);
      keep(done);
      return done;
    });
    await new Promise<void>((resolve) => parts.ports.soon(resolve));
  }
}

function slice(
  { ports }: LateParts,
  at: LateProgress,
  sales: readonly number[],
  correct: (sale: number) => number,
): LateProgress {
  const begun = ports.mono();
  let { after, corrected } = at;
  for (const sale of sales) {
    if (correct(sale) > 0) corrected++;
    after = sale;
    if (ports.mono() - begun >= SLICE_MS) break;
  }
  return { ...at, after, corrected };
}
