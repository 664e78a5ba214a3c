/**
 * GS1 element strings as scanners send them: with or without the symbology mark in front (`]C1`, `]d2`,
 * `]Q3`), fields ended by FNC1 (the GS character), or in the human-readable form "(01)…(17)…".
 */
import { type FieldShape, fieldAt } from './gs1-fields.ts';
import { hasCheckDigit } from './gtin.ts';

/** FNC1 inside a code arrives as the group separator. */
export const GS = '\u001d';

export type Gs1Field = { readonly ai: string; readonly value: string };

export type Gs1 = {
  /** In the order of the code. */
  readonly fields: readonly Gs1Field[];
  /** The trade item (01), or what is in the logistic unit (02); 14 digits. */
  readonly gtin?: string;
  readonly sscc?: string;
  readonly lot?: string;
  readonly serial?: string;
  /** Calendar dates, "2026-11-30". Expiry (17), else best before (15), else sell by (16). */
  readonly expiresOn?: string;
  readonly producedOn?: string;
  readonly packedOn?: string;
  /** Pieces: how many trade items (37), or items in one of variable content (30). */
  readonly count?: number;
  /** Net weight in grams and volume in millilitres, as decimal text. */
  readonly grams?: string;
  readonly millilitres?: string;
  /** Money as decimal text: the whole (392n, 393n, 390n) and per unit (8005). */
  readonly price?: string;
  readonly pricePerUnit?: string;
  /** The customer's order number (400). */
  readonly order?: string;
};

export type Gs1Read =
  | { readonly ok: true; readonly value: Gs1 }
  | { readonly ok: false; readonly why: 'not_gs1' | 'bad_field' | 'check_digit' | 'bad_date' };

/**
 * Reads an element string. Without a mark, a separator or brackets it must begin with a trade item or
 * logistic unit whose check digit is right: anything else could be any number.
 * @param year the year now, by which the century of a two-digit year is judged
 */
export function readGs1(text: string, year: number): Gs1Read {
  const marked = /^\](C1|e0|d2|Q3|J1)/.test(text);
  const body = (marked ? text.slice(3) : text).replace(/[\r\n]+$/, '');
  const bracketed = /^\(\d{2,4}\)/.test(body);
  const split = bracketed ? splitBrackets(body) : splitElements(body);
  const sure = marked || bracketed || body.includes(GS);
  if (split === undefined) return { ok: false, why: sure ? 'bad_field' : 'not_gs1' };
  const first = split[0]?.ai;
  if (!sure && first !== '00' && first !== '01' && first !== '02') {
    return { ok: false, why: 'not_gs1' };
  }
  const wrong = split.find(({ ai, value }) => needsCheck(ai) && !hasCheckDigit(value));
  if (wrong !== undefined) return { ok: false, why: sure ? 'check_digit' : 'not_gs1' };
  return meaningOf(split, year);
}

/**
 * The date of YYMMDD as "2026-11-30"; day 00 is the last of the month. The year lies at most 49 before
 * and 50 after `year` in the way GS1 says. Undefined for what is no date.
 */
export function gs1Date(text: string, year: number): string | undefined {
  if (!/^\d{6}$/.test(text)) return undefined;
  const short = Number(text.slice(0, 2));
  const month = Number(text.slice(2, 4));
  const day = Number(text.slice(4));
  const century = year - (year % 100);
  const ahead = short - (year % 100);
  const full = century + short + (ahead >= 51 ? -100 : ahead <= -50 ? 100 : 0);
  if (month < 1 || month > 12) return undefined;
  const last = new Date(Date.UTC(full, month, 0)).getUTCDate();
  if (day > last) return undefined;
  const shown = String(day === 0 ? last : day).padStart(2, '0');
  return `${String(full).padStart(4, '0')}-${text.slice(2, 4)}-${shown}`;
}

/** Which characters a field may have: GS1 set 82. */
const SET_82 = /^[!-"%-?A-Z_a-z]*$/;

function splitElements(body: string): Gs1Field[] | undefined {
  const fields: Gs1Field[] = [];
  let rest = body;
  // Some encoders begin or end with a separator.
  while (rest.startsWith(GS)) rest = rest.slice(1);
  while (rest !== '') {
    const shape = fieldAt(rest);
    if (shape === undefined) return undefined;
    const stop = rest.indexOf(GS);
    const until = stop < 0 ? rest.length : stop;
    const end = Math.min(until, shape.id + shape.max);
    const value = rest.slice(shape.id, end);
    if (!fits(shape, value)) return undefined;
    // A field that is not of a set length ends at a separator, or it is the last.
    if (!shape.fixed && end < until) return undefined;
    fields.push({ ai: rest.slice(0, shape.id), value });
    rest = rest.slice(end);
    while (rest.startsWith(GS)) rest = rest.slice(1);
  }
  return fields.length > 0 ? fields : undefined;
}

function splitBrackets(body: string): Gs1Field[] | undefined {
  const parts = body.split(/\((\d{2,4})\)/);
  if (parts.shift() !== '') return undefined;
  const fields: Gs1Field[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const ai = parts[i] ?? '';
    const value = (parts[i + 1] ?? '').trim();
    const shape = fieldAt(ai);
    if (shape?.id !== ai.length || !fits(shape, value)) return undefined;
    fields.push({ ai, value });
  }
  return fields.length > 0 ? fields : undefined;
}

function fits({ min, max, numeric }: FieldShape, value: string): boolean {
  if (value.length < min || value.length > max) return false;
  return numeric ? /^\d+$/.test(value) : SET_82.test(value);
}

function needsCheck(ai: string): boolean {
  const kind = fieldAt(ai)?.kind;
  return kind === 'gtin' || kind === 'sscc' || kind === 'gln';
}

function meaningOf(fields: readonly Gs1Field[], year: number): Gs1Read {
  const of = (pattern: RegExp) => fields.find(({ ai }) => pattern.test(ai));
  const dates = new Map<string, string>();
  for (const { ai, value } of fields) {
    if (fieldAt(ai)?.kind !== 'date') continue;
    const date = gs1Date(value, year);
    if (date === undefined) return { ok: false, why: 'bad_date' };
    dates.set(ai, date);
  }
  const when = of(/^7003$/)?.value.slice(0, 6);
  const exact = when === undefined ? undefined : gs1Date(when, year);
  const count = of(/^37$/)?.value ?? of(/^30$/)?.value;
  const value: Gs1 = {
    fields,
    ...maybe('gtin', of(/^01$/)?.value ?? of(/^02$/)?.value),
    ...maybe('sscc', of(/^00$/)?.value),
    ...maybe('lot', of(/^10$/)?.value),
    ...maybe('serial', of(/^21$/)?.value),
    ...maybe('expiresOn', dates.get('17') ?? exact ?? dates.get('15') ?? dates.get('16')),
    ...maybe('producedOn', dates.get('11')),
    ...maybe('packedOn', dates.get('13')),
    ...maybe('count', count === undefined ? undefined : Number(count)),
    ...maybe('grams', weightOf(fields)),
    ...maybe('millilitres', volumeOf(fields)),
    ...maybe('price', priceOf(fields)),
    ...maybe('pricePerUnit', shifted(of(/^8005$/)?.value, 2)),
    ...maybe('order', of(/^400$/)?.value),
  };
  return { ok: true, value };
}

/** 310n: kilograms; 320n: pounds. The weight of the item itself comes before anything else. */
function weightOf(fields: readonly Gs1Field[]): string | undefined {
  const kilos = fields.find(({ ai }) => /^310[0-6]$/.test(ai));
  if (kilos) return shifted(kilos.value, Number(kilos.ai[3]) - 3);
  const pounds = fields.find(({ ai }) => /^320[0-6]$/.test(ai));
  if (!pounds) return undefined;
  // 1 lb is 453.59237 g by definition; millionths of a gram are more than any scale knows.
  const grams = BigInt(pounds.value) * 45_359_237n;
  return shifted(String(grams), Number(pounds.ai[3]) + 5);
}

/** 315n: litres; 316n: cubic metres. */
function volumeOf(fields: readonly Gs1Field[]): string | undefined {
  const field = fields.find(({ ai }) => /^31[56][0-6]$/.test(ai));
  if (!field) return undefined;
  return shifted(field.value, Number(field.ai[3]) - (field.ai.startsWith('315') ? 3 : 6));
}

/** 390n, 392n: the amount; 391n, 393n: the same with the currency's number before it. */
function priceOf(fields: readonly Gs1Field[]): string | undefined {
  const field = fields.find(({ ai }) => /^39[0-3]\d$/.test(ai));
  if (!field) return undefined;
  const digits = /^39[13]/.test(field.ai) ? field.value.slice(3) : field.value;
  return shifted(digits, Number(field.ai[3]));
}

/** Digits with the point moved `places` to the left (or, when below 0, to the right). */
function shifted(digits: string | undefined, places: number): string | undefined {
  if (digits === undefined) return undefined;
  const all = places < 0 ? digits + '0'.repeat(-places) : digits;
  const cut = Math.max(0, places);
  const padded = all.padStart(cut + 1, '0');
  const whole = padded.slice(0, padded.length - cut).replace(/^0+(?=\d)/, '');
  const fraction = padded.slice(padded.length - cut).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function maybe<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
