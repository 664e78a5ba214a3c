/** A purchase order on A4, for e-mail and the files: the letters that occur are embedded, text can be copied. */
import type { SlipLanguage } from '#recipes/slips/slip.ts';
import type { OrderSlipData } from '#recipes/slips/slip-data.ts';
import { fontFile } from '../render/font-file.ts';
import { FONT, orderPage } from './order-page.ts';

/** The bytes of a PDF, some 20 kB. */
export async function orderPdf(
  order: OrderSlipData,
  language: SlipLanguage = 'zh',
): Promise<Uint8Array> {
  // Loaded late: a box that never draws a page needs none of it.
  const { default: pdfmake } = await import('pdfmake');
  const font = fontFile();
  pdfmake.setFonts({ [FONT]: { normal: font, bold: font, italics: font, bolditalics: font } });
  // The document names no picture and no address; nothing else may be read for it.
  pdfmake.setLocalAccessPolicy((path) => path === font);
  pdfmake.setUrlAccessPolicy(() => false);
  return await pdfmake.createPdf(orderPage(order, language)).getBuffer();
}
