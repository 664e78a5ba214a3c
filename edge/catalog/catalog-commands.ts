/**
 * What a person at the store says about head office's book: what is different here, that an earlier
 * version holds again, that a new key is right.
 */
import { overridesOf, withOverrides } from '#recipes/book/overrides.ts';
import type { Book } from '#recipes/contracts/book.ts';
import type { CommandData } from '#recipes/contracts/command.ts';
import type { Carried, CommandContext, Handlers } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import { adoptBook, checkForBox, originOf } from '../recipe-book/adopt.ts';
import type { BookVersion } from '../recipe-book/book-store.ts';
import { refuse } from '../refuse.ts';
import { adoptHere, checkHere, documentOf, type HqBookParts, hqVersions } from './book-of-hq.ts';
import { fingerprint } from './verify-version.ts';

export type CatalogCommandParts = HqBookParts & {
  /** Books took effect: what waited is tried again. After the commit. */
  readonly bookChanged: () => void;
};

type Kinds = 'book.override' | 'book.rollback' | 'hq.trust';

export function catalogCommands(parts: CatalogCommandParts): Pick<Handlers, Kinds> {
  return {
    'book.override': (data, context) => override(parts, data, context),
    'book.rollback': (data, context) => rollback(parts, data, context),
    'hq.trust': (data, context) => trust(parts, data, context),
  };
}

/** The same documents of head office again, with what is different from now on. */
function override(
  parts: CatalogCommandParts,
  data: CommandData<'book.override'>,
  context: CommandContext,
): Carried {
  const said = overridesOf(data);
  if (said.length === 0) return NOTHING_SAID;
  const versions = hqVersions(parts, context.now).flatMap((known) => {
    const document = documentOf(parts.catalog, known.hq);
    return document ? [{ ...known, document }] : [];
  });
  if (versions.length === 0) return OWN_BOOK;
  const unknown = said.find(
    (one) => one.value !== null && versions.every(({ document }) => !has(document, one)),
  );
  if (unknown) return unknownHere(unknown.id);
  const seq = appendOfCommand(parts, { kind: 'override', note: data }, context);
  for (const one of said) parts.overrides.put(one, seq);
  const learnt: BookVersion[] = [];
  let inForce = parts.knowledge.at(context.now)?.version.version ?? 0;
  for (const { version, hq, document, inForce: current } of versions) {
    const checked = checkHere(parts, document);
    if (!checked.ok) {
      const { code: _, ...message } = checked.reason;
      const { problems } = checked;
      return { ok: false, code: 'bad_override', message, data: { problems } };
    }
    const validFrom = current ? context.now : version.validFrom;
    const cause = { hq, actor: context.actor, now: context.now };
    const adopted = adoptHere(parts, checked.book, validFrom, cause);
    if (adopted.fresh) learnt.push(adopted.version);
    if (current) inForce = adopted.version.version;
  }
  return {
    ok: true,
    seq,
    data: { version: inForce, planned: versions.filter((v) => !v.inForce).length },
    after: () => learn(parts, learnt),
  };
}

function has(document: Book, one: ReturnType<typeof overridesOf>[number]): boolean {
  return withOverrides(document, [one]).unused.length === 0;
}

/** The document of an earlier version of this box holds from now on; what is planned stays planned. */
function rollback(
  parts: CatalogCommandParts,
  { to }: CommandData<'book.rollback'>,
  context: CommandContext,
): Carried {
  const earlier = parts.books.versions().find(({ version }) => version === to);
  const text = earlier && parts.books.document(to);
  if (!earlier || text === undefined) return unknownVersion(to);
  const checked = checkForBox(parts, JSON.parse(text));
  if (!checked.ok) {
    const [first] = checked.problems;
    return {
      ok: false,
      code: 'bad_book',
      message: {
        en: `${first?.path}: ${first?.message}`,
        zh: `${first?.path}:${first?.messageZh}`,
      },
      data: { problems: checked.problems },
    };
  }
  const { hq } = originOf(parts.ledger, earlier);
  const origin = { rollbackOf: to, ...(hq === undefined ? {} : { hq }) };
  const { id: command, actor, now } = context;
  const adopted = adoptBook(parts, checked.book, now, { command, actor, now, origin });
  const { version } = adopted;
  const next = parts.knowledge.versions().find(({ validFrom }) => validFrom > now);
  return {
    ok: true,
    seq: version.entry,
    data: {
      version: version.version,
      validFrom: new Date(version.validFrom).toISOString(),
      next: next
        ? { version: next.version, validFrom: new Date(next.validFrom).toISOString() }
        : null,
    },
    after: () => learn(parts, adopted.fresh ? [version] : []),
  };
}

function learn(parts: CatalogCommandParts, versions: readonly BookVersion[]): void {
  for (const version of versions) parts.knowledge.learnBook(version);
  if (versions.length > 0) parts.bookChanged();
}

/** A person has compared the key with head office: it is the one to believe from now on. */
function trust(
  parts: CatalogCommandParts,
  { key }: CommandData<'hq.trust'>,
  context: CommandContext,
): Carried {
  parts.catalog.keep('hqKey', key);
  parts.catalog.keep('hqStrangeKey', null);
  const note = { key: 'hqKey', value: fingerprint(key) };
  return { ok: true, seq: appendOfCommand(parts, { kind: 'setting', note }, context) };
}

const NOTHING_SAID = refuse(
  'override_empty',
  'name at least one field that is different here',
  '请至少指明一项本店差异',
);

const OWN_BOOK = refuse(
  'own_book',
  'the book in force is the own one of this store: change the book itself',
  '当前配方册由本店自行维护,请直接修改配方册',
);

function unknownHere(id: string): Carried {
  return refuse(
    'unknown_in_book',
    `the book of head office has no "${id}"`,
    `总部配方册中没有“${id}”`,
  );
}

function unknownVersion(to: number): Carried {
  return refuse(
    'unknown_version',
    `this box never had a book ${to}; GET /books lists them`,
    `本机没有第 ${to} 版配方册;请查看 GET /books`,
  );
}
