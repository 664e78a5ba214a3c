/** Answers about goods between stores, as schemas. */
import { z } from 'zod';
import { next } from './board-schemas.ts';

const text = z.string();
const amount = z.string().meta({ description: 'decimal text in `unit`' });
const money = z.string().meta({ description: 'decimal text in the currency of the chain' });
const instant = z.string().meta({ description: 'RFC 3339' });
const names = z
  .object({ zh: text.optional(), en: text.optional() })
  .meta({ id: 'Names', description: 'one of both at least' });
const stock = { item: text, name: names, qty: amount, unit: text };

const lineSchema = z
  .object({
    ...stock,
    lot: text.nullable(),
    expiresAt: instant.nullable(),
    cost: money.nullable(),
    problem: text.nullable(),
  })
  .meta({ id: 'TransferLine' });

export const transferSchema = z
  .object({
    transfer: text,
    from: text,
    to: text,
    state: z.enum(['announced', 'in_transit', 'received', 'cancelled', 'disputed']).meta({
      description:
        'disputed: what came is not what was sent, or it was called off and came all the same',
    }),
    requisition: text.nullable(),
    sentAt: instant.nullable(),
    receivedAt: instant.nullable(),
    note: text.nullable(),
    cost: money.nullable().meta({ description: 'of what was sent' }),
    lines: z
      .array(lineSchema)
      .nullable()
      .meta({ description: 'null: only the receiver has spoken' }),
    received: z.array(lineSchema).nullable(),
    differences: z
      .array(z.object(stock))
      .meta({ description: 'by item: what came less what was sent' }),
    settled: z.object({ by: text, at: instant, note: text.nullable() }).nullable(),
  })
  .meta({ id: 'Transfer' });

export const transfersSchema = z
  .object({
    transfers: z.array(transferSchema),
    next,
    inTransit: z.array(
      z.object({
        item: text,
        name: names,
        unit: text,
        ledger: amount.meta({ description: 'what the ledgers of all stores have in transit' }),
        open: amount.meta({ description: 'what the transfers say that nobody has received' }),
      }),
    ),
  })
  .meta({ id: 'Transfers' });

export const requisitionsSchema = z
  .object({
    requisitions: z.array(
      z.object({
        requisition: text,
        store: text,
        kitchen: text,
        state: z.enum(['sent', 'accepted', 'declined', 'shipped', 'received', 'cancelled']),
        deliverOn: text.nullable(),
        at: instant,
        purchase: text.nullable().meta({ description: 'the order that it was sent for' }),
        note: text.nullable(),
        answer: text.nullable(),
        lines: z.array(z.object(stock)),
        transfers: z.array(text),
      }),
    ),
    next,
  })
  .meta({ id: 'Requisitions' });

export const demandSchema = z
  .object({
    on: text.nullable(),
    kitchens: z.array(
      z.object({
        kitchen: text,
        name: names,
        items: z.array(
          z.object({
            item: text,
            name: names,
            unit: text,
            total: amount,
            onHand: amount.nullable().meta({ description: 'in the kitchen; null = not known' }),
            missing: amount.meta({ description: 'what has to be made or bought for it' }),
            stores: z.array(
              z.object({
                store: text,
                requisition: text,
                deliverOn: text.nullable(),
                qty: amount,
              }),
            ),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Demand' });
