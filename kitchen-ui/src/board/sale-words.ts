import { type Lang, type Name, nameIn, say, sayIfKnown } from '#recipes/words/words.ts';
import type { Sale, SaleLine } from '../api-types.ts';
import type { Tone } from '../parts/tone.ts';

/** How a sale's status looks: shape and word. */
export function saleMark(lang: Lang, sale: Sale): { tone: Tone; word: string } {
  const status = isVoided(sale) ? 'voided' : sale.status;
  return { tone: TONES[status] ?? 'idle', word: sayIfKnown(lang, `saleStatus.${status}`, status) };
}

/** Nothing of the sale is left: the POS said so, or every line was taken back. */
export function isVoided(sale: Sale): boolean {
  return VOIDED.has(sale.status) || (sale.lines.length > 0 && sale.lines.every(isLineVoided));
}

/** The whole of the line was taken back. */
export function isLineVoided(line: SaleLine): boolean {
  const voided = Number(line.voided ?? '0');
  return voided > 0 && voided >= Number(line.qty);
}

/**
 * `红烧肉盖饭 ×2 (加蛋)`: by the names of the book where it has them (the till knows one language), the
 * quantity only where it is not 1.
 */
export function lineText(
  lang: Lang,
  line: SaleLine,
  names: ReadonlyMap<string, Name | string>,
  modifierNames: ReadonlyMap<string, Name | string> = NO_NAMES,
): string {
  const name = nameIn(lang, names.get(line.sku) ?? line.name, nameIn(lang, line.name, line.sku));
  const modifiers = (line.modifiers ?? []).map(({ sku, name: said }) =>
    nameIn(lang, modifierNames.get(sku), said || sku),
  );
  const several = line.qty === '1' ? '' : `\u00a0×${line.qty}`;
  return name + several + (modifiers.length === 0 ? '' : ` (${modifiers.join(', ')})`);
}

/** The name of a lot; what was sold before it was received is in none. */
export function lotName(lang: Lang, lot: string | null): string {
  return lot === null || lot === '' || lot === 'unallocated' ? say(lang, 'item.unallocated') : lot;
}

const NO_NAMES: ReadonlyMap<string, Name | string> = new Map();
const VOIDED: ReadonlySet<string> = new Set(['voided', 'void']);

const TONES: Readonly<Record<string, Tone>> = {
  applied: 'ok',
  duplicate: 'ok',
  partial: 'low',
  held: 'low',
  conflict: 'out',
  quarantined: 'out',
  voided: 'gone',
  refunded: 'gone',
};
