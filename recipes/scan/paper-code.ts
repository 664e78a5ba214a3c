/**
 * What stands in the QR codes of our papers: the number of an order (`PO-20261123-014`) or of a transfer
 * (`TR-ck1-20261123-001`) as it is, and of a suggestion its delivery day and store (`KS1:20261123-SH0042`).
 */

export type PaperCode =
  | { readonly kind: 'order'; readonly order: string }
  /** `from` is the store that sent it. */
  | { readonly kind: 'transfer'; readonly transfer: string; readonly from: string }
  /** `day` as "2026-11-23". */
  | { readonly kind: 'suggestion'; readonly day: string; readonly store: string };

/** The text of the code on a suggestion. @param day of the delivery, "2026-11-23" */
export function makeSuggestionCode(day: string, store: string): string {
  return `${SUGGESTION}${day.replaceAll('-', '')}-${store}`;
}

/** What a paper says; undefined when the text is of none of our papers. */
export function readPaperCode(text: string): PaperCode | undefined {
  // A scanner that types into a Chinese keyboard may send the wide colon.
  const plain = text.replace('：', ':').trim();
  if (/^PO-[A-Za-z0-9._:/-]{1,124}$/.test(plain)) return { kind: 'order', order: plain };
  const [, from] = TRANSFER.exec(plain) ?? [];
  if (from !== undefined) return { kind: 'transfer', transfer: plain, from };
  const [, year, month, day, store] = SUGGESTED.exec(plain) ?? [];
  if (store === undefined) return undefined;
  return { kind: 'suggestion', day: `${year}-${month}-${day}`, store };
}

/** The number of a transfer has the store in it: TR-STORE-YYYYMMDD-NNN. */
const TRANSFER = /^TR-([A-Za-z0-9._-]{1,64})-\d{8}-\d{1,9}$/;
const SUGGESTION = 'KS1:';
const SUGGESTED = /^KS1:(\d{4})(\d{2})(\d{2})-(.{1,128})$/;
