/** What happens in the stores as it happens: server-sent events, and the ticker as a list. */
import { type Context, Hono } from 'hono';
import type { HqEnv } from '../auth.ts';
import { type BoardParts, boardParts } from '../board/board-parts.ts';
import { badCursor, readLimit } from '../board/query.ts';
import { problem } from '../http/problem.ts';
import type { HqParts } from '../parts.ts';
import { type Hub, openHub, STREAMS_MAX, STREAMS_OF_TOKEN_MAX } from './hub.ts';
import { Outbox, sseText } from './outbox.ts';
import { linesAfter, newestLines, type TickerLine } from './ticker-lines-store.ts';

const LIMIT_MAX = 500;
const LIMIT_USUAL = 100;
/** Lines that a reader gets that was away. */
const MISSED_MAX = 500;

export function streamRoutes(hq: HqParts): Hono<HqEnv> {
  const parts = boardParts(hq);
  const hub = openHub(parts);
  const app = new Hono<HqEnv>();

  app.get('/ticker', async (c) => {
    const before = Number(c.req.query('cursor') ?? Number.MAX_SAFE_INTEGER);
    if (!Number.isSafeInteger(before)) return badCursor(c);
    const limit = readLimit(c, LIMIT_MAX, LIMIT_USUAL);
    const store = c.req.query('store') || undefined;
    const lines = await newestLines(parts.db.chain, store, before, limit);
    const next = lines.length < limit ? null : String(lines.at(-1)?.id);
    return c.json({ lines, next });
  });

  app.get('/stream', (c) => stream(parts, hub, c));
  return app;
}

async function stream(parts: BoardParts, hub: Hub, c: Context<HqEnv>): Promise<Response> {
  const last = readLast(c.req.header('last-event-id') ?? '');
  if (last === undefined) return badCursor(c);
  // Open before the missed lines are read: what comes meanwhile waits behind them.
  const who = c.get('principal');
  const outbox = hub.open('scope' in who ? who.token : undefined);
  if (!(outbox instanceof Outbox)) return tooMany(c, outbox);
  let missed: TickerLine[];
  try {
    missed = last === null ? [] : await linesAfter(parts.db.chain, last, MISSED_MAX);
  } catch (error) {
    hub.close(outbox);
    throw error;
  }
  return c.body(bodyOf(hub, outbox, missed, last ?? 0), 200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    // A proxy in front must not collect what is told.
    'x-accel-buffering': 'no',
  });
}

/** Asked for more as the reader reads: what it does not take waits in the outbox, which has an end. */
function bodyOf(
  hub: Hub,
  outbox: Outbox,
  missed: readonly TickerLine[],
  last: number,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const sent = new Set(missed.map(({ id }) => id));
  const first = missed.map((line) =>
    // Lines that are told again do not move the reader's last one back.
    sseText({
      event: 'ticker',
      data: JSON.stringify(line),
      ...(line.id > last ? { id: line.id } : {}),
    }),
  );
  return new ReadableStream(
    {
      start(controller) {
        controller.enqueue(encoder.encode(`retry: 2000\n\n${first.join('')}`));
      },
      async pull(controller) {
        const events = await outbox.take();
        if (events.length === 0) {
          controller.close();
          return;
        }
        const fresh = events.filter(({ id }) => id === undefined || !sent.has(id));
        const text = fresh.map((event) => (event.event === 'beat' ? ': beat\n\n' : sseText(event)));
        controller.enqueue(encoder.encode(text.length === 0 ? ': beat\n\n' : text.join('')));
      },
      cancel: () => hub.close(outbox),
    },
    { highWaterMark: 1 },
  );
}

/** null = from now on; undefined = not a number of a line. */
function readLast(text: string): number | null | undefined {
  if (text === '') return null;
  const id = Number(text);
  return Number.isSafeInteger(id) && id >= 0 ? id : undefined;
}

function tooMany(c: Context, whose: 'receiver' | 'token'): Response {
  c.header('retry-after', '30');
  if (whose === 'token') {
    return problem(c, 429, 'too_many_streams', {
      en: `this token has ${STREAMS_OF_TOKEN_MAX} open streams at this receiver: close one, or give each screen a token of its own`,
      zh: `此令牌在此接收端已有 ${STREAMS_OF_TOKEN_MAX} 个打开的数据流:请关闭一个,或为每个屏幕单独建立令牌`,
    });
  }
  return problem(c, 429, 'too_many_streams', {
    en: `this receiver has ${STREAMS_MAX} open streams: close one, or come again later`,
    zh: `此接收端已有 ${STREAMS_MAX} 个打开的数据流:请关闭一个或稍后再试`,
  });
}
