/** Purchase orders and credit notes as the box answers them, as schemas. */
import { z } from 'zod';
import { ORDER_CHANNELS } from '#recipes/contracts/order-command.ts';
import { ORDER_STEPS } from '#recipes/purchasing/order-state.ts';
import {
  amountText as amount,
  utcInstant as instant,
  namesSchema,
  unitSchema,
} from './api-answers.ts';

const text = z.string();
const count = z.int().min(0);
const money = text.meta({ description: 'in the currency of the book' });
const states = z.enum([...ORDER_STEPS, 'partly_received', 'done']);

const detailSchema = z
  .strictObject({
    reason: text.optional(),
    by: z.enum(ORDER_CHANNELS).optional(),
    printer: text.optional(),
    job: z.union([z.int(), text]).optional().meta({ description: 'the print job' }),
    target: text.optional(),
    requisition: text.optional().meta({ description: 'what another store was asked with' }),
    error: text.optional(),
    lines: z
      .array(z.looseObject({ item: text }))
      .optional()
      .meta({ description: 'what an edit said' }),
    revision: z.int().min(1).optional(),
    entry: z.int().min(1).optional().meta({ description: 'entry of the receipt' }),
  })
  .meta({ id: 'OrderStepDetail' });

const historySchema = z.strictObject({
  step: z.enum([...ORDER_STEPS, 'edited', 'sending', 'not_sent', 'partly_received', 'done']),
  at: instant,
  actor: text.nullable(),
  detail: detailSchema.nullable(),
});

const sendingSchema = z
  .strictObject({
    id: z.int().min(1),
    what: z.enum(['order', 'cancel']),
    channel: z.enum(['email', 'webhook', 'chat']),
    target: text.meta({ description: 'without the secrets that stand in addresses' }),
    state: z.enum(['waiting', 'sent', 'failed']),
    at: instant.meta({ description: 'when it ended; while it waits, when it was asked for' }),
    attempts: count,
    error: text.nullable(),
  })
  .meta({ id: 'OrderSending' });

const lineSchema = z
  .strictObject({
    item: text,
    name: namesSchema,
    ordered: amount,
    received: amount,
    unit: unitSchema,
    written: text.meta({ description: 'as it was ordered: "4 pack"' }),
    pack: text.meta({ description: 'one pack as the supplier sells it' }),
    packAmount: amount,
    packs: amount.meta({ description: 'how many packs, whole or not' }),
    suggested: amount
      .nullable()
      .meta({ description: "what the box had suggested; null = a person's own line" }),
    price: money.nullable().meta({ description: 'per pack' }),
    amount: money.nullable(),
    maxTemperature: text.nullable().meta({ description: '°C at the door' }),
  })
  .meta({ id: 'OrderLine' });

export const orderSchema = z
  .strictObject({
    order: text,
    supplier: text,
    supplierName: namesSchema,
    contact: z.strictObject({ phone: text.nullable(), email: text.nullable() }).nullable(),
    send: z
      .array(z.enum(ORDER_CHANNELS))
      .meta({ description: 'ways in which it can be sent from here' }),
    state: states,
    revision: z.int().min(1).meta({
      description: 'counts up when an order changes that was approved before',
    }),
    createdAt: instant,
    deliverOn: z.iso.date().nullable(),
    arrivesAt: instant.nullable(),
    cutOff: instant.nullable(),
    note: text.nullable(),
    total: money.nullable().meta({ description: 'of the lines whose price is known' }),
    currency: text,
    lines: z.array(lineSchema),
    history: z.array(historySchema).meta({ description: 'oldest first' }),
    sendings: z.array(sendingSchema),
    duplicates: z.array(text).meta({
      description: 'other open orders for the same supplier and delivery day',
    }),
  })
  .meta({ id: 'Order' });
export const ordersSchema = z
  .strictObject({ orders: z.array(orderSchema) })
  .meta({ id: 'Orders', description: 'those that wait for goods first' });

export const creditsSchema = z
  .strictObject({
    currency: text,
    suppliers: z.array(
      z.strictObject({
        supplier: text.nullable(),
        name: namesSchema,
        returned: money,
        credited: money,
        owed: money.meta({ description: 'returned - credited' }),
      }),
    ),
    returns: z.array(
      z.strictObject({
        entry: z.int().min(1),
        at: instant,
        day: z.iso.date(),
        actor: text.nullable(),
        supplier: text.nullable(),
        reason: text.nullable(),
        lines: z.array(
          z.strictObject({
            item: text.nullable(),
            lot: text.nullable(),
            name: namesSchema,
            qty: amount.nullable(),
            unit: unitSchema.nullable(),
            cost: money.nullable(),
          }),
        ),
        cost: money.nullable(),
        credited: money,
        owed: money.nullable().meta({ description: 'null = nobody knows what it had cost' }),
      }),
    ),
    credits: z.array(
      z.strictObject({
        credit: text,
        entry: z.int().min(1),
        at: instant,
        day: z.iso.date(),
        actor: text.nullable(),
        supplier: text,
        order: text.nullable(),
        return: z.int().min(1).nullable(),
        amount: money,
        note: text.nullable(),
      }),
    ),
  })
  .meta({ id: 'Credits' });
