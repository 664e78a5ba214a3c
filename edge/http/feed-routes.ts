/** The bridge's door: the ledger by number, and what head office says of it. Only for the admin token. */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import {
  BATCH_ENTRIES_MAX,
  type Parent,
  type SignedVersion,
  signedVersionSchema,
  type TakenOver,
  type Takeover,
  takeoverSchema,
} from '#recipes/contracts/sync.ts';
import type { Feed } from '../feed/feed.ts';
import { ackedSchema, feedRefusedSchema, forkSchema } from './api-feed.ts';
import { type AuthEnv, adminOnly } from './auth.ts';
import { problem } from './problem.ts';

export type FeedRouteParts = {
  readonly feed: Feed;
  /** Highest version of head office that this box has dealt with. */
  readonly catalogHead: () => number;
  readonly lives: FeedLives;
  /** Takes what head office published, once. */
  readonly catalog: (version: SignedVersion) => CatalogTaken | Promise<CatalogTaken>;
  /** The same, but decisions wait until no facts of another life do. */
  readonly catalogAside: (version: SignedVersion) => CatalogTaken | Promise<CatalogTaken>;
  /** Nothing stands in the way of decisions that were put aside. */
  readonly decide: () => void;
};

/** What happens when head office knows other entries than this box. */
export type FeedLives = {
  /** Begins a new life after the last entry that both have. @returns undefined when the hash is not ours */
  readonly fork: (
    at: Fork,
  ) => { readonly incarnation: string; readonly parent: Parent } | undefined;
  /** Lets the facts of another life happen here too. @returns undefined when they cannot be read */
  readonly takeOver: (facts: Takeover) => Promise<TakenOver | undefined>;
};

export type CatalogTaken = {
  readonly version: number;
  readonly state: 'taken' | 'refused' | 'ignored' | 'duplicate' | 'aside';
  readonly reason?: unknown;
};

export type Fork = z.infer<typeof forkSchema>;

const LIMIT_DEFAULT = 100;
const WAIT_MAX_S = 25;
const HASHES_MAX = 1_000;

const number = z.coerce.number().pipe(z.int().min(0));
const querySchema = z.object({
  after: number.default(0),
  limit: z.coerce.number().pipe(z.int().min(1).max(BATCH_ENTRIES_MAX)).optional(),
  form: z.literal('batch').optional(),
  items: number.default(0),
  lots: number.default(0),
  books: number.default(0),
  events: number.default(0),
  wait: z.coerce.number().min(0).max(WAIT_MAX_S).default(0),
});

/** Registers without asking the parts for anything. */
export function feedRoutes(parts: () => FeedRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.use('/feed', adminOnly);
  app.use('/feed/*', adminOnly);
  app.get('/feed', (c) => feed(parts(), c));
  app.get('/feed/hashes', (c) => {
    const seqs = (c.req.query('seq') ?? '').split(',').filter(Boolean).map(Number);
    const good = seqs.length <= HASHES_MAX && seqs.every((n) => Number.isSafeInteger(n) && n >= 0);
    return good ? c.json({ hashes: parts().feed.hashes(seqs) }) : badQuery(c, 'seq');
  });
  app.get('/feed/balances', (c) => c.json(parts().feed.balances()));
  app.post('/feed/ack', async (c) => {
    const ack = ackedSchema.safeParse(await bodyOf(c));
    if (!ack.success) return badBody(c, ack.error);
    if (parts().feed.headOffice.acked(ack.data)) {
      if (ack.data.takeover !== true && ack.data.state !== 'second') parts().decide();
      return c.json({ ok: true, catalogHead: parts().catalogHead() });
    }
    return differs(c, ack.data.ackedSeq);
  });
  app.post('/feed/refused', async (c) => {
    const refused = feedRefusedSchema.safeParse(await bodyOf(c));
    if (!refused.success) return badBody(c, refused.error);
    parts().feed.headOffice.refused(refused.data);
    return c.json({ ok: true });
  });
  app.post('/feed/fork', async (c) => {
    const fork = forkSchema.safeParse(await bodyOf(c));
    if (!fork.success) return badBody(c, fork.error);
    const life = parts().lives.fork(fork.data);
    return life ? c.json(life) : differs(c, fork.data.seq);
  });
  app.post('/feed/facts', async (c) => {
    const facts = takeoverSchema.safeParse(await bodyOf(c));
    if (!facts.success) return badBody(c, facts.error);
    return takeOver(parts(), facts.data, c);
  });
  app.post('/feed/catalog', async (c) => {
    const version = signedVersionSchema.safeParse(await bodyOf(c));
    if (!version.success) return badBody(c, version.error);
    const { catalog, catalogAside } = parts();
    const take = c.req.query('aside') === '1' ? catalogAside : catalog;
    return c.json(await take(version.data));
  });
  return app;
}

async function feed({ feed }: FeedRouteParts, c: Context<AuthEnv>): Promise<Response> {
  const query = querySchema.safeParse(c.req.query());
  if (!query.success) return badQuery(c, String(query.error.issues[0]?.path[0] ?? ''));
  const { after, limit, form, wait, ...side } = query.data;
  const asked = { after, limit: limit ?? BATCH_ENTRIES_MAX, side };
  const batch =
    form === 'batch'
      ? await feed.compact(asked, wait * 1_000, c.req.raw.signal)
      : feed.readable(after, limit ?? LIMIT_DEFAULT);
  if (!('ahead' in batch)) return c.json(batch);
  const said = {
    en: `there is no entry ${after}; the newest is ${batch.ahead.seq}`,
    zh: `没有记录 ${after};最新为 ${batch.ahead.seq}`,
  };
  return problem(c, 409, 'feed_ahead', said, { head: batch.ahead });
}

/** A piece that does not happen is asked for again: somebody has to see why it goes no further. */
async function takeOver(
  { feed, lives }: FeedRouteParts,
  piece: Takeover,
  c: Context,
): Promise<Response> {
  const { incarnation, segment } = piece;
  let taken: TakenOver | undefined;
  try {
    taken = await lives.takeOver(piece);
    return taken ? c.json(taken) : unreadable(c);
  } finally {
    feed.headOffice.factsStuck(taken ? undefined : { incarnation, segment });
  }
}

function differs(c: Context, seq: number): Response {
  return problem(c, 409, 'ack_differs', {
    en: `the hash is not that of entry ${seq} of this box; ask GET /feed/hashes`,
    zh: `该哈希与本机第 ${seq} 条记录不符;请查询 GET /feed/hashes`,
  });
}

function unreadable(c: Context): Response {
  return problem(c, 422, 'bad_facts', {
    en: 'these facts cannot be read; update this box, or they were damaged: nothing of them has happened',
    zh: '无法读取这些内容:请升级本机,或数据已损坏;未做任何处理',
  });
}

function bodyOf(c: Context): Promise<unknown> {
  return c.req.json().catch(() => undefined);
}

function badBody(c: Context, error: z.ZodError): Response {
  const [issue] = error.issues;
  const what = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  return problem(c, 400, 'bad_body', { en: what, zh: `格式不符:${what}` });
}

function badQuery(c: Context, name: string): Response {
  return problem(c, 400, 'bad_query', {
    en: `the parameter ${name} does not fit; see /api/docs`,
    zh: `参数 ${name} 不符;见 /api/docs`,
  });
}
