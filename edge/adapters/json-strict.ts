/**
 * JSON as a gateway must read it: a fault is told by line and column, and a repeated key is never
 * passed over in silence, because two readers may disagree about which value counts.
 */
import { type FaultKind, scanJson } from './json-scan.ts';
import type { Detail } from './reasons.ts';

export type StrictJson =
  | { readonly ok: true; readonly value: unknown; readonly duplicates: readonly string[] }
  | {
      readonly ok: false;
      readonly kind: FaultKind;
      /** Both from 1; the column counts characters, as editors do. */
      readonly line: number;
      readonly column: number;
      /** What is wrong and where, for a person. */
      readonly detail: Detail;
    };

/** `JSON.parse`, with the place of the first fault and the JSON pointers of repeated keys. */
export function parseStrict(text: string): StrictJson {
  const scan = scanJson(text);
  if (scan.fault === undefined) {
    return { ok: true, value: JSON.parse(text), duplicates: scan.duplicates };
  }
  const { kind, offset } = scan.fault;
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
  const what = FAULTS[kind];
  const found = offset < text.length ? shown(text, offset) : undefined;
  const en = `${what.en}, found ${found ?? 'the end'}, at line ${line} column ${column}`;
  const zh = `第 ${line} 行第 ${column} 列${what.zh}，实际为${found ?? '结尾'}`;
  return { ok: false, kind, line, column, detail: { en, zh } };
}

/** JSON pointers of repeated keys, each once, in order; of text that is not JSON, those before the fault. */
export function findDuplicateKeys(text: string): string[] {
  return [...scanJson(text).duplicates];
}

/**
 * How many object keys are in JSON text, repeated ones included. Together with the number of keys of
 * the parsed value it shows in one cheap pass whether a key was repeated. The bytes must be valid
 * JSON: then a colon outside a string stands after a key and nowhere else, and counting colons is
 * counting keys.
 */
export function countKeys(bytes: Uint8Array): number {
  const end = bytes.length;
  let keys = 0;
  for (let at = 0; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === COLON) keys += 1;
    else if (byte === QUOTE) {
      // UTF-8 keeps ASCII bytes to itself, so no decoding is needed to find the closing quote.
      for (at += 1; at < end && bytes[at] !== QUOTE; at += 1) {
        if (bytes[at] === BACKSLASH) at += 1;
      }
    }
  }
  return keys;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

const FAULTS: Readonly<Record<FaultKind, Detail>> = {
  control_character: {
    en: 'a raw control character inside a string',
    zh: '字符串内有未转义的控制字符',
  },
  bad_escape: { en: 'an unknown escape in a string', zh: '字符串内有错误的转义' },
  unterminated_string: { en: 'a string that does not end', zh: '字符串没有结束' },
  value_expected: { en: 'a value was expected', zh: '应为一个值' },
  key_expected: { en: 'a key in quotes was expected', zh: '应为带引号的键' },
  colon_expected: { en: 'a colon was expected after the key', zh: '键后应为冒号' },
  comma_expected: { en: 'a comma or a closing bracket was expected', zh: '应为逗号或右括号' },
  text_after_end: { en: 'nothing more was expected', zh: '内容应已结束' },
};

function shown(text: string, offset: number): string {
  const point = text.codePointAt(offset) ?? 0;
  if (point >= 0x20 && point < 0x7f) return `"${String.fromCodePoint(point)}"`;
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
