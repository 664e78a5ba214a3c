/**
 * The recipe book as people write it, in YAML or JSON: its shape only. What a shape cannot say (units
 * that convert, references, cycles) is `book/check.ts`. Unknown keys are errors, because a misspelt
 * `yeild` that is ignored would take the wrong amount from stock for months.
 */
import { z } from 'zod';
import { idSchema, instantSchema } from './pos-event.ts';
import { storeSchema } from './transfer-command.ts';

/** An amount: text with a unit, or a bare number in the base unit. */
const amountSchema = z.union([z.string().min(1).max(64), z.number().min(0)]).meta({
  id: 'Amount',
  description: '"348 g", "0.4 kg", "2 ea", "1 case"; a bare number is in the base unit',
});

/** A ratio: 0.87, "0.87" or "87%". Its range is checked with the book. */
const ratioSchema = z
  .union([z.number(), z.string().regex(/^\d{1,9}(\.\d{1,9})?\s*%?$/)])
  .meta({ id: 'Ratio', description: '0.87, "0.87" or "87%"' });

const moneySchema = z
  .union([z.string().regex(/^\d{1,12}(\.\d{1,4})?$/), z.number().min(0).max(999_999_999_999)])
  .meta({ id: 'Money', description: 'decimal text in the currency of the book' });

const temperatureSchema = z
  .union([z.number().min(-60).max(60), z.string().regex(/^-?\d{1,2}(\.\d{1,2})?$/)])
  .meta({ id: 'Temperature', description: '°C, for example 4 or -18' });

const textSchema = z.string().min(1).max(200);
const notesSchema = z.string().max(4000);

/** A plain text is the name in the language its letters belong to. */
const nameSchema = z
  .union([
    textSchema,
    z
      .strictObject({ zh: textSchema.optional(), en: textSchema.optional() })
      .refine((name) => name.zh !== undefined || name.en !== undefined),
  ])
  .meta({ id: 'Name', description: '{ zh: 五花肉, en: Pork belly }; one of both is enough' });

const skuSchema = z.string().min(1).max(128);
const skusSchema = z.union([skuSchema, z.array(skuSchema).max(200)]).meta({
  id: 'Skus',
  description: "the POS's code, or a list of them; write digits in quotes",
});

const channelSchema = z.string().min(1).max(64);
const channelsSchema = z
  .union([channelSchema, z.array(channelSchema).min(1).max(50)])
  .meta({ id: 'Channels', description: 'taken only in sales of these channels' });

const durationSchema = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,3})?\s*[dhm]$/)
  .meta({ id: 'Duration', description: '3d, 72h or 90m (minutes)' });

const clockSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ id: 'ClockTime', description: '"06:00" to "23:59", local time of the store' });

const unitsSchema = z
  .record(z.string().regex(/^[^\s\d.,/+*-][^\d,/+*]{0,30}$/), amountSchema)
  .meta({ id: 'Units', description: '{ pack: 2 kg, ml: 1.05 g }: what 1 of each is' });

const stockSchema = z
  .strictObject({
    safety: amountSchema.optional(),
    par: amountSchema.optional(),
    max: amountSchema.optional(),
  })
  .meta({ id: 'StockLimits', description: 'order point, order up to, room for' });

const baseUnitSchema = z.enum(['g', 'ml', 'ea']).meta({ id: 'BaseUnit' });

/** What an item and a stocked recipe have in common: both lie on a shelf. */
const shelfFields = {
  id: idSchema,
  name: nameSchema.optional(),
  units: unitsSchema.optional(),
  category: textSchema.optional(),
  role: z.enum(['main', 'auxiliary']).optional(),
  yield: ratioSchema.optional(),
  shelfLife: durationSchema.optional(),
  opened: durationSchema.optional(),
  thawed: durationSchema.optional().meta({ description: 'how long it keeps after thawing' }),
  frozen: durationSchema.optional().meta({ description: 'how long it keeps after freezing' }),
  station: textSchema.optional(),
  stock: stockSchema.optional(),
  allergens: z.array(textSchema).max(100).optional(),
  notes: notesSchema.optional(),
};

export const itemSchema = z
  .strictObject({
    ...shelfFields,
    unit: baseUnitSchema,
    barcodes: z.array(z.string().min(1).max(64)).max(100).optional(),
    maxTemperature: temperatureSchema.optional().meta({
      description: 'the warmest it may be at the door, °C; asks for a reading at each receipt',
    }),
  })
  .meta({ id: 'Item' });
export type BookItem = z.infer<typeof itemSchema>;

/** One ingredient: exactly one of `item` and `recipe`. `qty` is what goes into the pot (EP). */
export const recipeLineSchema = z
  .strictObject({
    item: idSchema.optional(),
    recipe: idSchema.optional(),
    qty: amountSchema,
    yield: ratioSchema.optional(),
    channel: channelsSchema.optional(),
    notes: notesSchema.optional(),
  })
  .meta({ id: 'RecipeLine', description: 'exactly one of item and recipe' });
export type BookLine = z.infer<typeof recipeLineSchema>;

const recipeFields = {
  ...shelfFields,
  sku: skusSchema.optional(),
  price: moneySchema.optional(),
  makes: amountSchema.optional().meta({
    description:
      'what comes out of the lines; without it 1 ea. A `yield` divides further (loss after making)',
  }),
  sold: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({
      description:
        'the unit in which the POS counts ("kg", "ea"). Without it: 1 of the unit `makes` is written in, ' +
        'so `makes: 2.5 kg` is sold per 1 kg and `makes: 4 ea` per 1 ea',
    }),
  kept: z.enum(['stocked', 'transparent']).optional().meta({
    description:
      'stocked = made ahead in batches, with its own lots; transparent (default) = exploded at sale',
  }),
};
export const recipeHeadSchema = z.strictObject({ ...recipeFields, lines: z.unknown().optional() });
export const recipeSchema = z
  .strictObject({ ...recipeFields, lines: z.array(recipeLineSchema).max(500) })
  .meta({ id: 'Recipe' });
export type BookRecipe = z.infer<typeof recipeSchema>;

const swapSchema = z
  .strictObject({ from: idSchema, to: idSchema, qty: amountSchema.optional() })
  .meta({ id: 'Swap', description: 'without qty the same amount; qty is per 1 of the dish' });

const modifierFields = {
  sku: skusSchema,
  name: nameSchema.optional(),
  on: z
    .union([idSchema, z.array(idSchema).min(1).max(5000)])
    .optional()
    .meta({
      description: 'only on these recipes; without it on all',
    }),
  remove: z.union([idSchema, z.array(idSchema).max(200)]).optional(),
  scale: ratioSchema.optional(),
  swap: swapSchema.optional(),
  price: moneySchema.optional(),
  notes: notesSchema.optional(),
};
export const modifierHeadSchema = z.strictObject({
  ...modifierFields,
  lines: z.unknown().optional(),
});
export const bookModifierSchema = z
  .strictObject({ ...modifierFields, lines: z.array(recipeLineSchema).max(200).optional() })
  .meta({ id: 'Modifier' });

export const supplierItemSchema = z
  .strictObject({
    item: idSchema,
    pack: amountSchema,
    price: moneySchema.optional(),
    rounding: z.enum(['up', 'down', 'nearest']).optional(),
    code: z.string().min(1).max(64).optional(),
    notes: notesSchema.optional(),
  })
  .meta({ id: 'SupplierItem', description: 'price per pack' });
export type BookSupplierItem = z.infer<typeof supplierItemSchema>;

export const weekdaySchema = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type Weekday = z.infer<typeof weekdaySchema>;

const contactSchema = z
  .strictObject({
    phone: z.string().min(3).max(40).optional(),
    email: z.email().max(254).optional(),
  })
  .meta({ id: 'SupplierContact' });

/** How orders reach a supplier. Secrets never stand here: they are in the box's configuration. */
const supplierSendSchema = z
  .strictObject({
    by: z.enum(['email', 'webhook', 'chat']),
    to: z.string().min(1).max(500),
    robot: z.enum(['wecom', 'dingtalk', 'feishu']).optional(),
  })
  .refine(({ by, robot }) => by !== 'chat' || robot !== undefined)
  .refine(({ by, to }) => by !== 'email' || /^\S+@\S+$/.test(to))
  .meta({
    id: 'SupplierSend',
    description:
      '{ by: email, to: orders@example.com }, { by: webhook, to: https://… } or { by: chat, robot: wecom, to: https://… }; ' +
      'an address with a key in it belongs into secrets.json, and a name stands here',
  });

const supplierFields = {
  id: idSchema,
  name: nameSchema.optional(),
  contact: contactSchema.optional(),
  send: z.array(supplierSendSchema).max(10).optional(),
  store: storeSchema.optional().meta({
    description: 'it is a store of the chain, a central kitchen: orders go there as requisitions',
  }),
  deliveries: z.array(weekdaySchema).max(7).optional(),
  deliverAt: clockSchema.optional(),
  cutOff: clockSchema.optional(),
  leadTime: durationSchema.optional(),
  minimumOrder: moneySchema.optional(),
  notes: notesSchema.optional(),
};
export const supplierHeadSchema = z.strictObject({
  ...supplierFields,
  items: z.unknown().optional(),
});
export const supplierSchema = z
  .strictObject({ ...supplierFields, items: z.array(supplierItemSchema).max(5000).optional() })
  .meta({ id: 'Supplier' });
export type BookSupplier = z.infer<typeof supplierSchema>;

/** Shapes of single fields, for what a store keeps different. */
export const bookFieldSchemas = {
  amount: amountSchema,
  money: moneySchema,
  weekdays: z.array(weekdaySchema).max(7),
  clock: clockSchema,
  text: textSchema,
};

const bookFields = {
  larder: z.literal(1),
  name: textSchema.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  validFrom: instantSchema.optional().meta({
    description:
      'the instant from which sales are exploded with this book; default: when it is adopted',
  }),
  notes: notesSchema.optional(),
};
const list = z.unknown().optional();
export const bookHeadSchema = z.strictObject({
  ...bookFields,
  items: list,
  recipes: list,
  modifiers: list,
  suppliers: list,
});
export const bookSchema = z
  .strictObject({
    ...bookFields,
    items: z.array(itemSchema).max(20_000).optional(),
    recipes: z.array(recipeSchema).max(10_000).optional(),
    modifiers: z.array(bookModifierSchema).max(10_000).optional(),
    suppliers: z.array(supplierSchema).max(2_000).optional(),
  })
  .meta({ id: 'Book', title: 'Larder recipe book' });

/** A book whose shape is right. `checkBook` says whether its meaning is, too. */
export type Book = z.infer<typeof bookSchema>;
