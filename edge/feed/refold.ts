/**
 * All entries added up again from the first, once in a business day: the digest of the balances by
 * another way than the balances. In small steps with pauses, because the box sells meanwhile.
 */
import type { Batch } from '#recipes/contracts/sync.ts';
import { StateDigest } from '#recipes/sync/state-digest.ts';
import type { FoldStore } from '../ledger/fold-store.ts';
import type { Log } from '../runtime/log.ts';
import type { Ports, Timer } from '../runtime/ports.ts';

export type Refolded = NonNullable<Batch['refold']>;

export type RefoldParts = {
  readonly store: FoldStore;
  /** Sequence of the newest entry. */
  readonly seq: () => number;
  /** Digest of the balances as they stand. */
  readonly digest: () => string;
  readonly dayOf: (at: number) => number;
  readonly ports: Ports;
  readonly log: Log;
  /** A result is there. */
  readonly done: () => void;
};

export type Refold = {
  /** The result for a batch that ends at or after its entry, until head office has acknowledged it. */
  pending(to: number): Refolded | undefined;
  /** Whether there is a result that no batch has carried yet. */
  waits(): boolean;
  /** Head office has everything up to here. */
  acked(seq: number): void;
  /** Adds up now, unless that is going on already. */
  begin(): void;
  /** Adds up once in each business day from now on. */
  start(): Timer;
};

/** Moves in a step: some milliseconds on a small box; and the pause after it. */
export const STEP_MOVES = 1_000;
export const PAUSE_MS = 20;
const LOOK_MS = 60_000;
/** After the day has begun, or the box; not all stores of a chain in the same minute. */
const QUIET_MS = 5 * 60_000;
const SPREAD_MS = 50 * 60_000;

export function openRefold(parts: RefoldParts): Refold {
  const { ports, dayOf } = parts;
  let result: Refolded | undefined;
  let carried = false;
  let step: Timer | undefined;
  let day: number | undefined;
  let due = Number.POSITIVE_INFINITY;

  function finish(seq: number, digest: string): void {
    result = { seq, digest, at: ports.now() };
    carried = false;
    if (digest !== parts.digest()) {
      parts.log.error({ seq }, 'the balances are not what the moves add up to; run larder fsck');
    }
    parts.done();
  }

  function next(sum: StateDigest, after: number): void {
    const seq = parts.seq();
    const end = parts.store.endOf(after, seq, STEP_MOVES);
    if (end === 0) {
      step = undefined;
      finish(seq, sum.hex());
      return;
    }
    parts.store.add(sum, after, end);
    step = ports.after(PAUSE_MS, () => next(sum, end));
  }

  function begin(): void {
    if (step === undefined) next(new StateDigest(), 0);
  }

  function look(): void {
    const today = dayOf(ports.now());
    if (today !== day) {
      day = today;
      const random = Buffer.from(ports.randomBytes(2)).readUInt16BE() / 65_536;
      due = ports.mono() + QUIET_MS + Math.floor(random * SPREAD_MS);
    }
    if (ports.mono() < due) return;
    due = Number.POSITIVE_INFINITY;
    begin();
  }

  return {
    pending(to) {
      if (result === undefined || to < result.seq) return undefined;
      carried = true;
      return result;
    },
    waits: () => result !== undefined && !carried,
    acked(seq) {
      if (carried && result !== undefined && seq >= result.seq) result = undefined;
    },
    begin,
    start() {
      look();
      const looking = ports.every(LOOK_MS, look);
      return {
        cancel() {
          looking.cancel();
          step?.cancel();
          step = undefined;
        },
      };
    },
  };
}
