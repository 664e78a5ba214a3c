import { coalesce } from '../../../src/coalesce.ts';
import { followStream } from '../../../src/stream.ts';
import type { Api } from '../api.ts';
import type { ChainFigures, StoreRow, TickerRow } from '../api-types.ts';
import { type Figures, figuresOf } from '../stores/figures.ts';
import { openWatched } from './watched-stream.ts';

export type Link = 'connecting' | 'live' | 'lost';

export type ChainPorts = {
  readonly api: Api;
  readonly now: () => number;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly jitter: () => number;
  /** Head office does not accept the token any more. */
  readonly refused: () => void;
};

/** Told of every event of the stream; null = it was opened (again), anything may have changed. */
export type NewsListener = (kind: string | null, data: unknown) => void;

/** One store on the board: its own cell, so that a sale redraws one tile and not a thousand. */
export class StoreCell {
  row = $state.raw<StoreRow>() as StoreRow;
  /** Raised by each news of it, for the blink. */
  news = $state(0);
  constructor(row: StoreRow) {
    this.row = row;
  }
}

/** What head office says, kept fresh: read once, then moved on by the stream. */
export class Chain {
  /** In the order in which they were first heard of; null = not read yet. */
  cells = $state.raw<readonly StoreCell[] | null>(null);
  link = $state<Link>('connecting');
  failure = $state.raw<unknown>(null);
  /** Head office's clock in milliseconds, moved on once a second. */
  now = $state(0);
  /** When the numbers were last confirmed, in head office's clock. */
  asOf = $state(0);
  /** The newest first. */
  ticker = $state.raw<readonly TickerRow[]>([]);
  /** Counts everything that changes an order or a figure of the whole, at most four times a second. */
  turn = $state(0);
  /** What only head office can add up. */
  chain = $state.raw<ChainFigures | null>(null);
  /** What the token may do; '' until head office said so. */
  scope = $state('');
  readonly mayWrite = $derived(this.scope === 'admin' || this.scope === '');
  /** Of the money in the rows; null = head office does not know one. */
  readonly currency = $derived(this.chain?.currency ?? null);
  /** The last thing worth saying aloud, for the polite live region. */
  announcement = $state('');
  readonly figures: Figures = $derived.by(() => {
    void this.turn;
    return figuresOf((this.cells ?? []).map(({ row }) => row));
  });

  readonly #ports: ChainPorts;
  readonly #byCode = new Map<string, StoreCell>();
  readonly #listeners = new Set<NewsListener>();
  readonly #reread: (keys: Iterable<'stores'>) => void;
  readonly #turn: (keys: Iterable<'turn'>) => void;
  #offset = 0;

  constructor(ports: ChainPorts) {
    this.#ports = ports;
    this.now = ports.now();
    this.#reread = coalesce(() => this.#read(), ports.wait, READ_GAP_MS);
    this.#turn = coalesce(
      async () => {
        this.turn += 1;
      },
      ports.wait,
      TURN_GAP_MS,
    );
  }

  /** Runs until `signal` aborts. */
  start(signal: AbortSignal): void {
    const { api, jitter, wait } = this.#ports;
    void followStream(
      {
        open: (last, stop) => openWatched((signal) => api.stream(last, signal), wait, stop),
        jitter,
        wait,
      },
      {
        opened: () => {
          this.refresh();
          void this.#readTicker();
          for (const listener of this.#listeners) listener(null, null);
        },
        event: ({ event, data }) => this.#took(event, data),
        lost: () => this.#lost(),
      },
      signal,
    );
    void this.#everySecond(signal);
    void this.#askScope();
  }

  /** Reads everything again, soon. */
  refresh(): void {
    this.#reread(['stores']);
  }

  /** A store by its id; whoever asked hears when it becomes known. */
  cell(code: string): StoreCell | undefined {
    void this.cells;
    return this.#byCode.get(code);
  }

  /** Calls `listener` at every news until the returned function is called. */
  listen(listener: NewsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  announce(text: string): void {
    this.announcement = text;
  }

  /** Resolves after `ms`. */
  wait(ms: number): Promise<void> {
    return this.#ports.wait(ms);
  }

  /** Head office's clock now, milliseconds. */
  clock(): number {
    return this.#ports.now() + this.#offset;
  }

  #took(kind: string, text: string): void {
    this.asOf = this.clock();
    this.link = 'live';
    const data: unknown = parsed(text);
    if (data === null) return;
    if (kind === 'store') this.#put(data as StoreRow, true);
    if (kind === 'ticker') this.#tick([data as TickerRow]);
    if (kind === 'order' || kind === 'transfer') this.refresh();
    for (const listener of this.#listeners) listener(kind, data);
  }

  #tick(rows: readonly TickerRow[]): void {
    const known = new Set(this.ticker.map(({ id }) => id));
    const fresh = rows.filter(({ id }) => !known.has(id));
    if (fresh.length === 0) return;
    this.ticker = [...fresh, ...this.ticker].sort((a, b) => b.id - a.id).slice(0, TICKER_KEPT);
  }

  /** What was told before the stream was open. */
  async #readTicker(): Promise<void> {
    this.#tick(await this.#ports.api.ticker(TICKER_READ).catch(() => []));
  }

  #put(row: StoreRow, isNews: boolean): void {
    const known = this.#byCode.get(row.store);
    if (known === undefined) {
      const cell = new StoreCell(row);
      this.#byCode.set(row.store, cell);
      if (isNews) this.cells = [...(this.cells ?? []), cell];
    } else {
      known.row = row;
      if (isNews) known.news += 1;
    }
    this.#turn(['turn']);
  }

  async #read(): Promise<void> {
    try {
      const answer = await this.#ports.api.stores();
      this.#offset = Date.parse(answer.now) - this.#ports.now() || 0;
      const there = new Set(answer.stores.map(({ store }) => store));
      for (const code of this.#byCode.keys()) if (!there.has(code)) this.#byCode.delete(code);
      for (const row of answer.stores) this.#put(row, false);
      this.cells = [...this.#byCode.values()];
      this.chain = answer.chain;
      this.failure = null;
      this.asOf = this.clock();
      this.link = 'live';
    } catch (error) {
      this.failure = error;
      if (isRefusedToken(error)) this.#ports.refused();
      else this.#lost();
    }
  }

  /** A head office that does not say refuses what is not allowed all the same. */
  async #askScope(): Promise<void> {
    this.scope = await this.#ports.api.me().then(
      ({ scope }) => scope,
      () => '',
    );
  }

  #lost(): void {
    if (this.link !== 'lost') this.link = 'lost';
  }

  async #everySecond(signal: AbortSignal): Promise<void> {
    for (let second = 1; !signal.aborted; second += 1) {
      this.now = this.clock();
      // A connection that only looks alive is found, and what adds up over the day is put right.
      if (second % REREAD_EVERY_S === 0) this.refresh();
      await this.#ports.wait(1_000, signal).catch(() => {});
    }
  }
}

const READ_GAP_MS = 1_000;
const TURN_GAP_MS = 250;
const REREAD_EVERY_S = 30;
const TICKER_KEPT = 500;
const TICKER_READ = 100;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 401;
}
