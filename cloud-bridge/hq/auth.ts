/**
 * Who is asking: the admin token of `secrets.json`, a token of the tokens table, or a store's own.
 * What each may do is decided here, once for all routes: a store writes and reads its own, `read`
 * reads everything, `wall` reads what the board on the wall shows.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { problem } from './http/problem.ts';
import type { HqParts } from './parts.ts';
import type { Principal } from './principal.ts';
import { findPrincipal } from './token-store.ts';

export type HqEnv = { Variables: { principal: Principal } };

/** Lower-case hex of SHA-256: what is kept of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Lets a request through that may do what it asks for; answers 401 or 403 otherwise. */
export function authenticate(parts: HqParts): MiddlewareHandler<HqEnv> {
  const known = rememberPrincipals(parts);
  return async (c, next) => {
    const token = /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const who = token === undefined ? undefined : await known(token);
    if (who === undefined) return unauthorized(c);
    const path = c.req.path.replace(/^\/hq\/v1/, '');
    if (!mayDo(who, c.req.method, path)) return forbidden(c);
    c.set('principal', who);
    return next();
  };
}

/** Whether a principal may call this route; `path` is what follows `/hq/v1`. */
export function mayDo(who: Principal, method: string, path: string): boolean {
  const reads = method === 'GET' || method === 'HEAD';
  if ('store' in who) {
    if (reads && /^\/catalog\/\d+$/.test(path)) return true;
    return path.startsWith(`/stores/${encodeURIComponent(who.store)}/`) && !ADMIN_ONLY.test(path);
  }
  if (who.scope === 'admin') return true;
  if (!reads || SECRET.test(path) || OF_BRIDGES.test(path)) return false;
  return who.scope === 'read' || WALL.test(path);
}

/** In whose name something was done, for logs and lists. */
export function nameOf(who: Principal): string {
  return 'store' in who ? `store:${who.store}` : who.name;
}

/** A person decides which box is the store; its bridge does not. */
const ADMIN_ONLY = /^\/stores\/[^/]+\/lives\//;
const SECRET = /^\/(tokens|webhooks)(\/|$)/;
/** Facts with everything in them, and people with what proves who they are: for the store itself. */
const OF_BRIDGES =
  /^\/(catalog\/\d+|stores\/[^/]+\/(batches|cursor|hashes|balances|takeover|catalog))$/;
const WALL =
  /^\/(me|stores(\/[^/]+(\/stock)?)?|stock|reports\/.+|ticker|stream|alarms|transfers(\/[^/]+)?)$/;
/** A token that was revoked works for this long at most. */
const REMEMBER_MS = 5_000;
const REMEMBER_MAX = 20_000;

/** Asks the database once per token and a few seconds: a thousand bridges come several times a minute. */
function rememberPrincipals(parts: HqParts): (token: string) => Promise<Principal | undefined> {
  const admin = Buffer.from(hashToken(parts.adminToken), 'hex');
  const seen = new Map<string, { who: Principal | undefined; until: number }>();
  return async (token) => {
    const hash = hashToken(token);
    // Hashes are compared, so equal lengths are certain and the time tells nothing.
    if (timingSafeEqual(Buffer.from(hash, 'hex'), admin)) return { scope: 'admin', name: 'admin' };
    const now = parts.ports.mono();
    const before = seen.get(hash);
    if (before !== undefined && before.until > now) return before.who;
    const who = await findPrincipal(parts.db.chain, hash);
    if (seen.size >= REMEMBER_MAX) seen.clear();
    // One that is not known is asked for again: it may have been made a moment ago.
    if (who !== undefined) seen.set(hash, { who, until: now + REMEMBER_MS });
    else seen.delete(hash);
    return who;
  };
}

function unauthorized(c: Context): Response {
  c.header('www-authenticate', 'Bearer realm="larder head office"');
  return problem(c, 401, 'unauthorized', {
    en: 'send Authorization: Bearer TOKEN; the admin token is in secrets.json of the data folder of head office, a store gets its own from POST /stores',
    zh: '请发送 Authorization: Bearer TOKEN;管理员令牌在总部数据目录的 secrets.json 中,门店令牌由 POST /stores 生成',
  });
}

function forbidden(c: Context): Response {
  return problem(c, 403, 'forbidden', {
    en: 'this token may not do that: a store writes its own entries, read and wall tokens only read',
    zh: '此令牌无权执行该操作:门店令牌只能上传本店数据,只读和大屏令牌只能读取',
  });
}
