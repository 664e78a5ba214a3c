/**
 * The books of head office in this box: which versions of the box's book come from it, and how a
 * document becomes one here, with what this store keeps different.
 */
import { checkBook } from '#recipes/book/check.ts';
import { withOverrides } from '#recipes/book/overrides.ts';
import type { BookProblem } from '#recipes/book/problem.ts';
import type { Book } from '#recipes/contracts/book.ts';
import { hqBookSchema } from '#recipes/contracts/catalog-command.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { adoptBook, checkForBox, originOf } from '../recipe-book/adopt.ts';
import type { BookStore, BookVersion } from '../recipe-book/book-store.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';
import type { CatalogStore } from './catalog-store.ts';
import type { OverrideStore } from './override-store.ts';
import type { Reason } from './reasons.ts';

export type HqBookParts = {
  readonly ledger: Ledger;
  readonly books: BookStore;
  readonly knowledge: Knowledge;
  readonly catalog: CatalogStore;
  readonly overrides: OverrideStore;
  readonly dayOf: (at: number) => number;
};

/** The document of a version of head office that was taken before, as it was signed. */
export function documentOf(catalog: CatalogStore, hq: number): Book | undefined {
  const row = catalog.get(hq);
  if (row?.kind !== 'book') return undefined;
  const { payload } = JSON.parse(row.signed) as { payload?: unknown };
  const said = hqBookSchema.safeParse(payload);
  const checked = said.success ? checkBook(said.data.book) : undefined;
  return checked?.ok ? checked.book : undefined;
}

/** The versions of head office that count from `now` on: the one in force, and those that are planned. */
export function hqVersions(
  parts: HqBookParts,
  now: number,
): { readonly version: BookVersion; readonly hq: number; readonly inForce: boolean }[] {
  const inForce = parts.knowledge.at(now)?.version;
  return parts.knowledge.versions().flatMap((version) => {
    const current = version.version === inForce?.version;
    if (!current && version.validFrom <= now) return [];
    const { hq } = originOf(parts.ledger, version);
    return hq === undefined ? [] : [{ version, hq, inForce: current }];
  });
}

export type HereChecked =
  | { readonly ok: true; readonly book: Book }
  | { readonly ok: false; readonly reason: Reason; readonly problems: readonly BookProblem[] };

/** A document of head office with what is different here, checked whole. */
export function checkHere(parts: HqBookParts, document: unknown): HereChecked {
  const own = checkForBox(parts, document);
  if (!own.ok) return badBook('bad_book', own.problems);
  const overrides = parts.overrides.list();
  if (overrides.length === 0) return own;
  const whole = checkForBox(parts, withOverrides(own.book, overrides).book);
  return whole.ok ? whole : badBook('bad_override', whole.problems);
}

function badBook(
  code: 'bad_book' | 'bad_override',
  problems: readonly BookProblem[],
): Extract<HereChecked, { ok: false }> {
  const [first] = problems;
  const more = problems.length;
  const words = {
    en: `${first?.path}: ${first?.message}${first?.remedy ? `; ${first.remedy}` : ''} (${more} in all)`,
    zh: `${first?.path}:${first?.messageZh}${first?.remedyZh ? `;${first.remedyZh}` : ''}(共 ${more} 处)`,
  };
  if (code === 'bad_book') return { ok: false, problems, reason: { code, ...words } };
  const reason = {
    code,
    en: `with what this store keeps different: ${words.en}`,
    zh: `合并本店差异后:${words.zh}`,
  };
  return { ok: false, problems, reason };
}

/**
 * Adopts a checked document of head office. Inside `transact`; the book's knowledge learns it after
 * the commit.
 */
export function adoptHere(
  parts: HqBookParts,
  book: Book,
  validFrom: number,
  cause: { readonly hq: number; readonly actor: string | null; readonly now: number },
): { readonly version: BookVersion; readonly fresh: boolean } {
  const { actor, now, hq } = cause;
  return adoptBook(parts, book, validFrom, { command: null, actor, now, origin: { hq } });
}
