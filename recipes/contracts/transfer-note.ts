/**
 * What boxes note of goods between stores and what head office sends down about them: head office and the
 * box of the other store read these, whatever version they are.
 */
import { z } from 'zod';
import { idSchema } from './pos-event.ts';
import { REQUISITION_ANSWERS, storeSchema } from './transfer-command.ts';

const nameSchema = z.object({ zh: z.string().optional(), en: z.string().optional() });
const costSchema = z.int().nullable();
const epoch = z.int().nullable();
const unitSchema = z.enum(['g', 'ml', 'ea']);
const decimal = z.string().regex(/^-?\d{1,10}(\.\d{1,6})?$/);

/** One lot of a transfer on its way: what travels with the goods. */
export const sentLineSchema = z.object({
  item: idSchema,
  name: nameSchema.optional(),
  /** Decimal text in `unit`. */
  qty: decimal,
  unit: unitSchema,
  /** null = nobody knows from which lot. */
  lot: z.string().max(64).nullable(),
  /** Epoch milliseconds. */
  producedAt: epoch,
  expiresAt: epoch,
  openedAt: epoch.optional(),
  /** Of the whole line, ten-thousandths of the currency; null = not known. */
  cost: costSchema,
});
export type SentLine = z.infer<typeof sentLineSchema>;

/** What came of one line. `sent` null: the box did not know what was sent; "0": it was not on the list. */
export const receivedLineSchema = z.object({
  item: idSchema,
  name: nameSchema.optional(),
  qty: decimal,
  sent: decimal.nullable(),
  unit: unitSchema,
  lot: z.string().max(64).nullable(),
  cost: costSchema,
  problem: z.string().max(32).optional(),
});
export type ReceivedLine = z.infer<typeof receivedLineSchema>;

/** One line of a requisition. */
export const askedLineSchema = z.object({
  item: idSchema,
  name: nameSchema.optional(),
  qty: decimal,
  unit: unitSchema,
});
export type AskedLine = z.infer<typeof askedLineSchema>;

const day = z.int().min(10_000_101).max(99_991_231).nullable();
/** Counts what one box said of one transfer, so that the newest word is known in whatever order words come. */
const step = z.int().min(1);
const about = { transfer: idSchema, step };

/**
 * Notes of entries of the kind `transfer`. `cancel` and `restore` follow from undoing a sending, `reopen`
 * and `again` from undoing a receipt: each says all there is to say, so that the newest step is enough.
 * `match`: the goods came from their paper, and the announcement now.
 */
export const transferNoteSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.enum(['send', 'restore']),
    ...about,
    to: storeSchema,
    requisition: idSchema.optional(),
    lines: z.array(sentLineSchema).min(1),
    note: z.string().optional(),
  }),
  z.object({ what: z.literal('cancel'), ...about, to: storeSchema }),
  z.object({
    what: z.enum(['receive', 'again']),
    ...about,
    from: storeSchema,
    requisition: idSchema.optional(),
    order: idSchema.optional(),
    lines: z.array(receivedLineSchema),
    /** Ten-thousandths that were sent and did not come; below zero: more came than was sent. */
    lost: costSchema,
    note: z.string().optional(),
  }),
  z.object({ what: z.literal('reopen'), ...about, from: storeSchema }),
  z.object({
    what: z.literal('match'),
    ...about,
    from: storeSchema,
    lost: costSchema,
    /** What the lots cost that still lie there, and what was used up before. */
    cost: costSchema,
    gone: costSchema,
  }),
]);
export type TransferNote = z.infer<typeof transferNoteSchema>;

/** Notes of entries of the kind `requisition`. */
export const requisitionNoteSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('send'),
    requisition: idSchema,
    to: storeSchema,
    deliverOn: day,
    /** The purchase order that it is sent for. */
    purchase: idSchema.optional(),
    lines: z.array(askedLineSchema).min(1),
    note: z.string().optional(),
  }),
  z.object({
    what: z.literal('answer'),
    requisition: idSchema,
    state: z.enum(REQUISITION_ANSWERS),
    /** The other store. */
    other: storeSchema,
    note: z.string().optional(),
  }),
]);
export type RequisitionNote = z.infer<typeof requisitionNoteSchema>;

/** What head office sends down under `transfer`: goods are on their way, or what became of one's own. */
export const transferDownSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('announce'),
    transfer: idSchema,
    from: storeSchema,
    to: storeSchema,
    requisition: idSchema.nullish(),
    sentAt: z.int(),
    lines: z.array(sentLineSchema).min(1),
    note: z.string().nullish(),
  }),
  z.object({
    what: z.literal('state'),
    transfer: idSchema,
    state: z.enum(['in_transit', 'received', 'disputed']),
    received: z.array(receivedLineSchema).nullish(),
  }),
]);
export type TransferDown = z.infer<typeof transferDownSchema>;

/** Under `transfer_cancel`. */
export const transferCancelSchema = z.object({
  transfer: idSchema,
  from: storeSchema,
  to: storeSchema,
});

/** Under `requisition`. */
export const requisitionDownSchema = z.object({
  requisition: idSchema,
  from: storeSchema,
  to: storeSchema,
  deliverOn: day,
  at: z.int(),
  lines: z.array(askedLineSchema).min(1),
  note: z.string().nullish(),
});

/** Under `requisition_state`. */
export const requisitionStateSchema = z.object({
  requisition: idSchema,
  state: z.enum(REQUISITION_ANSWERS),
  note: z.string().nullish(),
});
