/**
 * The door for POS systems that speak their own language: a vendor's HTTP body becomes canonical
 * events, or a reason why not. Reading is pure: same bytes, same outcome, no clock and no network.
 *
 * The caller stores the raw bytes before it asks an adapter to read them, so nothing here can lose a
 * sale: what is not understood is a `reject`, and the bytes wait in quarantine.
 */
import type { Reason } from '#recipes/contracts/pos-event.ts';

/** A canonical event as a CloudEvents JSON object, checked against the contract. */
export type AdaptedEvent = { readonly id: string; readonly envelope: object };

export type AdapterOutcome =
  | {
      readonly kind: 'events';
      readonly events: readonly AdaptedEvent[];
      readonly warnings: readonly Reason[];
    }
  /** Understood, but it says nothing about stock. */
  | { readonly kind: 'ignored'; readonly why: Reason }
  /** Only names an order: fetch it at `version` or later, then give its body to `then`. */
  | {
      readonly kind: 'fetch';
      readonly order: string;
      readonly version: number;
      readonly then: (orderBody: unknown) => AdapterOutcome;
    }
  /** Not understood: the caller quarantines the raw bytes with these reasons. */
  | { readonly kind: 'reject'; readonly reasons: readonly Reason[] };

/** Where a body came in. `receivedAt` is epoch milliseconds, `timezone` an IANA name. */
export type AdapterContext = {
  readonly store: string;
  readonly terminal: string;
  readonly receivedAt: number;
  readonly timezone: string;
};

export type AdapterAnswer = {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
};

export type Adapter = {
  readonly name: 'square' | 'freemud';
  /** Never throws, whatever the bytes. */
  read(body: Uint8Array, ctx: AdapterContext): AdapterOutcome;
  /**
   * What the vendor expects to hear once the bytes are on disk, quarantined or not. A box that could
   * not store them must answer 503 by itself, so that the vendor sends again. With `read`, the answer
   * can carry what the outcome decided (Freemud: the order code the box gave to a new order).
   */
  answer(
    outcome: 'stored' | 'rejected',
    reasons: readonly Reason[],
    read?: AdapterOutcome,
  ): AdapterAnswer;
};

/** What went wrong and what was odd while reading one body. Any fault makes it a reject. */
export type Notes = { readonly faults: Reason[]; readonly warnings: Reason[] };

/** Empty notes for one body. */
export function newNotes(): Notes {
  return { faults: [], warnings: [] };
}
