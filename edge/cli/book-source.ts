/** The book in force, read from the database file: works on a running and on a stopped box. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Book } from '#recipes/contracts/book.ts';
import { openReader } from '../db/open.ts';
import { openBookStore } from '../recipe-book/book-store.ts';
import { databaseFolder, dataFolders, type Surroundings } from './place.ts';

/** Undefined when there is none yet. */
export function bookInForce(around: Surroundings): Book | undefined {
  return withBooks(around, (books) => {
    const now = Date.now();
    // The same order as in the box: by start, of two with the same start the later adopted.
    const versions = books
      .versions()
      .sort((a, b) => a.validFrom - b.validFrom || a.version - b.version);
    const current = versions.findLast((version) => version.validFrom <= now) ?? versions[0];
    const text = current && books.document(current.version);
    return text === undefined ? undefined : (JSON.parse(text) as Book);
  });
}

/** The number of the newest book, in force or to come. */
export function newestVersion(around: Surroundings): number | undefined {
  return withBooks(around, (books) => books.versions().at(-1)?.version);
}

function withBooks<T>(
  around: Surroundings,
  work: (books: ReturnType<typeof openBookStore>) => T | undefined,
): T | undefined {
  if (!dataFolders(around).some((folder) => existsSync(join(folder, 'larder.db'))))
    return undefined;
  const db = openReader(join(databaseFolder(around), 'larder.db'));
  try {
    return work(openBookStore(db));
  } finally {
    db.close();
  }
}
