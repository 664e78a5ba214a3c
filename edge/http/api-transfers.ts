/** Goods between stores and outside work as the box answers them, as schemas. */
import { z } from 'zod';
import {
  amountText as amount,
  utcInstant as instant,
  namesSchema,
  unitSchema,
} from './api-answers.ts';

const text = z.string();
const money = text.meta({ description: 'in the currency of the book' });
const stock = { item: text, name: namesSchema, unit: unitSchema };
const entry = z.int().min(1);
const storesSchema = z.array(z.strictObject({ store: text, name: namesSchema })).meta({
  id: 'KnownStores',
  description: 'other stores: of the book, and those that goods went to or came from',
});

export const transferSchema = z
  .strictObject({
    transfer: text,
    direction: z.enum(['out', 'in']),
    other: text.meta({ description: 'the other store' }),
    otherName: namesSchema,
    state: z.enum(['sent', 'incoming', 'received', 'cancelled', 'disputed']).meta({
      description: 'disputed: head office found that the two stores do not say the same',
    }),
    at: instant.meta({ description: 'when it was sent, or received' }),
    entry: entry.nullable().meta({ description: 'of sending or receiving; null = announced' }),
    undoneBy: entry
      .nullable()
      .meta({ description: 'of a sending that was called off: undoing this one restores it' }),
    requisition: text.nullable(),
    note: text.nullable(),
    cost: money.nullable(),
    lines: z
      .array(
        z
          .strictObject({
            ...stock,
            qty: amount,
            lot: text.nullable(),
            expiresAt: instant.nullable(),
            cost: money.nullable(),
          })
          .meta({ id: 'SentLine' }),
      )
      .meta({ description: 'what was sent, by lot; empty while nobody has announced it' }),
    received: z
      .array(
        z
          .strictObject({
            ...stock,
            qty: amount,
            sent: amount.nullable(),
            lot: text.nullable(),
            cost: money.nullable(),
            problem: text.nullable(),
          })
          .meta({ id: 'ReceivedLine' }),
      )
      .nullable(),
    differences: z
      .array(z.strictObject({ ...stock, qty: amount }))
      .meta({ description: 'by item: what came less what was sent' }),
  })
  .meta({ id: 'Transfer' });

export const transfersSchema = z
  .strictObject({ store: text, stores: storesSchema, transfers: z.array(transferSchema) })
  .meta({ id: 'Transfers', description: 'what waits first' });

export const requisitionsSchema = z
  .strictObject({
    store: text,
    stores: storesSchema,
    requisitions: z.array(
      z
        .strictObject({
          requisition: text,
          direction: z.enum(['out', 'in']).meta({ description: 'in: another store asks this one' }),
          other: text,
          otherName: namesSchema,
          state: z.enum(['sent', 'accepted', 'declined', 'shipped', 'received', 'cancelled']),
          at: instant,
          deliverOn: z.iso.date().nullable(),
          purchase: text.nullable().meta({ description: 'the order that it was sent for' }),
          note: text.nullable(),
          lines: z.array(z.strictObject({ ...stock, qty: amount })),
          transfers: z.array(text),
        })
        .meta({ id: 'Requisition' }),
    ),
    demand: z
      .array(
        z.strictObject({
          on: z.iso.date().nullable(),
          items: z.array(
            z.strictObject({
              ...stock,
              total: amount,
              onHand: amount,
              stores: z.array(z.strictObject({ store: text, requisition: text, qty: amount })),
            }),
          ),
        }),
      )
      .meta({ description: 'what others ask of this store and nobody has shipped, by day' }),
  })
  .meta({ id: 'Requisitions' });

export const outsourceSchema = z
  .strictObject({
    processors: z.array(text),
    jobs: z.array(
      z
        .strictObject({
          job: text,
          processor: text,
          state: z.enum(['out', 'partly_back', 'done', 'cancelled']),
          at: instant,
          entry,
          note: text.nullable(),
          cost: money.nullable(),
          lines: z.array(
            z.strictObject({
              ...stock,
              lot: text.nullable(),
              qty: amount,
              out: amount.meta({ description: 'what is still out there' }),
              cost: money.nullable(),
            }),
          ),
          back: z.array(
            z.strictObject({
              entry,
              fee: money.nullable(),
              products: z.array(
                z.strictObject({ ...stock, lot: text, qty: amount, cost: money.nullable() }),
              ),
            }),
          ),
        })
        .meta({ id: 'OutsideJob' }),
    ),
  })
  .meta({ id: 'OutsideJobs' });
