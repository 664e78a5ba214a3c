/** Refused attempts, remembered for a day, so that a wrong password is not a mystery. */
import type { Ports } from '../runtime/ports.ts';
import type { Denial } from './inbox-item.ts';

export type Denials = { note(who: string, what: string): void; list(): Denial[] };

const KEPT_MS = 24 * 3_600_000;
const KEPT_MAX = 50;

export function openDenials(ports: Pick<Ports, 'now'>): Denials {
  const denials = new Map<string, Denial>();
  return {
    note(who, what) {
      // `larder doctor` tries a forbidden topic on purpose.
      if (what.endsWith('/doctor/probe')) return;
      const name = who.slice(0, 64);
      const key = `${name} ${what.slice(0, 128)}`;
      const times = (denials.get(key)?.times ?? 0) + 1;
      denials.delete(key);
      denials.set(key, { who: name, what: what.slice(0, 128), at: ports.now(), times });
      const [oldest] = denials.keys();
      if (denials.size > KEPT_MAX && oldest !== undefined) denials.delete(oldest);
    },
    list: () => [...denials.values()].filter((denial) => ports.now() - denial.at < KEPT_MS),
  };
}
