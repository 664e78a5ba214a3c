/**
 * News for the screens by server-sent events: what changed, not the new values; a screen reads what
 * it shows again. A client that was away names the last id it has and gets one catch-up.
 */
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Ports } from '../runtime/ports.ts';

export type Change = {
  readonly seq: number;
  readonly items: readonly string[];
  readonly sales: readonly string[];
  readonly inbox: boolean;
  readonly menu: boolean;
};

export type News = {
  publish(change: Change): void;
  stream(c: Context): Response;
  /** Ends every open stream. */
  close(): void;
};

const KEEP_ALIVE_MS = 15_000;
const CLIENTS_MAX = 64;

export function openNews(seq: () => number, ports: Pick<Ports, 'after'>): News {
  const listeners = new Set<(change: Change | undefined) => void>();
  return {
    publish(change) {
      for (const listener of listeners) listener(change);
    },
    stream(c) {
      if (listeners.size >= CLIENTS_MAX) return c.text('too many screens are listening', 503);
      return streamSSE(c, async (stream) => {
        const queue: (Change | undefined)[] = [];
        let wake: () => void = () => undefined;
        const listener = (change: Change | undefined) => {
          queue.push(change);
          wake();
        };
        listeners.add(listener);
        stream.onAbort(() => listener(undefined));
        const last = Number(c.req.header('last-event-id') ?? Number.NaN);
        if (last !== seq()) queue.push(EVERYTHING(seq()));
        try {
          for (;;) {
            const change = queue.shift();
            if (change) {
              const data = JSON.stringify(change);
              await stream.writeSSE({ event: 'change', id: String(change.seq), data });
              continue;
            }
            if (stream.aborted || stream.closed) return;
            const kept = ports.after(KEEP_ALIVE_MS, () => wake());
            const before = queue.length;
            await new Promise<void>((resolve) => {
              wake = resolve;
              if (queue.length > before) resolve();
            });
            kept.cancel();
            if (queue.length === 0) await stream.write(': still here\n\n');
            if (queue[0] === undefined && queue.length > 0) return;
          }
        } finally {
          listeners.delete(listener);
        }
      });
    },
    close() {
      for (const listener of listeners) listener(undefined);
    },
  };
}

/** Items and sales empty: read everything again. */
function EVERYTHING(seq: number): Change {
  return { seq, items: [], sales: [], inbox: true, menu: true };
}
