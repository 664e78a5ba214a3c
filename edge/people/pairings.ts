/**
 * How a tablet becomes one of ours: a manager asks for a code, the tablet shows it once, within ten
 * minutes, and gets a token of its own. Codes are kept in memory; of the token only its SHA-256.
 */
import { hash } from 'node:crypto';
import { type Ports, randomHex } from '../runtime/ports.ts';
import { openBackOff } from './back-off.ts';

export type PairingWish = {
  readonly name: string;
  readonly station: string | null;
  /** Who asked for it. */
  readonly actor: string | null;
};

export type Pairings = {
  /** A new code for one tablet. @returns the code and when it ends, epoch milliseconds */
  offer(wish: PairingWish): { code: string; expiresAt: number };
  /** @param from where the tablet calls from: too many wrong codes from there are not looked at */
  redeem(code: string, from: string): Redeemed;
};

export type Redeemed =
  | { readonly kind: 'paired'; readonly token: string; readonly wish: PairingWish }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'resting'; readonly restMs: number };

const CODE_MS = 600_000;
const OFFERS_MAX = 50;
/** 32 signs that nobody takes for one another. */
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** What is stored of a token: it is 256 random bits, so a plain hash hides it. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'hex');
}

/** The codes that are open now; a restart ends them. */
export function openPairings(ports: Pick<Ports, 'now' | 'mono' | 'randomBytes'>): Pairings {
  const offers = new Map<string, PairingWish & { readonly until: number }>();
  const backOff = openBackOff(ports);
  return {
    offer(wish) {
      const code = Array.from(ports.randomBytes(8), (byte) => SIGNS[byte % 32]).join('');
      offers.set(code, { ...wish, until: ports.mono() + CODE_MS });
      const [oldest] = offers.keys();
      if (offers.size > OFFERS_MAX && oldest !== undefined) offers.delete(oldest);
      return { code, expiresAt: ports.now() + CODE_MS };
    },
    redeem(said, from) {
      const restMs = backOff.tries(from);
      if (restMs > 0) return { kind: 'resting', restMs };
      const code = said.toUpperCase().replace(/[\s-]/g, '');
      const offer = offers.get(code);
      offers.delete(code);
      if (!offer || offer.until <= ports.mono()) return { kind: 'wrong' };
      backOff.right(from);
      const { until: _, ...wish } = offer;
      return { kind: 'paired', token: randomHex(ports, 32), wish };
    },
  };
}
