/**
 * Goods between stores, what a store asks of the central kitchen, and material that somebody outside works
 * on. What the box notes of them is what head office and the other store read.
 */
import { z } from 'zod';
import { amountSchema, lotCodeSchema } from './kitchen-command.ts';
import { dateSchema, idSchema, instantSchema } from './pos-event.ts';

const noteSchema = z.string().max(200);

/** A store, as its box calls itself in `LARDER_STORE`. */
export const storeSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/)
  .meta({ id: 'StoreId', description: 'as the box of that store calls itself: LARDER_STORE' });

/** Goods of the larder: an item, or one lot of it. */
const goodsSchema = z
  .strictObject({
    item: idSchema.optional(),
    lot: lotCodeSchema.optional(),
    qty: amountSchema
      .optional()
      .meta({ description: 'without it: all that is left of the lot that is named' }),
  })
  .refine(({ item, lot }) => item !== undefined || lot !== undefined, {
    message: 'say item or lot',
  });
/** One line of what leaves the larder. */
export type GoodsLine = z.infer<typeof goodsSchema>;

const sendSchema = z.strictObject({
  transfer: idSchema.optional().meta({
    description: 'number of the transfer, TR-STORE-YYYYMMDD-NNN; without it the box gives one',
  }),
  to: storeSchema,
  lines: z.array(goodsSchema).min(1).max(500),
  requisition: idSchema.optional().meta({ description: 'what it was asked for with' }),
  note: noteSchema.optional(),
});
/** Data of the command. */
export type TransferSend = z.infer<typeof sendSchema>;

/** What is wrong with a line that came. */
export const TRANSFER_PROBLEMS = ['short', 'over', 'damaged', 'rejected', 'substitute'] as const;

const receiveSchema = z.strictObject({
  transfer: idSchema,
  lines: z
    .array(
      z.strictObject({
        item: idSchema,
        lot: z.string().min(1).max(64).optional(),
        qty: amountSchema.meta({ description: 'what came and stays; 0 = nothing of it' }),
        expiresAt: instantSchema
          .optional()
          .meta({ description: 'only where nothing is known of the transfer yet' }),
        problem: z.enum(TRANSFER_PROBLEMS).optional(),
      }),
    )
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'what came; what is not listed did not come. Without it: all as sent' }),
  from: storeSchema.optional().meta({
    description: 'of a transfer that this box has not heard of yet: the store on its paper',
  }),
  note: noteSchema.optional(),
});
/** Data of the command. */
export type TransferReceive = z.infer<typeof receiveSchema>;

const requisitionSchema = z.strictObject({
  requisition: idSchema.optional().meta({
    description: 'RQ-STORE-YYYYMMDD-NNN; without it the box gives one',
  }),
  to: storeSchema.meta({ description: 'the central kitchen, or another store' }),
  deliverOn: dateSchema.optional(),
  lines: z
    .array(z.strictObject({ item: idSchema, qty: amountSchema }))
    .min(1)
    .max(500),
  note: noteSchema.optional(),
});
/** Data of the command. */
export type RequisitionSend = z.infer<typeof requisitionSchema>;

/** What a requisition can be answered with; `cancelled` is the word of the store that asked. */
export const REQUISITION_ANSWERS = ['accepted', 'declined', 'shipped', 'cancelled'] as const;

const answerSchema = z.strictObject({
  requisition: idSchema,
  state: z.enum(REQUISITION_ANSWERS).meta({
    description: 'cancelled: by the store that asked; the others: by the one that was asked',
  }),
  note: noteSchema.optional(),
});
/** Data of the command. */
export type RequisitionAnswer = z.infer<typeof answerSchema>;

const outSchema = z.strictObject({
  job: idSchema.optional().meta({
    description: 'OS-STORE-YYYYMMDD-NNN; without it the box gives one',
  }),
  processor: z.string().min(1).max(64).meta({ description: 'who works on it: a name or an id' }),
  lines: z.array(goodsSchema).min(1).max(500),
  note: noteSchema.optional(),
});
/** Data of the command. */
export type OutsourceSend = z.infer<typeof outSchema>;

const amountOfItem = z.strictObject({ item: idSchema, qty: amountSchema });
const backSchema = z
  .strictObject({
    job: idSchema,
    lines: z
      .array(
        z.strictObject({
          item: idSchema,
          qty: amountSchema,
          lot: z.string().min(1).max(64).optional(),
          expiresAt: instantSchema.optional(),
        }),
      )
      .max(100)
      .optional()
      .meta({ description: 'the product that came back' }),
    used: z.array(amountOfItem).max(500).optional().meta({
      description: 'material that went into this product; default: all that is still out there',
    }),
    returned: z
      .array(amountOfItem)
      .max(500)
      .optional()
      .meta({ description: 'material that came back as it was' }),
    fee: z
      .string()
      .regex(/^\d{1,9}(\.\d{1,4})?$/)
      .optional()
      .meta({ description: 'money; becomes part of what the product costs' }),
    close: z
      .boolean()
      .optional()
      .meta({ description: 'true: what is still out there is lost and will not come' }),
    note: noteSchema.optional(),
  })
  .refine(
    ({ lines, returned, close }) =>
      (lines?.length ?? 0) > 0 || (returned?.length ?? 0) > 0 || close === true,
    { message: 'say lines, returned or close' },
  );
/** Data of the command. */
export type OutsourceReceive = z.infer<typeof backSchema>;

/** Command kind -> schema of its data. */
export const transferCommandSchemas = {
  'transfer.send': sendSchema,
  'transfer.receive': receiveSchema,
  'requisition.send': requisitionSchema,
  'requisition.answer': answerSchema,
  'outsource.send': outSchema,
  'outsource.receive': backSchema,
} as const;
