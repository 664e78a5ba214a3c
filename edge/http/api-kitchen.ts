/** What the box answers to the kitchen's screens, as schemas. */
import { z } from 'zod';
import { ENTRY_KINDS, type EntryKind } from '#recipes/ledger/entry.ts';
import {
  amountText as amount,
  utcInstant as instant,
  namesSchema,
  unitSchema,
  wordsSchema,
} from './api-answers.ts';

const text = z.string();
const count = z.int().min(0);
const money = text.meta({ description: 'in the currency of the book' });
const kinds = Object.keys(ENTRY_KINDS) as [EntryKind, ...EntryKind[]];

const summarySchema = z
  .strictObject({
    item: text.optional(),
    name: namesSchema.optional(),
    qty: amount.optional(),
    unit: unitSchema.optional(),
    reason: text.optional(),
    cost: money.optional(),
    text: wordsSchema,
  })
  .meta({ id: 'EntrySummary' });

export const entriesSchema = z
  .strictObject({
    entries: z.array(
      z
        .strictObject({
          seq: z.int().min(1),
          kind: z.enum(kinds),
          at: instant,
          recordedAt: instant,
          said: text.nullable().meta({ description: '`at` as the command said it' }),
          actor: text.nullable(),
          device: text.nullable().meta({ description: 'the paired tablet; null = none' }),
          command: text.nullable(),
          summary: summarySchema,
          reverses: z.int().min(1).nullable(),
          reversedBy: z.int().min(1).nullable(),
          stands: z.boolean().meta({ description: 'not taken back, or restored since' }),
          reversible: z
            .enum(['yes', 'pin', 'no'])
            .meta({ description: 'pin: with a manager, for whoever asks' }),
        })
        .meta({ id: 'KitchenEntry' }),
    ),
  })
  .meta({ id: 'Entries' });

export const tilesSchema = z
  .strictObject({
    items: z.array(text).meta({ description: 'most usual at this time of day first' }),
    dishes: z.array(text).meta({ description: 'codes of the POS' }),
    amounts: z.record(text, z.array(amount)),
    lastTargets: z
      .record(text, text)
      .meta({ description: 'what the offcut of an item became last' }),
  })
  .meta({ id: 'Tiles' });

export const prepSchema = z
  .strictObject({
    batches: z.array(
      z
        .strictObject({
          recipe: text,
          name: namesSchema,
          item: text,
          onHand: amount,
          expiresAt: instant.nullable(),
          suggested: amount,
          suggestedText: wordsSchema,
          unit: unitSchema,
          makes: amount.meta({ description: 'what one run gives' }),
          run: count.meta({ description: 'runs that are suggested' }),
          why: wordsSchema,
          done: z.strictObject({ qty: amount, at: instant }).nullable(),
          short: z.array(z.strictObject({ item: text, missing: amount })),
          inputs: z.array(
            z.strictObject({ item: text, name: namesSchema, qty: amount, unit: unitSchema }),
          ),
          allergens: z.array(text),
          shelfLifeMs: count.nullable(),
        })
        .meta({ id: 'PrepBatch' }),
    ),
  })
  .meta({ id: 'Prep' });

export const labelSchema = z
  .strictObject({
    code: text.meta({ description: 'text of the QR code' }),
    item: text,
    name: namesSchema,
    lot: text,
    madeAt: instant,
    expiresAt: instant.nullable(),
    openedAt: instant.nullable(),
    allergens: z.array(text),
    qty: amount.meta({ description: 'what is left' }),
    unit: unitSchema,
    by: text.nullable(),
  })
  .meta({ id: 'LotLabel' });

const missing = z.array(text).meta({ description: 'items whose cost nobody knows: not in `cost`' });
const lineSchema = z
  .strictObject({
    item: text.optional(),
    recipe: text.optional(),
    name: namesSchema,
    qty: amount.meta({ description: 'what goes into the pot (EP)' }),
    ap: amount.meta({ description: 'what leaves stock for it' }),
    yield: text,
    unit: unitSchema,
    cost: money.nullable(),
    channel: z.array(text),
  })
  .meta({ id: 'RecipeLineCost' });

export const recipesSchema = z
  .strictObject({
    coverage: z.strictObject({
      mapped: count,
      total: count.meta({ description: 'codes that were sold in 28 days or are in dish lists' }),
      soldShare: z.number().min(0).max(1).nullable().meta({
        description: 'share of the quantity sold in 28 days that has a recipe; null = none sold',
      }),
    }),
    recipes: z.array(
      z
        .strictObject({
          id: text,
          name: namesSchema,
          sku: z.array(text),
          kind: z.enum(['dish', 'sub']),
          kept: z.enum(['stocked', 'transparent']),
          category: text.nullable(),
          makes: amount,
          sold: amount,
          unit: unitSchema,
          price: money.nullable(),
          cost: money
            .nullable()
            .meta({ description: 'of 1 sold of a dish, of one run of the rest' }),
          missing,
          margin: text.nullable().meta({ description: '(price - cost) / price' }),
          lines: z.array(lineSchema),
          modifiers: z.array(z.strictObject({ sku: text, name: namesSchema })),
          usedBy: z.array(text),
        })
        .meta({ id: 'RecipeCost' }),
    ),
  })
  .meta({ id: 'Recipes' });

export const simulationSchema = z
  .strictObject({
    takes: z.array(
      z.strictObject({
        item: text,
        name: namesSchema,
        qty: amount,
        unit: unitSchema,
        onHand: amount,
        after: amount,
      }),
    ),
    cost: money.nullable(),
    missing,
  })
  .meta({ id: 'Simulation' });
