/** What head office sent and what is different here, as schemas and rows. */
import { z } from 'zod';
import { amountText, utcInstant as instant, wordsSchema } from './api-answers.ts';
import { type Route, read } from './api-route.ts';

const text = z.string();
const count = z.int().min(0);

export const rehearsalSchema = z
  .strictObject({
    days: count,
    sales: count,
    more: z.boolean().meta({ description: 'only the newest sales were looked at' }),
    items: z
      .array(z.strictObject({ item: text, unit: text, before: amountText, after: amountText }))
      .meta({ description: 'what would have left stock otherwise, most money first' }),
    changed: count,
    cost: z.strictObject({ before: text, after: text }),
    unknown: z
      .array(z.strictObject({ sku: text, qty: amountText, on: text }).partial({ on: true }))
      .meta({ description: 'codes that were sold and would wait' }),
    unknownCount: count,
    released: count.meta({ description: 'lines that wait and would not' }),
  })
  .meta({ id: 'Rehearsal', description: 'the last days under a book that is not adopted' });

const overridesSchema = z
  .strictObject({
    hq: z.int().nullable().meta({ description: 'version of head office in force; null = none' }),
    overrides: z.array(
      z.strictObject({
        what: z.enum(['item', 'recipe', 'supplier', 'supplierItem']),
        id: text.meta({ description: "of a supplier's item: both ids with a space between" }),
        field: text,
        value: z.unknown(),
        entry: z.int().min(1),
        used: z.boolean().meta({ description: 'false: the book does not have what it names' }),
        hqValue: z.unknown().meta({ description: 'what head office says instead; null = nothing' }),
      }),
    ),
  })
  .meta({ id: 'BookOverrides' });

const sentSchema = z
  .strictObject({
    key: text.nullable().meta({ description: 'fingerprint of the key that is believed' }),
    versions: z.array(
      z.strictObject({
        version: z.int().min(1),
        kind: text,
        state: z.enum(['taken', 'refused', 'ignored']),
        receivedAt: instant,
        validFrom: instant.nullable(),
        book: z.int().nullable(),
        reason: z.strictObject({ code: text, ...wordsSchema.shape }).nullable(),
        rehearsal: rehearsalSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'SentByHeadOffice' });

export const CATALOG_ROUTES: readonly Route[] = [
  read(
    'book',
    '/api/v1/book/overrides',
    {
      en: 'What this store keeps different from the book of head office',
      zh: '本店与总部配方册的差异',
    },
    overridesSchema,
  ),
  read(
    'book',
    '/api/v1/catalog',
    { en: 'What head office sent, and what became of it', zh: '总部下发的内容及处理结果' },
    sentSchema,
    {
      parameters: [
        {
          name: 'limit',
          in: 'query',
          schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
          words: { en: 'at most so many', zh: '最多条数' },
        },
      ],
      problems: ['bad_query'],
    },
  ),
];
