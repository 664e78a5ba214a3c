import { decimalFromMicro, type Micro, microFromDecimal } from '#recipes/amount.ts';
import { roundPacks } from '#recipes/purchasing/round-packs.ts';
import type { CoverPart, SuggestedLine } from './order-types.ts';

/** The sum behind a suggested line, worked out again on this tablet from the figures that are shown. */
export type Recomputed = {
  readonly usable: string;
  /** need - lost + safety - usable - onOrder, never below nothing; base units. */
  readonly missing: string;
  /** What covers it by the rounding rule, before room, shelf life or a minimum have their say. */
  readonly asked: { readonly packs: number; readonly quantity: string };
  readonly packs: number;
  readonly quantity: string;
  /** Why more or fewer packs are suggested than the sum asks for. */
  readonly changedBy: readonly ChangedBy[];
  /** The figures of the box follow from each other, to the last digit. */
  readonly agrees: boolean;
};

export type ChangedBy = 'capped_by_max' | 'capped_by_shelf_life' | 'raised_to_minimum';

/** The figures of a line that its sum is made of. */
export type SumFigures = Pick<
  SuggestedLine,
  | 'need'
  | 'lost'
  | 'safety'
  | 'onHand'
  | 'expiring'
  | 'replacing'
  | 'usable'
  | 'onOrder'
  | 'missing'
  | 'packAmount'
  | 'rounding'
  | 'cap'
  | 'capBy'
  | 'raisedTo'
  | 'packs'
  | 'quantity'
>;

/** Recomputes the sum as a person with a pencil would: whoever reads it can trust every row of it. */
export function recompute(line: SumFigures): Recomputed {
  const usable = micro(line.onHand) - micro(line.expiring) + micro(replacing(line));
  const wanted = micro(line.need) - micro(line.lost ?? '0') + micro(line.safety);
  const missing = Math.max(0, wanted - usable - micro(line.onOrder));
  const pack = micro(line.packAmount);
  const asked = pack > 0 ? roundPacks(missing, pack, line.rounding) : 0;
  const cap = line.cap ?? null;
  const capped = cap === null || pack <= 0 ? asked : Math.min(asked, Math.floor(micro(cap) / pack));
  const packs = Math.max(capped, line.raisedTo ?? 0);
  const changedBy: ChangedBy[] = [];
  if (capped < asked)
    changedBy.push(line.capBy === 'shelf_life' ? 'capped_by_shelf_life' : 'capped_by_max');
  if (packs > capped) changedBy.push('raised_to_minimum');
  return {
    usable: decimalFromMicro(usable),
    missing: decimalFromMicro(missing),
    asked: { packs: asked, quantity: decimalFromMicro(asked * pack) },
    packs,
    quantity: decimalFromMicro(packs * pack),
    changedBy,
    agrees:
      usable === micro(line.usable) &&
      missing === micro(line.missing) &&
      packs === line.packs &&
      packs * pack === micro(line.quantity),
  };
}

/** What offcuts and surplus on the shelf add; base units. An older box says it only within `usable`. */
export function replacing(
  line: Pick<SuggestedLine, 'usable' | 'onHand' | 'expiring' | 'replacing'>,
): string {
  if (line.replacing !== undefined) return line.replacing;
  const left = Math.max(0, micro(line.onHand) - micro(line.expiring));
  return decimalFromMicro(Math.max(0, micro(line.usable) - left));
}

/** What of a day falls into the cover, base units. */
export function partOf(day: Pick<CoverPart, 'share' | 'mean' | 'need'>): string {
  return day.need ?? decimalFromMicro(Math.round(micro(day.mean) * Number(day.share)));
}

/** Decimal text of the wire as an exact amount; what is no number counts as nothing. */
export function micro(text: string): Micro {
  try {
    return microFromDecimal(text);
  } catch {
    return 0;
  }
}
