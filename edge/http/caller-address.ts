/** The address a request comes from, to count its wrong tries. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** An IP address; of IPv6 the network, since one machine has any number of addresses in it. */
export function callerAddress(c: Context): string {
  let address = '';
  try {
    address = getConnInfo(c).remote.address ?? '';
  } catch {
    // Not behind a socket: all such callers count as one.
  }
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  return address.split(':').slice(0, 4).join(':');
}
