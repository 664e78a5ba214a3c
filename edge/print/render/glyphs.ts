/// <reference path="./fontkit.d.ts" />
/** The outlines of letters, read from the font when one is needed for the first time. */
import { readFile } from 'node:fs/promises';
import { widthOf } from '#recipes/slips/letters.ts';
import { fontFile } from './font-file.ts';

/** An outline in a square of 1000 units, y upwards from the baseline. */
export type Outline = {
  /** SVG path data. */
  readonly path: string;
  /** Of the letter's own width; it is set in the middle of its columns. */
  readonly advance: number;
};

/** Outlines of all letters in a text. The font (8 MB) is let go of when they are read. */
export async function outlinesOf(text: string): Promise<ReadonlyMap<string, Outline>> {
  const unknown = new Set([...text].filter((letter) => !known.has(letter)));
  if (unknown.size > 0) {
    if (known.size > KEPT) known.clear();
    await learn(known.size === 0 ? new Set(text) : unknown);
  }
  return known;
}

const known = new Map<string, Outline>();
/** As many letters as a kitchen uses, some times over; 1 kB each. */
const KEPT = 4_000;

async function learn(letters: ReadonlySet<string>): Promise<void> {
  // Loaded late: a box that never prints needs none of it.
  const [{ create }, file] = await Promise.all([import('fontkit'), readFile(fontFile())]);
  const font = create(file);
  for (const letter of letters) {
    const features = widthOf(letter) === 1 ? ['hwid'] : [];
    const glyph = font.layout(letter, features).glyphs[0];
    known.set(letter, { path: glyph?.path.toSVG() ?? '', advance: glyph?.advanceWidth ?? 0 });
  }
}
