/**
 * What the bridge last said of head office. Kept in memory only: head office is the authority on what
 * it holds, and the bridge asks it again after every start.
 */
import type { Ack } from '#recipes/contracts/sync.ts';
import type { FeedStore } from './feed-store.ts';

export type HeadOfficeParts = {
  readonly store: Pick<FeedStore, 'hashAt' | 'recordedAt'>;
  /** Sequence of the newest entry. */
  readonly seq: () => number;
  readonly incarnation: () => string;
  /** Whether the configuration names a head office. */
  readonly configured: boolean;
  /** Head office has everything up to this entry. */
  readonly onAck: (seq: number) => void;
  readonly now: () => number;
  readonly mono: () => number;
};

/** What the bridge hands on of an answer of head office. */
export type Acked = Ack & {
  readonly hqUrl?: string | undefined;
  /** What comes after this entry was refused, and was not sent again yet: a refusal stands. */
  readonly stuck?: boolean | undefined;
};

/** What a person has to mend: head office does not let the store in, or does not take what it wrote. */
export type Refusal = { readonly what: 'store' | 'batch'; readonly said: string };

export type HeadOfficeStatus = {
  readonly configured: boolean;
  /** Up to which entry head office has everything; null = it did not say since this box started. */
  readonly ackedSeq: number | null;
  /** When it said so, RFC 3339. */
  readonly ackedAt: string | null;
  /** Age of the oldest entry that it does not have, milliseconds; null = nobody waits for it. */
  readonly lagMs: number | null;
  /** What this life of the box is to it; null = not said. */
  readonly state: Ack['state'] | null;
  /** Balances that differ; null = not compared yet. */
  readonly differences: number | null;
  /** Other boxes that sell for this store. */
  readonly others: NonNullable<Ack['others']>;
  /** Head office answers and refuses: what it said, and since when (RFC 3339); null = it does not. */
  readonly refusal: (Refusal & { readonly since: string }) | null;
  /** Another life's facts that cannot happen here, and since when (RFC 3339): what comes after them waits. */
  readonly stuckFacts: (Piece & { readonly since: string }) | null;
};

/** A piece of another life's facts. */
export type Piece = { readonly incarnation: string; readonly segment: number };

export type HeadOffice = {
  /** @returns false when the hash is not that of the box's entry: nothing is remembered then */
  acked(ack: Acked): boolean;
  /** It answers and refuses; until the next acknowledgement that is not `stuck`. */
  refused(refusal: Refusal): void;
  /** This piece cannot be read, or taking it over fails; undefined = one was taken over. */
  factsStuck(piece: Piece | undefined): void;
  status(): HeadOfficeStatus;
  /** An entry was appended. */
  appended(): void;
};

type Known = { readonly ack: Acked; readonly incarnation: string; readonly at: number };

export function openHeadOffice(parts: HeadOfficeParts): HeadOffice {
  const { store, now, mono } = parts;
  let known: Known | undefined;
  let refusal: HeadOfficeStatus['refusal'] = null;
  let stuckFacts: HeadOfficeStatus['stuckFacts'] = null;
  /**
   * Since when, by the clock that never goes back, something is missing there; undefined = nothing is.
   * Until it says what it has, everything may be missing: since now, as far as we can tell.
   */
  let missing: number | undefined = mono();

  function holds({ ackedSeq, ackedHash, incarnation }: Acked): boolean {
    if (incarnation !== undefined && incarnation !== parts.incarnation()) return false;
    return ackedHash === store.hashAt(ackedSeq);
  }

  /** By the own time of the oldest missing entry, but never earlier than what was missing before. */
  function missingAfter(acked: number): number | undefined {
    if (acked >= parts.seq()) return undefined;
    const recordedAt = store.recordedAt(acked + 1) ?? now();
    const since = mono() - Math.max(0, now() - recordedAt);
    return known === undefined ? since : Math.max(since, missing ?? mono());
  }

  /** What was said to another life of this box counts no more. */
  function current(): Known | undefined {
    return known?.incarnation === parts.incarnation() ? known : undefined;
  }

  return {
    acked(ack) {
      if (!holds(ack)) return false;
      missing = missingAfter(ack.ackedSeq);
      known = { ack, incarnation: parts.incarnation(), at: now() };
      if (ack.stuck !== true) refusal = null;
      if (ack.takeover !== true) stuckFacts = null;
      parts.onAck(ack.ackedSeq);
      return true;
    },
    refused(said) {
      const before = refusal?.what === said.what ? refusal.since : undefined;
      refusal = { ...said, since: before ?? new Date(now()).toISOString() };
    },
    factsStuck(piece) {
      const since = stuckFacts?.since ?? new Date(now()).toISOString();
      stuckFacts = piece === undefined ? null : { ...piece, since };
    },
    appended() {
      missing ??= mono();
    },
    status() {
      const said = current();
      const waits = parts.configured || said !== undefined;
      const lag = missing === undefined ? 0 : Math.max(0, Math.round(mono() - missing));
      return {
        configured: parts.configured,
        ackedSeq: said?.ack.ackedSeq ?? null,
        ackedAt: said === undefined ? null : new Date(said.at).toISOString(),
        lagMs: waits ? lag : null,
        state: said?.ack.state ?? null,
        differences: said?.ack.differences ?? null,
        others: said?.ack.others ?? [],
        refusal,
        stuckFacts,
      };
    },
  };
}
