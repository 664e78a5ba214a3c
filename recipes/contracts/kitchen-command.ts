/**
 * What the kitchen tells the box: waste, trimmings, batches, opened packs, deliveries, counts. The
 * tablet and a script send the same; what a field means stands here once.
 */
import { z } from 'zod';
import { decimalSchema, idSchema, instantSchema } from './pos-event.ts';

export const amountSchema = z.union([z.string().min(1).max(64), z.number()]).meta({
  id: 'WrittenAmount',
  description: '"2 pack", "4.2 kg", or a bare decimal in the base unit',
});

const priceSchema = z
  .union([z.string().regex(/^\d{1,9}(\.\d{1,6})?$/), z.number().min(0).max(999_999_999)])
  .meta({ id: 'Price', description: 'money, 0 or more' });

const skuSchema = z.string().min(1).max(128);
const noteSchema = z.string().max(200);
const placeSchema = z.string().min(1).max(64);

/** What is written on the lot. With `item` where two items carry the same code. */
export const lotCodeSchema = z.string().min(1).max(64).meta({
  id: 'LotCode',
  description: 'the code on the lot; name the item too where two items carry the same code',
});

/** How it was entered, for the figures of the screens: which way, how many taps, how long. */
const howSchema = z
  .strictObject({
    path: z.string().max(16).optional(),
    taps: z.int().min(0).max(1_000).optional(),
    ms: z.int().min(0).max(86_400_000).optional(),
  })
  .meta({ id: 'EntryHow', description: 'path, taps and milliseconds of the entry on the screen' });

export const WASTE_REASONS = [
  'expired',
  'spoiled',
  'overproduced',
  'dropped',
  'remake',
  'returned',
  'rejected',
  'tasting',
  'other',
] as const;

const whatFields = {
  item: idSchema.optional(),
  lot: lotCodeSchema.optional(),
  sku: skuSchema.optional(),
  modifiers: z
    .array(z.strictObject({ sku: skuSchema, qty: decimalSchema.optional() }))
    .max(64)
    .optional()
    .meta({ description: 'only with sku: the dish as it was made' }),
};

const wasteSchema = z.strictObject({
  ...whatFields,
  qty: amountSchema.optional().meta({
    description: 'without it: all that is left of the lot, or 1 of the dish',
  }),
  reason: z.enum(WASTE_REASONS),
  station: placeSchema.optional(),
  note: noteSchema.optional(),
  how: howSchema.optional(),
});
export type WasteLog = z.infer<typeof wasteSchema>;

const consumeSchema = z.strictObject({
  ...whatFields,
  qty: amountSchema.optional(),
  why: z.enum(['staff', 'tasting', 'sample', 'gift']),
  note: noteSchema.optional(),
  how: howSchema.optional(),
});
export type ConsumeLog = z.infer<typeof consumeSchema>;

const trimSchema = z.strictObject({
  item: idSchema.optional(),
  lot: lotCodeSchema.optional(),
  in: amountSchema.meta({ description: 'weight before trimming, in the source item' }),
  outs: z
    .array(
      z.strictObject({
        to: z.enum(['usable', 'reuse', 'staff', 'bin']),
        item: idSchema.optional().meta({
          description: 'what it becomes: needed for reuse; usable stays the source item without it',
        }),
        qty: amountSchema.optional().meta({
          description: 'in the unit of the source item; one may be left out: the remainder',
        }),
      }),
    )
    .min(1)
    .max(20),
  station: placeSchema.optional(),
  note: noteSchema.optional(),
  how: howSchema.optional(),
});
export type TrimLog = z.infer<typeof trimSchema>;

const offcutSchema = z.strictObject({
  item: idSchema.optional(),
  lot: lotCodeSchema.optional(),
  qty: amountSchema.optional().meta({ description: 'without it: all that is left of the lot' }),
  into: idSchema.meta({ description: 'the recipe or item it went into' }),
  note: noteSchema.optional(),
  how: howSchema.optional(),
});
export type OffcutUse = z.infer<typeof offcutSchema>;

const batchSchema = z.strictObject({
  recipe: idSchema,
  qty: amountSchema.meta({ description: 'what was planned, in the unit of the recipe' }),
  actual: amountSchema.optional().meta({ description: 'what came out; default: qty' }),
  lot: lotCodeSchema.optional(),
  expiresAt: instantSchema.optional(),
  labels: z.int().min(0).max(99).optional(),
  station: placeSchema.optional(),
  note: noteSchema.optional(),
  how: howSchema.optional(),
});
export type BatchProduce = z.infer<typeof batchSchema>;

const openSchema = z.strictObject({
  lot: lotCodeSchema,
  item: idSchema.optional(),
  how: z.enum(['opened', 'thawed', 'frozen']),
  qty: amountSchema.optional().meta({ description: 'without it: the whole lot' }),
  expiresAt: instantSchema.optional(),
});
export type LotOpen = z.infer<typeof openSchema>;

const receiveLineSchema = z.strictObject({
  item: idSchema,
  qty: amountSchema.meta({ description: 'what came in and stays' }),
  lot: z.string().min(1).max(64).optional(),
  producedAt: instantSchema.optional(),
  expiresAt: instantSchema.optional(),
  price: priceSchema.optional().meta({
    description: 'per 1 of the unit that qty is written in: qty "3 pack" = per pack',
  }),
  temperature: decimalSchema.optional().meta({ description: '°C at the door' }),
  weight: amountSchema.optional().meta({
    description: 'catch weight: what the line really weighs, when qty counts pieces or packs',
  }),
  ordered: amountSchema.optional().meta({ description: 'what was ordered, for short and over' }),
  problem: z.enum(['short', 'over', 'damaged', 'rejected', 'substitute']).optional(),
  substituteFor: idSchema.optional(),
  refused: amountSchema.optional().meta({
    description: 'came and went back with the driver: never in stock',
  }),
});

export const receiveSchema = z.strictObject({
  supplier: idSchema.optional(),
  order: idSchema.optional(),
  lines: z.array(receiveLineSchema).min(1).max(500),
  close: z.boolean().optional().meta({
    description: 'true: what is missing of the order will not come',
  }),
  release: noteSchema.optional().meta({
    description: 'why goods that are too warm are accepted; a manager only',
  }),
  note: noteSchema.optional(),
  how: howSchema.optional(),
});
export type DeliveryReceive = z.infer<typeof receiveSchema>;

const returnSchema = z.strictObject({
  supplier: idSchema.optional(),
  lines: z
    .array(
      z.strictObject({
        item: idSchema.optional(),
        lot: lotCodeSchema.optional(),
        qty: amountSchema.optional(),
      }),
    )
    .min(1)
    .max(500),
  reason: noteSchema.optional(),
});
export type DeliveryReturn = z.infer<typeof returnSchema>;

const observeSchema = z.strictObject({
  count: idSchema,
  item: idSchema,
  lot: lotCodeSchema.optional(),
  place: placeSchema.optional(),
  qty: amountSchema.meta({ description: '0 = none is there; a skipped item is not sent' }),
  how: howSchema.optional(),
});
export type CountObserve = z.infer<typeof observeSchema>;

const postSchema = z.strictObject({
  count: idSchema,
  items: z.array(idSchema).max(20_000).optional().meta({ description: 'only these; default: all' }),
});
export type CountPost = z.infer<typeof postSchema>;

const barcodeSchema = z.strictObject({
  barcode: z.string().min(1).max(128),
  item: idSchema,
  unit: z.string().min(1).max(32).optional().meta({ description: 'what one scan is: "pack"' }),
});
export type BarcodeLearn = z.infer<typeof barcodeSchema>;

/** Command kind -> schema of its data. */
export const kitchenCommandSchemas = {
  'waste.log': wasteSchema,
  'consume.log': consumeSchema,
  'trim.log': trimSchema,
  'offcut.use': offcutSchema,
  'batch.produce': batchSchema,
  'lot.open': openSchema,
  'delivery.receive': receiveSchema,
  'delivery.return': returnSchema,
  'count.observe': observeSchema,
  'count.post': postSchema,
  'barcode.learn': barcodeSchema,
} as const;
