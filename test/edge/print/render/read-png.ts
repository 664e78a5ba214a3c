/** Reads the pictures of paper: PNG of 8-bit grey, no filter but "none", as `png.ts` writes them. */
import { inflateSync } from 'node:zlib';
import jsQR from 'jsqr';

export type Grey = {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, 0 = black. */
  readonly pixels: Uint8Array;
};

export function readPng(file: Uint8Array): Grey {
  const bytes = Buffer.from(file);
  if (bytes.toString('latin1', 1, 4) !== 'PNG') throw new Error('not a PNG');
  let width = 0;
  let height = 0;
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR') {
      width = content.readUInt32BE(0);
      height = content.readUInt32BE(4);
      if (content[8] !== 8 || content[9] !== 0) throw new Error('not 8-bit grey');
    }
    if (name === 'IDAT') parts.push(content);
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(parts));
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = y * (width + 1);
    if (rows[start] !== 0) throw new Error(`row ${y} is filtered`);
    pixels.set(rows.subarray(start + 1, start + 1 + width), y * width);
  }
  return { width, height, pixels };
}

/** The text of the QR code in a picture; undefined when none is read. */
export function readCode({ width, height, pixels }: Grey): string | undefined {
  const colours = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < pixels.length; at++) {
    colours.fill(pixels[at] ?? 255, at * 4, at * 4 + 3);
    colours[at * 4 + 3] = 255;
  }
  return readQr(colours, width, height)?.data;
}

// jsqr is CommonJS with a default: what arrives depends on who loads it.
const readQr = (jsQR as unknown as { default?: typeof jsQR }).default ?? jsQR;
