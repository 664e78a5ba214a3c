/** A supplier's pack in words: "1 tray" has a name of its own, "2 kg" is a wrapping without one. */
import { parseQuantity } from '../quantity.ts';
import { rational } from '../rational.ts';
import { knownUnit } from '../unit-words.ts';
import { sayIfKnown } from '../words/words.ts';
import { exactAmount, paperAmount, wholePacks } from './figures.ts';
import type { SlipLanguage } from './slip.ts';

/** The name of one pack, "托", "tray"; undefined for one that is only an amount or several of a kind. */
export function packName(language: SlipLanguage, pack: string): string | undefined {
  const written = parseQuantity(pack);
  if (!written.ok || written.unit === undefined || knownUnit(written.unit)) return undefined;
  const { n, d } = rational(written.value.n, written.value.d);
  return n === 1n && d === 1n
    ? sayIfKnown(language, `unit.${written.unit}`, written.unit)
    : undefined;
}

/** What a suggestion says to order: "8托" where the pack has a name, "8kg" where it has none. */
export function suggestedText(
  language: SlipLanguage,
  line: { packText: string; packs: number; quantity: string; unit: string },
): string {
  const name = packName(language, line.packText);
  if (line.packs > 0 && name !== undefined) return `${line.packs}${name}`;
  return exactAmount(language, line.quantity, line.unit);
}

/** What an order says: "4件=8kg", or the amount alone when it is not in whole packs. */
export function orderedText(
  language: SlipLanguage,
  line: { pack: string; packAmount: string; ordered: string; unit: string },
): string {
  const amount = exactAmount(language, line.ordered, line.unit);
  const packs = wholePacks(line.ordered, line.packAmount);
  if (packs === null) return amount;
  return `${packs}${packName(language, line.pack) ?? NAMELESS[language]}=${amount}`;
}

/** One pack: "2kg/件", "30/tray". */
export function packSize(
  language: SlipLanguage,
  line: { pack: string; packAmount: string; unit: string },
): string {
  const amount = paperAmount(language, line.packAmount, line.unit);
  return `${amount}/${packName(language, line.pack) ?? NAMELESS[language]}`;
}

const NAMELESS: Readonly<Record<SlipLanguage, string>> = { zh: '件', en: 'pk' };
