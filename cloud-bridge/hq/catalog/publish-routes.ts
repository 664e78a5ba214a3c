/** The door for a new version: books, decisions about people and orders, and an earlier book again. */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { instantSchema } from '#recipes/contracts/pos-event.ts';
import { type HqEnv, nameOf } from '../auth.ts';
import { notFound, problem } from '../http/problem.ts';
import type { HqParts } from '../parts.ts';
import { openStores, readVersion } from './catalog-store.ts';
import { documentOf, formatOf } from './check-book.ts';
import { type BookAnswer, type BookAsked, publishBook } from './publish-book.ts';
import {
  commandOfPerson,
  commandProblems,
  type HqCommandSaid,
  publishCommands,
  wordsOf,
} from './publish-commands.ts';

const common = {
  /** Codes; null or absent = every store. */
  stores: z.array(z.string().min(1).max(64)).min(1).max(10_000).nullish(),
  note: z.string().max(1_000).nullish(),
  /** Who decided, when it is not who holds the token. */
  actor: z.string().max(64).optional(),
};
const bookFields = {
  ...common,
  validFrom: instantSchema.optional(),
  planned: z.enum(['keep', 'replace']).optional(),
  past: z.boolean().optional(),
  dryRun: z.boolean().optional(),
};
const commandSchema = z.strictObject({
  kind: z.string().min(1).max(64),
  at: instantSchema.optional(),
  actor: z.string().max(64).nullish(),
  data: z.unknown(),
});

export const publishSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('book'),
      book: z.unknown().meta({ description: 'the document, or its text in YAML or JSON' }),
      ...bookFields,
    }),
    z.strictObject({
      kind: z.literal('commands'),
      commands: z.array(commandSchema).min(1).max(100),
      ...common,
    }),
  ])
  .meta({ id: 'Publish' });
export const rollbackSchema = z.strictObject(bookFields).meta({ id: 'CatalogRollback' });
const personSchema = z.strictObject({
  user: z.string().min(1).max(128),
  name: z.string().min(1).max(64).optional(),
  role: z.enum(['cook', 'manager']).optional(),
  pin: z.string().optional(),
  badge: z.string().optional(),
  remove: z.boolean().optional(),
});
export const peopleSchema = z
  .strictObject({ people: z.array(personSchema).min(1).max(100), ...common })
  .meta({ id: 'PublishPeople' });

export function publishRoutes(parts: HqParts): Hono<HqEnv> {
  const app = new Hono<HqEnv>();
  app.post('/catalog', async (c) => {
    const said = publishSchema.safeParse(await asked(c));
    if (!said.success) return badBody(c, said.error);
    const unknown = await unknownStores(parts, c, said.data.stores);
    if (unknown) return unknown;
    if (said.data.kind === 'commands') return sendCommands(parts, c, said.data, said.data.commands);
    return answer(c, await publishBook(parts, bookAsked(c, said.data, said.data.book)));
  });
  app.post('/catalog/people', async (c) => {
    const said = peopleSchema.safeParse(await bodyOf(c));
    if (!said.success) return badBody(c, said.error);
    const unknown = await unknownStores(parts, c, said.data.stores);
    if (unknown) return unknown;
    return sendCommands(parts, c, said.data, said.data.people.map(commandOfPerson));
  });
  app.post('/catalog/:version{\\d+}/rollback', async (c) => {
    const row = await readVersion(parts.db.chain, Number(c.req.param('version')));
    if (!row) {
      return problem(c, 404, 'unknown_version', notFound(`version ${c.req.param('version')}`));
    }
    const book = row.kind === 'book' ? documentOf(row) : undefined;
    if (!book) return notABook(c, row.version);
    const said = rollbackSchema.safeParse((await bodyOf(c)) ?? {});
    if (!said.success) return badBody(c, said.error);
    const { stores = row.stores } = said.data;
    const unknown = await unknownStores(parts, c, stores);
    if (unknown) return unknown;
    const wanted = bookAsked(c, { ...said.data, stores }, book);
    return answer(c, await publishBook(parts, { ...wanted, rollbackOf: row.version }));
  });
  return app;
}

type Common = {
  readonly stores?: readonly string[] | null | undefined;
  readonly note?: string | null | undefined;
  readonly actor?: string | undefined;
};

function bookAsked(
  c: Context<HqEnv>,
  said: Common &
    Pick<BookAsked, 'validFrom' | 'planned' | 'past'> & { dryRun?: boolean | undefined },
  book: unknown,
): BookAsked {
  const { stores = null, validFrom, planned, past, note } = said;
  const dryRun = said.dryRun === true || isYes(c.req.query('dryRun'));
  return {
    book,
    stores,
    validFrom,
    planned,
    past,
    note,
    actor: actorOf(c, said),
    cause: causeOf(c),
    dryRun,
  };
}

async function sendCommands(
  parts: HqParts,
  c: Context<HqEnv>,
  said: Common,
  commands: readonly HqCommandSaid[],
): Promise<Response> {
  const problems = commandProblems(commands);
  if (problems.length > 0) return problem(c, 422, 'bad_commands', wordsOf(problems), { problems });
  if (isYes(c.req.query('dryRun'))) return c.json({ dryRun: true, commands: commands.length });
  const { stores = null, note } = said;
  const actor = actorOf(c, said);
  const cause = causeOf(c);
  const published = await publishCommands(parts, { commands, stores, actor, note, cause });
  return c.json({ version: published.version, kind: 'commands' }, published.fresh ? 201 : 200);
}

function actorOf(c: Context<HqEnv>, { actor }: Common): string {
  return actor ?? nameOf(c.get('principal')).slice(0, 64);
}

/** The same key again is the version it already is. */
function causeOf(c: Context): string | null {
  const key = c.req.header('idempotency-key');
  return key === undefined || key === '' ? null : `post:${key.slice(0, 200)}`;
}

/** JSON as it is; a book alone, in JSON or YAML, with the rest in the query, as a box takes it. */
async function asked(c: Context): Promise<unknown> {
  const text = await c.req.text();
  const yaml = /yaml/i.test(c.req.header('content-type') ?? '') || formatOf(text) === 'yaml';
  const value = yaml ? undefined : parsed(text);
  if (isObject(value) && !('larder' in value)) {
    return 'book' in value && !('kind' in value) ? { kind: 'book', ...value } : value;
  }
  const { stores, validFrom, note, planned, past } = c.req.query();
  return {
    kind: 'book',
    // A text that cannot be read goes on as it is, to be told by line what is wrong with it.
    book: value ?? text,
    ...(stores ? { stores: stores.split(',') } : {}),
    ...(validFrom ? { validFrom } : {}),
    ...(note ? { note } : {}),
    ...(planned ? { planned } : {}),
    ...(isYes(past) ? { past: true } : {}),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isYes(text: string | undefined): boolean {
  return /^(1|true)$/.test(text ?? '');
}

async function bodyOf(c: Context): Promise<unknown> {
  return parsed(await c.req.text());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text === '' ? 'null' : text);
  } catch {
    return undefined;
  }
}

async function unknownStores(
  parts: HqParts,
  c: Context,
  stores: readonly string[] | null | undefined,
): Promise<Response | undefined> {
  if (!stores) return undefined;
  const open = new Set(await openStores(parts.db.chain));
  const unknown = stores.filter((code) => !open.has(code));
  if (unknown.length === 0) return undefined;
  const list = unknown.slice(0, 10).join(', ');
  const words = {
    en: `there is no store ${list}; GET /stores lists them`,
    zh: `没有门店 ${list};请查看 GET /stores`,
  };
  return problem(c, 422, 'unknown_stores', words, { stores: unknown });
}

function answer(c: Context, said: BookAnswer): Response {
  switch (said.what) {
    case 'published': {
      const { what: _, ...rest } = said;
      return c.json({ kind: 'book', ...rest }, 201);
    }
    case 'rehearsed': {
      const { what: _, ...rest } = said;
      return c.json({ dryRun: true, kind: 'book', ...rest });
    }
    case 'bad_book': {
      const { problems } = said;
      const words = {
        en: `the book has ${problems.length} mistake(s); nothing was published`,
        zh: `配方册有 ${problems.length} 处错误;未发布`,
      };
      return problem(c, 422, 'bad_book', words, { problems });
    }
    case 'past_start':
      return problem(c, 422, 'past_start', {
        en: `${said.validFrom} has passed: what was sold since would be posted again in every store; send past: true if that is meant`,
        zh: `${said.validFrom} 已过:各店此后的销售将按新配方重新记账;如确需如此,请附 past: true`,
      });
    case 'planned_book': {
      const [first] = said.planned;
      const words = {
        en: `version ${first?.version} starts later; send planned: "keep" and it still does, or planned: "replace" and it does not`,
        zh: `版本 ${first?.version} 的生效时间更晚;附 planned: "keep" 则届时仍生效,附 planned: "replace" 则不再生效`,
      };
      return problem(c, 409, 'planned_book', words, { planned: said.planned });
    }
  }
}

function notABook(c: Context, version: number): Response {
  return problem(c, 422, 'not_a_book', {
    en: `version ${version} is no book: only a book can be published again`,
    zh: `版本 ${version} 不是配方册,只有配方册可以重新发布`,
  });
}

function badBody(c: Context, error: z.ZodError): Response {
  const [issue] = error.issues;
  const what = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  return problem(c, 400, 'bad_body', { en: what, zh: `格式不符:${what}` });
}
