/** What head office says of a life: the answer to a batch, and to whoever asks for the cursor. */
import { type Ack, type Cursor, NO_HASH, NO_SIDE } from '#recipes/contracts/sync.ts';
import type { Life } from './life-store.ts';

export type AckParts = {
  readonly life: Life;
  /** All lives of the store, as they are now. */
  readonly lives: readonly Life[];
  readonly catalogHead: number;
  readonly wantBalances: boolean;
  readonly takeover: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
};

/** What a bridge is answered: how far head office is, and what waits for the box. */
export function ackOf({ life, lives, catalogHead, wantBalances, takeover, now }: AckParts): Ack {
  const { items, lots, books, events } = life;
  return {
    ackedSeq: life.seq,
    ackedHash: life.hash,
    catalogHead,
    incarnation: life.incarnation,
    side: { items, lots, books, events },
    state: life.state,
    stateDigest: life.digest || null,
    differences: life.differences,
    wantBalances,
    takeover,
    others: othersOf(lives, life),
    hqTime: new Date(now).toISOString(),
  };
}

/** Of a life that head office has never heard of. */
export function unknownCursor(store: string, catalogHead: number, now: number): Cursor {
  return {
    store,
    known: false,
    ackedSeq: 0,
    ackedHash: NO_HASH,
    catalogHead,
    side: NO_SIDE,
    hqTime: new Date(now).toISOString(),
  };
}

/** Boxes that sell for the same store: the second ones, and for those the main one. */
function othersOf(lives: readonly Life[], life: Life): NonNullable<Ack['others']> {
  return lives
    .filter(({ id }) => id !== life.id)
    .filter(({ state }) => state === 'second' || (state === 'main' && life.state === 'second'))
    .map(({ incarnation, state, seenAt }) => {
      return { incarnation, state, seenAt: seenAt.toISOString() };
    });
}
