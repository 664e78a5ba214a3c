/** The picture of the paper: as large as the paper, each letter in its column, its code readable. */

import { readFile } from 'node:fs/promises';
import { create } from 'fontkit';
import { describe, expect, test } from 'vitest';
import { isAscii, isShowable, widthOf } from '#recipes/slips/letters.ts';
import type { Slip } from '#recipes/slips/slip.ts';
import { fontFile } from '../../../../edge/print/render/font-file.ts';
import { pictureOf } from '../../../../edge/print/render/picture.ts';
import { sheetOf } from '../../../../edge/print/render/sheet.ts';
import { hostileNames, spoiled } from '../../../recipes/slips/hostile.ts';
import { FORMS, papers, samples } from '../../../recipes/slips/slip-samples.ts';
import { type Grey, readCode, readPng } from './read-png.ts';

const TOP = 32;

/** Darkest dot of a part of the picture. */
function darkest({ width, pixels }: Grey, x0: number, y0: number, w: number, h: number): number {
  let dark = 255;
  for (let y = y0; y < y0 + h; y++) {
    for (let x = x0; x < x0 + w; x++) dark = Math.min(dark, pixels[y * width + x] ?? 255);
  }
  return dark;
}

/** Places where a letter has no ink, or a blank between blanks has some. */
function wrongCells(slip: Slip, picture: Grey): string[] {
  const side = slip.columns === 48 ? 32 : 40;
  const wrong: string[] = [];
  for (const { line, top, height } of sheetOf(slip).lines) {
    if (line.kind !== 'text') continue;
    const cell = 12 * line.size;
    let column = 0;
    for (const letter of line.text.padEnd(slip.columns / line.size)) {
      const [x, w] = [side + column * cell, widthOf(letter) * cell];
      const y = TOP + top;
      // Bold letters and bars reach some dots beyond their cell; in the middle of a blank is nothing.
      const [inset, cut] = letter === ' ' ? [3 * line.size, 9 * line.size] : [0, 0];
      const ink = darkest(picture, x + inset, y + cut, w - 2 * inset, height - 2 * cut);
      const isInked = ink < 128;
      if (isInked === (letter === ' ')) wrong.push(`"${letter}" at ${column} of "${line.text}"`);
      column += widthOf(letter);
      if (column * line.size >= slip.columns) break;
    }
  }
  return wrong;
}

/** The part of the picture with the code on it, lines of text above and below included. */
function around(slip: Slip, { width, height, pixels }: Grey): Grey {
  const placed = sheetOf(slip).lines.find(({ line }) => line.kind === 'qr');
  if (!placed) return { width, height, pixels };
  const [from, to] = [
    TOP + placed.top - 60,
    Math.min(height, TOP + placed.top + placed.height + 60),
  ];
  return { width, height: to - from, pixels: pixels.subarray(from * width, to * width) };
}

describe.each(FORMS)('$columns columns, $language', ({ columns, language }) => {
  test.each([undefined, '200 letters without a blank'])(
    '%s',
    async (title) => {
      const data = title === undefined ? samples : spoiled(samples, hostileNames[title] ?? '');
      for (const [name, slip] of Object.entries(papers(columns, language, data))) {
        const picture = readPng(await pictureOf(slip));
        expect(picture.width).toBe(columns === 48 ? 640 : 464);
        expect(picture.height).toBe(sheetOf(slip).height + 2 * TOP);
        expect([name, ...wrongCells(slip, picture)]).toEqual([name]);
        const code = slip.lines.find((line) => line.kind === 'qr');
        if (code === undefined) continue;
        expect([name, readCode(around(slip, picture))]).toEqual([name, code.data]);
      }
    },
    20_000,
  );
});

test('the same slip is the same picture, to the byte', async () => {
  const slip = papers(48, 'zh')['order'] as Slip;
  expect(await pictureOf(slip)).toEqual(await pictureOf(slip));
});

test('a long code fits the narrow paper and is read', async () => {
  const code = `LR1|${'i'.repeat(128)}|${'L'.repeat(128)}`;
  const slip = papers(32, 'en', { ...samples, label: { ...samples.label, code } })['prep'] as Slip;
  expect(readCode(readPng(await pictureOf(slip)))).toBe(code);
});

test('a slip whose line is too wide is not drawn', async () => {
  const slip = papers(32, 'zh')['waste'] as Slip;
  const wide = { kind: 'text', text: '-'.repeat(33), size: 1, bold: false } as const;
  await expect(pictureOf({ ...slip, lines: [...slip.lines, wide] })).rejects.toThrow(/33 columns/);
});

test('the font has every letter that may be printed', async () => {
  const font = create(await readFile(fontFile()));
  const letters = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).filter(
    (letter) => isShowable(letter) && letter !== '\u3000',
  );
  const none = letters.filter((letter) => font.layout(letter).glyphs[0]?.id === 0);
  expect(none).toEqual([]);
  const narrow = letters.filter(isAscii);
  const wide = narrow.filter(
    (letter) => font.layout(letter, ['hwid']).glyphs[0]?.advanceWidth !== 500,
  );
  expect(wide).toEqual([]);
}, 20_000);
