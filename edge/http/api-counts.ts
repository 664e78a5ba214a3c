/** What the box answers about counts and in its reports, as schemas. */
import { z } from 'zod';
import { DAY_PARTS } from '#recipes/time/day-part.ts';
import {
  amountText as amount,
  utcInstant as instant,
  namesSchema,
  unitSchema,
  wordsSchema,
} from './api-answers.ts';

const text = z.string();
const count = z.int().min(0);
const money = text.regex(/^-?\d+\.\d{2}$/).meta({ description: 'in the currency of the book' });
const stateSchema = z.enum(['open', 'posted']).meta({
  id: 'CountState',
  description: 'open: something was counted that is not posted',
});
const entry = z
  .int()
  .min(1)
  .nullable()
  .meta({ description: 'of its newest post: reverse it to undo' });

const compared = {
  book: amount.optional().meta({
    description:
      'what the book says of that moment; to a manager, after the post, or with blindCounts off',
  }),
  variance: amount.optional().meta({ description: 'counted less book; late arrivals change it' }),
  cost: money.nullable().optional().meta({ description: 'of the variance; once it is posted' }),
};
const observed = { qty: amount, at: instant, actor: text.nullable() };

export const countsSchema = z
  .strictObject({
    counts: z.array(
      z
        .strictObject({
          count: text,
          state: stateSchema,
          startedAt: instant,
          lastAt: instant,
          items: count,
          places: z.array(text),
          actors: z.array(text),
          entry,
        })
        .meta({ id: 'CountHead' }),
    ),
  })
  .meta({ id: 'Counts' });

export const countSchema = z
  .strictObject({
    count: text,
    state: stateSchema,
    entry,
    lines: z
      .array(
        z.strictObject({
          entry: z.int().min(1),
          item: text,
          lot: text.nullable(),
          place: text.nullable(),
          unit: unitSchema,
          ...observed,
          ...compared,
          kept: z
            .array(z.strictObject(observed))
            .meta({ description: 'earlier ones of the same place, newest first' }),
          disagreement: amount
            .optional()
            .meta({ description: 'less what another person saw there last' }),
        }),
      )
      .meta({
        description:
          'one for each place of each item or lot; what the book says stands with the one that decides the moment',
      }),
    items: z
      .array(
        z.strictObject({
          item: text,
          lot: text.nullable().meta({ description: 'when every observation named a lot' }),
          unit: unitSchema,
          at: instant.meta({ description: 'the latest moment of its places' }),
          counted: amount,
          posted: z.boolean(),
          ...compared,
        }),
      )
      .meta({ description: 'the sum of its places' }),
  })
  .meta({ id: 'Count' });

export const countListSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({
        item: text,
        name: namesSchema,
        place: text.nullable(),
        unit: unitSchema,
        why: wordsSchema,
        score: money.meta({ description: 'money that the book may be wrong by' }),
        uncertain: amount.meta({
          description:
            '5 % of what was used since the last count, 1 % a day (30 at most) of what is there, all that is below zero',
        }),
        lastCountedAt: instant.nullable(),
      }),
    ),
    places: z.array(z.strictObject({ place: text, items: count })),
  })
  .meta({ id: 'CountList' });

const share = text
  .regex(/^\d+\.\d{3}$/)
  .nullable()
  .meta({ description: 'null = of nothing' });
const cost = money.nullable().meta({ description: 'null = no cost is known' });
const part = z.enum(DAY_PARTS).meta({
  id: 'DayPart',
  description: 'morning until 11, lunch until 14, afternoon until 17, dinner until 21, night',
});
const span = { from: z.iso.date(), to: z.iso.date() };
const goods = { item: text, name: namesSchema, amount, unit: text, cost, entries: count };

export const wasteReportSchema = z
  .strictObject({
    ...span,
    totals: z.strictObject({
      waste: cost,
      avoidable: cost,
      avoidableShare: share,
      staff: cost,
      comp: cost,
      trimBin: cost,
      trimRecovered: cost,
    }),
    rows: z.array(
      z.strictObject({
        ...goods,
        reason: text.meta({ description: 'of waste.log; voided = thrown away after a void' }),
        avoidable: z.boolean(),
        station: text.nullable(),
        part,
        actor: text.nullable(),
      }),
    ),
    byReason: z.array(
      z.strictObject({ reason: text, avoidable: z.boolean(), cost, entries: count }),
    ),
    byDay: z.array(z.strictObject({ day: z.iso.date(), cost, entries: count })),
    uses: z
      .array(
        z.strictObject({
          ...goods,
          use: z.enum(['staff', 'comp']),
          why: text,
          part,
          actor: text.nullable(),
        }),
      )
      .meta({ description: 'eaten by the house, or given away' }),
  })
  .meta({ id: 'WasteReport' });

const days = z.array(
  z.strictObject({ day: z.iso.date(), in: amount, out: amount, yield: share, standard: share }),
);

export const yieldReportSchema = z
  .strictObject({
    ...span,
    items: z.array(
      z.strictObject({
        item: text,
        name: namesSchema,
        unit: text,
        in: amount,
        usable: amount,
        reuse: amount,
        staff: amount,
        bin: amount,
        yield: share,
        standard: share,
        cost,
        recovered: cost,
        entries: count,
        days,
      }),
    ),
    batches: z.array(
      z.strictObject({
        recipe: text,
        name: namesSchema,
        unit: text,
        expected: amount,
        actual: amount,
        yield: share,
        standard: share,
        cost,
        entries: count,
        days,
      }),
    ),
  })
  .meta({ id: 'YieldReport' });
