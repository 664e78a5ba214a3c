/**
 * What a POS tells the box, after the envelope is opened: CloudEvents 1.0 structured JSON, or the
 * short form in which the box fills in the defaults. One schema, read by the broker path, the HTTP
 * twin, the vendor adapters, OpenAPI and AsyncAPI.
 *
 * Unknown extra fields are ignored (a POS may send more than we need); a wrong type in a known field
 * is an error that names the path.
 */
import { z } from 'zod';

/** Largest event the contract promises to understand, in bytes of UTF-8. */
export const EVENT_BYTES_MAX = 64 * 1024;
/** Most lines one event may carry. */
export const LINES_MAX = 500;
/** Most modifiers one line may carry. */
export const MODIFIERS_MAX = 64;

export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_.:/-]{1,128}$/, 'an id is 1 to 128 of A-Z a-z 0-9 . _ : / -')
  .meta({ id: 'Id' });

/**
 * A JSON number with the noise of binary fractions (0.1 + 0.2) is what it means to 6 decimals; one that
 * means more decimals is refused.
 */
function plainNumber(low: number) {
  return z
    .number()
    .min(low)
    .max(999_999_999)
    .refine((value) => Math.abs(value - toSixDecimals(value)) <= NOISE, 'at most 6 decimals')
    .overwrite(toSixDecimals);
}

const NOISE = 1e-9;

function toSixDecimals(value: number): number {
  return Number(value.toFixed(6));
}

/** A decimal number as text, or a JSON number; at most 9 digits before and 6 after the point. */
export const decimalSchema = z
  .union([z.string().regex(/^-?\d{1,9}(\.\d{1,6})?$/), plainNumber(-999_999_999)])
  .meta({
    id: 'Decimal',
    description: 'decimal as text ("0.348"), or a JSON number; up to 6 decimals',
  });

/** What is sold: never negative, because taking back is a void or a refund. */
const quantitySchema = z.union([z.string().regex(/^\d{1,9}(\.\d{1,6})?$/), plainNumber(0)]).meta({
  id: 'Quantity',
  description: 'how many, or how much of a weighed dish; up to 6 decimals',
});

export const instantSchema = z.iso.datetime({ offset: true }).meta({ id: 'Instant' });
export const dateSchema = z.iso.date().meta({ id: 'BusinessDate' });

export const dispositionSchema = z
  .enum(['not_made', 'made_discarded', 'made_served_free', 'unknown'])
  .meta({ id: 'Disposition' });
export type Disposition = z.infer<typeof dispositionSchema>;

/** The code a POS uses for a dish or a modifier: free text, because every POS invents its own. */
const skuSchema = z.string().min(1).max(128);
const nameSchema = z.string().max(200);
const channelSchema = z.string().min(1).max(64);

export const modifierSchema = z
  .object({ sku: skuSchema, qty: quantitySchema.optional(), name: nameSchema.optional() })
  .meta({ id: 'SoldModifier' });

export const lineSchema = z
  .object({
    lineId: z.string().min(1).max(128).optional(),
    sku: skuSchema,
    name: nameSchema.optional(),
    qty: quantitySchema,
    kind: z.enum(['dish', 'combo']).optional(),
    parentLineId: z.string().min(1).max(128).optional(),
    net: decimalSchema.optional(),
    unit: z.string().max(16).optional(),
    firedAt: instantSchema.optional(),
    modifiers: z.array(modifierSchema).max(MODIFIERS_MAX).optional(),
  })
  .meta({ id: 'SoldLine' });
export type SoldLine = z.infer<typeof lineSchema>;

const linesSchema = z.array(lineSchema).min(1).max(LINES_MAX);
const saleFields = {
  saleId: idSchema,
  businessDate: dateSchema.optional(),
  channel: channelSchema.optional(),
  currency: z.string().length(3).optional(),
};

export const saleSchema = z.object({ ...saleFields, lines: linesSchema }).meta({ id: 'Sale' });
export type Sale = z.infer<typeof saleSchema>;

export const snapshotSchema = z
  .object({
    ...saleFields,
    revision: z.int().min(0),
    lines: z.array(lineSchema).max(LINES_MAX),
  })
  .meta({ id: 'Snapshot' });
export type Snapshot = z.infer<typeof snapshotSchema>;

/** A void or refund may come from another terminal than the sale did. */
const sellerSchema = z
  .string()
  .min(1)
  .max(64)
  .optional()
  .meta({ description: 'whose sale it is, when another terminal sold it' });

export const voidSchema = z
  .object({
    saleId: idSchema,
    terminal: sellerSchema,
    businessDate: dateSchema.optional(),
    lines: z
      .array(z.object({ lineId: z.string().min(1).max(128), qty: quantitySchema.optional() }))
      .min(1)
      .max(LINES_MAX)
      .optional(),
    disposition: dispositionSchema.optional(),
    reason: z.string().max(200).optional(),
  })
  .meta({ id: 'Void' });
export type Void = z.infer<typeof voidSchema>;

export const refundSchema = z
  .object({
    refundId: idSchema,
    saleId: idSchema,
    terminal: sellerSchema,
    businessDate: dateSchema.optional(),
    lines: z
      .array(
        z.object({
          lineId: z.string().min(1).max(128),
          qty: quantitySchema,
          disposition: dispositionSchema.optional(),
        }),
      )
      .max(LINES_MAX),
    reason: z.string().max(200).optional(),
  })
  .meta({ id: 'Refund' });
export type Refund = z.infer<typeof refundSchema>;

export const dayCloseSchema = z
  .object({
    businessDate: dateSchema,
    saleCount: z.int().min(0).optional(),
    voidCount: z.int().min(0).optional(),
    refundCount: z.int().min(0).optional(),
    lineQty: decimalSchema.optional(),
    lastSequence: z.union([z.string().regex(/^\d{1,15}$/), z.int().min(0)]).optional(),
  })
  .meta({ id: 'DayClose' });
export type DayClose = z.infer<typeof dayCloseSchema>;

export const menuSchema = z
  .object({
    dishes: z
      .array(
        z.object({
          sku: skuSchema,
          name: nameSchema.optional(),
          category: nameSchema.optional(),
          price: decimalSchema.optional(),
          active: z.boolean().optional(),
        }),
      )
      .max(5000),
  })
  .meta({ id: 'Menu' });
export type Menu = z.infer<typeof menuSchema>;

/** Event type -> schema of its data. The closed list of what the box understands. */
export const dataSchemas = {
  'larder.pos.sale.v1': saleSchema,
  'larder.pos.void.v1': voidSchema,
  'larder.pos.refund.v1': refundSchema,
  'larder.pos.snapshot.v1': snapshotSchema,
  'larder.pos.dayclose.v1': dayCloseSchema,
  'larder.pos.menu.v1': menuSchema,
} as const;
export type EventType = keyof typeof dataSchemas;

/** A CloudEvents 1.0 envelope around one of `dataSchemas`; `sequence` and `epoch` let the box see gaps. */
export const envelopeSchema = z
  .object({
    specversion: z.literal('1.0').optional().meta({ description: 'without it: 1.0' }),
    id: idSchema,
    source: z.string().min(1).max(256).optional(),
    type: z.string().min(1).max(128).optional().meta({ description: 'without it: a sale' }),
    time: instantSchema.optional(),
    datacontenttype: z
      .string()
      .regex(/^application\/json\s*(;|$)/i, 'must be application/json')
      .optional(),
    sequence: z
      .union([z.string().regex(/^0*[1-9]\d{0,14}$/), z.int().min(1)])
      .optional()
      .meta({ description: 'counts 1, 2, 3 … within an epoch' }),
    epoch: z.string().min(1).max(64).optional(),
    data: z.unknown(),
  })
  .meta({ id: 'Envelope' });
export type Envelope = z.infer<typeof envelopeSchema>;

/** The short form: `{"id":"demo-1","items":[{"sku":"M-1001","qty":2}]}` is a complete sale. */
export const shortSaleSchema = z
  .object({
    id: idSchema,
    items: linesSchema,
    time: instantSchema.optional(),
    channel: channelSchema.optional(),
    saleId: idSchema.optional(),
    sequence: envelopeSchema.shape.sequence,
    epoch: envelopeSchema.shape.epoch,
  })
  .meta({ id: 'ShortSale' });

/** One understood event, as the settle step takes it. Times are epoch milliseconds. */
export type PosEvent = {
  readonly id: string;
  readonly occurredAt: number | undefined;
  readonly epoch: string | undefined;
  readonly sequence: number | undefined;
} & (
  | { readonly type: 'larder.pos.sale.v1'; readonly data: Sale }
  | { readonly type: 'larder.pos.void.v1'; readonly data: Void }
  | { readonly type: 'larder.pos.refund.v1'; readonly data: Refund }
  | { readonly type: 'larder.pos.snapshot.v1'; readonly data: Snapshot }
  | { readonly type: 'larder.pos.dayclose.v1'; readonly data: DayClose }
  | { readonly type: 'larder.pos.menu.v1'; readonly data: Menu }
);

/** One reason why an event is not simply `applied`: machine code, where, and words in both languages. */
export type Reason = {
  readonly code: string;
  readonly path?: string;
  readonly message: string;
  readonly messageZh: string;
};

export type EventStatus = 'applied' | 'partial' | 'held' | 'duplicate' | 'conflict' | 'quarantined';

/** The box's answer to one event, on `pos/{terminal}/result` and over HTTP. */
export type EventResult = {
  readonly eventId: string;
  readonly status: EventStatus;
  /** Of the first delivery, RFC 3339 in UTC. */
  readonly receivedAt: string;
  readonly lines: { readonly applied: number; readonly held: number };
  readonly movements: number;
  readonly reasons: readonly Reason[];
};
