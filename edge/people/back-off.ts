/** Five wrong tries, then a rest: guessing a PIN or a code takes years, mistyping it half a minute. */
import type { Ports } from '../runtime/ports.ts';

export type BackOff = {
  /**
   * Counts a try before it is looked at, so that many at once count as many.
   * @returns milliseconds to wait when there were too many; 0 = go on
   */
  tries(who: string): number;
  /** It was right: nothing is held against `who` any more. */
  right(who: string): void;
  /** Milliseconds until `who` may try again; 0 = now. */
  rest(who: string): number;
};

const TRIES = 5;
export const REST_MS = 30_000;
/** Who was not heard of for longest is forgotten: memory has an end. */
const REMEMBERED = 1_000;

export function openBackOff(ports: Pick<Ports, 'mono'>): BackOff {
  const wrong = new Map<string, { count: number; restsUntil: number }>();
  return {
    tries(who) {
      const now = ports.mono();
      const known = wrong.get(who) ?? { count: 0, restsUntil: 0 };
      if (known.restsUntil > now) return known.restsUntil - now;
      const count = known.restsUntil > 0 ? 1 : known.count + 1;
      const used = count >= TRIES;
      wrong.delete(who);
      wrong.set(who, { count, restsUntil: used ? now + REST_MS : 0 });
      const [oldest] = wrong.keys();
      if (wrong.size > REMEMBERED && oldest !== undefined) wrong.delete(oldest);
      return 0;
    },
    rest: (who) => Math.max(0, (wrong.get(who)?.restsUntil ?? 0) - ports.mono()),
    right: (who) => {
      wrong.delete(who);
    },
  };
}
