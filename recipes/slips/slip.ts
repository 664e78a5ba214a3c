/**
 * A slip as it lies on paper: lines that are already laid out, so that the printer, the picture on the
 * screen and a test all see the same text at the same column.
 */

/** Columns of the paper: 80 mm and 58 mm. */
export type Columns = 48 | 32;

export type SlipLanguage = 'zh' | 'en';

/** How a printer is given letters beyond ASCII: as GB18030 bytes, or drawn. */
export type Chinese = 'gb18030' | 'image';

export type SlipLine =
  /** `text` is at most `columns` wide at size 1, at most half of that at size 2 (double width and height). */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly size: 1 | 2;
      readonly bold: boolean;
      /** This way whatever the printer is set to: for the self-test. */
      readonly as?: Chinese;
    }
  /** Whatever stands below it is a text line of its own. */
  | { readonly kind: 'qr'; readonly data: string }
  | { readonly kind: 'cut' };

export type SlipKind =
  | 'suggestion'
  | 'order'
  | 'prep-label'
  | 'expiry-label'
  | 'offcut-label'
  | 'sample-label'
  | 'waste'
  | 'transfer'
  | 'self-test';

export type Slip = {
  readonly kind: SlipKind;
  readonly columns: Columns;
  readonly language: SlipLanguage;
  readonly lines: readonly SlipLine[];
};
