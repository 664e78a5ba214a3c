/** Who is asking: the admin token, or a terminal with its own password for its own events. */
import type { Context, MiddlewareHandler } from 'hono';
import { type Credentials, type Principal, sameSecret } from '../access.ts';
import { problem } from './problem.ts';

export type AuthEnv = { Variables: { principal: Principal } };

/** Lets a request with a known token through, and says whose it is; answers 401 otherwise. */
export function authenticateRequest(credentials: () => Credentials): MiddlewareHandler<AuthEnv> {
  return async (c, next) => {
    const who = principalOf(credentials(), c.req.header('authorization'));
    if (who === undefined) {
      c.header('www-authenticate', 'Bearer realm="larder"');
      return problem(c, 401, 'unauthorized', {
        en: 'send Authorization: Bearer TOKEN; the token is in secrets.json of the data folder',
        zh: '请发送 Authorization: Bearer TOKEN;令牌在数据目录的 secrets.json 中',
      });
    }
    c.set('principal', who);
    return next();
  };
}

/** Only the admin may go on. */
export const adminOnly: MiddlewareHandler<AuthEnv> = (c, next) => {
  if ('admin' in c.get('principal')) return next();
  return Promise.resolve(forbidden(c));
};

/** The answer to a terminal that asks for more than its own events. */
export function forbidden(c: Context): Response {
  return problem(c, 403, 'forbidden', {
    en: 'a terminal may only send its own events',
    zh: '终端只能发送自己的事件',
  });
}

function principalOf(credentials: Credentials, header: string | undefined): Principal | undefined {
  const token = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1];
  if (token === undefined) return undefined;
  if (sameSecret(token, credentials.adminToken)) return { admin: true };
  for (const [terminal, { password }] of credentials.terminals) {
    if (sameSecret(token, password)) return { terminal };
  }
  return undefined;
}
