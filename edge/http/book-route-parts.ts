/** What the routes of the recipe book need of the box. */
import type { Book } from '#recipes/contracts/book.ts';
import type { CommandResult } from '#recipes/contracts/command.ts';
import type { CatalogReads } from '../catalog/read-catalog.ts';
import type { Rehearsal } from '../catalog/rehearse.ts';
import type { Sender } from '../commands/execute.ts';
import type { CheckedBook } from '../recipe-book/adopt.ts';
import type { BookStore } from '../recipe-book/book-store.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';

export type BookRouteParts = {
  readonly knowledge: Knowledge;
  readonly books: BookStore;
  readonly check: (input: unknown) => CheckedBook;
  /** The last days under a book that is not adopted. */
  readonly rehearse: (book: Book) => Promise<Rehearsal>;
  /** Whose the book is, and what is different here. */
  readonly catalog: CatalogReads;
  /** Adopts a book as a command; `validFrom` RFC 3339 or undefined for now. */
  readonly adopt: (book: unknown, validFrom: string | undefined, sender: Sender) => CommandResult;
  readonly now: () => number;
};
