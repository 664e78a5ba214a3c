/**
 * Finds in a JSON text what `JSON.parse` does not tell: where it goes wrong, and keys given twice.
 */
export type JsonFault = {
  readonly code: 'bad_json' | 'duplicate_key';
  readonly offset: number;
  readonly message: string;
};

/** The first fault of the text, or undefined when it is JSON without double keys. */
export function findJsonFault(text: string): JsonFault | undefined {
  /** Open objects with their keys, open lists as undefined. */
  const open: (Set<string> | undefined)[] = [];
  let expect: Expect = 'value';
  let offset = 0;
  for (;;) {
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text);
    const space = token?.[1] ?? '';
    const word = token?.[2] ?? '';
    offset += space.length;
    if (word === '') {
      if (offset === text.length && expect === 'end') return undefined;
      return bad(text, offset);
    }
    const next = step(word, expect, open);
    if (next === 'bad') return bad(text, offset);
    if (expect === 'key' || expect === 'first-key') {
      const twice = word === '}' ? undefined : addKey(word, open.at(-1));
      if (twice !== undefined) {
        return { code: 'duplicate_key', offset, message: `the key "${twice}" is given twice` };
      }
    }
    expect = next;
    offset += word.length;
  }
}

type Expect = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'comma' | 'end';

const TOKEN =
  /([ \t\n\r]*)("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})|\u007f|[\u0080-\u009f])*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]|)/uy;

/** What may follow `word`, or 'bad' when it may not stand here. */
function step(word: string, expect: Expect, open: (Set<string> | undefined)[]): Expect | 'bad' {
  const inObject = open.at(-1) !== undefined;
  if (word === '}' || word === ']') {
    const fits = expect === 'comma' || expect === (word === '}' ? 'first-key' : 'first-value');
    if (!fits || open.length === 0 || inObject !== (word === '}')) return 'bad';
    open.pop();
    return open.length === 0 ? 'end' : 'comma';
  }
  if (word === ':') return expect === 'colon' ? 'value' : 'bad';
  if (word === ',') {
    if (expect !== 'comma') return 'bad';
    return inObject ? 'key' : 'value';
  }
  if (expect === 'key' || expect === 'first-key') return word.startsWith('"') ? 'colon' : 'bad';
  if (expect !== 'value' && expect !== 'first-value') return 'bad';
  if (word === '{') open.push(new Set());
  else if (word === '[') open.push(undefined);
  else return open.length === 0 ? 'end' : 'comma';
  return word === '{' ? 'first-key' : 'first-value';
}

/** The key itself when the object already has it. Two spellings ("a", "\u0061") are one key. */
function addKey(quoted: string, keys: Set<string> | undefined): string | undefined {
  const key = String(JSON.parse(quoted));
  if (keys?.has(key)) return key;
  keys?.add(key);
  return undefined;
}

function bad(text: string, offset: number): JsonFault {
  const found =
    text.length === offset ? 'the end of the text' : JSON.stringify(text.charAt(offset));
  return { code: 'bad_json', offset, message: `${found} cannot stand here` };
}
