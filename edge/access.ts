/**
 * Who may do what on the bus. A terminal writes its own events and status, and reads its own
 * answers, the stock and the box's status. The admin token reads everything and writes nothing.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Topics } from './pos/topics.ts';

/** Who may be on the bus. */
export type BusPrincipal = { readonly terminal: string } | { readonly admin: true };
/** Who may call the API: these, and a paired tablet. */
export type Principal = BusPrincipal | { readonly device: string };

export type Credentials = {
  readonly adminToken: string;
  readonly terminals: ReadonlyMap<string, { readonly username: string; readonly password: string }>;
};

export const ADMIN_USER = 'admin';

/** The principal of a user name and password, or undefined. */
export function authenticate(
  credentials: Credentials,
  username: string | undefined,
  password: string | undefined,
): BusPrincipal | undefined {
  if (username === undefined || password === undefined) return undefined;
  if (username === ADMIN_USER) {
    return sameSecret(password, credentials.adminToken) ? { admin: true } : undefined;
  }
  for (const [terminal, known] of credentials.terminals) {
    if (known.username === username) {
      return sameSecret(password, known.password) ? { terminal } : undefined;
    }
  }
  return undefined;
}

export type PublishRight = 'event' | 'status' | 'others_event' | 'denied';

/** What a publish to a topic is to this principal. */
export function publishRight(topics: Topics, who: BusPrincipal, topic: string): PublishRight {
  const target = topics.read(topic);
  if ('admin' in who || target === undefined) return 'denied';
  if (target.kind === 'event') return target.terminal === who.terminal ? 'event' : 'others_event';
  return target.kind === 'status' && target.terminal === who.terminal ? 'status' : 'denied';
}

/** Whether a topic filter reaches only what this principal may read. */
export function maySubscribe(topics: Topics, who: BusPrincipal, filter: string): boolean {
  if (filter.startsWith('$')) return false;
  if ('admin' in who) return true;
  const own = [
    topics.result(who.terminal),
    topics.ack(who.terminal),
    topics.status(who.terminal),
    topics.edgeStatus,
  ];
  return own.includes(filter) || filter.startsWith(`${topics.root}/stock/`);
}

/** Compares in constant time. */
export function sameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  // Unequal lengths are compared with themselves, so that the time tells nothing but the length.
  return (
    timingSafeEqual(left, left.length === right.length ? right : left) &&
    left.length === right.length
  );
}
