/**
 * One batch of the feed: entries after a number as the texts that were hashed, with what head office
 * needs beside them. Bounded by entries, by bytes and by time, because the box sells meanwhile.
 */
import {
  type Batch,
  NO_HASH,
  NO_SIDE,
  type Parent,
  type SideHeads,
} from '#recipes/contracts/sync.ts';
import type { FeedEntry, FeedHead, FeedStore } from './feed-store.ts';

export type BatchParts = {
  readonly store: FeedStore;
  /** Digest of all balances after the newest entry. */
  readonly digest: () => string;
  readonly life: () => { readonly incarnation: string; readonly parent: Parent | null };
  /** What is said of the box. */
  readonly about: () => NonNullable<Batch['box']>;
  /** What a person reads of an entry. */
  readonly caption: (seq: number) => Caption | undefined;
  /** All entries added up again, for a batch that ends at or after the last of them. */
  readonly refold: (to: number) => Batch['refold'];
  /** Milliseconds that never go back. */
  readonly mono: () => number;
};

type Caption = NonNullable<Batch['captions']>[number];

export type Asked = {
  /** Entries after this one. */
  readonly after: number;
  /** At most so many. */
  readonly limit: number;
  /** What head office has of the tables beside the ledger. */
  readonly side: SideHeads;
};

/** A batch whose entries are not written yet. */
export type Built = {
  readonly batch: Omit<Batch, 'entries'>;
  readonly entries: readonly FeedEntry[];
  /** Arrival number of the newest event, when nothing is newer than the last entry. */
  readonly newestEvent: number | undefined;
};

/** The box has no such entry: who asks knows more than the box. */
export type Ahead = { readonly ahead: { readonly seq: number; readonly hash: string } };

/** Bytes of entries in a batch, and of the events and commands behind them: the bridge holds both. */
export const TEXT_BYTES = 400 * 1024;
export const CAUSE_BYTES = 512 * 1024;
/** A slow box ends a batch early rather than let a sale wait. */
export const READ_MS = 8;
const SIDE_MAX = 2_000;
const CAPTIONS_MAX = 20;
/** More than all entries of a batch can bring. */
const OWN_LOTS_MAX = 1_000_000;

/** With what stands beside the ledger after the asked numbers. */
export function buildBatch(parts: BatchParts, asked: Asked): Built | Ahead {
  const { store } = parts;
  const book = store.book(asked.side.books);
  const built = read(parts, asked, Buffer.byteLength(book?.document ?? ''));
  if ('ahead' in built) return built;
  const items = store.items(asked.side.items, SIDE_MAX);
  const lots = store.lots(asked.side.lots, SIDE_MAX);
  return withSide(built, { items, lots, books: book ? [book] : [] });
}

/** For people and scripts: what belongs to these entries stands beside them, nothing else. */
export function buildOwnBatch(parts: BatchParts, after: number, limit: number): Built | Ahead {
  const { store } = parts;
  // A script that asks for a hundred shall have a hundred, also from a slow box.
  const unhurried = { ...parts, mono: () => 0 };
  const built = read(unhurried, { after, limit, side: NO_SIDE }, 0);
  if ('ahead' in built) return built;
  const { from, to } = built.batch;
  return withSide(built, {
    items: store.items(0, SIDE_MAX),
    lots: store.lotsOf(from, to, OWN_LOTS_MAX),
    books: store.booksOf(from, to),
  });
}

function read(parts: BatchParts, asked: Asked, taken: number): Built | Ahead {
  const { store } = parts;
  const head: FeedHead = store.head() ?? { seq: 0, hash: NO_HASH, recordedAt: 0 };
  const prevHash = store.hashAt(asked.after);
  if (prevHash === undefined) return { ahead: { seq: head.seq, hash: head.hash } };
  const entries = readEntries(parts, asked, taken);
  const last = entries.at(-1);
  const to = last?.seq ?? asked.after;
  const atHead = to === head.seq;
  const { incarnation, parent } = parts.life();
  const batch = {
    incarnation,
    from: asked.after + 1,
    to,
    prevHash,
    headHash: last?.hash ?? prevHash,
    stateDigest: atHead ? parts.digest() : null,
    ...(parent === null ? {} : { parent }),
    head: { ...head, recordedAt: head.seq === 0 ? null : head.recordedAt },
    box: parts.about(),
    ...(atHead ? newest(parts, entries, to) : {}),
  };
  return { batch, entries, newestEvent: atHead ? store.heads().events : undefined };
}

/** What only the end of the ledger carries: a week's backlog is not for reading. */
function newest(
  parts: BatchParts,
  entries: readonly FeedEntry[],
  to: number,
): Pick<Batch, 'captions' | 'refold'> {
  const captions = entries.slice(-CAPTIONS_MAX).flatMap(({ seq }) => parts.caption(seq) ?? []);
  const refold = parts.refold(to);
  return {
    ...(captions.length > 0 ? { captions } : {}),
    ...(refold ? { refold } : {}),
  };
}

/** At least one, whatever its size, if there is one. */
function readEntries(parts: BatchParts, { after, limit, side }: Asked, taken: number): FeedEntry[] {
  const entries: FeedEntry[] = [];
  const started = parts.mono();
  let text = taken;
  let causes = 0;
  parts.store.entries(after, limit, (entry) => {
    text += Buffer.byteLength(entry.text);
    if (entry.event === null || entry.event > side.events) causes += entry.causeBytes;
    const full = text > TEXT_BYTES || causes > CAUSE_BYTES || parts.mono() - started > READ_MS;
    if (full && entries.length > 0) return false;
    entries.push(entry);
    return !full;
  });
  return entries;
}

function withSide(built: Built, side: Pick<Batch, 'items' | 'lots' | 'books'>): Built {
  const own = Object.fromEntries(Object.entries(side).filter(([, rows]) => rows?.length));
  return { ...built, batch: { ...built.batch, ...own } };
}
