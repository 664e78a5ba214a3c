/**
 * Where everything lies on the paper, in dots of the print head (8 in a millimetre). The bytes and the
 * picture both follow it, so that one looks like the other.
 */
import { encode } from 'uqr';
import type { Columns, Slip, SlipLine } from '#recipes/slips/slip.ts';

/** A column is 12 dots, a letter 24 high: font A of every receipt printer. */
export const COLUMN = 12;
export const LETTER = 24;
/** From one line to the next. */
export const LINE = 30;
/** White above and below a code. */
const CODE_GAP = 16;
/** What is fed before the paper is cut. */
export const FEED = 3;

export type Placed = { readonly line: SlipLine; readonly top: number; readonly height: number };

export type Sheet = {
  /** Of the print head: 576 or 384. */
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Placed[];
};

/** Places every line of a slip below the one before. */
export function sheetOf(slip: Slip): Sheet {
  const width = headOf(slip.columns);
  let top = 0;
  const lines = slip.lines.map((line) => {
    const height = heightOf(line, width);
    const placed = { line, top, height };
    top += height;
    return placed;
  });
  return { width, height: top, lines };
}

/** Dots of the print head. */
export function headOf(columns: Columns): number {
  return columns * COLUMN;
}

export type Code = {
  /** Rows of modules, true = black, without the white around it. */
  readonly rows: readonly (readonly boolean[])[];
  /** Dots of one module. */
  readonly module: number;
  readonly left: number;
  readonly gap: number;
};

/** A QR code in the middle of the paper. Modules as large as half the paper allows, 3 to 6 dots. */
export function codeOf(data: string, width: number): Code {
  const { data: rows, size } = encode(data, { ecc: 'M', border: 0, boostEcc: false });
  const module = Math.max(3, Math.min(6, Math.floor(width / 2 / (size + 8))));
  return { rows, module, left: Math.floor((width - size * module) / 2), gap: CODE_GAP };
}

function heightOf(line: SlipLine, width: number): number {
  if (line.kind === 'text') return LINE * line.size;
  if (line.kind === 'cut') return FEED * LINE;
  const { rows, module, gap } = codeOf(line.data, width);
  return rows.length * module + 2 * gap;
}
