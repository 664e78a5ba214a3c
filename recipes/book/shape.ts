/** Checks the shape of one part of the book and says what is wrong with it in words. */
import type { z } from 'zod';
import { nearest } from '../nearest.ts';
import { hintFor } from './hints.ts';
import { at, type BookProblem, type Report } from './problem.ts';

/** A strict object schema of the book. */
export type PieceSchema<T> = z.ZodType<T> & { readonly shape: Readonly<Record<string, unknown>> };

/**
 * Reads one piece of the document at `path`. Every mistake is reported; the piece is still returned
 * without its wrong optional parts, so that the later checks can speak in the same breath. Undefined
 * when something it cannot do without is missing.
 */
export function readPiece<T>(
  schema: PieceSchema<T>,
  raw: unknown,
  path: readonly PropertyKey[],
  report: Report,
): T | undefined {
  const first = schema.safeParse(raw);
  if (first.success) return first.data;
  const keys = Object.keys(schema.shape);
  const strange = new Set<string>();
  for (const issue of first.error.issues) {
    // An object with a misspelt key seems empty, too: one mistake, told once.
    if (issue.code === 'custom' && strange.has(at(...issue.path))) continue;
    if (issue.code === 'unrecognized_keys') strange.add(at(...issue.path));
    tell(issue, raw, path, keys, report);
  }
  if (!isRecord(raw)) return undefined;
  const wrong = new Set(
    first.error.issues.flatMap((issue) =>
      issue.path.length === 0 && issue.code === 'unrecognized_keys'
        ? issue.keys
        : issue.path.slice(0, 1),
    ),
  );
  const rest = Object.fromEntries(Object.entries(raw).filter(([key]) => !wrong.has(key)));
  const second = schema.safeParse(rest);
  return second.success ? second.data : undefined;
}

/** A list at `path`, or an empty one; anything else is reported. */
export function readList(
  raw: unknown,
  path: readonly PropertyKey[],
  limit: number,
  report: Report,
): readonly unknown[] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw)) {
    report(wrongValue(path, raw));
    return [];
  }
  if (raw.length <= limit) return raw;
  report({
    path: at(...path),
    code: 'too_many',
    message: `${raw.length} entries, at most ${limit} are possible`,
    messageZh: `共 ${raw.length} 条，最多 ${limit} 条`,
    remedy: 'remove some',
    remedyZh: '请减少条目',
  });
  return raw.slice(0, limit);
}

/** A plain object: what JSON and YAML make of a mapping. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Issue = z.core.$ZodIssue;

function tell(
  issue: Issue,
  raw: unknown,
  base: readonly PropertyKey[],
  keys: readonly string[],
  report: Report,
): void {
  const path = [...base, ...issue.path];
  const value = valueAt(raw, issue.path);
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys)
      report(unknownKey([...path, key], key, knownKeys(issue.path, keys)));
    return;
  }
  if (issue.code === 'invalid_union') {
    // The branch that fits the kind of value tells more than "none of them fits".
    const branch = issue.errors.find((errors) => !errors.some((inner) => inner.path.length === 0));
    const named = branch ?? issue.errors.find((errors) => errors[0]?.code === 'unrecognized_keys');
    if (named !== undefined && value !== undefined) {
      for (const inner of named) tell(inner, value, path, keys, report);
      return;
    }
  }
  report(wrongValue(path, value));
}

/** Small objects inside a piece have few keys; everything else is the piece itself. */
function knownKeys(path: readonly PropertyKey[], keys: readonly string[]): readonly string[] {
  const inner = path.at(-1);
  if (inner === 'stock') return ['safety', 'par', 'max'];
  if (inner === 'swap') return ['from', 'to', 'qty'];
  if (inner === 'contact') return ['phone', 'email'];
  if (path.at(-2) === 'send') return ['by', 'to', 'robot'];
  return keys;
}

function unknownKey(
  path: readonly PropertyKey[],
  key: string,
  keys: readonly string[],
): BookProblem {
  const known = path.at(-2) === 'name' ? ['zh', 'en'] : keys;
  const meant = nearest(key, known);
  return {
    path: at(...path),
    code: 'unknown_key',
    message: `unknown key "${key}"`,
    messageZh: `未知的键“${key}”`,
    remedy: meant === undefined ? `known here: ${known.join(', ')}` : `did you mean "${meant}"?`,
    remedyZh: meant === undefined ? `此处可用：${known.join('、')}` : `是否为“${meant}”？`,
  };
}

function wrongValue(path: readonly PropertyKey[], value: unknown): BookProblem {
  const found = hintFor(path);
  const key = found?.key ?? String(path.at(-1) ?? 'book');
  const en = found?.hint.en ?? 'an entry with keys and values';
  const zh = found?.hint.zh ?? '带键值的条目';
  if (value === undefined) {
    return {
      path: at(...path),
      code: 'missing',
      message: `"${key}" is missing`,
      messageZh: `缺少“${key}”`,
      remedy: `add "${key}": ${en}`,
      remedyZh: `请添加“${key}”：${zh}`,
    };
  }
  return {
    path: at(...path),
    code: found?.hint.code ?? 'bad_value',
    message: `${shown(value)} is not right here: "${key}" is ${en}`,
    messageZh: `${shown(value, '列表', '对象')} 不正确：“${key}”应为${zh}`,
    remedy: `write ${en}`,
    remedyZh: `请写${zh}`,
  };
}

function shown(value: unknown, list = 'a list', object = 'an object'): string {
  if (Array.isArray(value)) return list;
  if (typeof value === 'object' && value !== null) return object;
  const text = typeof value === 'string' ? `"${value}"` : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (isRecord(value) && Object.hasOwn(value, step)) value = value[String(step)];
    else return undefined;
  }
  return value;
}
