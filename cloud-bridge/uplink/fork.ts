/**
 * Two histories under one name: a restored or copied box, or one that lost its tail. Finds the last
 * entry that both have, by asking both ends for some hashes at a time, so that the box can go on as a
 * life of its own from there.
 */
import { NO_HASH } from './answers.ts';
import type { BoxClient } from './box-client.ts';
import type { HqClient } from './hq-client.ts';

/** Hashes that are asked for at once: a year of entries takes four rounds. */
export const POINTS_MAX = 64;

export type Common = { readonly seq: number; readonly hash: string };

/**
 * @param suspect number of an entry that is said to differ
 * @returns the last entry that both have; undefined when there is nothing to find: both have the same
 *   entry there, or head office has none
 * @throws Trouble
 */
export async function findCommon(
  box: Pick<BoxClient, 'hashes'>,
  hq: Pick<HqClient, 'hashes'>,
  incarnation: string,
  suspect: number,
): Promise<Common | undefined> {
  let low: Common = { seq: 0, hash: NO_HASH };
  let high = suspect;
  for (let first = true; first || high - low.seq > 1; first = false) {
    const points = spread(low.seq, high, first);
    const mine = await box.hashes(points);
    const theirs = await hq.hashes(incarnation, points);
    // A new life cannot be taken back: what only one answer said must be seen before.
    if (first && !differs(mine.get(suspect), theirs.get(suspect))) return undefined;
    for (const seq of points) {
      const hash = mine.get(seq);
      if (hash === undefined || hash !== theirs.get(seq)) {
        high = seq;
        break;
      }
      low = { seq, hash };
    }
  }
  return low;
}

function differs(mine: string | undefined, theirs: string | undefined): boolean {
  return theirs !== undefined && mine !== theirs;
}

/** Up to 64 numbers between the two, ascending; `withHigh` takes the upper one in. */
function spread(low: number, high: number, withHigh: boolean): number[] {
  const between = high - low - 1;
  const count = Math.min(between, withHigh ? POINTS_MAX - 1 : POINTS_MAX);
  const points = Array.from(
    { length: count },
    (_, i) => low + 1 + Math.floor((i * between) / Math.max(1, count)),
  );
  return withHigh ? [...points, high] : points;
}
