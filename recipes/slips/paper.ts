/** Lines are put on a slip through this, so that none can be wider than the paper. */
import { assert } from '../assert.ts';
import {
  centred,
  cutText,
  padEnd,
  padStart,
  pairOf,
  type WrapOptions,
  wrapText,
} from './layout.ts';
import { isShowable, showable, widthOf } from './letters.ts';
import type { Chinese, Slip, SlipKind, SlipLine } from './slip.ts';
import type { SlipForm } from './slip-data.ts';

type Look = { readonly bold?: boolean; readonly size?: 1 | 2; readonly as?: Chinese };

/** A column of a table: its width and side. */
export type Cell = {
  readonly width: number;
  readonly side: 'left' | 'right';
};

/** Columns that a hand needs for a time. */
const LEAST_WRITING = 8;

export type Paper = ReturnType<typeof paperOf>;

/** A slip to be written from top to bottom. Every text is made `showable` on the way. */
export function paperOf({ columns, language }: SlipForm) {
  const lines: SlipLine[] = [];
  const put = (text: string, { bold = false, size = 1, as }: Look = {}) => {
    lines.push({ kind: 'text', text: text.trimEnd(), size, bold, ...(as && { as }) });
  };
  const wrap = (text: string, options: WrapOptions = {}, look: Look = {}) => {
    const width = columns / (look.size ?? 1);
    for (const line of wrapText(showable(text), width, options)) put(line, look);
  };
  return {
    columns,
    language,
    isWide: columns === 48,
    lines,
    /** As many lines as it takes, or as `options` allow. */
    wrap,
    /** The lines a text would take, to be put down in another way. */
    wrapped: (text: string, options: WrapOptions, size: 1 | 2 = 1): string[] =>
      wrapText(showable(text), columns / size, options),
    /** One line, in the middle, cut when it is too long. */
    middle(text: string, look: Look = {}) {
      const width = columns / (look.size ?? 1);
      put(centred(cutText(showable(text), width), width), look);
    },
    /** Left and right on one line; on lines of their own when they are too long. A figure is never cut. */
    pair(left: string, right: string, look: Look = {}) {
      const [one, two] = [showable(left), showable(right)];
      const line = pairOf(one, two, columns);
      if (line !== undefined) return put(line, look);
      wrap(one, { lines: 2 }, look);
      for (const part of wrapText(two, columns, { lines: 2 })) put(padStart(part, columns), look);
    },
    /**
     * A row of a table. The first cell is a name: too long, it goes on lines of its own above the
     * figures (at most two). Where the figures do not fit their cells they follow each other.
     */
    row(cells: readonly Cell[], texts: readonly string[], look: Look = {}) {
      const [name = '', ...figures] = texts.map(showable);
      const [first, ...others] = cells;
      assert(first !== undefined && others.length === figures.length, 'a row has a text per cell');
      const right = rightPart(others, figures, columns);
      const room = columns - widthOf(right);
      if (widthOf(name) <= Math.min(room, first.width))
        return put(padEnd(name, room) + right, look);
      const trimmed = right.trimStart();
      const line = pairOf(name, trimmed, columns);
      if (line !== undefined) return put(line, look);
      wrap(name, { lines: 2, hang: 1 }, look);
      put(padStart(trimmed, columns), look);
    },
    rule(letter: '-' | '=' = '-') {
      put(letter.repeat(columns));
    },
    /** Room to write by hand: captions, each with a line behind it that fills the paper. */
    writing(...captions: readonly string[]) {
      const gaps = captions.length - 1;
      const shown = captions.map(showable);
      const free = columns - shown.reduce((sum, one) => sum + widthOf(one) + 1, 0) - gaps;
      const each = Math.floor(free / captions.length);
      if (each < LEAST_WRITING && gaps > 0) for (const one of shown) this.writing(one);
      else put(shown.map((one) => `${one} ${'_'.repeat(Math.max(0, each))}`).join(' '));
    },
    qr(data: string) {
      lines.push({ kind: 'qr', data: data.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, '') });
    },
    cut() {
      lines.push({ kind: 'cut' });
    },
    done(kind: SlipKind): Slip {
      return checkedSlip({ kind, columns, language, lines });
    },
  };
}

/** The slip itself, when every line fits the paper and can be printed. */
export function checkedSlip(slip: Slip): Slip {
  for (const line of slip.lines) {
    if (line.kind !== 'text') continue;
    const width = widthOf(line.text) * line.size;
    assert(width <= slip.columns, `a line of ${width} columns on ${slip.columns}: "${line.text}"`);
    assert([...line.text].every(isShowable), `a letter that no printer has: "${line.text}"`);
  }
  return slip;
}

/** The figures of a row, right-aligned at the ends of their cells, pushed on where one is too wide. */
function rightPart(cells: readonly Cell[], figures: readonly string[], columns: number): string {
  let text = '';
  figures.forEach((figure, i) => {
    const { width = 0, side = 'right' } = cells[i] ?? {};
    const short = cutText(figure, Math.max(width, columns / 2));
    text += side === 'right' ? padStart(` ${short}`, width) : padEnd(` ${short}`, width);
  });
  // Too much for one line even without the name: blanks go first.
  return widthOf(text) <= columns ? text : cutText(figures.join(' '), columns);
}
