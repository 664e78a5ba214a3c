/** What the bridge asks and is answered, as schemas. */
import { z } from 'zod';
import {
  ackSchema,
  batchSchema,
  LIFE_STATES,
  parentSchema,
  takeoverSchema,
} from '#recipes/contracts/sync.ts';
import { amountText, utcInstant, wordsSchema } from './api-answers.ts';

const count = z.int().min(0);
const refusedWhat = z.enum(['store', 'batch']);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const readableEntrySchema = z
  .strictObject({
    seq: z.int().min(1),
    hash,
    kind: z.string(),
    day: z.iso.date(),
    occurredAt: utcInstant,
    recordedAt: utcInstant,
    command: z.string().nullable(),
    actor: z.string().nullable(),
    event: count.nullable(),
    sale: count.nullable(),
    reverses: count.nullable(),
    book: count.nullable(),
    note: z.unknown(),
    moves: z.array(
      z.strictObject({
        line: z.int(),
        item: z.string(),
        lot: count,
        from: z.string(),
        to: z.string(),
        amount: amountText,
      }),
    ),
    text: z.string().meta({ description: 'what was hashed' }),
  })
  .meta({ id: 'FeedEntry' });

/** Of `POST /feed/ack`. */
export const ackedSchema = ackSchema
  .extend({
    hqUrl: z.string().max(2_000).optional(),
    stuck: z.boolean().optional().meta({
      description:
        'what comes after this entry was refused and not sent again yet: a refusal stands',
    }),
  })
  .meta({ id: 'FeedAck' });
/** Of `POST /feed/refused`. */
export const feedRefusedSchema = z
  .strictObject({
    what: refusedWhat.default('store').meta({
      description: 'store: it is not let in; batch: what it wrote is not taken, twice',
    }),
    said: z.string().max(300).meta({ description: 'what head office answered' }),
  })
  .meta({ id: 'FeedRefused' });
export const feedNotedSchema = z.strictObject({ ok: z.literal(true) }).meta({ id: 'FeedNoted' });
export const feedAckedSchema = z
  .strictObject({ ok: z.literal(true), catalogHead: count })
  .meta({ id: 'FeedAcked' });

export const feedHashesSchema = z
  .strictObject({ hashes: z.array(z.tuple([count, hash])) })
  .meta({ id: 'FeedHashes' });
export const feedBalancesSchema = z
  .strictObject({
    seq: count,
    hash,
    rows: z
      .array(z.tuple([count, count, count, z.int()]))
      .meta({ description: 'item, place, lot, millionths' }),
  })
  .meta({ id: 'FeedBalances' });

/** Of `POST /feed/fork`. */
export const forkSchema = z
  .strictObject({
    incarnation: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/)
      .meta({ description: 'whose entries head office has' }),
    seq: count,
    hash,
    why: z.literal('found'),
  })
  .meta({ id: 'Fork' });
export const forkedSchema = z
  .strictObject({ incarnation: z.string(), parent: parentSchema })
  .meta({ id: 'Forked' });

export const takenOverSchema = z
  .strictObject({
    applied: count,
    duplicates: count,
    refused: z.array(
      z.strictObject({
        what: z.string(),
        id: z.string(),
        code: z.string(),
        message: wordsSchema,
      }),
    ),
  })
  .meta({ id: 'TakenOver' });

export const catalogTakenSchema = z
  .strictObject({
    version: z.int().min(1),
    state: z.enum(['taken', 'refused', 'ignored', 'duplicate', 'aside']),
    reason: z.unknown(),
  })
  .partial({ reason: true })
  .meta({ id: 'CatalogTaken' });

/** Of `hq` in the status. */
export const hqStatusSchema = z
  .strictObject({
    configured: z.boolean(),
    ackedSeq: count.nullable().meta({ description: 'how far head office has confirmed' }),
    ackedAt: utcInstant.nullable().meta({ description: 'when it last said so' }),
    lagMs: count.nullable().meta({
      description: 'age of the oldest entry that head office does not have; null = nobody waits',
    }),
    state: z
      .enum(LIFE_STATES)
      .nullable()
      .meta({ description: 'what this box is to head office: main = the store' }),
    differences: count
      .nullable()
      .meta({ description: 'balances that differ at head office; null = not compared' }),
    others: z.array(
      z.strictObject({
        incarnation: z.string(),
        state: z.enum(LIFE_STATES),
        seenAt: z.string(),
      }),
    ),
    refusal: z
      .strictObject({ what: refusedWhat, said: z.string(), since: utcInstant })
      .nullable()
      .meta({
        description:
          'store: head office does not take the token or does not know the store; batch: it does not take what was written; null = it refuses nothing',
      }),
    stuckFacts: z
      .strictObject({ incarnation: z.string(), segment: count, since: utcInstant })
      .nullable()
      .meta({
        description: "a piece of another life's facts that cannot happen here; null = none",
      }),
  })
  .meta({ id: 'HeadOfficeStatus' });

export const feedBatchSchema = batchSchema
  .extend({
    entries: z
      .array(z.union([z.string(), readableEntrySchema]))
      .meta({ description: 'as text with form=batch' }),
  })
  .meta({ id: 'FeedBatch' });
export const feedFactsSchema = takeoverSchema.meta({ id: 'Takeover' });
