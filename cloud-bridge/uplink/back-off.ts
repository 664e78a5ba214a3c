/**
 * How long to wait after a failure: full jitter, because thousands of stores lose head office at the
 * same moment and must not come back at the same moment.
 */
import type { Ports, Timer } from '../../edge/runtime/ports.ts';
import type { Pace } from './config.ts';
import { Trouble } from './trouble.ts';

export type BackOff = {
  /** Milliseconds until the next try. Each call counts as one more failure. */
  next(error: unknown): number;
  /** Something went well: the next failure is the first one again. */
  reset(): void;
};

/** Whoever asks for more than this probably sent another unit. */
const ASKED_MAX_MS = 3_600_000;

/** Waits between tries: none has failed yet. */
export function openBackOff(pace: Pace, ports: Pick<Ports, 'randomBytes'>): BackOff {
  let failures = 0;
  const chance = () => randomUnit(ports);
  return {
    next(error) {
      failures += 1;
      const jitter = chance() * Math.min(pace.maxMs, pace.baseMs * 2 ** (failures - 1));
      if (!(error instanceof Trouble)) return jitter;
      // The box takes what it refuses when somebody has brought it up to date.
      const person = error.why === (error.who === 'box' ? 'refused' : 'forbidden');
      if (!person && error.who === 'box') return Math.min(jitter, pace.boxMaxMs);
      if (person) {
        return pace.slowMs + chance() * Math.max(0, pace.maxMs - pace.slowMs);
      }
      // On top of what was asked for: everybody else was asked for the same.
      return Math.min(error.waitMs ?? 0, ASKED_MAX_MS) + jitter;
    },
    reset() {
      failures = 0;
    },
  };
}

/** Uniform in [0, 1). */
function randomUnit(ports: Pick<Ports, 'randomBytes'>): number {
  return Buffer.from(ports.randomBytes(6)).readUIntBE(0, 6) / 2 ** 48;
}

/** Resolves after `ms`, or as soon as the bridge is ended. */
export function pause(ms: number, ports: Pick<Ports, 'after'>, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve();
    let timer: Timer | undefined;
    const end = () => {
      timer?.cancel();
      stop.removeEventListener('abort', end);
      resolve();
    };
    stop.addEventListener('abort', end);
    timer = ports.after(ms, end);
  });
}

/**
 * What a `Retry-After` asks for, milliseconds; undefined when there is none or it cannot be read.
 * @param date the `Date` of the same answer: a date is meant by the other end's clock, not by ours
 */
export function retryAfterMs(
  header: string | undefined,
  date: string | undefined,
  now: number,
): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d{1,9}(\.\d+)?\s*$/.test(header)) return Number(header) * 1000;
  const until = Date.parse(header);
  if (Number.isNaN(until)) return undefined;
  const theirs = Date.parse(date ?? '');
  return Math.max(0, until - (Number.isNaN(theirs) ? now : theirs));
}
