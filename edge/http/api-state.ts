/** The smaller answers, and the messages on the bus, as schemas. */
import { z } from 'zod';
import { bookSchema } from '#recipes/contracts/book.ts';
import { amountText as amount, utcInstant as instant, wordsSchema } from './api-answers.ts';
import { rehearsalSchema } from './api-catalog.ts';
import { hqStatusSchema } from './api-feed.ts';

const text = z.string();
const count = z.int().min(0);

const bookHead = {
  version: z.int().min(1),
  validFrom: instant,
  adoptedAt: instant,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  hq: z.int().nullable().meta({ description: 'version of head office that it is; null = own' }),
  rollbackOf: z.int().nullable().meta({ description: 'version of the box that it is again' }),
};
export const bookInForceSchema = z
  .strictObject({
    ...bookHead,
    next: z.strictObject(bookHead).nullable().meta({ description: 'the one that starts next' }),
    book: bookSchema,
  })
  .meta({ id: 'BookInForce' });
export const booksSchema = z
  .strictObject({
    inForce: z.int().nullable().meta({ description: 'version that holds now' }),
    next: z.int().nullable().meta({ description: 'version that starts next' }),
    books: z.array(z.strictObject(bookHead)),
  })
  .meta({ id: 'Books' });

const bookCounts = { items: count, recipes: count, modifiers: count, suppliers: count };
export const bookAdoptedSchema = z
  .union([
    z.strictObject({ version: z.int().min(1), validFrom: instant, ...bookCounts }),
    z.strictObject({
      dryRun: z.literal(true),
      ...bookCounts,
      rehearsal: rehearsalSchema.optional(),
    }),
  ])
  .meta({ id: 'BookAdopted' });

const listChange = z.strictObject({
  added: count,
  changed: count,
  removed: count,
  examples: z.strictObject({
    added: z.array(text),
    changed: z.array(text),
    removed: z.array(text),
  }),
});
const filePreview = {
  whole: z
    .boolean()
    .meta({ description: 'a whole book; else tables merged into the one in force' }),
  ...bookCounts,
  changes: z.strictObject({
    items: listChange,
    recipes: listChange,
    modifiers: listChange,
    suppliers: listChange,
  }),
};
export const bookFileTakenSchema = z
  .union([
    z.strictObject({ version: z.int().min(1), validFrom: instant, ...filePreview }),
    z.strictObject({ dryRun: z.literal(true), ...filePreview }),
  ])
  .meta({ id: 'BookFileTaken' });
export const bookModifiersSchema = z
  .strictObject({
    modifiers: z.array(
      z.strictObject({
        sku: text,
        name: z.strictObject({ zh: text.optional(), en: text.optional() }),
      }),
    ),
  })
  .meta({ id: 'BookModifiers' });

export const statusSchema = z
  .strictObject({
    store: text,
    name: wordsSchema,
    businessDay: z.iso.date(),
    timezone: text,
    now: instant,
    currency: text,
    terminals: z.array(
      z.strictObject({
        terminal: text,
        state: z.enum(['ready', 'lost', 'silent']),
        lastEventAt: instant.nullable(),
      }),
    ),
    events: count,
    sales: count,
    seq: count,
    hq: hqStatusSchema,
    setup: z.strictObject({ done: z.boolean() }),
    settings: z.strictObject({
      showMoney: z.boolean(),
      blindCounts: z.boolean(),
      inferPrep: z.boolean(),
      madeAfter: z.number().meta({ description: 'seconds from firing' }),
      locked: z
        .record(text, text)
        .meta({ description: 'settings that the page cannot change, and what decides them' }),
    }),
    today: z.strictObject({
      sales: count,
      waste: z.strictObject({ entries: count, cost: text.meta({ description: 'money' }) }),
    }),
    demo: z.boolean(),
    speed: z.number().optional(),
  })
  .meta({ id: 'BoxStatus' });

export const changeSchema = z
  .strictObject({
    seq: count,
    items: z.array(text).meta({ description: 'items whose stock changed; empty = read all' }),
    sales: z.array(text),
    inbox: z.boolean(),
    menu: z.boolean(),
    entries: z.boolean().meta({ description: 'the kitchen did something: read /entries again' }),
    orders: z
      .boolean()
      .meta({ description: 'orders or what is suggested changed: read both again' }),
    jobs: z.boolean().meta({ description: 'print jobs or printers changed' }),
  })
  .meta({ id: 'Change', description: 'what changed, not the new values' });

export const speedSchema = z
  .strictObject({ speed: z.number().min(0).max(1_000) })
  .meta({ id: 'Speed' });

export const healthSchema = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });
export const readySchema = z
  .strictObject({ status: z.enum(['ready', 'not ready']), problems: z.array(text) })
  .meta({ id: 'Ready' });

/** Of `pos/{terminal}/ack`. */
export const ackSchema = z
  .strictObject({
    epoch: text.nullable(),
    contiguous: count.meta({ description: 'everything up to here has arrived or was given up' }),
    missing: z.array(z.tuple([count, count])).meta({ description: 'ranges to send again' }),
  })
  .meta({ id: 'Ack' });

/** Of `pos/{terminal}/status` and `edge/status`. */
export const presenceSchema = z
  .object({
    state: z.enum(['ready', 'lost']),
    session: text.optional().meta({
      description:
        'new for each connection, the same in birth and will: a late will is known by it',
    }),
  })
  .meta({ id: 'Presence' });

/** Of `stock/level/{item}`. */
export const levelSchema = z
  .strictObject({
    onHand: amount,
    unit: z.enum(['g', 'ml', 'ea']),
    state: z.enum(['ok', 'low', 'out']),
    at: instant,
  })
  .meta({ id: 'StockLevel' });

/** Of `stock/menu/{sku}`. */
export const menuLevelSchema = z
  .strictObject({
    sellable: count.nullable(),
    state: z.enum(['ok', 'low', 'out']),
    blocking: text.nullable(),
    until: instant.nullable(),
    at: instant,
  })
  .meta({ id: 'MenuLevel' });

/** Of `alert/{id}`. */
export const alertSchema = z
  .strictObject({
    id: text,
    kind: text,
    since: instant,
    title: wordsSchema,
    detail: wordsSchema,
  })
  .meta({ id: 'Alert', description: 'an open alert; an empty payload clears it' });
