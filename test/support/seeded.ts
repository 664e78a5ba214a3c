/** A small seeded random source, so that a failing run can be repeated from the seed it printed. */
export type Seeded = {
  /** The next number in [0, 1). */
  next(): number;
  /** A whole number in [low, high], both included. */
  between(low: number, high: number): number;
  /** True with the given chance, 0 to 1. */
  chance(rate: number): boolean;
  /** One element; throws when the list is empty. */
  pick<T>(list: readonly T[]): T;
  /** Shuffles in place (Fisher and Yates) and returns the same array. */
  shuffle<T>(list: T[]): T[];
  /** An independent stream that depends only on this seed and the name. */
  fork(name: string): Seeded;
};

/** Mulberry32: 32 bits of state are plenty for choosing faults, and it is five lines to check. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number =>
    low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    chance: (rate) => next() < rate,
    pick(list) {
      const index = between(0, list.length - 1);
      const found = list[index];
      if (found === undefined) throw new Error(`seeded.pick: the list has ${list.length} elements`);
      return found;
    },
    shuffle(list) {
      for (let last = list.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        [list[last], list[other]] = [list[other], list[last]] as [never, never];
      }
      return list;
    },
    fork: (name) => seeded(hash(name, seed)),
  };
}

/** FNV-1a over the name, started from the seed. */
function hash(name: string, seed: number): number {
  let value = (0x811c9dc5 ^ seed) >>> 0;
  for (const byte of Buffer.from(name)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}

/** The seed of a run: from LARDER_SEED to repeat one, else the given one. Printed by every test. */
export function seedOf(fallback: number): number {
  const wanted = process.env['LARDER_SEED'];
  if (wanted === undefined || wanted === '') return fallback;
  const seed = Number(wanted);
  if (!Number.isSafeInteger(seed))
    throw new Error(`LARDER_SEED must be a whole number, not ${wanted}`);
  return seed;
}
