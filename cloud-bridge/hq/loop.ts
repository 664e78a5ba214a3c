/** Work that is done again and again: never twice at once, and a failure ends the round, not the loop. */
import type { Timer } from '../../edge/runtime/ports.ts';
import type { HqParts } from './parts.ts';

export type Loop = Timer & {
  /** A round soon; during one, another right after it. */
  kick(): void;
};

/** What a round may ask: whether head office stops. */
export type Stopping = () => boolean;

/** @param name for the log */
export function steadyLoop(
  { ports, log }: Pick<HqParts, 'ports' | 'log'>,
  name: string,
  everyMs: number,
  round: (stopping: Stopping) => Promise<void>,
): Loop {
  let running = false;
  let again = false;
  let stopped = false;
  const run = async (): Promise<void> => {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        await round(() => stopped);
      } while (again && !stopped);
    } catch (error) {
      if (!stopped) log.warn({ err: error, loop: name }, 'a round failed: again later');
    } finally {
      running = false;
    }
  };
  const kick = (): void => void run();
  const timer = ports.every(everyMs, kick);
  return {
    kick,
    cancel() {
      stopped = true;
      timer.cancel();
    },
  };
}

/** One server after the other; what fails on one is logged, and the stores of the others go on. */
export async function eachShard(
  { db, log }: Pick<HqParts, 'db' | 'log'>,
  what: string,
  work: (pool: HqParts['db']['chain']) => Promise<void>,
): Promise<void> {
  for (const [shard, pool] of db.shards.entries()) {
    try {
      await work(pool);
    } catch (error) {
      log.warn({ err: error, shard }, `${what} of a server wait`);
    }
  }
}
