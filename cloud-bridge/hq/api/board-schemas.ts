/** What the board's routes answer; times are RFC 3339, amounts and money decimal text. */
import { z } from 'zod';

const words = z.object({ zh: z.string(), en: z.string() });
const name = z
  .object({ zh: z.string().optional(), en: z.string().optional() })
  .meta({ description: "by the store's book; {} when the item left it" });
const money = z.string().nullable().meta({ description: 'null = nothing is known of the cost' });
const instant = z.string();
const level = z.string().nullable().meta({ description: 'null = the book is silent' });
const state = z.enum(['ok', 'low', 'out', 'over']);
/** Where a page ended. */
export const next = z
  .string()
  .nullable()
  .meta({ description: 'send it as cursor for the next page; null = there is none' });

export const storeRowSchema = z
  .object({
    store: z.string(),
    name: words,
    role: z.enum(['store', 'kitchen']),
    state: z.enum(['ok', 'late', 'silent', 'never']).meta({
      description:
        'late: head office has been behind for 5 minutes; silent: nothing was heard for 5 minutes in its hours',
    }),
    lagMs: z.number().nullable().meta({
      description: 'for how long the oldest entry that is not here has been missing',
    }),
    seenAt: instant.nullable(),
    seq: z.int(),
    headSeq: z.int().meta({ description: "the box's newest entry" }),
    differences: z.int().nullable().meta({
      description: 'balances that differ; null = not compared yet',
    }),
    comparedAt: instant.nullable(),
    twoBoxes: z.boolean(),
    lives: z.int(),
    open: z.int().meta({ description: "things in the box's inbox that need a person" }),
    day: z.string().meta({ description: 'the business day that is now in the store' }),
    timezone: z.string().nullable().meta({ description: 'IANA name; null = not known' }),
    sales: z.int(),
    wasteEntries: z.int(),
    waste: money,
    ordersWaiting: z.int(),
    alarms: z.array(z.string()),
    catalog: z.object({
      head: z.int(),
      taken: z.int(),
      refused: z.int(),
      waiting: z.int(),
    }),
  })
  .meta({ id: 'StoreRow' });

export const boardSchema = z
  .object({
    now: instant,
    stores: z.array(storeRowSchema),
    chain: z.object({
      stores: z.int(),
      sales: z.int(),
      waste: money,
      ordersWaiting: z.int(),
      inTransit: z.int(),
      differences: z.int(),
      late: z.int(),
      currency: z.string().nullable(),
    }),
  })
  .meta({ id: 'Board' });

export const storeDetailSchema = storeRowSchema
  .extend({
    opens: z.string().nullable(),
    closes: z.string().nullable(),
    version: z.string().nullable().meta({ description: 'of the program on its box' }),
    livesList: z.array(
      z.object({
        life: z.int(),
        incarnation: z.string(),
        state: z.enum(['main', 'second', 'sealed']),
        parent: z.int().nullable(),
        forkSeq: z.int().nullable(),
        why: z.string().nullable(),
        since: instant,
        seenAt: instant,
        seq: z.int(),
        headSeq: z.int(),
        differences: z.int().nullable(),
      }),
    ),
    differing: z.array(
      z.object({
        item: z
          .union([z.string(), z.int()])
          .meta({ description: 'its code; its number when it has none here' }),
        place: z.int(),
        lot: z.int(),
        hq: z.int().meta({ description: 'millionths, as are those of the box' }),
        box: z.int(),
      }),
    ),
  })
  .meta({ id: 'StoreDetail' });

const levelFields = {
  item: z.string(),
  name,
  category: z.string().nullable(),
  unit: z.string(),
  onHand: z.string(),
};

export const storeStockSchema = z
  .object({
    store: z.string(),
    seq: z.int(),
    currency: z.string(),
    value: money,
    items: z.array(
      z.object({
        ...levelFields,
        par: level,
        safety: level,
        max: level,
        state,
        value: money,
        lots: z.array(
          z.object({
            lot: z.string(),
            onHand: z.string(),
            receivedAt: instant.nullable(),
            expiresAt: instant.nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'StoreStock' });

export const chainStockSchema = z
  .object({
    items: z.array(
      z.object({
        ...levelFields,
        value: money,
        stores: z.array(z.object({ store: z.string(), onHand: z.string(), par: level, state })),
      }),
    ),
    away: z.array(z.string()).meta({
      description: 'stores whose database does not answer now: they are not in the sums',
    }),
  })
  .meta({ id: 'ChainStock' });

export const entrySchema = z
  .object({
    store: z.string(),
    life: z.int(),
    seq: z.int(),
    kind: z.string(),
    at: instant,
    recordedAt: instant,
    day: z.string(),
    actor: z.string().nullable(),
    command: z.string().nullable(),
    reverses: z.int().nullable(),
    words,
    cost: money,
    moves: z.array(
      z.object({
        item: z.string(),
        name,
        lot: z.string().nullable(),
        from: z.string(),
        to: z.string(),
        amount: z.string(),
        unit: z.string(),
      }),
    ),
    note: z.looseObject({}).nullable(),
  })
  .meta({ id: 'Entry' });
export const entriesSchema = z
  .object({ entries: z.array(entrySchema), next })
  .meta({ id: 'Entries' });

export const tickerSchema = z
  .object({
    lines: z.array(
      z.object({
        id: z.int(),
        store: z.string(),
        at: instant,
        kind: z.string(),
        seq: z.int().nullable(),
        zh: z.string(),
        en: z.string(),
      }),
    ),
    next,
  })
  .meta({ id: 'Ticker' });

const decision = z
  .object({
    verb: z.enum(['approve', 'reject']),
    state: z.enum(['waiting', 'taken', 'refused']),
    by: z.string().nullable(),
    at: instant,
    version: z.int(),
    reason: words.extend({ code: z.string() }).nullable(),
  })
  .meta({ description: 'what head office decided while the order waits' });

export const orderSchema = z
  .object({
    store: z.string(),
    order: z.string(),
    supplier: z.string(),
    supplierName: name,
    deliverOn: z.string().nullable(),
    total: money,
    currency: z.string(),
    state: z.enum([
      'draft',
      'submitted',
      'approved',
      'rejected',
      'sent',
      'cancelled',
      'partly_received',
      'done',
    ]),
    revision: z.int(),
    note: z.string().nullable(),
    reason: z.string().nullable(),
    by: z.string().nullable(),
    at: instant,
    seq: z.int(),
    lines: z.array(
      z.object({
        item: z.string(),
        name,
        qty: z.string(),
        unit: z.string(),
        written: z.string(),
        packs: z.string().nullable(),
        pack: z.string(),
        amount: money,
      }),
    ),
    decision: decision.nullable(),
  })
  .meta({ id: 'Order' });
export const ordersSchema = z.object({ orders: z.array(orderSchema), next }).meta({ id: 'Orders' });
export const orderDetailSchema = orderSchema
  .extend({
    history: z.array(
      z.object({
        seq: z.int(),
        what: z.string(),
        state: z.string(),
        at: instant,
        actor: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'OrderDetail' });
export const decidedSchema = z
  .object({ version: z.int(), order: orderSchema })
  .meta({ id: 'Decided' });

export const alarmsSchema = z
  .object({
    alarms: z.array(
      z.object({
        id: z.int(),
        store: z.string(),
        kind: z.string(),
        since: instant,
        endedAt: instant.nullable(),
        detail: z.looseObject({}).nullable(),
        words,
      }),
    ),
    next,
  })
  .meta({ id: 'Alarms' });
