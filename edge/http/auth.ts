/**
 * Who is asking: the admin token, a paired tablet with its own, or a terminal with its own password
 * for its own events.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { type Credentials, type Principal, sameSecret } from '../access.ts';
import type { Sender } from '../commands/execute.ts';
import { problem } from './problem.ts';

export type AuthEnv = {
  Variables: {
    principal: Principal;
    /** In whose name commands are carried out, with the manager's pass that came along, if it holds. */
    sender: Sender;
  };
};

export type AuthParts = {
  readonly credentials: () => Credentials;
  /** Id of the tablet with this token, unless it is locked out. */
  readonly device: (token: string) => string | undefined;
  /** Whose pass it is, if it holds on this tablet; `inUse` makes it last. */
  readonly pass: (pass: string, device: string | null, inUse: boolean) => Sender['pass'];
};

/** The header that carries a manager's pass. */
export const PASS_HEADER = 'larder-pass';

/** Lets a request with a known token through, and says whose it is; answers 401 otherwise. */
export function authenticateRequest(parts: () => AuthParts): MiddlewareHandler<AuthEnv> {
  return async (c, next) => {
    const who = principalOf(parts(), c.req.header('authorization'));
    if (who === undefined) {
      c.header('www-authenticate', 'Bearer realm="larder"');
      return problem(c, 401, 'unauthorized', {
        en: 'send Authorization: Bearer TOKEN; the admin token is in secrets.json of the data folder, a tablet gets its own by pairing',
        zh: '请发送 Authorization: Bearer TOKEN;管理员令牌在数据目录的 secrets.json 中,平板通过配对获得自己的令牌',
      });
    }
    c.set('principal', who);
    const device = 'device' in who ? who.device : null;
    const shown = c.req.header(PASS_HEADER);
    // A screen reads again by itself, when nobody is there, too.
    const inUse = c.req.method !== 'GET';
    const pass = shown === undefined ? null : parts().pass(shown, device, inUse);
    c.set('sender', { device, pass });
    return next();
  };
}

/** The admin and paired tablets may go on. */
export const adminOrDevice: MiddlewareHandler<AuthEnv> = (c, next) => {
  if (!('terminal' in c.get('principal'))) return next();
  return Promise.resolve(forbidden(c));
};

/** Only the holder of the admin token may go on. */
export const adminOnly: MiddlewareHandler<AuthEnv> = (c, next) => {
  if ('admin' in c.get('principal')) return next();
  return Promise.resolve(forbidden(c));
};

/** Whether the sender may do what a manager may. */
export function isManager({ device, pass }: Sender): boolean {
  return device === null || pass?.role === 'manager';
}

/** The answer to a terminal that asks for more than its own events, or a tablet for what is the admin's. */
export function forbidden(c: Context<AuthEnv>): Response {
  if ('device' in c.get('principal')) {
    return problem(c, 403, 'forbidden', {
      en: 'this needs the admin token; a tablet has its own, for the kitchen',
      zh: '此操作需要管理员令牌;平板令牌仅用于厨房操作',
    });
  }
  return problem(c, 403, 'forbidden', {
    en: 'a terminal may only send its own events',
    zh: '终端只能发送自己的事件',
  });
}

/** The answer to a tablet that asks for what only a manager may. */
export function pinNeeded(c: Context): Response {
  return problem(c, 403, 'pin_needed', {
    en: 'a manager is needed for this: get a pass with POST /passes and send it as Larder-Pass',
    zh: '此操作需要店长:请用 POST /passes 获取授权,并以 Larder-Pass 发送',
  });
}

function principalOf(parts: AuthParts, header: string | undefined): Principal | undefined {
  const token = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1];
  if (token === undefined) return undefined;
  const credentials = parts.credentials();
  if (sameSecret(token, credentials.adminToken)) return { admin: true };
  for (const [terminal, { password }] of credentials.terminals) {
    if (sameSecret(token, password)) return { terminal };
  }
  const device = parts.device(token);
  return device === undefined ? undefined : { device };
}
