/**
 * Text that every database on the way can keep, head office's too. A NUL and half of a surrogate pair can
 * be written in JSON, but not be stored there; nobody can type them, and a scanner that reads them has
 * misread. They are refused where they come in, because an entry is never changed afterwards.
 */
import { at } from './book/problem.ts';

/**
 * Where such a text is in a value of JSON, as `lines[2].lot`; keys count like texts.
 * @returns undefined when all of it can be kept; empty for the value itself
 */
export function unkeepableAt(value: unknown): string | undefined {
  // A list of what is still to be looked at, not recursion: the nesting is the sender's choice.
  // What stands in two places, as an anchor of YAML does, is looked at once.
  const seen = new Set<object>();
  const waiting: { readonly value: unknown; readonly path: Path }[] = [{ value, path: undefined }];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const { value: here, path } = one;
    if (typeof here === 'string') {
      if (!isKeepable(here)) return pathText(path);
    } else if (typeof here === 'object' && here !== null && !seen.has(here)) {
      seen.add(here);
      const list = Array.isArray(here);
      for (const [key, inner] of Object.entries(here)) {
        if (!isKeepable(key)) return pathText(path);
        waiting.push({ value: inner, path: { step: list ? Number(key) : key, before: path } });
      }
    }
  }
  return undefined;
}

type Path = { readonly step: string | number; readonly before: Path } | undefined;

function isKeepable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function pathText(path: Path): string {
  const steps: (string | number)[] = [];
  for (let one = path; one !== undefined; one = one.before) steps.unshift(one.step);
  return at(...steps);
}
