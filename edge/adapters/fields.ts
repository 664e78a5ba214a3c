/** Reading fields of parsed JSON nobody has checked yet: every value is unknown until it is read. */
import { idSchema } from '#recipes/contracts/pos-event.ts';
import type { Notes } from './adapter.ts';
import { reason } from './reasons.ts';

/** The fields a reader looks at, none of which can be relied on. */
export type Fields<Key extends string> = { readonly [Name in Key]?: unknown };

/** The value as an object with those fields; undefined for anything else. */
export function fieldsOf<Key extends string>(value: unknown): Fields<Key> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Fields<Key>;
}

/** The elements of an array; none for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text without spaces around it, or a whole number as text; undefined when empty or anything else. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toWellFormed();
  return text === '' ? undefined : text;
}

/** A code that must survive digit by digit: a number too large for JSON readers is a fault. */
export function codeOf(value: unknown, path: string, notes: Notes): string | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    notes.faults.push(reason('number_precision', path, String(value)));
    return undefined;
  }
  return textOf(value);
}

/** A required id in the contract's form; undefined after noting the fault. */
export function idOf(value: unknown, path: string, notes: Notes): string | undefined {
  const before = notes.faults.length;
  const text = codeOf(value, path, notes);
  if (text === undefined) {
    if (notes.faults.length === before) {
      notes.faults.push(reason('missing_field', path, path.slice(path.lastIndexOf('/') + 1)));
    }
    return undefined;
  }
  if (idSchema.safeParse(text).success) return text;
  notes.faults.push(reason('bad_id', path, cut(text, 40)));
  return undefined;
}

/** A whole number of 0 or more, as a number or as its digits. */
export function wholeOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  return Number(text);
}

/** At most `max` UTF-16 units, never half a character. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}

/** A wrong value in a message: at most 40 characters; of a list or an object only what it is. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  return cut(JSON.stringify(value) ?? 'undefined', 40);
}
