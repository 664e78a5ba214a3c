/**
 * How many batches are worked on at once. A body is not read before it is its batch's turn, so
 * a thousand stores that come back at once cost no memory. Small batches, those of stores that sell
 * now, go before large ones, which are somebody's past; and one place is never given to a large one.
 */
import type { Ports } from '../../../edge/runtime/ports.ts';

export type Admission = {
  /**
   * Waits for a turn. @param bytes on the wire; undefined = unknown, counts as large
   * @returns what gives the place back; undefined = too many wait already, come again
   */
  enter(bytes: number | undefined): Promise<(() => void) | undefined>;
  /** Seconds after which it is worth while to come again, different for each who asks. */
  retryAfterS(): number;
  /** For `/metrics`. */
  readonly waiting: () => number;
  readonly working: () => number;
};

/** @param places batches that are worked on at once, at least 1 */
export function openAdmission(places: number, ports: Pick<Ports, 'randomBytes'>): Admission {
  const queues = { small: [] as (() => void)[], large: [] as (() => void)[] };
  const limit = { small: places, large: Math.max(1, places - 1) };
  const busy = { small: 0, large: 0 };

  type Size = keyof typeof queues;

  function mayStart(size: Size): boolean {
    if (busy.small + busy.large >= places) return false;
    return size === 'small' || busy.large < limit.large;
  }

  function next(): void {
    for (const size of ['small', 'large'] as const) {
      while (queues[size].length > 0 && mayStart(size)) {
        busy[size] += 1;
        queues[size].shift()?.();
      }
    }
  }

  return {
    async enter(bytes) {
      const size: Size = bytes !== undefined && bytes <= SMALL_BYTES ? 'small' : 'large';
      if (queues[size].length >= QUEUE[size]) return undefined;
      await new Promise<void>((resolve) => {
        queues[size].push(resolve);
        next();
      });
      let given = false;
      return () => {
        if (given) return;
        given = true;
        busy[size] -= 1;
        next();
      };
    },
    retryAfterS: () => 1 + ((ports.randomBytes(1)[0] ?? 0) % RETRY_SPREAD_S),
    waiting: () => queues.small.length + queues.large.length,
    working: () => busy.small + busy.large,
  };
}

/** A sale or a few, and what belongs to them. */
const SMALL_BYTES = 16 * 1024;
/** Nobody waits for long here: who is told to come again costs nothing meanwhile. */
const QUEUE = { small: 200, large: 12 } as const;
const RETRY_SPREAD_S = 5;
