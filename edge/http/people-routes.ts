/**
 * People and tablets: who works here, a manager's pass for a PIN or a badge, and how a tablet gets a
 * token of its own. Who they are is changed by commands (`user.*`, `device.*`).
 */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { idSchema } from '#recipes/contracts/pos-event.ts';
import type { DeviceStore } from '../people/device-store.ts';
import type { Pairings, Redeemed } from '../people/pairings.ts';
import type { Passes } from '../people/passes.ts';
import type { PersonStore } from '../people/person-store.ts';
import { type AuthEnv, isManager, PASS_HEADER, pinNeeded } from './auth.ts';
import { callerAddress } from './caller-address.ts';
import { problem } from './problem.ts';

export type PeopleRouteParts = {
  readonly persons: Pick<PersonStore, 'list'>;
  readonly devices: Pick<DeviceStore, 'list'>;
  readonly passes: Passes;
  readonly pairings: Pairings;
  /** Makes the tablet known under a new id. @throws when it cannot be stored */
  readonly pair: (redeemed: Extract<Redeemed, { kind: 'paired' }>) => string;
  /** When a tablet was last heard of, epoch milliseconds; undefined = not since the start. */
  readonly lastSeen: (device: string) => number | undefined;
  /** Where a tablet reaches this box, when it was called under `host`. */
  readonly addressFor: (host: string | undefined) => string;
  /** Somebody has tried too often. */
  readonly denied: (who: string, what: string) => void;
};

export const proofSchema = z.union([
  z.strictObject({ user: idSchema.optional(), pin: z.string().max(64) }),
  z.strictObject({ user: idSchema.optional(), badge: z.string().max(256) }),
]);
export const pairingSchema = z.strictObject({
  name: z.string().min(1).max(64),
  station: z.string().max(64).optional(),
});
export const codeSchema = z.strictObject({ code: z.string().max(64) });

/** What needs a token. */
export function peopleRoutes(parts: PeopleRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/people', (c) =>
    c.json({
      people: parts.persons.list().map(({ user, name, role, pin, badge }) => ({
        user,
        name,
        role,
        hasPin: pin !== null,
        hasBadge: badge !== null,
      })),
    }),
  );
  app.post('/passes', (c) => openPass(parts, c));
  app.delete('/passes', (c) =>
    c.json({ ended: parts.passes.end(c.req.header(PASS_HEADER) ?? '') }),
  );
  app.get('/devices', (c) =>
    c.json({
      devices: parts.devices.list().map(({ device, name, station, pairedAt, revokedAt }) => ({
        device,
        name,
        station,
        pairedAt: instant(pairedAt),
        revokedAt: instant(revokedAt),
        lastSeenAt: instant(parts.lastSeen(device) ?? null),
      })),
    }),
  );
  app.post('/pairings', async (c) => {
    const sender = c.get('sender');
    if (!isManager(sender)) return pinNeeded(c);
    const body = pairingSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return badBody(c, '{"name","station"?}', body.error);
    const { name, station = null } = body.data;
    const actor = sender.pass?.user ?? null;
    const { code, expiresAt } = parts.pairings.offer({ name, station, actor });
    const url = `${parts.addressFor(c.req.header('host'))}/#pair=${code}`;
    return c.json({ code, url, expiresAt: instant(expiresAt) });
  });
  return app;
}

/** The one call a tablet makes before it has a token. */
export function pairRoute(parts: () => PeopleRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.post('/pair', async (c) => {
    const body = codeSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return badBody(c, '{"code"}', body.error);
    const from = callerAddress(c);
    const redeemed = parts().pairings.redeem(body.data.code, from);
    if (redeemed.kind === 'resting') return tooManyTries(c, redeemed.restMs);
    if (redeemed.kind === 'wrong') {
      return problem(c, 403, 'wrong_code', {
        en: 'this code is not known, was used, or is older than 10 minutes: ask for a new one',
        zh: '配对码无效、已使用或已超过 10 分钟:请重新获取',
      });
    }
    const { token, wish } = redeemed;
    const device = parts().pair(redeemed);
    return c.json({ token, device, name: wish.name, station: wish.station });
  });
  return app;
}

async function openPass(parts: PeopleRouteParts, c: Context<AuthEnv>): Promise<Response> {
  const body = proofSchema.safeParse(await c.req.json().catch(() => undefined));
  if (!body.success) return badBody(c, '{"user"?, "pin"} or {"user"?, "badge"}', body.error);
  const { device } = c.get('sender');
  const opened = await parts.passes.open(device, body.data);
  if (opened.kind === 'resting') return tooManyTries(c, opened.restMs);
  if (opened.kind === 'who') {
    return problem(c, 409, 'say_who', {
      en: 'more than one person has this PIN: say who with "user"',
      zh: '多人使用同一 PIN:请用 user 指明人员',
    });
  }
  if (opened.kind === 'wrong') {
    if (opened.restMs > 0) parts.denied(device ?? 'admin', 'a PIN or badge, 5 times wrong');
    return problem(c, 403, 'wrong_pin', {
      en: 'nobody here has this PIN or badge',
      zh: 'PIN 或工牌不正确',
    });
  }
  const { pass, user, role, expiresAt } = opened;
  return c.json({ pass, user, role, expiresAt: instant(expiresAt) });
}

function tooManyTries(c: Context, restMs: number): Response {
  const seconds = Math.ceil(restMs / 1_000);
  c.header('retry-after', String(seconds));
  return problem(c, 429, 'too_many_tries', {
    en: `5 wrong tries: wait ${seconds} s`,
    zh: `已连续 5 次错误:请等待 ${seconds} 秒`,
  });
}

/** Says what was expected and which field is wrong; never what was sent. */
function badBody(c: Context, expected: string, error: z.ZodError): Response {
  const [issue] = error.issues;
  const where = issue?.path.join('.') ?? '';
  return problem(c, 400, 'bad_body', {
    en: `send ${expected}${where ? `; wrong: ${where}` : ''}`,
    zh: `请发送 ${expected}${where ? `;有误:${where}` : ''}`,
  });
}

function instant(at: number): string;
function instant(at: number | null): string | null;
function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
