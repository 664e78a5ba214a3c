/**
 * News for the screens by server-sent events: what changed, not the new values; a screen reads what
 * it shows again. A client that was away names the last id it has and gets one catch-up. The one
 * value that is sent itself is a weight: it is never stored.
 */
import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { Ports } from '../runtime/ports.ts';

export type Change = {
  readonly seq: number;
  readonly items: readonly string[];
  readonly sales: readonly string[];
  readonly inbox: boolean;
  readonly menu: boolean;
  /** The kitchen did something: last actions, counts and prep are to be read again. */
  readonly entries: boolean;
  /** Orders changed, or what is suggested. */
  readonly orders: boolean;
  /** Print jobs or printers changed. */
  readonly jobs: boolean;
};

/** What a scale says now. */
export type Weight = {
  readonly scale: string;
  /** Decimal, in grams, as the scale said it. */
  readonly grams: string | number;
  /** False while it still swings. */
  readonly stable: boolean;
};

export type News = {
  publish(change: Change): void;
  weigh(weight: Weight): void;
  /** @param device the tablet that listens; null = somebody with the admin token */
  stream(c: Context, device: string | null): Response;
  /** Ends the streams of one tablet. */
  endOf(device: string): void;
  /** Ends every open stream. */
  close(): void;
};

type Message =
  | { readonly event: 'change'; readonly value: Change }
  | { readonly event: 'scale'; readonly value: Weight };
/** `undefined` ends the stream. */
type Listener = {
  readonly device: string | null;
  readonly hear: (news: Message | undefined) => void;
};

/** What waits for one client, and what wakes its writer. */
type Reader = { readonly queue: (Message | undefined)[]; wake: () => void };

const KEEP_ALIVE_MS = 15_000;
const CLIENTS_MAX = 64;
/** A weight older than this is no longer what lies on the scale. */
const WEIGHT_MS = 5_000;

export function openNews(seq: () => number, ports: Pick<Ports, 'after' | 'mono'>): News {
  const listeners = new Set<Listener>();
  const weights = new Map<string, { readonly weight: Weight; readonly at: number }>();

  function tell(message: Message | undefined, who: (listener: Listener) => boolean): void {
    for (const listener of listeners) if (who(listener)) listener.hear(message);
  }

  function firstNews(lastId: string | undefined): Message[] {
    const since = ports.mono() - WEIGHT_MS;
    const missed = Number(lastId ?? Number.NaN) !== seq();
    return [
      ...(missed ? [{ event: 'change' as const, value: everything(seq()) }] : []),
      ...[...weights.values()]
        .filter(({ at }) => at > since)
        .map(({ weight }) => ({ event: 'scale' as const, value: weight })),
    ];
  }

  return {
    publish: (value) => tell({ event: 'change', value }, () => true),
    weigh(value) {
      weights.delete(value.scale);
      weights.set(value.scale, { weight: value, at: ports.mono() });
      const [oldest] = weights.keys();
      if (weights.size > SCALES_MAX && oldest !== undefined) weights.delete(oldest);
      tell({ event: 'scale', value }, () => true);
    },
    stream(c, device) {
      if (listeners.size >= CLIENTS_MAX) return c.text('too many screens are listening', 503);
      return streamSSE(c, async (stream) => {
        const queue: (Message | undefined)[] = firstNews(c.req.header('last-event-id'));
        const reader: Reader = { queue, wake: () => undefined };
        const listener: Listener = {
          device,
          hear(message) {
            queueUp(queue, message);
            reader.wake();
          },
        };
        listeners.add(listener);
        stream.onAbort(() => listener.hear(undefined));
        try {
          await readOut(stream, reader, ports);
        } finally {
          listeners.delete(listener);
        }
      });
    },
    endOf: (device) => tell(undefined, (listener) => listener.device === device),
    close: () => tell(undefined, () => true),
  };
}

const SCALES_MAX = 16;

/** Writes what is queued, and a word now and then while nothing is, until the end is queued. */
async function readOut(
  stream: SSEStreamingApi,
  reader: Reader,
  ports: Pick<Ports, 'after'>,
): Promise<void> {
  const { queue } = reader;
  while (!stream.aborted && !stream.closed) {
    if (queue.length === 0) {
      const kept = ports.after(KEEP_ALIVE_MS, () => reader.wake());
      await new Promise<void>((resolve) => {
        reader.wake = resolve;
      });
      kept.cancel();
      if (queue.length === 0) await stream.write(': still here\n\n');
      continue;
    }
    const message = queue.shift();
    if (message === undefined) return;
    await stream.writeSSE(written(message));
  }
}

/** Of one scale only the newest weight matters to whoever reads slowly. */
function queueUp(queue: (Message | undefined)[], message: Message | undefined): void {
  if (message?.event === 'scale') {
    const { scale } = message.value;
    const older = queue.findIndex((one) => one?.event === 'scale' && one.value.scale === scale);
    if (older >= 0) queue.splice(older, 1);
  }
  queue.push(message);
}

function written({ event, value }: Message): { event: string; data: string; id?: string } {
  const data = JSON.stringify(value);
  // A weight has no id: the last id says how far the client knows the ledger.
  return event === 'change' ? { event, id: String(value.seq), data } : { event, data };
}

/** Items and sales empty: read everything again. */
function everything(seq: number): Change {
  return {
    seq,
    items: [],
    sales: [],
    inbox: true,
    menu: true,
    entries: true,
    orders: true,
    jobs: true,
  };
}
