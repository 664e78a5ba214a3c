/**
 * The wire between a box, its bridge and head office. A batch is what `GET /feed` answers and what
 * head office takes: the bridge carries it and adds nothing.
 */
import { z } from 'zod';
import type { Words } from './command.ts';
import type { Reason } from './pos-event.ts';

/** Most entries in a batch. */
export const BATCH_ENTRIES_MAX = 2_000;
/** The hash before the first entry. */
export const NO_HASH = '0'.repeat(64);

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const incarnation = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const count = z.int().min(0);

/**
 * Where a life of the box began: it has its parent's entries up to `seq`, and its own after that.
 * restored: a backup was put back, this box goes on alone. found: head office knows other entries, or
 * more of them, than this box: perhaps a copy of the box sells elsewhere.
 */
export const parentSchema = z.object({
  incarnation,
  seq: count,
  hash,
  /** Arrival number of the last event that both have. */
  events: count,
  why: z.enum(['restored', 'found']),
});
export type Parent = z.infer<typeof parentSchema>;

/** How far each of the tables beside the ledger was read: the highest number that was taken. */
export const sideHeadsSchema = z.object({
  items: count,
  lots: count,
  books: count,
  events: count,
});
export type SideHeads = z.infer<typeof sideHeadsSchema>;
export const NO_SIDE: SideHeads = { items: 0, lots: 0, books: 0, events: 0 };

/** An entry: the text that is hashed, alone or beside fields for people and scripts. */
const entrySchema = z.union([z.string(), z.looseObject({ text: z.string() })]);

export const batchSchema = z
  .object({
    incarnation,
    from: z.int().min(1),
    /** `from - 1` when there is no entry: a sign of life. */
    to: count,
    prevHash: hash,
    entries: z.array(entrySchema).max(BATCH_ENTRIES_MAX),
    /** Hash of entry `to`; `prevHash` when there is no entry. */
    headHash: hash,
    /** Of all balances right after `to`; null where the batch does not end at the box's newest entry. */
    stateDigest: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .nullish(),
    parent: parentSchema.nullish(),
    /** The box's newest entry. */
    head: z.object({ seq: count, hash, recordedAt: count.nullish() }).optional(),
    /** [number, code, unit] of items after `after.items`, oldest first; so with the others. */
    items: z.array(z.tuple([count, z.string(), z.string()])).optional(),
    /** [number, item, code, supplier, entry, amount, cost, receivedAt, producedAt, expiresAt, parent] */
    lots: z
      .array(
        z.tuple([
          count,
          count,
          z.string(),
          z.string().nullable(),
          count,
          z.int(),
          z.int().nullable(),
          z.int(),
          z.int().nullable(),
          z.int().nullable(),
          z.int().nullable(),
        ]),
      )
      .optional(),
    books: z
      .array(
        z.object({
          version: z.int().min(1),
          entry: count,
          validFrom: z.int(),
          adoptedAt: z.int(),
          document: z.string(),
        }),
      )
      .optional(),
    /** What the facts below cover of the events, by arrival number: after `after`, up to `to`. */
    events: z.object({ after: count, to: count }).optional(),
    /** base64 of zstd of the JSON of `Facts`: what happened, in the words in which it came in. */
    facts: z.string().nullish(),
    /** What a person reads of the newest entries; only in a batch that ends at the head. */
    captions: z
      .array(z.object({ seq: count, zh: z.string().max(400), en: z.string().max(400) }))
      .max(50)
      .optional(),
    /** The digest of all entries, folded again from the first: once a night. */
    refold: z.object({ seq: count, digest: z.string(), at: z.int() }).nullish(),
    box: z
      .object({
        /** Of this run of the program. */
        session: z.string().max(64),
        version: z.string().max(64),
        name: z.union([z.string(), z.object({ zh: z.string(), en: z.string() })]).optional(),
        timezone: z.string().max(64).optional(),
        /** Local time at which its business day starts, HH:MM. */
        dayStart: z.string().max(5).optional(),
        /** Epoch milliseconds by the box's clock. */
        sentAt: z.int(),
        /** Things in its inbox that need a person. */
        open: count.optional(),
        /** Highest version of head office that it has dealt with. */
        catalogHead: count.optional(),
      })
      .optional(),
  })
  .meta({ id: 'Batch' });
export type Batch = z.infer<typeof batchSchema>;

/** What a life is to head office: main = the store; second = another box sells for the same store too; sealed = its facts are in the main one. */
export const LIFE_STATES = ['main', 'second', 'sealed'] as const;
export type LifeState = (typeof LIFE_STATES)[number];

export const ackSchema = z
  .object({
    ackedSeq: count,
    ackedHash: hash,
    catalogHead: count,
    incarnation: incarnation.optional(),
    side: sideHeadsSchema.optional(),
    state: z.enum(LIFE_STATES).optional(),
    /** Head office's own digest at `ackedSeq`. */
    stateDigest: z.string().nullish(),
    /** Balances that differ; null = not compared yet. */
    differences: count.nullish(),
    /** All balances are asked for, to name the differences. */
    wantBalances: z.boolean().optional(),
    /** Facts of another life of this store wait for this box. */
    takeover: z.boolean().optional(),
    /** Other lives that sold after they were sealed or beside the main one: for the person at the box. */
    others: z
      .array(z.object({ incarnation, state: z.enum(LIFE_STATES), seenAt: z.string() }))
      .optional(),
    hqTime: z.string().optional(),
  })
  .meta({ id: 'Ack' });
export type Ack = z.infer<typeof ackSchema>;

/** What head office holds of a life; `known` false = never heard of it. */
export const cursorSchema = ackSchema
  .extend({ store: z.string(), known: z.boolean() })
  .partial({ known: true, catalogHead: true, store: true })
  .meta({ id: 'Cursor' });
export type Cursor = z.infer<typeof cursorSchema>;

/** One thing that happened, as it came in: enough to let it happen again in another life. */
export type Fact =
  | {
      readonly what: 'event';
      /** Sequence of the entry it made, if it made one. */
      readonly seq: number | null;
      readonly number: number;
      readonly terminal: string;
      readonly eventId: string;
      readonly receivedAt: number;
      readonly source: string | null;
      /** The bytes, base64. */
      readonly body: string;
      /** Set when it was not understood: why, and whether it is only kept for the record. */
      readonly unread?: { readonly kept: boolean; readonly reasons: readonly Reason[] } | undefined;
    }
  | {
      readonly what: 'command';
      readonly seq: number;
      readonly id: string;
      readonly kind: string;
      /** When it happened, epoch milliseconds. */
      readonly at: number;
      readonly actor: string | null;
      readonly device: string | null;
      readonly data: unknown;
      /** What it answered: the codes and numbers it gave out. */
      readonly result: unknown;
      /**
       * What it names by a number, because numbers differ between lives: the entry that `entry.reverse`
       * takes back, or the return of a `credit.record`, by its command; the event of `quarantine.*` by
       * its own id, a conflict with the digest of its bytes; the book of `book.rollback` by its digest.
       */
      readonly target?: FactTarget | undefined;
    };

export type FactTarget =
  | { readonly command: string }
  | { readonly book: string }
  | { readonly terminal: string; readonly eventId: string; readonly digest?: string | undefined };

/** In the order in which they happened. */
export type Facts = { readonly v: 1; readonly facts: readonly Fact[] };

/** A piece of another life's facts, on its way to the box that goes on. */
export const takeoverSchema = z.object({
  /** Whose they are. */
  incarnation,
  segment: z.int().min(1),
  /** Entries up to here are in this box's own past already. */
  afterSeq: count,
  facts: z.string(),
  /** More wait. */
  more: z.boolean(),
});
export type Takeover = z.infer<typeof takeoverSchema>;

export type TakenOver = {
  readonly applied: number;
  readonly duplicates: number;
  readonly refused: readonly {
    readonly what: string;
    readonly id: string;
    readonly code: string;
    readonly message: Words;
  }[];
};

/** Kinds of what head office sends down. */
export const CATALOG_KINDS = [
  'book',
  'commands',
  'transfer',
  'transfer_cancel',
  'requisition',
  'requisition_state',
] as const;
export type CatalogKind = (typeof CATALOG_KINDS)[number];

/** The text that is signed, parsed. */
export const catalogVersionSchema = z.object({
  version: z.int().min(1),
  kind: z.enum(CATALOG_KINDS),
  /** Store ids; null = every store. */
  stores: z.array(z.string()).nullable(),
  publishedAt: z.string(),
  /** When it takes effect; null = as soon as it arrives. */
  validFrom: z.string().nullable(),
  actor: z.string().nullable(),
  note: z.string().nullish(),
  payload: z.unknown(),
});
export type CatalogVersion = z.infer<typeof catalogVersionSchema>;

/** A version on the wire: the text exactly as it was signed (Ed25519). */
export const signedVersionSchema = z
  .object({
    version: z.int().min(1),
    signed: z.string(),
    /** base64 */
    signature: z.string(),
    /** Public key, base64 of its 32 bytes: the box keeps the first one it sees. */
    key: z.string(),
  })
  .meta({ id: 'SignedVersion' });
export type SignedVersion = z.infer<typeof signedVersionSchema>;
