/** What the routes of the recipe book ask of the box. */
import { hqBookParts } from './box-catalog.ts';
import type { Doors } from './box-doors.ts';
import { rehearsalOf } from './box-head-office.ts';
import type { BoxParts } from './box-parts.ts';
import { openCatalogReads } from './catalog/read-catalog.ts';
import type { BookRouteParts } from './http/book-route-parts.ts';
import { checkForBox } from './recipe-book/adopt.ts';
import { randomHex } from './runtime/ports.ts';

export function bookRouteParts(parts: BoxParts, doors: Doors): BookRouteParts {
  const { ledger, ports, receiving } = parts;
  return {
    knowledge: receiving.knowledge,
    books: parts.books,
    check: (input) => checkForBox({ ledger }, input),
    rehearse: rehearsalOf(parts),
    catalog: openCatalogReads(hqBookParts(parts), ports.now),
    adopt(book, validFrom, sender) {
      const data = { book, ...(validFrom === undefined ? {} : { validFrom }) };
      const id = `book:${randomHex(ports, 12)}`;
      const actor = sender.pass?.user ?? 'api';
      return doors.execute({ id, kind: 'book.adopt', actor, data }, sender);
    },
    now: ports.now,
  };
}
