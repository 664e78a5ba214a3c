/**
 * The work of `pos replay`. What was not acknowledged when a connection ended is sent again first, in
 * the same order, before anything new: the box sees the file's order, with some events twice.
 */
import type { EventResult } from '#recipes/contracts/pos-event.ts';
import type { RunningBox } from './place.ts';
import { cannotConnect, openTerminalLine } from './terminal-line.ts';

export type ReplayTask = {
  readonly box: RunningBox;
  readonly terminal: string;
  readonly bodies: readonly Uint8Array[];
  /** Per second; 0 = as fast as acknowledged. */
  readonly rate: number;
  /** Most events that wait for their acknowledgement. */
  readonly inFlight: number;
};

export type Percentiles = { readonly p50: number; readonly p99: number };

export type ReplayReport = {
  readonly events: number;
  readonly acknowledged: number;
  readonly duplicates: number;
  /** Result status -> events. */
  readonly results: Readonly<Record<string, number>>;
  /** Acknowledged, but their result went to a connection that had ended, or they have no id. */
  readonly withoutResult: number;
  readonly sentAgain: number;
  readonly reconnects: number;
  readonly seconds: number;
  /** Milliseconds from the first sending to the acknowledgement, and to the result. */
  readonly ack: Percentiles;
  readonly result: Percentiles;
};

type Sent = {
  readonly body: Uint8Array;
  readonly id: string | undefined;
  readonly sentAt: number;
  acknowledged: boolean;
  answered: boolean;
};

/** How long the results of the last events are waited for. */
const LAST_RESULTS_MS = 3_000;

/** @throws Stop when the box does not let this terminal in */
export function openReplay(
  task: ReplayTask,
  onProgress: (now: { acknowledged: number; up: boolean }) => void,
): Promise<ReplayReport> {
  return new Promise((resolve, reject) => {
    const run = new ReplayRun(task, onProgress, resolve, reject);
    run.start();
  });
}

class ReplayRun {
  readonly #task: ReplayTask;
  readonly #onProgress: (now: { acknowledged: number; up: boolean }) => void;
  readonly #resolve: (report: ReplayReport) => void;
  readonly #reject: (error: unknown) => void;
  /** Sent and not acknowledged, in order. */
  #window = new Set<Sent>();
  readonly #byId = new Map<string, Sent[]>();
  readonly #results: Record<string, number> = {};
  readonly #ackMs: number[] = [];
  readonly #resultMs: number[] = [];
  readonly #startedAt = performance.now();
  #line: ReturnType<typeof openTerminalLine> | undefined;
  #next = 0;
  #up = false;
  /** Counts connections: an answer of an older one must not settle anything. */
  #connects = 0;
  #sentAgain = 0;
  #ticker: NodeJS.Timeout | undefined;
  #lastNews = performance.now();
  #ended = false;

  constructor(
    task: ReplayTask,
    onProgress: (now: { acknowledged: number; up: boolean }) => void,
    resolve: (report: ReplayReport) => void,
    reject: (error: unknown) => void,
  ) {
    this.#task = task;
    this.#onProgress = onProgress;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  start(): void {
    const { box, terminal } = this.#task;
    try {
      this.#line = openTerminalLine(box, terminal, {
        onResult: (result) => this.#heard(result),
        onUp: () => this.#connected(),
        onDown: (why, refused) => {
          this.#up = false;
          if (refused || this.#connects === 0) this.#end(cannotConnect(box, terminal, why));
        },
      });
    } catch (error) {
      this.#end(error);
      return;
    }
    this.#ticker = setInterval(() => this.#tick(), 20);
  }

  #connected(): void {
    this.#up = true;
    this.#connects++;
    for (const sent of this.#window) {
      this.#sentAgain++;
      this.#publish(sent);
    }
    this.#pump();
  }

  /** Sends as much as the window and the rate allow. */
  #pump(): void {
    if (!this.#up || this.#ended) return;
    const { bodies, rate, inFlight } = this.#task;
    const elapsed = (performance.now() - this.#startedAt) / 1_000;
    const due = rate === 0 ? bodies.length : Math.min(bodies.length, Math.ceil(elapsed * rate));
    while (this.#next < due && this.#window.size < inFlight && this.#up) {
      const body = bodies[this.#next++];
      if (body === undefined) break;
      const id = idIn(body);
      const sent = { body, id, sentAt: performance.now(), acknowledged: false, answered: false };
      this.#window.add(sent);
      if (id !== undefined) this.#byId.set(id, [...(this.#byId.get(id) ?? []), sent]);
      this.#publish(sent);
    }
  }

  #publish(sent: Sent): void {
    this.#line?.publish(sent.body).then(
      () => {
        if (sent.acknowledged) return;
        sent.acknowledged = true;
        this.#window.delete(sent);
        this.#ackMs.push(performance.now() - sent.sentAt);
        this.#lastNews = performance.now();
        this.#pump();
      },
      // The connection ended: it stays in the window and goes out again with the next one.
      () => undefined,
    );
  }

  #heard(result: EventResult): void {
    const waiting = this.#byId.get(result.eventId);
    const sent = waiting?.find((one) => !one.answered);
    if (!sent) return;
    sent.answered = true;
    this.#results[result.status] = (this.#results[result.status] ?? 0) + 1;
    this.#resultMs.push(performance.now() - sent.sentAt);
    this.#lastNews = performance.now();
    if (waiting?.every((one) => one.answered)) this.#byId.delete(result.eventId);
  }

  #tick(): void {
    this.#pump();
    const { bodies } = this.#task;
    this.#onProgress({ acknowledged: this.#ackMs.length, up: this.#up });
    const all = this.#next === bodies.length && this.#window.size === 0;
    const answered = this.#resultMs.length === bodies.length;
    if (all && (answered || performance.now() - this.#lastNews > LAST_RESULTS_MS)) this.#end();
  }

  #end(error?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#ticker);
    const finish = () =>
      error === undefined ? this.#resolve(this.#report()) : this.#reject(error);
    if (this.#line) this.#line.close().then(finish, finish);
    else finish();
  }

  #report(): ReplayReport {
    const acknowledged = this.#ackMs.length;
    return {
      events: this.#task.bodies.length,
      acknowledged,
      duplicates: this.#results['duplicate'] ?? 0,
      results: this.#results,
      withoutResult: acknowledged - this.#resultMs.length,
      sentAgain: this.#sentAgain,
      reconnects: Math.max(0, this.#connects - 1),
      seconds: (this.#lastNews - this.#startedAt) / 1_000,
      ack: percentiles(this.#ackMs),
      result: percentiles(this.#resultMs),
    };
  }
}

function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** The id by which the box will answer; undefined for bytes without one. */
function idIn(body: Uint8Array): string | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    const id = (value as { id?: unknown } | null)?.id;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
