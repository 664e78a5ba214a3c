/**
 * The bytes of every paper, decoded by a program that was not written for this project, are the text of the
 * paper; and no name, whatever is in it, reaches the printer as a command.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { isAscii, isShowable, widthOf } from '#recipes/slips/letters.ts';
import type { Slip } from '#recipes/slips/slip.ts';
import { escposOf } from '../../../../edge/print/render/escpos.ts';
import { hostileNames, spoiled } from '../../../recipes/slips/hostile.ts';
import { FORMS, papers, samples } from '../../../recipes/slips/slip-samples.ts';
import { type Decoded, decoded } from './decoded.ts';
import { readCode } from './read-png.ts';

const texts = ({ lines }: Slip) => lines.flatMap((line) => (line.kind === 'text' ? [line] : []));
const codes = ({ lines }: Slip) => lines.flatMap((line) => (line.kind === 'qr' ? [line.data] : []));

/** All that we may say to a printer. ESC p (drawer), GS ( A, FS p and the like are not among it. */
const ALLOWED = new Set('ESC@ ESC3 ESCa ESCE ESCd ESCJ FS& FS. GS! GS(k GSv0 GSV'.split(' '));

/** Line feeds, printable ASCII, and pairs of GBK: nothing a printer obeys. */
function strangeBytes(bytes: Uint8Array): number[] {
  const strange: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const [byte = 0, next = 0] = [bytes[at], bytes[at + 1]];
    if (byte === 0x0a || (byte >= 0x20 && byte <= 0x7e)) continue;
    if (byte >= 0x81 && byte <= 0xfe && next >= 0x40 && next <= 0xfe && next !== 0x7f) at++;
    else strange.push(byte);
  }
  return strange;
}

function checkCommands({ commands, textBytes }: Decoded): void {
  expect(commands.filter((name) => !ALLOWED.has(name))).toEqual([]);
  expect(commands[0]).toBe('ESC@');
  expect(commands.at(-1)).toBe('GSV');
  expect(strangeBytes(textBytes)).toEqual([]);
}

describe.each(FORMS)('$columns columns, $language', ({ columns, language }) => {
  const named: Readonly<Record<string, string | undefined>> = {
    'as drawn': undefined,
    ...hostileNames,
  };

  test.each(Object.entries(named))('as GB18030: %s', async (_, name) => {
    const data = name === undefined ? samples : spoiled(samples, name);
    for (const slip of Object.values(papers(columns, language, data))) {
      const read = await decoded(await escposOf(slip, { chinese: 'gb18030' }));
      checkCommands(read);
      expect(read.commands[1]).toBe('ESC3');
      expect(read.commands).toContain('FS&');
      const drawn = texts(slip).filter(({ as, text }) => as === 'image' && !isAscii(text));
      expect(read.lines).toEqual(
        texts(slip)
          .filter((line) => !drawn.includes(line))
          .map(({ text }) => text),
      );
      expect(read.rasters).toHaveLength(drawn.length);
      expect(read.codes).toEqual(codes(slip));
    }
  });

  test.each(['as drawn', 'four bytes in GB18030', 'all 256 byte values'] as const)(
    'as image: %s',
    async (title) => {
      const name = named[title];
      const data = name === undefined ? samples : spoiled(samples, name);
      for (const slip of Object.values(papers(columns, language, data))) {
        const read = await decoded(await escposOf(slip, { chinese: 'image' }));
        checkCommands(read);
        const asText = texts(slip).filter(({ as, text }) => as === 'gb18030' || isAscii(text));
        expect(read.lines).toEqual(asText.map(({ text }) => text));
        expect(read.rasters).toHaveLength(texts(slip).length - asText.length + codes(slip).length);
        for (const { width } of read.rasters) expect(width).toBeLessThanOrEqual(columns * 12);
      }
    },
  );
});

test('the raster of a line has ink under every letter and none under blanks', async () => {
  const [line, as] = ['五花肉  4.2kg  8托', 'image'] as const;
  const slip: Slip = {
    kind: 'waste',
    columns: 48,
    language: 'zh',
    lines: [{ kind: 'text', text: line, size: 1, bold: false, as }, { kind: 'cut' }],
  };
  const [raster] = (await decoded(await escposOf(slip, { chinese: 'gb18030' }))).rasters;
  if (!raster) throw new Error('no raster');
  expect(raster.height).toBe(30);
  let column = 0;
  for (const letter of line) {
    const width = widthOf(letter);
    let ink = 0;
    for (let x = column * 12; x < (column + width) * 12; x++) {
      for (let y = 0; y < 30; y++) ink += x < raster.width ? raster.getPixel(x, y) : 0;
    }
    if (letter === ' ') expect(ink).toBe(0);
    else expect(ink).toBeGreaterThan(4);
    column += width;
  }
});

test('a code that is drawn for the printer is read back', async () => {
  const slip = papers(32, 'zh')['prep'] as Slip;
  const { rasters } = await decoded(await escposOf(slip, { chinese: 'image' }));
  const square = rasters.find(({ height }) => height > 90);
  if (!square) throw new Error('no code was drawn');
  const [width, height] = [384, square.height + 60];
  const pixels = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < square.height; y++) {
    for (let x = 0; x < square.width; x++) {
      if (square.getPixel(x, y)) pixels[(y + 30) * width + x] = 0;
    }
  }
  expect(readCode({ width, height, pixels })).toBe('LR1|braising-sauce|L-1122-03');
});

test('the self-test says each line in its own way, whatever the printer is set to', async () => {
  const slip = papers(48, 'zh')['self-test'] as Slip;
  const { commands, lines, rasters } = await decoded(await escposOf(slip, { chinese: 'image' }));
  expect(commands.filter((name) => name.startsWith('FS'))).toEqual(['FS.', 'FS&', 'FS.']);
  expect(lines.find((line) => line.startsWith('2 GB18030'))).toContain('五花肉');
  expect(lines.some((line) => line.startsWith('3 IMAGE'))).toBe(false);
  expect(rasters.length).toBeGreaterThan(1);
});

test('every letter that may be printed has two bytes in GB18030, as wide as it is', () => {
  const wide = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).filter(
    (letter) => isShowable(letter) && !isAscii(letter),
  );
  expect(wide.length).toBeGreaterThan(21_000);
  const odd = wide.filter((letter) => {
    const bytes = iconv.encode(letter, 'gb18030');
    return bytes.length !== 2 || iconv.decode(bytes, 'gb18030') !== letter;
  });
  expect(odd).toEqual([]);
});

test('bytes that would open the drawer are found by this test', async () => {
  const kick = Uint8Array.of(0x1b, 0x40, 0x1b, 0x70, 0, 0x19, 0xfa, 0x41, 0x0a);
  const read = await decoded(kick);
  expect(read.commands).toContain('ESCp');
  expect(() => checkCommands(read)).toThrow('ESCp');
  expect(strangeBytes(Uint8Array.of(0x41, 0x1b, 0xce, 0xe5, 0x80))).toEqual([0x1b, 0x80]);
});

const shared = process.env['LARDER_SHARED'] ?? join(import.meta.dirname, '../../../../../shared');
const receipt = join(shared, 'data', 'escpos-samples', 'receipt-with-logo.bin');
const isThere = existsSync(receipt);
if (!isThere)
  console.warn(
    `\n!!! sample receipt is missing: ${receipt}\n!!! the decoder is not checked on it\n`,
  );

test.skipIf(!isThere)('the decoder reads a receipt of another program', async () => {
  const { lines, commands } = await decoded(await readFile(receipt));
  expect(lines.join('\n')).toContain('ExampleMart Ltd.');
  expect(lines.join('\n')).toContain('14.25');
  expect(commands).toContain('GS(L');
});
