/** What the board reads: stores, what they have, and the entries behind each number. */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { ENTRY_KINDS, type EntryKind } from '#recipes/ledger/entry.ts';
import type { HqEnv } from '../auth.ts';
import { problem } from '../http/problem.ts';
import { lineageIn } from '../lives/lineage.ts';
import type { HqParts } from '../parts.ts';
import { type BoardParts, boardParts } from './board-parts.ts';
import { findPage } from './entries.ts';
import { type Past, readPast, readPasts } from './past.ts';
import {
  badCursor,
  badDays,
  cursorText,
  readCursor,
  readDays,
  readLimit,
  readStores,
  storesAway,
  unknownStore,
} from './query.ts';
import { chainStock, storeStock } from './stock.ts';
import { storeDetail } from './store-detail.ts';

export function boardRoutes(hq: HqParts): Hono<HqEnv> {
  const parts = boardParts(hq);
  const app = new Hono<HqEnv>();
  const stock = openChainStock(parts);

  app.get('/stores', async (c) => c.json(await parts.rows.board()));

  app.get('/stores/:store', async (c) => {
    const code = c.req.param('store');
    const past = await readPast(parts, code);
    const [row] = past === undefined ? [] : await parts.rows.rows([code]);
    if (past === undefined || row === undefined) return unknownStore(c, code);
    return c.json({ ...row, ...(await storeDetail(parts, past)) });
  });

  app.get('/stores/:store/stock', async (c) => {
    const past = await readPast(parts, c.req.param('store'));
    if (past === undefined) return unknownStore(c, c.req.param('store'));
    if (past.away) return storesAway(c, [past.store.code]);
    const etag = `"${past.main?.id ?? 0}-${past.main?.seq ?? 0}-${await bookTag(parts, past)}"`;
    if (c.req.header('if-none-match') === etag) return c.body(null, 304);
    c.header('etag', etag);
    return c.json(await storeStock(parts, past));
  });

  app.get('/stock', async (c) => c.json(await stock(c.req.query('item') || undefined)));

  app.get('/entries', (c) => entries(parts, c));
  return app;
}

/** Levels are by the book as well as by the entries. */
async function bookTag(parts: BoardParts, past: Past): Promise<string> {
  if (past.main === undefined) return '';
  const goods = await parts.books.goods([{ ...past, main: past.main }]);
  return goods.get(past.store.id)?.digest.slice(0, 8) ?? '';
}

const STOCK_FRESH_MS = 1_500;

/** The whole chain's stock is read once for all boards that ask within a moment. */
function openChainStock(parts: BoardParts) {
  const read = async (item?: string) => {
    const pasts = await readPasts(parts);
    const away = pasts.filter((past) => past.away).map(({ store }) => store.code);
    return { items: await chainStock(parts, pasts, item), away };
  };
  let kept: { readonly answer: ReturnType<typeof read>; readonly until: number } | undefined;
  return (item: string | undefined) => {
    if (item !== undefined) return read(item);
    const now = parts.ports.mono();
    if (kept !== undefined && now < kept.until) return kept.answer;
    const answer = read();
    kept = { answer, until: now + STOCK_FRESH_MS };
    answer.catch(() => {
      if (kept?.answer === answer) kept = undefined;
    });
    return answer;
  };
}

const ENTRIES_MAX = 500;
const ENTRIES_USUAL = 50;
const cursorSchema = z.object({
  store: z.string(),
  seq: z.int(),
  left: z.int().min(0).optional(),
});

async function entries(parts: BoardParts, c: Context<HqEnv>): Promise<Response> {
  const days = readDays(c);
  if (days === undefined) return badDays(c);
  const kinds = readKinds(c.req.query('kind') ?? '');
  if (kinds === 'unknown') return badKind(c);
  const text = c.req.query('cursor') ?? '';
  const after = cursorSchema.safeParse(text === '' ? undefined : readCursor(text));
  if (text !== '' && !after.success) return badCursor(c);
  const stores = await readStores(c, parts);
  if (stores instanceof Response) return stores;
  const lives = ofLife(stores, c.req.query('life') ?? '');
  if (lives.length === 0 && stores.length > 0) return unknownLife(c);
  const pasts = atSeq(lives, c.req.query('seq') ?? '');
  const item = c.req.query('item') || undefined;
  const query = { kinds, item, ...days };
  const limit = readLimit(c, ENTRIES_MAX, ENTRIES_USUAL);
  const page = await findPage(parts, pasts, query, after.data, limit);
  return c.json({ entries: page.entries, next: cursorText(page.next) });
}

/** Another life than the one that is the store, by number or incarnation. */
function ofLife(pasts: readonly Past[], life: string): readonly Past[] {
  if (life === '') return pasts;
  return pasts.flatMap((past) => {
    const main = past.lives.find(
      ({ id, incarnation }) => String(id) === life || incarnation === life,
    );
    return main === undefined ? [] : [{ ...past, main, stretches: lineageIn(past.lives, main.id) }];
  });
}

/** Only the entry of this number, where one is named. */
function atSeq(pasts: readonly Past[], text: string): readonly Past[] {
  const seq = Number(text);
  if (text === '' || !Number.isSafeInteger(seq)) return pasts;
  return pasts.map((past) => ({
    ...past,
    stretches: past.stretches
      .filter(({ from, to }) => from <= seq && seq <= to)
      .map((stretch) => ({ ...stretch, from: seq, to: seq })),
  }));
}

/** Names with commas; undefined = all. */
function readKinds(text: string): number[] | undefined | 'unknown' {
  if (text === '') return undefined;
  const names = text.split(',');
  if (names.some((name) => !Object.hasOwn(ENTRY_KINDS, name))) return 'unknown';
  return [...new Set(names)].map((name) => ENTRY_KINDS[name as EntryKind]);
}

function badKind(c: Context): Response {
  const kinds = Object.keys(ENTRY_KINDS).join(', ');
  return problem(c, 400, 'bad_kind', {
    en: `kind takes names with commas between them: ${kinds}`,
    zh: `kind 应为以逗号分隔的类型:${kinds}`,
  });
}

function unknownLife(c: Context): Response {
  return problem(c, 404, 'unknown_life', {
    en: 'no store here has this life; GET /stores/{store} lists them',
    zh: '没有该运行实例;参见 GET /stores/{store}',
  });
}
