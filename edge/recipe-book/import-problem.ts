/** One mistake in a file that is to be imported: where in the file, why, and what to do. */
import type { BookProblem } from '#recipes/book/problem.ts';

export type ImportProblem = {
  /** Name of the worksheet, when the file has several. */
  readonly sheet?: string;
  /** Row of the table or line of the text, from 1. */
  readonly row?: number;
  /** Header of the column, or the column of the text from 1. */
  readonly column?: string | number;
  /** Place in the book, like `items[3].unit`. */
  readonly path?: string;
  readonly code: string;
  readonly message: string;
  readonly messageZh: string;
  readonly remedy?: string;
  readonly remedyZh?: string;
};

/** A problem of the book, at the place of the file that it comes from. */
export function placed(
  problem: BookProblem,
  place: { sheet?: string; row?: number; column?: string | number },
): ImportProblem {
  const { path, code, message, messageZh, remedy, remedyZh } = problem;
  return {
    ...place,
    path,
    code,
    message,
    messageZh,
    ...(remedy === undefined ? {} : { remedy }),
    ...(remedyZh === undefined ? {} : { remedyZh }),
  };
}
