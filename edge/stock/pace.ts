/**
 * How fast each item goes, and so when it runs out at today's pace: an average of what left stock
 * that forgets half of itself every half hour. An estimate for people; nothing is decided by it.
 */

export type Pace = {
  /** Total that was ever sold of the item, millionths; called with every change. */
  note(item: number, sold: number, monoMs: number): void;
  /** Millionths per millisecond. */
  rate(item: number, monoMs: number): number;
};

const HALF_LIFE_MS = 30 * 60_000;
/** A pace from less than this long is a guess from one order. */
const WARM_UP_MS = 60_000;

type Track = { sold: number; weight: number; since: number; at: number };

export function openPace(): Pace {
  const tracks = new Map<number, Track>();
  return {
    note(item, sold, now) {
      const track = tracks.get(item);
      if (track === undefined) {
        tracks.set(item, { sold, weight: 0, since: now, at: now });
        return;
      }
      const used = Math.max(0, sold - track.sold);
      track.weight = track.weight * fade(now - track.at) + used;
      track.sold = sold;
      track.at = now;
    },
    rate(item, now) {
      const track = tracks.get(item);
      if (track === undefined || now - track.since < WARM_UP_MS) return 0;
      const weight = track.weight * fade(now - track.at);
      // The weight of a steady flow r after t is r × (1 - fade(t)) × half-life / ln 2.
      const span = ((1 - fade(now - track.since)) * HALF_LIFE_MS) / Math.LN2;
      return weight / span;
    },
  };
}

function fade(elapsedMs: number): number {
  return 2 ** (-elapsedMs / HALF_LIFE_MS);
}
