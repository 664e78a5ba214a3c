/**
 * What a scan is: our own label, one of our papers, a label of the shop's scale, a GS1 code on a case, a plain barcode, a
 * badge, or nothing known. In this order, because a scale label looks like a GS1 field 2x to a program
 * that tries GS1 first.
 */
import { GS, type Gs1, readGs1 } from './gs1.ts';
import { barcodeKey, isGtin } from './gtin.ts';
import { BADGE_PREFIX, readLabelCode } from './label-code.ts';
import { readPaperCode } from './paper-code.ts';
import { readScaleCode, SCALE_PATTERNS } from './scale-code.ts';

/** What a barcode means here: the item, and which of its units one scan is. */
export type BarcodeMeaning = { readonly item: string; readonly unit?: string };

export type ScanKnowledge = {
  /** Asked with the key of `barcodeKey`, or of a scale label (prefix and article). */
  readonly barcode?: (key: string) => BarcodeMeaning | undefined;
  readonly scalePatterns?: readonly string[];
  readonly badgePrefix?: string;
  /** The year now: dates on goods have two digits for it. */
  readonly year?: number;
};

export type Scan =
  /** Our own label: this lot. */
  | { readonly kind: 'label'; readonly item: string; readonly lot: string }
  /** A purchase order, from its paper. */
  | { readonly kind: 'order'; readonly order: string }
  /** A transfer on its paper; `from` is the store that sent it. */
  | { readonly kind: 'transfer'; readonly transfer: string; readonly from: string }
  /** A suggestion, from its paper: the delivery day "2026-11-23" and the store that printed it. */
  | { readonly kind: 'suggestion'; readonly day: string; readonly store: string }
  /** A label of the shop's scale. Learn it as `learn`: that covers every weight. */
  | {
      readonly kind: 'weight';
      readonly code: string;
      readonly learn: string;
      readonly item?: string;
      readonly unit?: string;
      /** Decimal text in grams. */
      readonly grams?: string;
      readonly price?: string;
      readonly count?: number;
    }
  /** A case or pack with a GS1 code; without `learn` it names no trade item. */
  | {
      readonly kind: 'gs1';
      readonly code: string;
      readonly learn?: string;
      readonly item?: string;
      readonly unit?: string;
      readonly gs1: Gs1;
    }
  /** EAN, UPC, or any code that was learnt. */
  | {
      readonly kind: 'barcode';
      readonly code: string;
      readonly learn: string;
      readonly item?: string;
      readonly unit?: string;
    }
  | { readonly kind: 'badge'; readonly badge: string }
  /** `learn` is what could be learnt; `why` says what is wrong with a code that is nearly good. */
  | {
      readonly kind: 'unknown';
      readonly code: string;
      readonly learn: string;
      readonly why?: 'check_digit' | 'bad_field' | 'bad_date';
    };

/** Without a clock to ask, two-digit years are judged from here. */
const YEAR = 2026;

/** Never throws, whatever was scanned. */
export function routeScan(text: string, knowledge: ScanKnowledge = {}): Scan {
  const typed = text.trim();
  const code = withoutMark(typed);
  const label = readLabelCode(code);
  if (label) return { kind: 'label', ...label };
  const paper = readPaperCode(code);
  if (paper) return paper;
  const known = (key: string) => knowledge.barcode?.(key);
  if (!isMarkedGs1(typed)) {
    // A number of 2x that was learnt whole is that, not a weight.
    const whole = isGtin(code) ? known(barcodeKey(code)) : undefined;
    if (whole) return { kind: 'barcode', code, learn: barcodeKey(code), ...whole };
    const scale = readScaleCode(code, knowledge.scalePatterns ?? SCALE_PATTERNS);
    if (scale) {
      const { key, number: _, ...said } = scale;
      return { kind: 'weight', code, learn: key, ...known(key), ...said };
    }
  }
  const gs1 = readGs1(typed, knowledge.year ?? YEAR);
  if (gs1.ok) {
    const learn = gs1.value.gtin;
    const meant = learn === undefined ? {} : { learn, ...known(learn) };
    return { kind: 'gs1', code, ...meant, gs1: gs1.value };
  }
  const prefix = knowledge.badgePrefix ?? BADGE_PREFIX;
  const learn = barcodeKey(code);
  const meant = known(learn);
  // Other codes that were learnt are barcodes, too.
  if (meant || isGtin(code)) return { kind: 'barcode', code, learn, ...meant };
  if (code.length > prefix.length && code.startsWith(prefix)) return { kind: 'badge', badge: code };
  const why = whyNot(code, gs1.why);
  return { kind: 'unknown', code, learn, ...(why === undefined ? {} : { why }) };
}

/** How codes of a book or of people are looked up: one map for all of them; the first meaning stays. */
export function indexBarcodes(
  codes: Iterable<readonly [code: string, meaning: BarcodeMeaning]>,
): ReadonlyMap<string, BarcodeMeaning> {
  const map = new Map<string, BarcodeMeaning>();
  for (const [code, meaning] of codes) {
    const key = barcodeKey(code);
    if (!map.has(key)) map.set(key, meaning);
  }
  return map;
}

/** Scanners may say first which kind of symbol they saw: `]E0` an EAN, `]Q1` a QR code… */
function withoutMark(text: string): string {
  return text.replace(/^\][A-Za-z][0-9A-Za-z]/, '');
}

function isMarkedGs1(text: string): boolean {
  return /^\](C1|e0|d2|Q3|J1)/.test(text) || text.includes(GS) || /^\(\d{2,4}\)/.test(text);
}

function whyNot(
  code: string,
  gs1: 'not_gs1' | 'bad_field' | 'check_digit' | 'bad_date',
): 'check_digit' | 'bad_field' | 'bad_date' | undefined {
  if (gs1 !== 'not_gs1') return gs1;
  return /^(\d{8}|\d{12,14})$/.test(code) ? 'check_digit' : undefined;
}
