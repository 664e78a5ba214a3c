import { indexBarcodes, routeScan, type Scan } from '#recipes/scan/route-scan.ts';
import type { StockItem } from '../api-types.ts';

/** What a scanned text is, with the item where the barcodes of the stock name one. */
export function readScan(text: string, stock: readonly StockItem[], year: number): Scan {
  const codes = stock.flatMap(({ item, barcodes }) =>
    (barcodes ?? []).map((code) => [code, { item }] as const),
  );
  const index = indexBarcodes(codes);
  return routeScan(text, { barcode: (key) => index.get(key), year });
}
