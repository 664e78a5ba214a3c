/**
 * What stands in the QR code of our own labels: `LR1|ITEM|LOT`. It names the lot itself, so that one
 * scan says item, lot and what is left of it. A badge carries `LB1|` and its secret.
 */

const LABEL = 'LR1|';

/** How the text of a badge begins, unless a store has badges of its own. */
export const BADGE_PREFIX = 'LB1|';

export type LabelCode = { readonly item: string; readonly lot: string };

/** The text of a label. Item ids have no `|`; a lot code may have one. */
export function makeLabelCode(item: string, lot: string): string {
  return `${LABEL}${item}|${lot}`;
}

/** What a label says; undefined when the text is none of our labels. */
export function readLabelCode(text: string): LabelCode | undefined {
  // A scanner that types into a Chinese keyboard may send the wide bar.
  const plain = text.replaceAll('｜', '|').trim();
  if (!plain.toUpperCase().startsWith(LABEL)) return undefined;
  const bar = plain.indexOf('|', LABEL.length);
  if (bar < 0) return undefined;
  const item = plain.slice(LABEL.length, bar);
  const lot = plain.slice(bar + 1);
  return item === '' || lot === '' ? undefined : { item, lot };
}
