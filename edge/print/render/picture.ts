/** A slip as it looks on paper. */
import { checkedSlip } from '#recipes/slips/paper.ts';
import type { Slip } from '#recipes/slips/slip.ts';
import { drawPng } from './draw.ts';

/**
 * PNG of the paper, one pixel for a dot of the printer (8 in a millimetre): 80 mm are 640 pixels of which
 * the print head reaches 576, 58 mm are 464 of which it reaches 384.
 * @throws Bug when a line is wider than the paper
 */
export async function pictureOf(slip: Slip): Promise<Uint8Array> {
  const side = slip.columns === 48 ? 32 : 40;
  return await drawPng(checkedSlip(slip), { side, top: 32 });
}
