/**
 * A book for stores: checked whole, compared with the newest one, and published when nothing stands
 * against it.
 *
 * When it starts: a start that has passed must be meant (`past`), because what was sold since is posted
 * again in every store. A book never overtakes one that starts later without being told what becomes of
 * that one (`planned`): keep = the later one still takes over at its start, replace = it does not.
 */
import type { BookProblem } from '#recipes/book/problem.ts';
import type { Book } from '#recipes/contracts/book.ts';
import type { HqParts } from '../parts.ts';
import type { VersionHead } from './catalog-store.ts';
import { booksFor, checkForChain, type Preview, previewFor } from './check-book.ts';
import { publish } from './publish.ts';

export type BookAsked = {
  /** A document, or its text in YAML or JSON. */
  readonly book: unknown;
  /** Codes; null = every store. */
  readonly stores: readonly string[] | null;
  /** RFC 3339; undefined = as the document says, else now: every store has the same minute. */
  readonly validFrom?: string | undefined;
  readonly planned?: 'keep' | 'replace' | undefined;
  /** A start that has passed is meant. */
  readonly past?: boolean | undefined;
  readonly note?: string | null | undefined;
  readonly actor: string;
  readonly cause?: string | null | undefined;
  readonly rollbackOf?: number | null | undefined;
  readonly dryRun: boolean;
};

/** A book that starts later, for one of the same stores. */
export type Planned = Pick<VersionHead, 'version' | 'validFrom' | 'stores' | 'note'>;

export type BookAnswer =
  | {
      readonly what: 'published' | 'rehearsed';
      /** Absent in a rehearsal. */
      readonly version?: number;
      readonly validFrom: string;
      readonly changes: Preview;
      readonly planned: readonly Planned[];
    }
  | { readonly what: 'bad_book'; readonly problems: readonly BookProblem[] }
  | { readonly what: 'past_start'; readonly validFrom: string }
  | { readonly what: 'planned_book'; readonly planned: readonly Planned[] };

/** Checks and, unless it is a rehearsal, publishes. */
export async function publishBook(
  parts: Pick<HqParts, 'db' | 'ports' | 'wire'>,
  asked: BookAsked,
): Promise<BookAnswer> {
  const checked = await checkForChain(parts, asked.book, asked.stores);
  if (!checked.ok) return { what: 'bad_book', problems: checked.problems };
  const { book } = checked;
  const now = parts.ports.now();
  const validFrom = startOf(asked, book, now);
  if (Date.parse(validFrom) < now && asked.past !== true) return { what: 'past_start', validFrom };
  const books = await booksFor(parts, asked.stores);
  const planned = laterThan(books, Date.parse(validFrom));
  if (planned.length > 0 && asked.planned === undefined && !asked.dryRun) {
    return { what: 'planned_book', planned };
  }
  const changes = await previewFor(parts, books, book);
  if (asked.dryRun) return { what: 'rehearsed', validFrom, changes, planned };
  const { stores, note = null, actor, cause = null, rollbackOf = null } = asked;
  const { version } = await publish(parts, {
    kind: 'book',
    stores,
    validFrom,
    payload: {
      book,
      ...(asked.planned === undefined ? {} : { planned: asked.planned }),
      ...(rollbackOf === null ? {} : { rollbackOf }),
    },
    actor,
    note,
    cause,
    rollbackOf,
  });
  return { what: 'published', version, validFrom, changes, planned };
}

/** The document's own start counts only for a new book: a rollback starts now. */
function startOf({ validFrom, rollbackOf }: BookAsked, book: Book, now: number): string {
  const said = validFrom ?? (rollbackOf ? undefined : book.validFrom);
  return new Date(said === undefined ? now : Date.parse(said)).toISOString();
}

function laterThan(books: readonly VersionHead[], start: number): Planned[] {
  return books
    .filter((book) => Date.parse(book.validFrom ?? book.publishedAt) > start)
    .map(({ version, validFrom, stores, note }) => ({ version, validFrom, stores, note }));
}
