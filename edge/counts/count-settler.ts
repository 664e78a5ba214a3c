/**
 * When posted counts are brought up to date: at start-up, and soon after each transaction. Only
 * entries that are new since the last look are looked at, so selling pays for a flag and a timer.
 */
import type { Log } from '../runtime/log.ts';
import type { Ports, Timer } from '../runtime/ports.ts';
import type { CountParts } from './count-parts.ts';
import { settleCounts } from './settle-counts.ts';

export type CountSettler = {
  /** Inside a transaction of somebody else's: posting a count needs the newest state. */
  settle(): void;
  /** In a transaction of its own, if anything is new. */
  look(): void;
  /** Looks now, and within `LOOK_MS` after each change. */
  start(ports: Pick<Ports, 'after'>, log: Log): Timer;
};

const LOOK_MS = 250;

export function openCountSettler(parts: CountParts): CountSettler {
  // Posting settles in its own transaction, so nothing before the newest post is open.
  let looked = parts.counts.newestPost();

  function look(): void {
    if (parts.ledger.seq() === looked) return;
    if (parts.counts.newestMoment() !== undefined && isLate(parts, looked)) {
      parts.ledger.transact(() => settleCounts(parts, looked));
    }
    looked = parts.ledger.seq();
  }

  return {
    look,
    settle() {
      settleCounts(parts, looked);
    },
    start(ports, log) {
      let timer: Timer | undefined;
      let running = true;
      const soon = () => {
        if (!running || timer !== undefined) return;
        timer = ports.after(LOOK_MS, () => {
          timer = undefined;
          if (!running) return;
          try {
            look();
          } catch (error) {
            log.error(
              { err: error },
              'posted counts are not up to date; the next change tries again',
            );
          }
        });
      };
      parts.ledger.onChange(soon);
      soon();
      return {
        cancel() {
          running = false;
          timer?.cancel();
        },
      };
    },
  };
}

/** Whether a transaction is worth its flush. */
function isLate({ counts }: CountParts, after: number): boolean {
  return counts.late(after, counts.newestMoment() ?? 0).length > 0;
}
