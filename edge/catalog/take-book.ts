/**
 * A book of head office: checked whole with what is different here, rehearsed on the last week, adopted
 * with its own start. When that minute has passed, what was sold since gets the difference; when it is
 * still to come, nothing happens until then.
 */

import type { Book } from '#recipes/contracts/book.ts';
import { hqBookSchema } from '#recipes/contracts/catalog-command.ts';
import type { BookVersion } from '../recipe-book/book-store.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';
import {
  adoptHere,
  checkHere,
  type HereChecked,
  type HqBookParts,
  hqVersions,
} from './book-of-hq.ts';
import { correctLate, type LateParts, type LateProgress, type LateRange } from './correct-late.ts';
import type { Reason } from './reasons.ts';
import type { Rehearsal } from './rehearse.ts';
import type { Effect, Verdict } from './take-version.ts';
import type { ReadVersion } from './verify-version.ts';

export type TakeBookParts = HqBookParts &
  LateParts & {
    readonly rehearse: (book: Book) => Promise<Rehearsal>;
    /** Books took effect: what waited is tried again. After the commit. */
    readonly bookChanged: () => void;
    /** What was known without these versions of the box's book. */
    readonly without: (books: readonly number[]) => Pick<Knowledge, 'resolve'>;
    /** Posts the difference of one sale. Inside `transact`. */
    readonly correct: (
      sale: number,
      late: {
        readonly before: Pick<Knowledge, 'resolve'>;
        readonly note: string;
      },
    ) => number;
  };

/** What is kept while a version is being dealt with, so that a crash goes on where it stopped. */
type Underway = LateProgress & {
  readonly version: number;
  /** Version of the box's book that it became. */
  readonly book: number;
  /** Those of its versions whose document was not in force there before: what was sold since may differ. */
  readonly fresh: readonly number[];
  readonly rehearsal: Rehearsal;
};

/** Problems that travel back to head office; the rest is counted. */
const PROBLEMS_MAX = 20;

/** Handler for `catalog.on('book', …)`. */
export function takeBook(
  parts: TakeBookParts,
): (version: ReadVersion, now: number) => Promise<Effect> {
  return async (version, now) => {
    const said = hqBookSchema.safeParse(version.payload);
    if (!said.success) return () => ({ ok: false, reason: NO_BOOK });
    const halfway = underwayOf(parts, version.version);
    if (halfway) return finish(parts, version, halfway);
    const stamp = stampOf(parts);
    const first = checkHere(parts, said.data.book);
    if (!first.ok) return () => refused(first);
    await turn(parts);
    const rehearsal = await parts.rehearse(first.book);
    // While it was rehearsed, somebody may have said what is different here.
    const checked = stampOf(parts) === stamp ? first : checkHere(parts, said.data.book);
    if (!checked.ok) return () => refused(checked);
    const replace = said.data.planned === 'replace';
    const begun = adopt(parts, version, checked.book, { replace, rehearsal, now });
    await turn(parts);
    return finish(parts, version, begun);
  };
}

/** Changes with whatever a check of a book depends on. */
function stampOf({ overrides, books }: TakeBookParts): string {
  return `${overrides.newest()} ${books.versions().length}`;
}

/** Lets everything else run first: a whole book is some 20 ms of work at each step. */
function turn({ ports }: TakeBookParts): Promise<void> {
  return new Promise((resolve) => ports.soon(resolve));
}

function refused({ reason, problems }: Extract<HereChecked, { ok: false }>): Verdict {
  const detail = { problems: problems.slice(0, PROBLEMS_MAX), problemCount: problems.length };
  return { ok: false, reason, detail };
}

function underwayOf(parts: TakeBookParts, version: number): Underway | undefined {
  const kept = parts.catalog.word('catalogBook');
  const underway = kept === undefined ? undefined : (JSON.parse(kept) as Underway);
  return underway?.version === version ? underway : undefined;
}

type Adopting = {
  /** Books of head office that start later do not come any more. */
  readonly replace: boolean;
  readonly rehearsal: Rehearsal;
  readonly now: number;
};

function adopt(
  parts: TakeBookParts,
  version: ReadVersion,
  book: Book,
  { replace, rehearsal, now }: Adopting,
): Underway {
  const validFrom = version.validFrom === null ? now : Date.parse(version.validFrom);
  const cause = { hq: version.version, actor: version.actor, now };
  const others = replace ? startsAfter(parts, validFrom, now) : [];
  const starts = [validFrom, ...others, ...startAgain(parts, version, now)];
  const learnt: BookVersion[] = [];
  const underway = parts.ledger.transact((): Underway => {
    const [first] = starts.map((start) => {
      const adopted = adoptHere(parts, book, start, cause);
      if (adopted.fresh) learnt.push(adopted.version);
      return adopted.version.version;
    });
    const begun: Underway = {
      version: version.version,
      book: first ?? 0,
      fresh: learnt.map(({ version: number }) => number),
      rehearsal,
      // A till's business day may be one off.
      day: parts.dayOf(validFrom - DAY_MS) - 1,
      after: 0,
      corrected: 0,
    };
    parts.catalog.keep('catalogBook', JSON.stringify(begun));
    return begun;
  });
  for (const one of learnt) parts.knowledge.learnBook(one);
  if (learnt.length > 0) parts.bookChanged();
  return underway;
}

const DAY_MS = 86_400_000;

/** When versions of head office start that were planned before this one came. */
function startsAfter(parts: TakeBookParts, validFrom: number, now: number): number[] {
  return hqVersions(parts, now)
    .map(({ version }) => version.validFrom)
    .filter((start) => start > validFrom);
}

/**
 * A book that holds from its arrival begins by the box's clock, and a clock without a battery may be years
 * behind: a book that had begun before this one was published, or before this one came, would overrule it
 * as soon as the clock is right. So it begins once more, after those.
 */
function startAgain(parts: TakeBookParts, version: ReadVersion, now: number): number[] {
  if (version.validFrom !== null) return [];
  const published = Date.parse(version.publishedAt);
  const begun = parts.knowledge
    .versions()
    .filter(({ validFrom, adoptedAt }) => validFrom <= adoptedAt || validFrom <= published)
    .map(({ validFrom }) => validFrom);
  const last = Math.max(...begun);
  return last > now ? [Math.max(last, published || last)] : [];
}

/** What was sold since its minute, then the verdict; done twice it comes to the same. */
async function finish(
  parts: TakeBookParts,
  version: ReadVersion,
  begun: Underway,
): Promise<Effect> {
  const range = rangeOf(parts, begun.fresh);
  let { corrected } = begun;
  if (range && range.from <= parts.now()) {
    const late = {
      before: parts.without(begun.fresh),
      note: JSON.stringify({ why: 'late_book', hq: version.version }),
    };
    corrected = await correctLate(
      parts,
      range,
      begun,
      (sale) => parts.correct(sale, late),
      (progress) => parts.catalog.keep('catalogBook', JSON.stringify({ ...begun, ...progress })),
    );
  }
  return () => {
    parts.catalog.keep('catalogBook', null);
    const { rehearsal } = begun;
    const detail = { book: begun.book, corrected, ...drops(rehearsal) };
    return { ok: true, detail, book: begun.book, rehearsal };
  };
}

/**
 * From when until when these versions count: up to the next one that is none of them. Undefined where
 * all of them are overruled at their own instant: then nothing differs.
 */
export function rangeOf(
  parts: Pick<TakeBookParts, 'knowledge'>,
  fresh: readonly number[],
): LateRange | undefined {
  const versions = parts.knowledge.versions();
  const first = versions.findIndex(({ version }) => fresh.includes(version));
  if (first < 0) return undefined;
  const next = versions.slice(first).find(({ version }) => !fresh.includes(version));
  return {
    from: versions[first]?.validFrom ?? 0,
    to: next?.validFrom ?? Number.MAX_SAFE_INTEGER,
  };
}

/** Said apart, so that nobody has to read the whole rehearsal to see it. */
function drops({ unknown, unknownCount }: Rehearsal): object {
  if (unknownCount === 0) return {};
  return { dropsDishes: unknown.map(({ sku }) => sku), dropsCount: unknownCount };
}

const NO_BOOK: Reason = {
  code: 'bad_version',
  en: 'it says it is a book, but has none',
  zh: '该版本标为配方册,但不含配方册内容',
};
