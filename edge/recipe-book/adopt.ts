/**
 * A new recipe book takes effect: checked whole, stored as the next version, and every item gets its
 * number, in the transaction of the entry that says so. What waited for it is released afterwards.
 */
import { hash } from 'node:crypto';
import { checkBook } from '#recipes/book/check.ts';
import type { BookProblem } from '#recipes/book/problem.ts';
import { unitChanges } from '#recipes/book/unit-changes.ts';
import type { Book } from '#recipes/contracts/book.ts';
import { openKitchen } from '#recipes/kitchen.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { BookStore, BookVersion } from './book-store.ts';
import type { Knowledge } from './knowledge.ts';

export type AdoptParts = {
  readonly ledger: Ledger;
  readonly books: BookStore;
  readonly knowledge: Knowledge;
  readonly dayOf: (at: number) => number;
};

export type CheckedBook =
  | { readonly ok: true; readonly book: Book }
  | { readonly ok: false; readonly problems: readonly BookProblem[] };

export type AdoptCause = {
  readonly command: string | null;
  readonly actor: string | null;
  readonly now: number;
  /** Where the document comes from; stands in the note of the entry. */
  readonly origin?: BookOrigin;
};

/** Whose document a version of the box is. */
export type BookOrigin = {
  /** Version of head office that it is, with what this store keeps different. */
  readonly hq?: number;
  /** Version of the box whose document it is again. */
  readonly rollbackOf?: number;
};

/** Everything wrong with a book, what stands against it in this box's ledger included. */
export function checkForBox(parts: Pick<AdoptParts, 'ledger'>, input: unknown): CheckedBook {
  const checked = checkBook(input);
  if (!checked.ok) return checked;
  const { items } = parts.ledger;
  const problems = unitChanges(checked.book, (item) => {
    const number = items.find(item);
    return number === undefined ? undefined : { unit: items.unit(number) };
  });
  return problems.length > 0 ? { ok: false, problems } : checked;
}

/**
 * Adopts a checked book. Inside `transact`; call `knowledge.learnBook` with the result afterwards.
 * The same document again, with the same start, is the version it already is; of another version of
 * head office it is another one, because what is different here is laid over that from now on.
 */
export function adoptBook(
  parts: AdoptParts,
  book: Book,
  validFrom: number,
  cause: AdoptCause,
): { readonly version: BookVersion; readonly fresh: boolean } {
  const text = JSON.stringify(book);
  const digest = hash('sha256', text, 'hex');
  const versions = parts.books.versions();
  const newest = versions.at(-1);
  const inForce = parts.knowledge.at(validFrom)?.version;
  if (
    inForce &&
    inForce.hash === digest &&
    inForce.validFrom <= validFrom &&
    isOf(parts.ledger, inForce, cause.origin)
  ) {
    return { version: inForce, fresh: false };
  }
  for (const item of openKitchen(book).items.values())
    parts.ledger.items.number(item.id, item.unit);
  const number = (newest?.version ?? 0) + 1;
  const entry = parts.ledger.append(
    {
      kind: 'book',
      event: null,
      command: cause.command,
      sale: null,
      reverses: null,
      book: number,
      day: parts.dayOf(cause.now),
      occurredAt: validFrom,
      recordedAt: cause.now,
      actor: cause.actor,
      note: JSON.stringify({ hash: digest, validFrom, ...cause.origin }),
    },
    parts.ledger.draft(),
  );
  const version = { version: number, entry, validFrom, adoptedAt: cause.now, hash: digest };
  parts.books.insert(version, text);
  return { version, fresh: true };
}

/** Whether a version is of the same version of head office as a document that comes now. */
function isOf(ledger: Ledger, version: BookVersion, origin: BookOrigin | undefined): boolean {
  if (origin?.hq === undefined) return true;
  return originOf(ledger, version).hq === origin.hq;
}

/** Where the document of a version comes from, by the note of its entry. */
export function originOf(ledger: Ledger, version: BookVersion): BookOrigin {
  const note = ledger.entries.get(version.entry)?.head.note;
  const { hq, rollbackOf } = JSON.parse(note ?? '{}') as BookOrigin;
  return {
    ...(hq === undefined ? {} : { hq }),
    ...(rollbackOf === undefined ? {} : { rollbackOf }),
  };
}
