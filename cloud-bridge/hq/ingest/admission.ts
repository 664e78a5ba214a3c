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
  /**
   * Whole seconds after which it is worth while to come again, different for each who asks. So many
   * are asked to wait for so long that about as many come back as can be worked on.
   */
  retryAfterS(): number;
  /** For `/metrics`. */
  readonly waiting: () => number;
  readonly working: () => number;
};

/** @param places batches that are worked on at once, at least 1 */
export function openAdmission(
  places: number,
  ports: Pick<Ports, 'randomBytes' | 'mono'>,
): Admission {
  const served = openRate(ports);
  const away = openRate(ports);
  let waitS = WAIT_MIN_S;
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
        served.count();
        next();
      };
    },
    retryAfterS() {
      away.count();
      // As many as were sent away while one of them waited are waiting now (Little's law).
      const waiting = away.perSecond() * waitS;
      const wanted = waiting / Math.max(served.perSecond(), SERVED_MIN);
      waitS = Math.min(WAIT_MAX_S, Math.max(WAIT_MIN_S, wanted));
      const spread = 0.5 + (ports.randomBytes(1)[0] ?? 0) / 256;
      return Math.max(1, Math.round(waitS * spread));
    },
    waiting: () => queues.small.length + queues.large.length,
    working: () => busy.small + busy.large,
  };
}

/** A sale or a few, and what belongs to them. */
const SMALL_BYTES = 16 * 1024;
/** Nobody waits for long here: who is told to come again costs nothing meanwhile. */
const QUEUE = { small: 200, large: 12 } as const;
const WAIT_MIN_S = 2;
const WAIT_MAX_S = 60;
/** Batches a second that even a slow database takes. */
const SERVED_MIN = 0.5;
const RATE_S = 10;

/** How often something happened lately, by the second; older things count less and less. */
function openRate({ mono }: Pick<Ports, 'mono'>) {
  let rate = 0;
  let at = mono();
  const fade = (): void => {
    const now = mono();
    rate *= Math.exp(-(now - at) / 1_000 / RATE_S);
    at = now;
  };
  return {
    count() {
      fade();
      rate += 1 / RATE_S;
    },
    perSecond() {
      fade();
      return rate;
    },
  };
}
