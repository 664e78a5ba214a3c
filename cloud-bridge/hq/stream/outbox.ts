/**
 * What one open board has not taken yet. A slow reader costs a bounded amount of memory: of a store only
 * the newest row is kept, and a reader for whom too much else waits is cut off and comes again with
 * the number of the last line it has.
 */

/** An event of the stream; `id` = what a reader that comes again names as its last. */
export type StreamEvent = {
  readonly event: string;
  readonly data: string;
  readonly id?: number;
  /** Of several with the same key only the newest is told. */
  readonly key?: string;
};

/** Events that may wait, rows of stores not counted, and bytes of all. */
const EVENTS_MAX = 1_000;
const BYTES_MAX = 2 * 1024 * 1024;

export class Outbox {
  #queue: StreamEvent[] = [];
  readonly #newest = new Map<string, StreamEvent>();
  #bytes = 0;
  #wake: (() => void) | undefined;
  #closed = false;

  /** @returns false when too much waits: the reader must be cut off */
  put(event: StreamEvent): boolean {
    if (this.#closed) return false;
    if (event.key === undefined) this.#queue.push(event);
    else {
      this.#bytes -= this.#newest.get(event.key)?.data.length ?? 0;
      // Moved behind the others: it is the newest.
      this.#newest.delete(event.key);
      this.#newest.set(event.key, event);
    }
    this.#bytes += event.data.length;
    this.#wake?.();
    return this.#queue.length <= EVENTS_MAX && this.#bytes <= BYTES_MAX;
  }

  /** Everything that waits; waits itself when there is nothing. Empty = closed. */
  async take(): Promise<StreamEvent[]> {
    while (!this.#closed && this.#queue.length === 0 && this.#newest.size === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const events = [...this.#queue, ...this.#newest.values()];
    this.#queue = [];
    this.#newest.clear();
    this.#bytes = 0;
    return events;
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }
}

/** As server-sent events are written. */
export function sseText({ event, data, id }: StreamEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
}
