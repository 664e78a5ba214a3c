/** Routes of what goes down to the stores. */
import { z } from 'zod';
import { signedVersionSchema } from '#recipes/contracts/sync.ts';
import { peopleSchema, publishSchema, rollbackSchema } from '../catalog/publish-routes.ts';
import { type HqRoute, inPath, inQuery, limitUpTo, STORE } from './route.ts';

const VERSION = inPath('version', 'number of a version', '版本号', 3);
const DRY_RUN = inQuery(
  'dryRun',
  'say what it would change; nothing is published',
  '仅预览,不发布',
  {
    schema: { type: 'string', enum: ['1', 'true'] },
  },
);
const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', maxLength: 200 },
  words: {
    en: 'the same key again is the version it already is',
    zh: '同一键再次发送即为同一版本',
  },
} as const;

const words = z.object({ code: z.string(), en: z.string(), zh: z.string() });
const headSchema = z
  .object({
    version: z.int(),
    kind: z.string(),
    stores: z.array(z.string()).nullable().meta({ description: 'null = every store' }),
    validFrom: z.string().nullable().meta({ description: 'null = as soon as it arrives' }),
    publishedAt: z.string(),
    actor: z.string().nullable(),
    note: z.string().nullable(),
    rollbackOf: z.int().nullable(),
    adoption: z.object({
      stores: z.int(),
      taken: z.int(),
      refused: z.int(),
      waiting: z.int(),
      refusals: z.array(z.object({ store: z.string(), at: z.string(), reason: words.nullable() })),
    }),
  })
  .meta({ id: 'CatalogHead' });
const listSchema = z
  .object({
    versions: z.array(headSchema),
    key: z.string().meta({ description: 'public key that boxes pin, base64' }),
    next: z.int().nullable().meta({ description: 'send as before for the next page' }),
  })
  .meta({ id: 'CatalogList' });
const storesSchema = z
  .object({
    version: z.int(),
    kind: z.string(),
    stores: z.array(
      z.object({
        version: z.int(),
        store: z.string(),
        state: z.enum(['taken', 'refused', 'ignored', 'waiting']),
        at: z.string().nullable(),
        detail: z.record(z.string(), z.unknown()).nullable().meta({
          description: 'reason, rehearsal of the last 7 days, sales corrected, dishes it drops',
        }),
      }),
    ),
  })
  .meta({ id: 'CatalogStores' });
const fetchSchema = z
  .object({ versions: z.array(signedVersionSchema), head: z.int() })
  .meta({ id: 'CatalogVersions' });

const list = z.object({
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  examples: z.record(z.string(), z.array(z.string())),
});
const changesSchema = z
  .object({
    comparedWith: z.int().nullable(),
    items: list,
    recipes: list,
    modifiers: list,
    suppliers: list,
    prices: z.array(
      z.object({
        what: z.enum(['recipe', 'supplierItem']),
        id: z.string(),
        supplier: z.string().optional(),
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    ),
    priceCount: z.int(),
  })
  .meta({ id: 'CatalogChanges' });
const publishedSchema = z
  .object({
    version: z.int(),
    kind: z.string(),
    validFrom: z.string().nullable().optional(),
    changes: changesSchema.optional(),
    planned: z.array(z.looseObject({ version: z.int() })).optional(),
  })
  .meta({ id: 'CatalogPublished' });

const BOOK = { larder: 1, items: [{ id: 'pork-belly', unit: 'g' }], recipes: [] };
const BOOK_PROBLEMS = ['bad_body', 'bad_book', 'past_start', 'planned_book', 'unknown_stores'];

export const CATALOG_ROWS: readonly HqRoute[] = [
  {
    method: 'get',
    path: '/hq/v1/catalog',
    tag: 'catalog',
    auth: 'read',
    summary: {
      en: 'What was published, and how many stores have it',
      zh: '已发布版本及各店采用情况',
    },
    parameters: [
      inQuery('before', 'only versions before this number', '仅此版本号之前', {
        schema: { type: 'integer', minimum: 1 },
      }),
      limitUpTo(200, 50),
    ],
    answer: { status: 200, schema: listSchema },
    problems: ['bad_query'],
  },
  {
    method: 'post',
    path: '/hq/v1/catalog',
    tag: 'catalog',
    auth: 'admin',
    summary: { en: 'Publish a book, or decisions', zh: '发布配方册或决定' },
    detail: {
      en: 'A book is checked whole; all mistakes are told at once. Also takes a book alone, in JSON or YAML, with stores, validFrom, note, planned and past in the query. A start that has passed needs past; a book that starts before one that was published needs planned.',
      zh: '配方册整体校验,一次列出全部错误。也可直接发送 JSON 或 YAML 配方册,其余参数放在查询串。生效时间已过须附 past;早于已发布版本须附 planned。',
    },
    parameters: [DRY_RUN, KEY],
    request: {
      types: ['application/json', 'application/yaml'],
      schema: publishSchema,
      example: { kind: 'book', validFrom: '2026-11-23T06:00:00+08:00', book: BOOK },
    },
    answer: { status: 201, schema: publishedSchema },
    problems: [...BOOK_PROBLEMS, 'bad_commands'],
  },
  {
    method: 'post',
    path: '/hq/v1/catalog/people',
    tag: 'catalog',
    auth: 'admin',
    summary: { en: 'People of stores: add, change, remove', zh: '门店人员:添加、修改、移除' },
    detail: {
      en: 'With name and role a person is added, or brought to them where they work already. Digits of a PIN never leave head office.',
      zh: '含姓名与角色即添加,已存在则更新为此。PIN 明文不会离开总部。',
    },
    parameters: [DRY_RUN, KEY],
    request: {
      schema: peopleSchema,
      example: {
        stores: ['demo'],
        people: [{ user: 'wang', name: '王芳', role: 'manager', pin: '4711' }],
      },
    },
    answer: { status: 201, schema: publishedSchema },
    problems: ['bad_body', 'bad_commands', 'unknown_stores'],
  },
  {
    method: 'get',
    path: '/hq/v1/catalog/{version}',
    tag: 'catalog',
    auth: 'store',
    summary: { en: 'A version as it was signed', zh: '带签名的版本' },
    parameters: [VERSION],
    answer: { status: 200, schema: signedVersionSchema },
    problems: ['unknown_version'],
  },
  {
    method: 'get',
    path: '/hq/v1/catalog/{version}/stores',
    tag: 'catalog',
    auth: 'read',
    summary: { en: 'What became of it, store by store', zh: '各门店的采用结果' },
    parameters: [VERSION],
    answer: { status: 200, schema: storesSchema },
    problems: ['unknown_version'],
  },
  {
    method: 'post',
    path: '/hq/v1/catalog/{version}/rollback',
    tag: 'catalog',
    auth: 'admin',
    summary: { en: 'Publish the book of an earlier version again', zh: '重新发布早先版本的配方册' },
    parameters: [VERSION, DRY_RUN, KEY],
    request: { schema: rollbackSchema, example: { note: 'too salty', planned: 'replace' } },
    answer: { status: 201, schema: publishedSchema },
    problems: [...BOOK_PROBLEMS, 'unknown_version', 'not_a_book'],
  },
  {
    method: 'get',
    path: '/hq/v1/stores/{store}/catalog',
    tag: 'catalog',
    auth: 'store',
    summary: { en: 'What a store has to deal with, oldest first', zh: '门店待处理的版本,由旧到新' },
    parameters: [
      STORE,
      inQuery('after', 'the last version it has dealt with', '已处理的最后版本', {
        schema: { type: 'integer', minimum: 0, default: 0 },
      }),
    ],
    answer: { status: 200, schema: fetchSchema },
    problems: ['unknown_store', 'bad_query'],
  },
];
