/** What the kitchen's screens read: last actions, tiles, today's prep, labels. */
import { type Context, Hono } from 'hono';
import type { Asking, EntryView } from '../kitchen/entry-view.ts';
import type { LabelView } from '../kitchen/label-view.ts';
import type { PrepBatch } from '../kitchen/prep-view.ts';
import type { Screen, Tiles } from '../kitchen/tiles-view.ts';
import { type AuthEnv, isManager } from './auth.ts';
import { notFound, problem } from './problem.ts';

export type EntriesAsked = {
  /** "kitchen", names of kinds with commas, or "" for all. */
  readonly kinds: string;
  readonly actor: string | undefined;
  readonly before: number;
  readonly limit: number;
};

export type KitchenRouteParts = {
  /** Undefined when a kind is not known. */
  readonly entries: (asked: EntriesAsked, asking: Asking) => readonly EntryView[] | undefined;
  readonly tiles: (screen: Screen, station: string | undefined) => Tiles;
  readonly prep: () => readonly PrepBatch[];
  readonly label: (item: string, lot: string) => LabelView | undefined;
};

const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 500;

export function kitchenRoutes(parts: KitchenRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.get('/entries', (c) => entries(parts, c));
  app.get('/tiles', (c) => {
    const screen = c.req.query('screen') ?? 'waste';
    if (screen === 'waste' || screen === 'trim') {
      return c.json(parts.tiles(screen, c.req.query('station') || undefined));
    }
    return problem(c, 400, 'bad_query', {
      en: 'screen is waste or trim',
      zh: 'screen 应为 waste 或 trim',
    });
  });
  app.get('/prep', (c) => c.json({ batches: parts.prep() }));
  app.get('/labels/:item/:lot{.+}', (c) => {
    const { item, lot } = c.req.param();
    const label = parts.label(item, lot);
    return label
      ? c.json(label)
      : problem(c, 404, 'unknown_lot', notFound(`lot ${lot} of ${item}`));
  });
  return app;
}

function entries(parts: KitchenRouteParts, c: Context<AuthEnv>): Response {
  const { kinds = '', actor, before, limit, me } = c.req.query();
  const sender = c.get('sender');
  const asking = {
    actor: me ?? sender.pass?.user ?? null,
    device: sender.device,
    manager: isManager(sender),
  };
  const asked = {
    kinds,
    actor: actor === '' ? undefined : actor,
    before: before === undefined ? Number.MAX_SAFE_INTEGER : Number(before),
    limit: limitOf(limit),
  };
  const found = Number.isSafeInteger(asked.before) ? parts.entries(asked, asking) : undefined;
  if (found) return c.json({ entries: found });
  return problem(c, 400, 'bad_query', {
    en: 'kinds is "kitchen" or names of kinds with commas, before is a sequence number',
    zh: 'kinds 应为 kitchen 或以逗号分隔的类型;before 应为记录序号',
  });
}

function limitOf(text: string | undefined): number {
  const said = Math.trunc(Number(text ?? LIMIT_DEFAULT));
  return Number.isFinite(said) ? Math.min(LIMIT_MAX, Math.max(1, said)) : LIMIT_DEFAULT;
}
