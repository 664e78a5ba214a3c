/** What a store keeps different from the book of head office, and who may say so. */
import { z } from 'zod';
import { bookFieldSchemas } from './book.ts';
import { idSchema } from './pos-event.ts';

const { amount, money, weekdays, clock, text } = bookFieldSchemas;
const asHeadOffice = 'null = as head office says';

const stockSchema = z
  .strictObject({
    safety: amount.nullable().optional(),
    par: amount.nullable().optional(),
    max: amount.nullable().optional(),
  })
  .meta({ description: asHeadOffice });

const overrideSchema = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          id: idSchema.meta({ description: 'an item, or a recipe that is made ahead' }),
          stock: stockSchema.optional(),
          station: text.nullable().optional(),
        }),
      )
      .max(5_000)
      .optional(),
    recipes: z
      .array(
        z.strictObject({
          id: idSchema,
          price: money.nullable().optional(),
          off: z.literal(true).nullable().optional().meta({
            description: 'true: this store does not sell it; its codes are not on the menu',
          }),
        }),
      )
      .max(5_000)
      .optional(),
    suppliers: z
      .array(
        z.strictObject({
          id: idSchema,
          deliveries: weekdays.nullable().optional(),
          deliverAt: clock.nullable().optional(),
          cutOff: clock.nullable().optional(),
          minimumOrder: money.nullable().optional(),
          items: z
            .array(z.strictObject({ item: idSchema, price: money.nullable().optional() }))
            .max(5_000)
            .optional(),
        }),
      )
      .max(2_000)
      .optional(),
  })
  .meta({ description: 'only what is named changes; null = as head office says' });
export type BookOverride = z.infer<typeof overrideSchema>;

const rollbackSchema = z.strictObject({
  to: z.int().min(1).meta({ description: 'version of the box, as in GET /books' }),
});
const trustSchema = z.strictObject({
  key: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/)
    .meta({ description: 'public key of head office, base64 of its 32 bytes' }),
});

/** Command kind -> schema of its data. */
export const catalogCommandSchemas = {
  'book.override': overrideSchema,
  'book.rollback': rollbackSchema,
  'hq.trust': trustSchema,
} as const;

/**
 * What head office may have a box carry out: people, decisions on orders, settings. Checked at both
 * ends. Nothing that moves stock is in it: what happened in a store is said in the store.
 */
export const HQ_COMMANDS = [
  'user.add',
  'user.edit',
  'user.remove',
  'order.approve',
  'order.reject',
  'setting.set',
  'sku.map',
  'book.override',
] as const;
export type HqCommand = (typeof HQ_COMMANDS)[number];

/** Payload of a version of kind `commands`. */
export const hqCommandsSchema = z.object({
  commands: z
    .array(
      z.object({
        kind: z.string().min(1).max(64),
        at: z.string().optional(),
        actor: z.string().max(64).nullish(),
        data: z.unknown(),
      }),
    )
    .min(1)
    .max(100),
});

/** Payload of a version of kind `book`. */
export const hqBookSchema = z.object({
  book: z.unknown(),
  /** replace: versions that were published before and start later do not come any more. */
  planned: z.enum(['keep', 'replace']).optional(),
  rollbackOf: z.int().nullish(),
});
