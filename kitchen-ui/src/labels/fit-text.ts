/**
 * How wide a text comes out without asking a browser: a Chinese letter is one em, the others are taken
 * a little wider than they are, so that what is said to fit does fit in every font.
 */
export function widthOf(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) ems += WIDE.test(letter) ? 1 : NARROW.test(letter) ? 0.38 : 0.62;
  return ems * size;
}

/** The size at which `text` fits into `width`: `size`, or smaller down to `least`. */
export function fitSize(text: string, width: number, size: number, least: number): number {
  const needed = widthOf(text, size);
  return needed <= width ? size : Math.max(least, (size * width) / needed);
}

/**
 * `text` in at most `rows` rows of `width`, broken at spaces and between Chinese letters; what does not
 * fit into the last row is cut with an ellipsis.
 */
export function wrap(text: string, width: number, size: number, rows: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    if (widthOf((line + piece).trimEnd(), size) <= width || line === '') {
      line += piece;
      continue;
    }
    lines.push(line.trimEnd());
    line = piece.trimStart();
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  if (lines.length <= rows) return lines.map((one) => cut(one, width, size));
  return [...lines.slice(0, rows - 1), cut(lines.slice(rows - 1).join(' '), width, size)];
}

/** Lines at the largest size at which all of them fit into a box. */
export type Block = { readonly size: number; readonly lines: readonly (readonly string[])[] };

/**
 * `texts` one below the other in a box, as large as they fit, from `size` down to `least`. At `least` what
 * is still too much is cut, the last text first.
 */
export function fitBlock(
  texts: readonly string[],
  box: { readonly width: number; readonly height: number },
  size: number,
  least: number,
): Block {
  const step = 0.1;
  for (let at = size; at > least; at -= step) {
    const lines = texts.map((text) => wrap(text, box.width, at, Number.MAX_SAFE_INTEGER));
    if (lines.flat().length * at * LEADING <= box.height) return { size: at, lines };
  }
  let rows = Math.max(texts.length, Math.floor(box.height / (least * LEADING)));
  const lines = texts.map((text, i) => {
    const own = wrap(text, box.width, least, Math.max(1, rows - (texts.length - 1 - i)));
    rows -= own.length;
    return own;
  });
  return { size: least, lines };
}

/** Distance of two baselines in sizes of the text. */
export const LEADING = 1.18;

/** `text`, or as much of it as fits together with an ellipsis. */
export function cut(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text;
  let kept = '';
  for (const letter of text) {
    if (widthOf(`${kept}${letter}…`, size) > width) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60…]/;
const NARROW = /[\s.,:;'|!()/iljtfI·-]/;

/** What may stand together only: a Chinese letter with the punctuation that must not begin a line. */
function pieces(text: string): string[] {
  return (
    text.match(
      /[\u2e80-\ua4cf\uff00-\uff60][、。,;:!?)》”…,.)]*|[^\u2e80-\ua4cf\uff00-\uff60\s]+|\s+/gu,
    ) ?? []
  );
}
