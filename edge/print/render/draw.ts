/** Draws a slip letter by letter on the printer's grid, as SVG and from that as dots. */
import { assert } from '#recipes/assert.ts';
import { widthOf } from '#recipes/slips/letters.ts';
import type { Slip, SlipLine } from '#recipes/slips/slip.ts';
import { type Outline, outlinesOf } from './glyphs.ts';
import { greyPng } from './png.ts';
import { COLUMN, codeOf, LETTER, LINE, type Placed, sheetOf } from './sheet.ts';

/** White around what the print head reaches, in dots. */
export type Margin = { readonly side: number; readonly top: number };

/** The slip as a PNG, a dot of the printer as a pixel. */
export async function drawPng(slip: Slip, margin: Margin): Promise<Uint8Array> {
  const { width, height, grey } = await draw(slip, margin);
  return await greyPng(width, height, grey);
}

/** Rows of dots as a raster printer takes them: 8 in a byte, the left one highest, 1 = black. */
export type Dots = {
  readonly bytesPerRow: number;
  readonly height: number;
  readonly bits: Uint8Array;
};

/** The slip as dots, without any margin. */
export async function drawDots(slip: Slip): Promise<Dots> {
  const { width, height, grey } = await draw(slip, { side: 0, top: 0 });
  const bytesPerRow = width / 8;
  const bits = new Uint8Array(bytesPerRow * height);
  for (let at = 0; at < grey.length; at++) {
    if ((grey[at] ?? 255) < DARK) bits[at >> 3] = (bits[at >> 3] ?? 0) | (0x80 >> (at & 7));
  }
  return { bytesPerRow, height, bits };
}

/** Strokes of small letters are thinner than a dot: what is half grey must print. */
const DARK = 150;
/** Units of the font in a letter's square, and of its baseline from the top. */
const UNITS = 1000;
const ASCENT = 880;
/** One dot more, as printers do it. */
const BOLD = UNITS / LETTER;

async function draw(slip: Slip, { side, top }: Margin) {
  const sheet = sheetOf(slip);
  const letters = new Set(
    slip.lines.flatMap((line) => (line.kind === 'text' ? [...line.text] : [])),
  );
  const outlines = await outlinesOf([...letters].join(''));
  const [width, height] = [sheet.width + 2 * side, sheet.height + 2 * top];
  const shapes = sheet.lines.map((placed) => shapesOf(placed, sheet.width)).join('');
  const known = [...letters].map((letter) => definitionOf(letter, outlines.get(letter))).join('');
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<defs>${known}</defs><rect width="${width}" height="${height}" fill="#fff"/>` +
    `<g transform="translate(${side} ${top})">${shapes}</g></svg>`;
  // Loaded late: a box that never draws needs none of it.
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(svg, { font: { loadSystemFonts: false } });
  const { pixels } = image;
  assert(image.width === width && image.height === height, 'a pixel is a dot');
  // Black on white has the same value in every colour.
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at++) grey[at] = pixels[at * 4] ?? 255;
  return { width, height, grey };
}

function definitionOf(letter: string, outline: Outline | undefined): string {
  if (outline === undefined || outline.path === '') return '';
  const id = idOf(letter);
  return `<path id="${id}" d="${outline.path}" transform="${moved(letter, outline)}"/>`;
}

/** In the middle of its columns, whatever its own width. */
function moved(letter: string, { advance }: Outline): string {
  const scale = LETTER / UNITS;
  const left = (widthOf(letter) * COLUMN - advance * scale) / 2;
  return `matrix(${scale} 0 0 ${-scale} ${left} ${ASCENT * scale})`;
}

function idOf(letter: string): string {
  return `c${letter.codePointAt(0)?.toString(16)}`;
}

function shapesOf(placed: Placed, width: number): string {
  const { line, top } = placed;
  if (line.kind === 'qr') return codeShape(line.data, top, width);
  return line.kind === 'text' ? textShapes(line, top) : '';
}

function textShapes(line: Extract<SlipLine, { kind: 'text' }>, top: number): string {
  let column = 0;
  let shapes = '';
  for (const letter of line.text) {
    if (letter !== ' ') shapes += `<use href="#${idOf(letter)}" x="${column * COLUMN}"/>`;
    column += widthOf(letter);
  }
  const ink = line.bold ? ` stroke="#000" stroke-width="${BOLD}"` : '';
  const lead = ((LINE - LETTER) / 2) * line.size;
  const scale = line.size === 1 ? '' : ` scale(${line.size})`;
  return `<g transform="translate(0 ${top + lead})${scale}"${ink}>${shapes}</g>`;
}

function codeShape(data: string, top: number, width: number): string {
  const { rows, module, left, gap } = codeOf(data, width);
  const path = rows
    .flatMap((row, y) => row.map((black, x) => (black ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  const place = `translate(${left} ${top + gap}) scale(${module})`;
  return `<path transform="${place}" shape-rendering="crispEdges" d="${path}"/>`;
}
