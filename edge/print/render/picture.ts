/** A slip as it looks on paper. */
import { checkedSlip } from '#recipes/slips/paper.ts';
import { reprintOf } from '#recipes/slips/reprint.ts';
import type { Slip } from '#recipes/slips/slip.ts';
import { drawPng } from './draw.ts';

export type PictureOptions = {
  /** When it is printed again, as it is to stand on the paper: "11-22 21:40". */
  readonly reprint?: string | undefined;
};

/**
 * PNG of the paper, one pixel for a dot of the printer (8 in a millimetre): 80 mm are 640 pixels of which
 * the print head reaches 576, 58 mm are 464 of which it reaches 384.
 * @throws Bug when a line is wider than the paper
 */
export async function pictureOf(slip: Slip, { reprint }: PictureOptions = {}): Promise<Uint8Array> {
  const checked = checkedSlip(reprint === undefined ? slip : reprintOf(slip, reprint));
  return await drawPng(checked, { side: slip.columns === 48 ? 32 : 40, top: 32 });
}
