/**
 * The world as the box sees it. Everything that could differ between two runs comes in through here:
 * time, randomness, timers. Tests and the simulator pass their own; `realPorts` is the only place in
 * the house that asks the machine.
 */
import { randomBytes } from 'node:crypto';

export type Timer = { cancel(): void };

export type Ports = {
  /** Wall clock, epoch milliseconds. May jump; nothing that decides correctness reads it. */
  readonly now: () => number;
  /** Milliseconds that never go back, for durations and time-outs. */
  readonly mono: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Runs once after `ms`; does not keep the process alive. */
  readonly after: (ms: number, run: () => void) => Timer;
  /** Runs every `ms`; does not keep the process alive. */
  readonly every: (ms: number, run: () => void) => Timer;
  /** Runs at the end of this turn of the event loop. */
  readonly soon: (run: () => void) => void;
};

/** The machine this runs on. */
export function realPorts(): Ports {
  return {
    now: () => Date.now(),
    mono: () => performance.now(),
    randomBytes: (count) => randomBytes(count),
    after: (ms, run) => {
      const handle = setTimeout(run, ms);
      handle.unref();
      return { cancel: () => clearTimeout(handle) };
    },
    every: (ms, run) => {
      const handle = setInterval(run, ms);
      handle.unref();
      return { cancel: () => clearInterval(handle) };
    },
    soon: (run) => {
      setImmediate(run);
    },
  };
}

/** `bytes` of randomness as lower-case hex. */
export function randomHex(ports: Pick<Ports, 'randomBytes'>, bytes: number): string {
  return Buffer.from(ports.randomBytes(bytes)).toString('hex');
}
