import { microFromDecimal } from '#recipes/amount.ts';
import type { WasteLog } from '#recipes/contracts/kitchen-command.ts';
import { readableText } from '#recipes/words/readable.ts';
import { type Lang, type Name, nameIn, say, sayIfKnown } from '#recipes/words/words.ts';
import type { Dish, Lot, StockItem } from '../api-types.ts';
import { inBase, type Typed, unitLabel, written } from '../parts/typed-amount.ts';

/** What is thrown away: an item, one lot of it (from its label), or a cooked dish. */
export type What =
  | { readonly kind: 'item'; readonly item: StockItem }
  | { readonly kind: 'lot'; readonly item: StockItem; readonly lot: Lot }
  | { readonly kind: 'dish'; readonly dish: Dish };

/** How much, when somebody said so: digits with a unit, or all that is left of the lot. */
export type HowMuch =
  | { readonly kind: 'typed'; readonly typed: Typed }
  | { readonly kind: 'scale'; readonly grams: string }
  | { readonly kind: 'portions'; readonly n: number }
  | { readonly kind: 'whole' };

/** The way through the screen: A scale, B label, C usual amount, D digits, E cooked dish. */
export type Path = 'A' | 'B' | 'C' | 'D' | 'E';

/** The three answers of the screen; any of them may come first. */
export type Draft = {
  readonly what: What | null;
  readonly howMuch: HowMuch | null;
  readonly reason: string | null;
  readonly path: Path;
  readonly taps: number;
  /** When the first answer was given; 0 = none yet. */
  readonly startedAt: number;
};

export const EMPTY: Draft = {
  what: null,
  howMuch: null,
  reason: null,
  path: 'A',
  taps: 0,
  startedAt: 0,
};

/** One tap, which may have answered something. */
export function answered(draft: Draft, given: Partial<Draft>, now: number): Draft {
  const startedAt = draft.startedAt === 0 ? now : draft.startedAt;
  return { ...draft, taps: draft.taps + 1, startedAt, ...given };
}

/**
 * How much it is now: what was said, else all of a scanned lot, one dish, or what lies on the scale.
 * Null while nobody knows.
 * @param grams what lies still on the scale, null when nothing does
 */
export function amountOf(draft: Draft, grams: number | null): HowMuch | null {
  const { what, howMuch } = draft;
  if (what === null || howMuch !== null) return howMuch;
  if (what.kind === 'lot') return { kind: 'whole' };
  if (what.kind === 'dish') return { kind: 'portions', n: 1 };
  // A scale knows grams; what they are of a litre or a piece only the book could say.
  if (what.item.unit === 'g' && grams !== null) return { kind: 'scale', grams: String(grams) };
  return null;
}

/** In base units of the item, or null for dishes and units that only the box can convert. */
export function baseAmount(what: What, howMuch: HowMuch): string | null {
  if (what.kind === 'dish') return null;
  if (howMuch.kind === 'scale') return howMuch.grams;
  if (howMuch.kind === 'whole') return what.kind === 'lot' ? what.lot.onHand : what.item.onHand;
  if (howMuch.kind === 'typed') return inBase(howMuch.typed, what.item.unit);
  return null;
}

/** More than the box has on its books: noted, never refused. */
export function isOver(what: What | null, howMuch: HowMuch | null): boolean {
  if (what === null || howMuch === null || what.kind === 'dish') return false;
  const amount = baseAmount(what, howMuch);
  const onHand = what.kind === 'lot' ? what.lot.onHand : what.item.onHand;
  if (amount === null || howMuch.kind === 'whole') return false;
  return microFromDecimal(amount) > microFromDecimal(onHand);
}

/** The amount as a person reads it. */
export function amountText(lang: Lang, what: What, howMuch: HowMuch): string {
  if (howMuch.kind === 'portions') return say(lang, 'waste.portions', { n: howMuch.n });
  const base = baseAmount(what, howMuch);
  if (base !== null && what.kind !== 'dish') return readableText(lang, base, what.item.unit);
  if (howMuch.kind !== 'typed') return '';
  return `${howMuch.typed.text}\u00a0${unitLabel(lang, howMuch.typed.unit)}`;
}

/** The command once every answer is there, else null. */
export function wasteOf(
  draft: Draft,
  grams: number | null,
  station: string,
  now: number,
): { readonly data: WasteLog; readonly text: Name } | null {
  const { what, reason } = draft;
  const howMuch = amountOf(draft, grams);
  if (what === null || reason === null || howMuch === null) return null;
  const qty = qtyOf(howMuch);
  if (qty === null) return null;
  const data: WasteLog = {
    ...thing(what),
    ...(qty === undefined ? {} : { qty }),
    reason: reason as WasteLog['reason'],
    ...(station === '' ? {} : { station }),
    how: { path: draft.path, taps: draft.taps, ms: Math.max(0, now - draft.startedAt) },
  };
  return {
    data,
    text: { zh: textOf('zh', what, howMuch, reason), en: textOf('en', what, howMuch, reason) },
  };
}

/** Undefined = left out: all of the lot. Null = there is no number yet. */
function qtyOf(howMuch: HowMuch): string | undefined | null {
  switch (howMuch.kind) {
    case 'whole':
      return undefined;
    case 'scale':
      return howMuch.grams;
    case 'portions':
      return String(howMuch.n);
    case 'typed':
      return written(howMuch.typed);
  }
}

function thing(what: What): Pick<WasteLog, 'item' | 'lot' | 'sku'> {
  if (what.kind === 'dish') return { sku: what.dish.sku };
  if (what.kind === 'lot') return { item: what.item.item, lot: what.lot.lot };
  return { item: what.item.item };
}

function textOf(lang: Lang, what: What, howMuch: HowMuch, reason: string): string {
  const name =
    what.kind === 'dish'
      ? nameIn(lang, what.dish.name, what.dish.sku)
      : nameIn(lang, what.item.name, what.item.item);
  const quantity = amountText(lang, what, howMuch);
  return say(lang, 'waste.text', {
    name,
    quantity,
    reason: sayIfKnown(lang, `reason.${reason}`, reason),
  });
}
