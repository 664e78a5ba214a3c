/** Vendors' ways to write quantities, money, times and codes, brought to the contract's. */
import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Notes } from './adapter.ts';
import { cut, shownValue } from './fields.ts';
import { reason } from './reasons.ts';

/** Longest code of a dish or modifier in the contract, in UTF-16 units. */
const SKU_LENGTH_MAX = 128;
/** Longest name in the contract, in UTF-16 units. */
const NAME_LENGTH_MAX = 200;
/** What a till can have meant: a clock before 2000 or after 2100 is a wrong clock. */
const PLAUSIBLE_FROM_MS = Date.UTC(2000, 0, 1);
const PLAUSIBLE_UNTIL_MS = Date.UTC(2100, 0, 1);

/** The first 16 hex digits of SHA-256 over the text in UTF-8: enough to tell apart 10^6 orders. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16);
}

/** A code of at most 128; a longer one keeps its start and ends in a hash, so that no two meet. */
export function fitCode(text: string): string {
  if (text.length <= SKU_LENGTH_MAX) return text;
  return `${cut(text, SKU_LENGTH_MAX - 17)}~${shortHash(text)}`;
}

/** A name of at most 200 UTF-16 units; the rest is cut off, for nothing is found by name. */
export function fitName(text: string): string {
  return cut(text, NAME_LENGTH_MAX);
}

/** A quantity as plain decimal text without idle zeros ("1.70000" is "1.7"); a fault when it is none. */
export function quantityOf(value: unknown, path: string, notes: Notes): string | undefined {
  const text = plainDecimal(value);
  if (text !== undefined) return text;
  const missing = value === undefined || value === null || value === '';
  notes.faults.push(
    missing
      ? reason('missing_field', path, path.slice(path.lastIndexOf('/') + 1))
      : reason('bad_quantity', path, shownValue(value)),
  );
  return undefined;
}

/** Plain decimal text of the contract's size; undefined for anything else. */
export function plainDecimal(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const match = /^0*(\d+)(?:\.(\d*?)0*)?$/.exec(String(value).trim());
  const whole = match?.[1];
  const fraction = match?.[2] ?? '';
  if (whole === undefined || whole.length > 9 || fraction.length > 6) return undefined;
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** Minor units (fen, cents) as decimal text with `digits` decimals; undefined when out of range. */
export function moneyText(minor: number, digits: number): string | undefined {
  if (!Number.isSafeInteger(minor) || digits < 0 || digits > 6) return undefined;
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  if (whole.length > 9) return undefined;
  return `${minor < 0 ? '-' : ''}${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`}`;
}

/** Decimals of a currency's amounts (CNY 2, JPY 0); undefined for what is not a currency code. */
export function currencyDigits(currency: string): number | undefined {
  if (!/^[A-Z]{3}$/.test(currency)) return undefined;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits;
}

/**
 * Epoch milliseconds of seconds, milliseconds, RFC 3339, or local wall time as text, in the store's
 * zone. Undefined for what is no time between 2000 and 2100.
 */
export function instantOf(value: unknown, timezone: string): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  if (/^\d{9,13}$/.test(text)) return plausible(Number(text) * 1000) ?? plausible(Number(text));
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  if (match === null) return undefined;
  const [, date, time, fraction = '', offset] = match;
  // Milliseconds are all the ledger keeps; Square writes nanoseconds.
  const local = `${date}T${time}${fraction.slice(0, 4)}`;
  try {
    if (offset !== undefined) {
      return plausible(Temporal.Instant.from(`${local}${offset}`).epochMilliseconds);
    }
    const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(timezone);
    return plausible(zoned.epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // 2026-13-45 has the form but is no date
    throw error;
  }
}

/** The first plausible of several times, each with its path; implausible ones are warned about. */
export function firstInstant(
  candidates: readonly (readonly [path: string, value: unknown])[],
  timezone: string,
  notes: Notes,
): number | undefined {
  for (const [path, value] of candidates) {
    if (value === undefined || value === null || value === '') continue;
    const at = instantOf(value, timezone);
    if (at !== undefined) return at;
    notes.warnings.push(reason('implausible_time', path, shownValue(value)));
  }
  return undefined;
}

function plausible(at: number): number | undefined {
  return at >= PLAUSIBLE_FROM_MS && at < PLAUSIBLE_UNTIL_MS ? at : undefined;
}
