import { encode } from 'uqr';

/** A QR code as one SVG path in units of a module, without the quiet zone around it. */
export type Qr = { readonly size: number; readonly path: string };

/** Error correction M: a label gets wet and creased. The whole matrix is drawn row by row, in runs. */
export function qrOf(text: string): Qr {
  const { size, data } = encode(text, { ecc: 'M', border: 0 });
  let path = '';
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x += 1) {
      if (row[x] !== true) continue;
      let end = x;
      while (row[end] === true) end += 1;
      path += `M${x} ${y}h${end - x}v1h${x - end}z`;
      x = end;
    }
  }
  return { size, path };
}
