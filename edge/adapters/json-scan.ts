/**
 * One walk over JSON text that finds what `JSON.parse` does not tell: where the first fault is, and
 * which keys are repeated. It keeps its own stack, so that no depth of nesting can overflow ours.
 */

/** What is wrong at the place of the first fault. */
export type FaultKind =
  | 'control_character'
  | 'bad_escape'
  | 'unterminated_string'
  | 'value_expected'
  | 'key_expected'
  | 'colon_expected'
  | 'comma_expected'
  | 'text_after_end';

export type JsonScan = {
  /** Offset in UTF-16 units; equal to the text's length when the text ends too early. */
  readonly fault: { readonly kind: FaultKind; readonly offset: number } | undefined;
  /** JSON pointers of repeated keys up to the fault, each once, in order of appearance. */
  readonly duplicates: readonly string[];
};

/** Walks to the end of the text, or to its first fault; valid for it is what `JSON.parse` accepts. */
export function scanJson(text: string): JsonScan {
  const walk: Walk = { text, at: 0, frames: [], duplicates: new Set(), fault: undefined };
  let next: Next = 'value';
  while (walk.fault === undefined) {
    skipSpace(walk);
    if (next === 'end') {
      if (walk.at < text.length) fail(walk, 'text_after_end');
      break;
    }
    next = STEPS[next](walk);
  }
  return { fault: walk.fault, duplicates: [...walk.duplicates] };
}

/** The end of the string whose opening quote is at `start`, after its closing quote, or a fault. */
export function scanString(
  text: string,
  start: number,
): { end: number } | { kind: FaultKind; offset: number } {
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return { end: at + 1 };
    if (unit < 0x20) return { kind: 'control_character', offset: at };
    if (unit === BACKSLASH) {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) return { kind: 'bad_escape', offset: at };
      at = ESCAPE.lastIndex - 1;
    }
  }
  return { kind: 'unterminated_string', offset: text.length };
}

/** What may come next: a value (or the end of an empty array), a key, the rest of a container. */
type Next = 'value' | 'firstElement' | 'firstKey' | 'key' | 'rest' | 'end';
/** `keys` is undefined in an array, where `index` counts. */
type Frame = { readonly keys: Set<string> | undefined; key: string; index: number };
type Walk = {
  readonly text: string;
  at: number;
  readonly frames: Frame[];
  readonly duplicates: Set<string>;
  fault: { kind: FaultKind; offset: number } | undefined;
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

const STEPS: Readonly<Record<Exclude<Next, 'end'>, (walk: Walk) => Next>> = {
  value,
  key,
  rest,
  firstElement: (walk) => (take(walk, ']') ? leave(walk) : value(walk)),
  firstKey: (walk) => (take(walk, '}') ? leave(walk) : key(walk)),
};

function value(walk: Walk): Next {
  if (take(walk, '{')) {
    walk.frames.push({ keys: new Set(), key: '', index: 0 });
    return 'firstKey';
  }
  if (take(walk, '[')) {
    walk.frames.push({ keys: undefined, key: '', index: 0 });
    return 'firstElement';
  }
  if (walk.text.charCodeAt(walk.at) === QUOTE) {
    string(walk);
    return afterValue(walk);
  }
  SCALAR.lastIndex = walk.at;
  if (!SCALAR.test(walk.text)) return fail(walk, 'value_expected');
  walk.at = SCALAR.lastIndex;
  return afterValue(walk);
}

function key(walk: Walk): Next {
  if (walk.text.charCodeAt(walk.at) !== QUOTE) return fail(walk, 'key_expected');
  const name = string(walk);
  if (name === undefined) return 'end';
  skipSpace(walk);
  if (!take(walk, ':')) return fail(walk, 'colon_expected');
  const frame = walk.frames.at(-1);
  if (frame?.keys) {
    frame.key = name;
    if (frame.keys.has(name)) walk.duplicates.add(pointer(walk.frames));
    frame.keys.add(name);
  }
  return 'value';
}

function rest(walk: Walk): Next {
  const frame = walk.frames.at(-1);
  if (frame === undefined) return 'end';
  if (take(walk, ',')) {
    frame.index += 1;
    return frame.keys ? 'key' : 'value';
  }
  if (take(walk, frame.keys ? '}' : ']')) return leave(walk);
  return fail(walk, 'comma_expected');
}

function leave(walk: Walk): Next {
  walk.frames.pop();
  return afterValue(walk);
}

function afterValue(walk: Walk): Next {
  return walk.frames.length === 0 ? 'end' : 'rest';
}

/** Walks over a string and returns what it says; undefined after a fault. */
function string(walk: Walk): string | undefined {
  const start = walk.at;
  const found = scanString(walk.text, start);
  if (!('end' in found)) {
    walk.fault = found;
    return undefined;
  }
  walk.at = found.end;
  const raw = walk.text.slice(start + 1, found.end - 1);
  // "a" and "\u0061" are the same key to every reader, so they must be the same here.
  return raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
}

function take(walk: Walk, char: string): boolean {
  if (walk.text[walk.at] !== char) return false;
  walk.at += 1;
  return true;
}

function skipSpace(walk: Walk): void {
  for (; walk.at < walk.text.length; walk.at += 1) {
    const unit = walk.text.charCodeAt(walk.at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
  }
}

function fail(walk: Walk, kind: FaultKind): 'end' {
  walk.fault = { kind, offset: walk.at };
  return 'end';
}

/** RFC 6901. */
function pointer(frames: readonly Frame[]): string {
  return frames
    .map((f) => `/${f.keys ? f.key.replaceAll('~', '~0').replaceAll('/', '~1') : f.index}`)
    .join('');
}
