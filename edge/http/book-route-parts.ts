/** What the routes of the recipe book need of the box. */
import type { CommandResult } from '#recipes/contracts/command.ts';
import type { Sender } from '../commands/execute.ts';
import type { CheckedBook } from '../recipe-book/adopt.ts';
import type { BookStore } from '../recipe-book/book-store.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';

export type BookRouteParts = {
  readonly knowledge: Knowledge;
  readonly books: BookStore;
  readonly check: (input: unknown) => CheckedBook;
  /** Adopts a book as a command; `validFrom` RFC 3339 or undefined for now. */
  readonly adopt: (book: unknown, validFrom: string | undefined, sender: Sender) => CommandResult;
  readonly now: () => number;
};
