/** How much of what is sold the book knows: the share of the sold quantity, and the codes seen. */
import type { Knowledge } from './knowledge.ts';

export type CoverageParts = {
  readonly knowledge: Pick<Knowledge, 'resolve'>;
  /** Millionths sold by code, over the days that count. */
  readonly sold: ReadonlyMap<string, number>;
  /** Codes of the dish lists that the terminals sent. */
  readonly listed: Iterable<string>;
  readonly now: number;
};

export type Coverage = {
  /** Codes that have a meaning, of all that were sold or listed. */
  readonly mapped: number;
  readonly total: number;
  /** 0 to 1, of the quantity sold; null while nothing was sold. What was said to mean nothing counts as known. */
  readonly soldShare: number | null;
};

export function coverageOf({ knowledge, sold, listed, now }: CoverageParts): Coverage {
  let mapped = 0;
  let known = 0;
  let all = 0;
  const codes = new Set([...sold.keys(), ...listed]);
  for (const sku of codes) {
    const means = knowledge.resolve({ sku, qty: 1 }, undefined, now).kind !== 'held';
    const qty = sold.get(sku) ?? 0;
    all += qty;
    if (!means) continue;
    mapped++;
    known += qty;
  }
  const share = all > 0 ? Math.round((known / all) * 10_000) / 10_000 : null;
  return { mapped, total: codes.size, soldShare: share };
}
