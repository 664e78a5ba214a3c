/** Purchase orders, as far as receiving needs them: what was ordered, from whom, for which day. */
import { z } from 'zod';
import { amountSchema } from './kitchen-command.ts';
import { dateSchema, idSchema } from './pos-event.ts';

const createSchema = z.strictObject({
  order: idSchema,
  supplier: idSchema,
  deliverOn: dateSchema.optional().meta({ description: 'business day of the delivery' }),
  lines: z
    .array(
      z.strictObject({
        item: idSchema,
        qty: amountSchema,
        price: z
          .string()
          .regex(/^\d{1,9}(\.\d{1,6})?$/)
          .optional(),
      }),
    )
    .min(1)
    .max(500),
  note: z.string().max(200).optional(),
});
export type OrderCreate = z.infer<typeof createSchema>;

const namedSchema = z.strictObject({ order: idSchema, reason: z.string().max(200).optional() });
export type OrderNamed = z.infer<typeof namedSchema>;

/** Command kind -> schema of its data. */
export const orderCommandSchemas = {
  'order.create': createSchema,
  'order.send': namedSchema,
  'order.cancel': namedSchema,
} as const;
