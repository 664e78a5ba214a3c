/** Who asks for what is not there yet is answered as soon as it is: the long poll of the bridge. */
import type { Ports } from '../runtime/ports.ts';

export type NewsWait = {
  /** Something happened that may be worth an answer. */
  news(): void;
  /**
   * Comes back soon after `ready` is true, at the latest after `ms`, when the asker went away, or when
   * the box stops.
   */
  until(ready: () => boolean, ms: number, gone?: AbortSignal): Promise<void>;
  /** Lets everybody go who waits; nobody waits from now on. */
  close(): void;
};

/** What happens within this time is told together; a sale is at head office in a small part of a second. */
export const GATHER_MS = 25;

export function openNewsWait(ports: Pick<Ports, 'after'>): NewsWait {
  const waiting = new Set<{ look(): void; end(): void }>();
  let gathering = false;
  let closed = false;

  return {
    news() {
      if (gathering || waiting.size === 0) return;
      gathering = true;
      ports.after(GATHER_MS, () => {
        gathering = false;
        for (const one of [...waiting]) one.look();
      });
    },
    until(ready, ms, gone) {
      if (closed || ms <= 0 || gone?.aborted === true || ready()) return Promise.resolve();
      return new Promise((resolve) => {
        const one = {
          look: () => {
            if (ready()) one.end();
          },
          end() {
            waiting.delete(one);
            timer.cancel();
            gone?.removeEventListener('abort', one.end);
            resolve();
          },
        };
        const timer = ports.after(ms, one.end);
        gone?.addEventListener('abort', one.end);
        waiting.add(one);
      });
    },
    close() {
      closed = true;
      for (const one of [...waiting]) one.end();
    },
  };
}
