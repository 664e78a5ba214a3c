/** One kind of work beside the way up: when it fails it waits by itself, and holds up no other kind. */
import type { Log } from '../../edge/runtime/log.ts';
import type { Ports } from '../../edge/runtime/ports.ts';
import { openBackOff } from './back-off.ts';
import type { Pace } from './config.ts';
import { Trouble } from './trouble.ts';

export type Lane = {
  /**
   * @returns what the work came to; undefined when it failed, or still waits after a failure
   * @throws Trouble `stopped` only
   */
  run<T>(work: () => Promise<T>): Promise<T | undefined>;
  /** Why it waits; undefined when the last work went well. */
  trouble(): Trouble | undefined;
};

/** @param name what waits, for the log */
export function openLane(
  name: string,
  log: Log,
  pace: Pace,
  ports: Pick<Ports, 'mono' | 'randomBytes'>,
): Lane {
  const backOff = openBackOff(pace, ports);
  let notBefore = Number.NEGATIVE_INFINITY;
  let trouble: Trouble | undefined;
  return {
    async run(work) {
      if (ports.mono() < notBefore) return undefined;
      try {
        const result = await work();
        backOff.reset();
        trouble = undefined;
        return result;
      } catch (error) {
        if (!(error instanceof Trouble) || error.why === 'stopped') throw error;
        trouble = error;
        const waitMs = Math.round(backOff.next(error));
        notBefore = ports.mono() + waitMs;
        log.warn({ code: error.why, waitMs }, `${name} from head office wait: ${error.message}`);
        return undefined;
      }
    },
    trouble: () => trouble,
  };
}
