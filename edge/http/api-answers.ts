/** What the box answers, as schemas: documents are made from them, and tests hold real answers to them. */
import { z } from 'zod';
import { dayCloseSchema, modifierSchema } from '#recipes/contracts/pos-event.ts';

const text = z.string();
const count = z.int().min(0);
export const utcInstant = z.iso
  .datetime()
  .meta({ id: 'UtcInstant', description: 'RFC 3339 in UTC' });
export const amountText = z
  .string()
  .regex(/^-?\d{1,10}(\.\d{1,6})?$/)
  .meta({ id: 'AmountText', description: "decimal text in the item's base unit" });
const instant = utcInstant;
const amount = amountText;
export const wordsSchema = z.strictObject({ en: text, zh: text }).meta({ id: 'Words' });
export const namesSchema = z
  .strictObject({ zh: text.optional(), en: text.optional() })
  .meta({ id: 'Names' });
export const stateSchema = z.enum(['ok', 'low', 'out']).meta({
  id: 'LevelState',
  description: 'out: nothing left; low: at or below the safety stock',
});
export const unitSchema = z.enum(['g', 'ml', 'ea']);

export const problemSchema = z
  .looseObject({
    type: text.meta({ description: 'leads to the words about this code' }),
    title: text,
    status: z.int(),
    detail: text.meta({
      description: 'in English, or in Chinese when Accept-Language asks for zh',
    }),
    code: text.meta({ description: 'stable; for programs' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

const statusSchema = z
  .enum(['applied', 'partial', 'held', 'duplicate', 'conflict', 'quarantined'])
  .meta({ id: 'EventStatus' });

const reasonSchema = z
  .strictObject({ code: text, path: text.optional(), message: text, messageZh: text })
  .meta({ id: 'Reason', description: 'why an event is not simply applied' });

const linesSchema = z.strictObject({ applied: count, held: count });

export const eventResultSchema = z
  .strictObject({
    eventId: text,
    status: statusSchema,
    receivedAt: instant.meta({ description: 'of the first delivery' }),
    lines: linesSchema,
    movements: count,
    reasons: z.array(reasonSchema),
  })
  .meta({ id: 'EventResult' });

export const eventResultsSchema = z
  .strictObject({ results: z.array(eventResultSchema) })
  .meta({ id: 'EventResults' });

export const commandResultsSchema = z
  .strictObject({
    results: z.array(
      z
        .strictObject({
          id: text,
          status: z.enum(['applied', 'duplicate', 'conflict', 'rejected']),
          seq: z.int().min(1).optional().meta({ description: 'of its entry in the ledger' }),
          code: text.optional().meta({ description: 'why it was rejected' }),
          message: wordsSchema.optional(),
          data: z.unknown().optional(),
        })
        .meta({ id: 'CommandResult' }),
    ),
  })
  .meta({ id: 'CommandResults' });

export const movesSchema = z
  .strictObject({
    moves: z.array(
      z
        .strictObject({
          seq: z.int().min(1),
          at: instant,
          recordedAt: instant,
          kind: text,
          item: text,
          lot: text.nullable(),
          from: text,
          to: text,
          amount,
          unit: unitSchema,
          document: z.strictObject({
            kind: text,
            id: text,
            event: text.nullable(),
            actor: text.nullable(),
          }),
        })
        .meta({ id: 'LedgerMove' }),
    ),
    cursor: text.nullable().meta({ description: 'of the next page; null = the end' }),
  })
  .meta({ id: 'Moves' });

const tookSchema = z.strictObject({ item: text, lot: text, amount, unit: unitSchema, to: text });
const saleLineFields = {
  lineId: text,
  sku: text,
  name: text.nullable(),
  qty: amount,
  modifiers: z.array(modifierSchema),
  parentLineId: text.nullable(),
  state: z.enum(['applied', 'held', 'ignored']),
  waitsFor: text.nullable(),
  voided: amount,
};
const saleFields = {
  saleId: text,
  terminal: text,
  event: z.int().min(1),
  at: instant,
  receivedAt: instant.nullable(),
  businessDay: z.iso.date(),
  status: statusSchema,
  revision: count.nullable(),
  channel: text.nullable(),
};

export const salesSchema = z
  .strictObject({
    sales: z.array(
      z.strictObject({ ...saleFields, lines: z.array(z.strictObject(saleLineFields)) }).meta({
        id: 'SaleHead',
      }),
    ),
  })
  .meta({ id: 'Sales' });

export const saleViewSchema = z
  .strictObject({
    ...saleFields,
    lines: z.array(
      z.strictObject({
        ...saleLineFields,
        took: z.array(tookSchema).meta({ description: 'what is out of stock for it now' }),
      }),
    ),
  })
  .meta({ id: 'SaleView' });

const eventFields = {
  number: z.int().min(1).meta({ description: 'arrival number' }),
  terminal: text,
  eventId: text,
  type: text,
  receivedAt: instant,
  status: statusSchema,
  dismissed: z.boolean(),
  lines: linesSchema,
  movements: count,
  reasons: z.array(reasonSchema),
  source: text.nullable().meta({ description: 'the adapter it came through, if any' }),
  bytes: count,
};
export const eventsSchema = z
  .strictObject({ events: z.array(z.strictObject(eventFields).meta({ id: 'EventHead' })) })
  .meta({ id: 'Events' });
export const eventViewSchema = z
  .strictObject({ ...eventFields, body: text.meta({ description: 'its bytes as UTF-8 text' }) })
  .meta({ id: 'EventView' });

const totalsSchema = z.strictObject({
  saleCount: count,
  voidCount: count,
  refundCount: count,
  lineQty: amount,
});
export const daySchema = z
  .strictObject({
    date: z.iso.date(),
    sales: count,
    lines: z.strictObject({
      received: count,
      applied: count,
      held: count,
      ignored: count,
      quarantined: count,
    }),
    quarantinedEvents: count,
    items: z.array(
      z.strictObject({ item: text, exploded: amount, moved: amount, difference: amount }),
    ),
    balanced: z.boolean(),
    terminals: z.array(
      z.strictObject({
        terminal: text,
        counted: totalsSchema,
        said: dayCloseSchema.nullable(),
        agrees: z.boolean().nullable(),
      }),
    ),
  })
  .meta({
    id: 'DayProof',
    description: 'received = applied + held + quarantined; exploded = moved',
  });

const inboxKinds = [
  'unknown_sku',
  'quarantined',
  'conflict',
  'gap',
  'negative',
  'expiring',
  'prep_inferred',
  'held_void',
  'dayclose',
  'poison',
  'printer',
  'print_job',
  'order_cut_off',
  'order_waiting',
  'order_unsent',
  'order_overdue',
  'denied',
  'terminal_lost',
  'transfer_incoming',
  'transfer_late',
  'transfer_disputed',
  'requisition_waiting',
  'hq_lag',
  'hq_differs',
  'hq_two_boxes',
  'hq_refused_version',
  'hq_refused_facts',
  'hq_life',
  'book_drops_dishes',
] as const;
export const inboxSchema = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          id: text,
          kind: z.enum(inboxKinds),
          severity: z.enum(['act', 'watch']),
          since: instant,
          title: wordsSchema,
          detail: wordsSchema,
          subject: z.record(text, z.unknown()),
          actions: z.array(
            z.strictObject({
              label: wordsSchema,
              command: z.strictObject({ kind: text, data: z.unknown() }),
            }),
          ),
        })
        .meta({ id: 'InboxItem' }),
    ),
  })
  .meta({ id: 'Inbox' });
