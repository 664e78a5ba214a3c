/**
 * How a PIN or a badge is kept: scrypt with a salt of its own. Four digits can still be tried by
 * whoever has the file; it is slow for them, and they learn one person's PIN at a time.
 */
import { type ScryptOptions, scrypt, scryptSync, timingSafeEqual } from 'node:crypto';
import type { Ports } from './ports.ts';

/** Some 35 ms and 16 MiB each: nothing for one person at a tablet, a lot for a list of guesses. */
const COST: ScryptOptions = { N: 2 ** 14, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const BYTES = 32;

/** What to store. Blocks for some 35 ms: only for the rare command that sets one. */
export function keepSecret(secret: string, ports: Pick<Ports, 'randomBytes'>): string {
  const salt = Buffer.from(ports.randomBytes(16));
  const kept = scryptSync(secret, salt, BYTES, COST);
  return `scrypt14$${salt.toString('base64url')}$${kept.toString('base64url')}`;
}

/** Whether this is the secret that was kept. Works beside the event loop. */
export async function isSecret(secret: string, kept: string): Promise<boolean> {
  const [kind, salt = '', want = ''] = kept.split('$');
  if (kind !== 'scrypt14') return false;
  const got = await new Promise<Buffer>((resolve, reject) => {
    scrypt(secret, Buffer.from(salt, 'base64url'), BYTES, COST, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
  const wanted = Buffer.from(want, 'base64url');
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}
