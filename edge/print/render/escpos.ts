/**
 * A slip as the bytes a receipt printer obeys. Only what stands here as a command is one: the text of a
 * slip is checked to hold letters and nothing else. README.md says why no library does this.
 */
import { isAscii } from '#recipes/slips/letters.ts';
import { checkedSlip } from '#recipes/slips/paper.ts';
import type { Chinese, Slip } from '#recipes/slips/slip.ts';
import { type Dots, drawDots } from './draw.ts';
import { codeOf, FEED, LINE, type Placed, sheetOf } from './sheet.ts';

/**
 * The whole print job of a slip, from reset to cut.
 * @throws Bug when a line is wider than the paper or holds what is no letter
 */
export async function escposOf(
  slip: Slip,
  { chinese }: { readonly chinese: Chinese },
): Promise<Uint8Array> {
  const checked = checkedSlip(slip);
  // Loaded late: its tables are large, and a box without a printer needs none of them.
  const { default: iconv } = await import('iconv-lite');
  const { lines, width } = sheetOf(checked);
  const drawn = (placed: Placed) => isDrawn(placed, chinese);
  const dots = lines.some(drawn) ? await drawDots(checked) : undefined;
  const parts: number[][] = [START, chinese === 'gb18030' ? CHINESE_ON : CHINESE_OFF];
  const look = { size: 1, bold: false };
  for (const placed of lines) {
    const { line } = placed;
    if (dots !== undefined && drawn(placed)) parts.push(rasterOf(dots, placed));
    else if (line.kind === 'cut') parts.push(CUT);
    else if (line.kind === 'qr') parts.push(qrOf(line.data, width));
    else {
      parts.push(lookOf(look, line));
      look.size = line.size;
      look.bold = line.bold;
      const text = [...iconv.encode(line.text, 'gb18030'), LF];
      const isForced = line.as === 'gb18030' && chinese !== 'gb18030';
      parts.push(isForced ? [...CHINESE_ON, ...text, ...CHINESE_OFF] : text);
    }
  }
  return Uint8Array.from(parts.flat());
}

const LF = 0x0a;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

/** ESC @ reset, ESC 3 lines of 30 dots, ESC a to the left. */
const START = [ESC, 0x40, ESC, 0x33, LINE, ESC, 0x61, 0];
/** FS & and FS . : whether two bytes above 127 are one Chinese letter. */
const CHINESE_ON = [FS, 0x26];
const CHINESE_OFF = [FS, 0x2e];
/** ESC d lines, GS V 66 to the knife and cut. */
const CUT = [ESC, 0x64, FEED, GS, 0x56, 66, 0];

/** Drawn: what the printer has no letters for, and codes where it is not known to have any. */
function isDrawn({ line }: Placed, chinese: Chinese): boolean {
  if (line.kind === 'qr') return chinese === 'image';
  return line.kind === 'text' && (line.as ?? chinese) === 'image' && !isAscii(line.text);
}

/** GS ! size, ESC 3 line height, ESC E bold: where they differ from the line before. */
function lookOf(
  before: { readonly size: number; readonly bold: boolean },
  { size, bold }: { readonly size: 1 | 2; readonly bold: boolean },
): number[] {
  const sizes =
    before.size === size ? [] : [GS, 0x21, size === 2 ? 0x11 : 0, ESC, 0x33, LINE * size];
  return before.bold === bold ? sizes : [...sizes, ESC, 0x45, bold ? 1 : 0];
}

/** GS ( k: model 2, module size, correction M, data, print; in the middle, white above and below. */
function qrOf(data: string, width: number): number[] {
  const { module, gap } = codeOf(data, width);
  const bytes = [...new TextEncoder().encode(data)];
  const ask = (...said: number[]) => [GS, 0x28, 0x6b, said.length & 255, said.length >> 8, ...said];
  return [
    ...[ESC, 0x61, 1, ESC, 0x4a, gap],
    ...ask(0x31, 0x41, 0x32, 0),
    ...ask(0x31, 0x43, module),
    ...ask(0x31, 0x45, 0x31),
    ...ask(0x31, 0x50, 0x30, ...bytes),
    ...ask(0x31, 0x51, 0x30),
    ...[ESC, 0x4a, gap, ESC, 0x61, 0],
  ];
}

/** GS v 0: the dots of one line, without the white at its right. */
function rasterOf({ bits, bytesPerRow }: Dots, { top, height }: Placed): number[] {
  let width = 1;
  for (let y = top; y < top + height; y++) {
    for (let x = bytesPerRow; x > width; x--) if (bits[y * bytesPerRow + x - 1]) width = x;
  }
  const rows: number[] = [];
  for (let y = top; y < top + height; y++) {
    rows.push(...bits.subarray(y * bytesPerRow, y * bytesPerRow + width));
  }
  return [GS, 0x76, 0x30, 0, width & 255, width >> 8, height & 255, height >> 8, ...rows];
}
