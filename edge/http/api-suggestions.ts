/** What the box answers about suggestions, the accuracy of forecasts, and notes of days, as schemas. */
import { z } from 'zod';
import { DAY_NOTE_KINDS } from '#recipes/contracts/day-command.ts';
import {
  amountText as amount,
  utcInstant as instant,
  namesSchema,
  unitSchema,
  wordsSchema,
} from './api-answers.ts';

const text = z.string();
const day = z.iso.date();
const count = z.int().min(0);
const money = text.meta({ description: 'in the currency of the book' });
const decimal = z.string().regex(/^-?\d{1,6}(\.\d{1,6})?$/);
const ratio = decimal.nullable().meta({ description: 'null = not known' });

const noteSchema = z
  .strictObject({
    id: text,
    from: day,
    to: day,
    kind: z.enum(DAY_NOTE_KINDS),
    value: decimal.nullable().meta({
      description: 'of an event without a number: what events of its reason came to before',
    }),
    reason: text.nullable(),
  })
  .meta({ id: 'DayNote' });

export const dayNotesSchema = z
  .strictObject({
    notes: z.array(noteSchema),
    reasons: z
      .array(z.strictObject({ reason: text, value: decimal }))
      .meta({ description: 'what the next event of each reason is taken for' }),
  })
  .meta({ id: 'DayNotes' });

const coverDaySchema = z
  .strictObject({
    date: day,
    share: decimal.meta({ description: 'part of the day that falls into the cover' }),
    need: amount.meta({ description: 'share × mean; the days add up to the need of the line' }),
    mean: amount.meta({ description: 'of the whole day, event included' }),
    low: amount,
    high: amount,
    event: decimal.meta({ description: 'what was announced: 1.20 = +20 %' }),
  })
  .meta({ id: 'CoverDay' });

const lineSchema = z
  .strictObject({
    item: text,
    name: namesSchema,
    category: text.nullable(),
    unit: unitSchema,
    packText: text,
    packAmount: amount,
    rounding: z.enum(['up', 'down', 'nearest']),
    price: money.nullable().meta({ description: 'per pack' }),
    basis: z.enum(['forecast', 'par']).meta({
      description: 'par: too little history, so need + safety is the par of the book',
    }),
    need: amount.meta({
      description: 'expected until the delivery after this one is on the shelf',
    }),
    needHigh: amount.meta({ description: 'exceeded once in ten covers' }),
    event: amount.meta({ description: 'part of the need that announced events add' }),
    lost: amount.meta({
      description: 'part of the need that comes before the delivery can serve it',
    }),
    safety: amount,
    onHand: amount,
    expiring: amount.meta({ description: 'of it, what expires before it is used' }),
    replacing: amount.meta({ description: 'offcuts and surplus that are used up in its place' }),
    usable: amount.meta({ description: 'onHand - expiring + replacing' }),
    onOrder: amount,
    missing: amount.meta({ description: 'need - lost + safety - usable - onOrder, at least 0' }),
    cap: amount
      .nullable()
      .meta({ description: 'most that may come; null = nothing is in the way' }),
    quantity: amount.meta({ description: 'packs × packAmount' }),
    serviceLevel: decimal,
    capBy: z.enum(['max', 'shelf_life']).nullable(),
    raisedTo: count.nullable().meta({ description: "packs, to reach the supplier's minimum" }),
    packs: count,
    amount: money.nullable(),
    par: amount.nullable(),
    max: amount.nullable(),
    days: z.array(coverDaySchema),
    method: text,
    wape: ratio,
    lowConfidence: z.boolean(),
    flags: z.array(text).meta({
      description:
        'low use_first low_confidence capped_by_max capped_by_shelf_life raised_to_minimum offcut event',
    }),
    lastsUntil: instant.nullable().meta({ description: 'null = longer than the cover' }),
    useFirst: z.strictObject({ amount, expiresAt: instant }).nullable(),
    past: z
      .array(z.strictObject({ date: day, used: amount }))
      .meta({ description: 'the last same weekdays' }),
    dishes: z
      .array(z.strictObject({ recipe: text, name: namesSchema, portions: decimal, amount }))
      .meta({ description: 'those that cause most of the need' }),
    why: wordsSchema,
  })
  .meta({ id: 'SuggestionLine' });

const supplierSchema = z
  .strictObject({
    supplier: text,
    name: namesSchema,
    arrivesAt: instant,
    coverUntil: instant,
    cutOff: instant.nullable(),
    pastCutOff: z.boolean(),
    minimumOrder: money.nullable(),
    belowMinimum: z.boolean(),
    contact: z.strictObject({ phone: text.nullable(), email: text.nullable() }).nullable(),
    send: z.array(z.enum(['print', 'email', 'webhook', 'chat', 'hand'])),
    subtotal: money,
    orders: z
      .array(z.strictObject({ order: text, state: text }))
      .meta({ description: 'there already for this supplier and day' }),
    lines: z.array(lineSchema).meta({ description: 'those that order something first' }),
  })
  .meta({ id: 'SuggestionSupplier' });

export const suggestionSchema = z
  .strictObject({
    for: day.meta({ description: 'delivery day' }),
    madeAt: instant,
    day: day.meta({ description: 'business day it was made on' }),
    currency: text,
    timezone: text.meta({ description: 'of the store; IANA name' }),
    special: z.strictObject({ key: text, name: namesSchema }).nullable(),
    notes: z.array(noteSchema),
    accuracy: z.strictObject({
      wape: ratio,
      ordered: ratio.meta({ description: 'the same of what was ordered' }),
      days: count,
      lowConfidence: count.meta({ description: 'items that are ordered by par' }),
    }),
    suppliers: z.array(supplierSchema).meta({ description: 'those that deliver on this day' }),
    upcoming: z
      .array(
        z.strictObject({
          supplier: text,
          name: namesSchema,
          deliverOn: day,
          arrivesAt: instant,
          cutOff: instant,
        }),
      )
      .meta({ description: 'the next delivery of every supplier, the soonest cut-off first' }),
  })
  .meta({ id: 'Suggestion' });

export const forecastReportSchema = z
  .strictObject({
    from: day,
    to: day,
    totals: z.strictObject({
      items: count,
      wape: ratio.meta({ description: 'weighed by what the items cost' }),
      bias: ratio,
      coverage: ratio,
      ordered: ratio,
    }),
    items: z.array(
      z
        .strictObject({
          item: text,
          name: namesSchema,
          unit: unitSchema,
          days: count,
          used: amount,
          forecast: amount,
          wape: ratio,
          bias: ratio.meta({ description: '(forecast - used) / used' }),
          coverage: ratio.meta({ description: 'share of the days within low and high' }),
          method: text.nullable(),
          covers: count.meta({ description: 'deliveries ordered whose cover is over' }),
          ordered: amount.nullable(),
          usedInCovers: amount.nullable(),
          orderedWape: ratio,
          series: z
            .array(z.strictObject({ date: day, used: amount, forecast: amount }))
            .meta({ description: 'day by day, the oldest first' }),
        })
        .meta({ id: 'ForecastReportItem' }),
    ),
  })
  .meta({ id: 'ForecastReport' });

/** Of `order/suggestion/{date}`. */
export const suggestionSummarySchema = z
  .strictObject({
    for: day,
    day,
    currency: text,
    total: money,
    suppliers: z.array(
      z.strictObject({
        supplier: text,
        arrivesAt: instant,
        cutOff: instant.nullable(),
        pastCutOff: z.boolean(),
        lines: count.meta({ description: 'with something to order' }),
        subtotal: money,
      }),
    ),
    url: text.meta({ description: 'path of the whole suggestion at the box' }),
    madeAt: instant,
  })
  .meta({ id: 'SuggestionSummary' });
