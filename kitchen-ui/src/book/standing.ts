import type { BooksAnswer } from '../recipes/types.ts';
import type { SentVersion } from './book-types.ts';

export type Standing = 'inForce' | 'planned' | 'earlier' | 'refused' | 'ignored';

/** How a version of head office stands here, and the version of the box that is it. */
export type Stand = {
  readonly standing: Standing;
  /** Newest version of the box with its document; null = there is none. */
  readonly book: number | null;
};

/** Head office's version here: the box may have it several times, with what was different each time. */
export function standOf(
  { version, state }: SentVersion,
  { inForce, next, books }: BooksAnswer,
): Stand {
  const own = books.filter(({ hq }) => hq === version);
  const book = own.length === 0 ? null : Math.max(...own.map((one) => one.version));
  if (state !== 'taken') return { standing: state, book };
  if (own.some((one) => one.version === inForce)) return { standing: 'inForce', book };
  if (own.some((one) => one.version === next)) return { standing: 'planned', book };
  const starts = books.find((one) => one.version === next)?.validFrom;
  const planned = starts !== undefined && own.some((one) => one.validFrom > starts);
  return { standing: planned ? 'planned' : 'earlier', book };
}
