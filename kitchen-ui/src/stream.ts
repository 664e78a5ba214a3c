import { type ServerEvent, serverEvents } from './sse.ts';

export type StreamPorts = {
  /** Opens the stream; `lastEventId` is '' the first time. Must reject when `signal` aborts. */
  readonly open: (lastEventId: string, signal: AbortSignal) => Promise<Response>;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1, so that many tablets do not all come back in the same moment. */
  readonly jitter: () => number;
};

export type StreamListener = {
  /** The stream is open (again): what was missed meanwhile must be read. */
  readonly opened: () => void;
  readonly event: (event: ServerEvent) => void;
  readonly lost: () => void;
};

export const FIRST_WAIT_MS = 500;
export const LONGEST_WAIT_MS = 10_000;

/**
 * Follows the stream until `signal` aborts, connecting again with a wait that doubles from 0.5 s to
 * 10 s. A stream that ends politely is one to open again, too.
 */
export async function followStream(
  ports: StreamPorts,
  listener: StreamListener,
  signal: AbortSignal,
): Promise<void> {
  let lastEventId = '';
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      const response = await ports.open(lastEventId, signal);
      if (!response.ok || response.body === null) throw new Error(`stream: ${response.status}`);
      listener.opened();
      await readAll(response.body, (event) => {
        wait = FIRST_WAIT_MS;
        if (event.id !== '') lastEventId = event.id;
        listener.event(event);
      });
    } catch {
      // Whatever the reason, the remedy is the same: say so and come back.
    }
    if (signal.aborted) return;
    listener.lost();
    await ports.wait(wait * (0.75 + ports.jitter() / 2), signal).catch(() => {});
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

async function readAll(
  body: ReadableStream<Uint8Array>,
  emit: (event: ServerEvent) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const feed = serverEvents(emit);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    feed(decoder.decode(value, { stream: true }));
  }
}
