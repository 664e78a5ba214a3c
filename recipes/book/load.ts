/** From the text of a book to its document. What is wrong with the text itself is said by line. */
import { parseDocument } from 'yaml';
import { findJsonFault } from './json-scan.ts';
import type { BookProblem } from './problem.ts';

export type BookText =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly BookProblem[] };

/** Reads YAML 1.2 or JSON. A key given twice is refused: one of the two would be lost in silence. */
export function parseBookText(text: string, format: 'yaml' | 'json'): BookText {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return format === 'json' ? parseJson(plain) : parseYaml(plain);
}

/**
 * Most values a document may unfold to. Anchors share them, so a few lines can stand for billions; the
 * library counts aliases, but not those of empty lists.
 */
const VALUES_MAX = 5_000_000;

function parseYaml(text: string): BookText {
  const document = parseDocument(text, {
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'error',
  });
  const problems = [...document.errors, ...document.warnings].map((error) =>
    textProblem(error.code.toLowerCase(), error.message, text, error.pos[0]),
  );
  if (problems.length > 0) return { ok: false, problems };
  try {
    const value: unknown = document.toJS({ maxAliasCount: 1000 });
    if (isSmall(value)) return { ok: true, value };
    const message = 'the anchors of this document unfold to too much';
    return { ok: false, problems: [textProblem('bad_alias', message, text, 0)] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [textProblem('bad_alias', message, text, 0)] };
  }
}

function isSmall(root: unknown): boolean {
  const stack: unknown[] = [root];
  for (let seen = 0; stack.length > 0; seen++) {
    if (seen + stack.length > VALUES_MAX) return false;
    const value = stack.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const inner of Object.values(value)) stack.push(inner);
  }
  return true;
}

function parseJson(text: string): BookText {
  const fault = findJsonFault(text);
  if (fault === undefined) return { ok: true, value: JSON.parse(text) };
  return { ok: false, problems: [textProblem(fault.code, fault.message, text, fault.offset)] };
}

function textProblem(code: string, message: string, text: string, offset: number): BookProblem {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  return {
    path: '',
    code,
    message: `line ${line}, column ${column}: ${message}`,
    messageZh: `第 ${line} 行第 ${column} 列：${message}`,
    remedy: 'correct the text at this place',
    remedyZh: '请改正此处的文字',
    line,
    column,
  };
}
