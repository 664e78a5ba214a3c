/** Purchase orders: what is ordered, from whom, for which day; who approved it; how it is sent; what comes back. */
import { z } from 'zod';
import { amountSchema } from './kitchen-command.ts';
import { dateSchema, idSchema } from './pos-event.ts';

/**
 * How an order reaches its supplier. hand = somebody phoned it through; chain = the supplier is a store of
 * the chain and gets a requisition.
 */
export const ORDER_CHANNELS = ['chain', 'print', 'email', 'webhook', 'chat', 'hand'] as const;
export type OrderChannel = (typeof ORDER_CHANNELS)[number];

const noteSchema = z.string().max(200);
const againSchema = z.literal(true);

const lineFields = {
  item: idSchema,
  qty: amountSchema,
  price: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,6})?$/)
    .optional()
    .meta({ description: 'per 1 of the unit that qty is written in; default: as in the book' }),
};

const createSchema = z.strictObject({
  order: idSchema.optional().meta({ description: 'without it: PO-YYYYMMDD-NNN' }),
  supplier: idSchema,
  deliverOn: dateSchema.optional().meta({ description: 'business day of the delivery' }),
  lines: z
    .array(
      z.strictObject({
        ...lineFields,
        suggested: amountSchema.optional().meta({ description: 'what the box had suggested' }),
      }),
    )
    .min(1)
    .max(500),
  note: noteSchema.optional(),
  again: againSchema.optional().meta({
    description: 'although there is an open order for this supplier and day',
  }),
});
/** Data of the command. */
export type OrderCreate = z.infer<typeof createSchema>;

const editSchema = z
  .strictObject({
    order: idSchema,
    lines: z
      .array(z.strictObject(lineFields))
      .max(500)
      .optional()
      .meta({ description: 'only what changes; qty "0" takes the item out' }),
    note: noteSchema.optional(),
  })
  .refine(({ lines, note }) => (lines?.length ?? 0) > 0 || note !== undefined, {
    message: 'say lines or note',
  });
/** Data of the command. */
export type OrderEdit = z.infer<typeof editSchema>;

const submitSchema = z.strictObject({ order: idSchema });
/** Data of the command. */
export type OrderSubmit = z.infer<typeof submitSchema>;

const wayFields = {
  printer: z.string().min(1).max(64).optional(),
  language: z.enum(['zh', 'en']).optional(),
};
const approveSchema = z.strictObject({
  order: idSchema,
  send: z
    .strictObject({ by: z.enum(ORDER_CHANNELS), ...wayFields })
    .optional()
    .meta({ description: 'also sends it, in the same breath' }),
});
/** Data of the command. */
export type OrderApprove = z.infer<typeof approveSchema>;

const rejectSchema = z.strictObject({ order: idSchema, reason: z.string().min(1).max(200) });
/** Data of the command. */
export type OrderReject = z.infer<typeof rejectSchema>;

const sendSchema = z.strictObject({
  order: idSchema,
  by: z.enum(ORDER_CHANNELS).optional().meta({
    description:
      'default: chain for a store of the chain; else with `again` the way it was sent before, else hand',
  }),
  ...wayFields,
  again: againSchema.optional().meta({ description: 'although it was sent before, or failed' }),
});
/** Data of the command. */
export type OrderSend = z.infer<typeof sendSchema>;

const cancelSchema = z.strictObject({ order: idSchema, reason: noteSchema.optional() });
/** Data of the command. */
export type OrderCancel = z.infer<typeof cancelSchema>;

const creditSchema = z.strictObject({
  credit: idSchema
    .optional()
    .meta({ description: 'number of the note; without it CN-YYYYMMDD-NNN' }),
  supplier: idSchema,
  order: idSchema.optional(),
  return: z.int().min(1).optional().meta({ description: 'seq of the return it pays for' }),
  amount: z
    .string()
    .regex(/^(?=.*[1-9])\d{1,9}(\.\d{1,4})?$/)
    .meta({ description: 'money, more than 0' }),
  note: noteSchema.optional(),
});
/** Data of the command. */
export type CreditRecord = z.infer<typeof creditSchema>;

/** Command kind -> schema of its data. */
export const orderCommandSchemas = {
  'order.create': createSchema,
  'order.edit': editSchema,
  'order.submit': submitSchema,
  'order.approve': approveSchema,
  'order.reject': rejectSchema,
  'order.send': sendSchema,
  'order.cancel': cancelSchema,
  'credit.record': creditSchema,
} as const;
