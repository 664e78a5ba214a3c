/** A clock that only goes when it is told to, and the timers on it. */
import type { Ports } from '../../../edge/runtime/ports.ts';

export type Clock = {
  readonly ports: Ports;
  /** Lets time pass, with every timer that is due meanwhile. */
  pass(ms: number): void;
  /** The wall clock is set to another time; nothing passes. */
  setWall(by: number): void;
  /** Timers that wait. */
  waiting(): number;
};

type Timer = { at: number; readonly every: number | undefined; readonly run: () => void };

export function clockAt(start: number): Clock {
  let mono = 0;
  let wall = start;
  const timers = new Set<Timer>();
  const add = (ms: number, every: number | undefined, run: () => void) => {
    const timer = { at: mono + ms, every, run };
    timers.add(timer);
    return { cancel: () => void timers.delete(timer) };
  };
  return {
    ports: {
      now: () => wall,
      mono: () => mono,
      randomBytes: (count) => new Uint8Array(count).fill(128),
      after: (ms, run) => add(ms, undefined, run),
      every: (ms, run) => add(ms, ms, run),
      soon: (run) => void add(0, undefined, run),
    },
    pass(ms) {
      const end = mono + ms;
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        wall += next.at - mono;
        mono = next.at;
        if (next.every === undefined) timers.delete(next);
        else next.at += next.every;
        next.run();
      }
      wall += end - mono;
      mono = end;
    },
    setWall: (by) => {
      wall += by;
    },
    waiting: () => timers.size,
  };
}
