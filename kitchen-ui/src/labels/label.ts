import type { Name } from '#recipes/words/words.ts';

/** What stands on a label, as the box says it. Amounts in base units, times RFC 3339. */
export type Label = {
  /** The text of its QR code. */
  readonly code: string;
  readonly item: string;
  readonly name: Name | string;
  readonly lot: string;
  readonly madeAt: string | null;
  readonly expiresAt: string | null;
  readonly openedAt: string | null;
  readonly allergens: readonly string[];
  readonly qty: string;
  readonly unit: string;
  /** Who made or opened it; null when nobody said. */
  readonly by: string | null;
};

/** Width of the roll or the die-cut label, millimetres. */
export type LabelForm = '58' | '40';

export const LABEL_FORMS: readonly LabelForm[] = ['58', '40'];
