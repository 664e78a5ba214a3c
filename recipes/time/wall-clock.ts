/** What the clocks of a zone show at an instant, and which instants a time on them means. */

/** Instant to what the clocks show then: epoch milliseconds as if they showed UTC. */
export type WallClock = (at: number) => number;

/**
 * The clocks of a zone, remembering what was asked of them.
 * @param timeZone IANA name; throws a `RangeError` when unknown
 */
export function wallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsets = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      if (offsets.size >= QUARTERS_KEPT) offsets.clear();
      offset = shownAt(format, quarter * QUARTER_MS) - quarter * QUARTER_MS;
      offsets.set(quarter, offset);
    }
    return at + offset;
  };
}

/**
 * The first and the last instant at which the clocks show a time: two on the night they are put back. A
 * time that they skip is as far behind the change as it would be without one.
 * @param shown as `wallClock` gives it
 */
export function instantsOf(clock: WallClock, shown: number): { first: number; last: number } {
  const before = shown - (clock(shown - DAY_MS) - (shown - DAY_MS));
  const after = shown - (clock(shown + DAY_MS) - (shown + DAY_MS));
  const found = [before, after].filter((at) => clock(at) === shown);
  if (found.length === 0) return { first: before, last: before };
  return { first: Math.min(...found), last: Math.max(...found) };
}

/** Zones change on quarters of an hour only. */
const QUARTER_MS = 900_000;
const QUARTERS_KEPT = 50_000;
const DAY_MS = 86_400_000;

function shownAt(format: Intl.DateTimeFormat, at: number): number {
  const parts = format.formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [read('year'), read('month'), read('day')];
  return Date.UTC(year, month - 1, day, read('hour'), read('minute'), read('second'));
}
