/**
 * The grain of a sum: amounts are rounded to it before they are added up, so that what a slip prints
 * ("11.0 kg + 1.0 kg - 4.2 kg") is what was reckoned with. It is the largest power of ten that is at most
 * a twentieth of the pack: 0.1 kg for 2 kg, 1 egg for a tray of 30.
 */
import type { Micro } from '../amount.ts';

/** In millionths, 1 or more. */
export function grainOf(pack: Micro): Micro {
  let grain = 1;
  while (grain * 10 * PARTS <= pack) grain *= 10;
  return grain;
}

/** To the nearest grain; a half goes up. */
export function toGrain(amount: number, grain: Micro): Micro {
  return Math.round(amount / grain) * grain + 0;
}

/**
 * Parts of a whole, each on the grain, and together the whole on the grain: a part is what its own
 * rounded running total adds to the one before.
 */
export function partsOnGrain(parts: readonly number[], grain: Micro): Micro[] {
  let running = 0;
  let before = 0;
  return parts.map((part) => {
    running += part;
    const now = toGrain(running, grain);
    const own = now - before;
    before = now;
    return own;
  });
}

const PARTS = 20;
