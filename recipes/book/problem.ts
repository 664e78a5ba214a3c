import type { QuantityProblem } from '../quantity.ts';

/** One mistake in a book: where, what, and what to do about it, in both languages. */
export type BookProblem = {
  /** Place in the document, like `recipes[3].lines[0].qty`; empty for the document itself. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly messageZh: string;
  readonly remedy?: string;
  readonly remedyZh?: string;
  /** Of the text, from 1; only where the text itself cannot be read. */
  readonly line?: number;
  readonly column?: number;
};

/** Where a check leaves what it found. */
export type Report = (problem: BookProblem) => void;

/** A place in the document: `at('recipes', 3, 'lines')` is `recipes[3].lines`; odd keys are quoted. */
export function at(...steps: readonly PropertyKey[]): string {
  let path = '';
  for (const step of steps) {
    const key = String(step);
    if (typeof step === 'number') path += `[${key}]`;
    else if (PLAIN_KEY.test(key)) path += path === '' ? key : `.${key}`;
    else path += `[${JSON.stringify(key)}]`;
  }
  return path;
}

const PLAIN_KEY = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/** A problem with an amount, at its place in the book. */
export function amountProblem(path: string, problem: QuantityProblem): BookProblem {
  const { code, message, messageZh, remedy, remedyZh } = problem;
  return { path, code, message, messageZh, remedy, remedyZh };
}
