/** Text into lines of a given width, in columns. All of it takes text that `showable` let pass. */
import { assert } from '../assert.ts';
import { widthOf } from './letters.ts';

/** As much of the text as fits, with … where something is missing. */
export function cutText(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width < ELLIPSIS) return '.'.repeat(Math.max(0, width));
  return `${headOf(text, width - ELLIPSIS).trimEnd()}…`;
}

/** Blanks behind, up to the width. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Blanks before, up to the width: how figures stand below each other. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** In the middle; a column that is left over stands behind, where blanks need no paper. */
export function centred(text: string, width: number): string {
  return ' '.repeat(Math.max(0, Math.floor((width - widthOf(text)) / 2))) + text;
}

/** Left and right on one line with at least one blank between; undefined when they do not fit. */
export function pairOf(left: string, right: string, width: number): string | undefined {
  const gap = width - widthOf(left) - widthOf(right);
  if (left === '' || right === '')
    return gap >= 0 ? padStart(left + right, right ? width : 0) : undefined;
  return gap >= 1 ? left + ' '.repeat(gap) + right : undefined;
}

export type WrapOptions = {
  /** Blanks before every line, and more of them before all but the first. */
  readonly indent?: number;
  readonly hang?: number;
  /** At most so many lines; the last one is cut with …. */
  readonly lines?: number;
};

/** Broken after blanks and between Chinese letters; a word longer than a line is broken inside. */
export function wrapText(text: string, width: number, options: WrapOptions = {}): string[] {
  const { indent = 0, hang = 0, lines: most = Number.POSITIVE_INFINITY } = options;
  assert(width - indent - hang >= 2, `nothing fits into ${width - indent - hang} columns`);
  const lines: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const blanks = lines.length === 0 ? indent : indent + hang;
    const room = width - blanks;
    const isLast = lines.length + 1 >= most;
    const line = isLast ? cutText(rest, room) : lineOf(rest, room);
    lines.push(' '.repeat(blanks) + line.trimEnd());
    if (isLast) break;
    rest = rest.slice(line.length).trimStart();
  }
  return lines;
}

const ELLIPSIS = 2;

/** May not begin a line. */
const CLOSING = new Set('、。，．：；！？）】》」』〕〉”’…％℃!?),.:;%]}');
/** May not end a line. */
const OPENING = new Set('（【《「『〔〈“‘￥([{');

/** The longest beginning that is at most so wide. */
function headOf(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const letter of text) {
    used += widthOf(letter);
    if (used > width) break;
    end += letter.length;
  }
  return text.slice(0, end);
}

/** The first line of a text, broken where it may be. */
function lineOf(text: string, width: number): string {
  const head = headOf(text, width);
  if (head.length === text.length) return head;
  for (let end = head.length; end > head.length / 2; end--) {
    if (mayBreak(text, end)) return text.slice(0, end);
  }
  return head;
}

/** Whether a line may end before the letter at `end`. All letters here are one UTF-16 unit. */
function mayBreak(text: string, end: number): boolean {
  const before = text.charAt(end - 1);
  const after = text.charAt(end);
  if (after === ' ') return true;
  if (CLOSING.has(after) || OPENING.has(before)) return false;
  if (before === ' ') return true;
  return widthOf(before) === 2 || widthOf(after) === 2;
}
