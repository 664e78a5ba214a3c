/** The first hour of a box: what is set up already, the sample restaurant, a backup of another box. */
import { type Context, Hono } from 'hono';
import type { Reach } from '../setup/reach.ts';
import type { Prepared } from '../setup/restore.ts';
import { type AuthEnv, adminOnly } from './auth.ts';
import { problem } from './problem.ts';

export type PosSeen = {
  readonly terminal: string;
  readonly at: string;
  /** Arrival number: `GET /events/{number}` has the rest. */
  readonly event: number;
  readonly status: string;
  readonly lines: { readonly applied: number; readonly held: number };
};

export type PosCredentials = {
  readonly url: string;
  readonly topic: string;
  readonly username: string;
  readonly password: string;
};

export type SetupFacts = {
  readonly book: { readonly items: number; readonly recipes: number } | null;
  /** The newest event of a terminal that was understood. */
  readonly posSeen: PosSeen | null;
  readonly printers: readonly string[];
  readonly devices: number;
  readonly people: number;
  readonly reach: Reach;
  readonly done: boolean;
};

/** The backup came whole and good, or why it is not taken. */
export type Uploaded =
  | { readonly kind: 'prepared'; readonly prepared: Prepared }
  | { readonly kind: 'bad'; readonly why: string }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'busy' };

export type SetupRouteParts = {
  readonly facts: () => SetupFacts;
  /** What to type into the POS. @param asked the Host header */
  readonly posCredentials: (asked: string | undefined) => PosCredentials;
  /** Adopts the sample's book and opening stock. @returns false when another book is in force */
  readonly stockSample: () => boolean;
  /** No sale has been accepted: another box's past may take the place of this one's. */
  readonly isNew: () => boolean;
  readonly upload: (body: ReadableStream<Uint8Array> | null) => Promise<Uploaded>;
  /** Ends this box and starts on the backup, soon; undefined: this program cannot. */
  readonly restore: ((prepared: Prepared) => void) | undefined;
};

/** Its body may be larger than that of any other call: it goes to the disk as it comes. */
export const RESTORE_PATH = '/api/v1/setup/restore';

export function setupRoutes(parts: SetupRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/setup', (c) => {
    const isAdmin = 'admin' in c.get('principal');
    return c.json({
      language: /^\s*en\b/i.test(c.req.header('accept-language') ?? '') ? 'en' : 'zh',
      ...parts.facts(),
      posCredentials: isAdmin ? parts.posCredentials(c.req.header('host')) : null,
    });
  });
  app.post('/setup/demo', adminOnly, (c) => {
    if (parts.stockSample()) return c.json({ book: parts.facts().book });
    return problem(c, 409, 'not_new', {
      en: 'another recipe book is in force; the sample is for a box that has none',
      zh: '已启用其他配方册;演示数据仅用于尚无配方册的主机',
    });
  });
  app.post('/setup/restore', adminOnly, (c) => restore(parts, c));
  return app;
}

async function restore(parts: SetupRouteParts, c: Context<AuthEnv>): Promise<Response> {
  const start = parts.restore;
  if (!start || !parts.isNew()) return notNew(c);
  const uploaded = await parts.upload(c.req.raw.body);
  if (uploaded.kind === 'too_large') {
    return problem(c, 413, 'too_large', {
      en: 'the backup is too large for the page: use larder restore FILE',
      zh: '备份文件过大,请使用 larder restore FILE',
    });
  }
  if (uploaded.kind === 'busy') {
    return problem(c, 409, 'busy', {
      en: 'a backup is being restored already; wait for it',
      zh: '正在恢复另一备份,请稍候',
    });
  }
  if (uploaded.kind === 'bad') {
    return problem(c, 422, 'bad_backup', {
      en: `this is no good backup: ${uploaded.why}; nothing was changed`,
      zh: `备份文件不可用:${uploaded.why};未做任何更改`,
    });
  }
  // A sale may have come while the backup did.
  if (!parts.isNew()) return notNew(c);
  start(uploaded.prepared);
  const { seq, events, incarnation } = uploaded.prepared;
  return c.json({ seq, events, incarnation }, 202);
}

function notNew(c: Context): Response {
  return problem(c, 409, 'not_new', {
    en: 'only a box without sales is restored from its page; stop this one and use larder restore FILE',
    zh: '仅可在没有销售记录的主机上通过页面恢复;请停止主机并使用 larder restore FILE',
  });
}
