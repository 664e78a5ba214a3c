import { nameIn } from '#recipes/words/words.ts';
import type { Api } from '../api.ts';
import type { Change, Dish, InboxItem, Level, Sale, Status, StockItem } from '../api-types.ts';
import { Refused } from '../call.ts';
import { coalesce } from '../coalesce.ts';
import type { Answers } from '../keep/answers.ts';
import { followStream } from '../stream.ts';
import type { ScaleReading } from './scale.svelte.ts';
import type { Session } from './session.svelte.ts';

export type Part = 'status' | 'stock' | 'sales' | 'menu' | 'inbox';
export type Link = 'connecting' | 'live' | 'reconnecting';

export type BoardPorts = {
  readonly api: Api;
  readonly session: Session;
  readonly now: () => number;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly jitter: () => number;
  readonly answers: Answers;
  /** A weight came on the stream; null: the stream is gone. */
  readonly weight: (reading: ScaleReading | null) => void;
  /** The box is there (again): what waits can be sent. */
  readonly reached: () => void;
};

/** Told of every change; null = the stream was opened, anything may have changed. */
export type ChangeListener = (change: Change | null) => void;

/** What the box says, kept fresh: read once, then again whatever the stream says has changed. */
export class Board {
  status = $state.raw<Status | null>(null);
  stock = $state.raw<readonly StockItem[]>([]);
  sales = $state.raw<readonly Sale[]>([]);
  dishes = $state.raw<readonly Dish[]>([]);
  inbox = $state.raw<readonly InboxItem[]>([]);
  /** Parts that were read at least once: before that an empty list means nothing. */
  known = $state.raw<ReadonlySet<Part>>(new Set());
  link = $state<Link>('connecting');
  /** The box's clock in milliseconds, moved on once a second. */
  now = $state(0);
  /** What the book calls a sku: a sale carries only the name that its POS uses. */
  readonly dishNames = $derived(new Map(this.dishes.map((dish) => [dish.sku, dish.name])));
  /** When the numbers were last confirmed, in the box's clock. */
  asOf = $state(0);
  /** Items that a sale has just touched, for the blink of their tiles. */
  touched = $state.raw<ReadonlySet<string>>(new Set());
  /** The last thing worth saying aloud, for the polite live region. */
  announcement = $state('');

  readonly #ports: BoardPorts;
  readonly #read: (parts: Iterable<Part>) => void;
  readonly #listeners = new Set<ChangeListener>();
  #clockOffset: number;
  #isLost = false;

  constructor(ports: BoardPorts) {
    this.#ports = ports;
    this.#clockOffset = ports.session.clockOffset ?? 0;
    this.now = this.boxNow();
    this.#read = coalesce((parts) => this.#readNow(parts), ports.wait, READ_GAP_MS);
  }

  /** Runs until `signal` aborts. */
  start(signal: AbortSignal): void {
    const { api, jitter, wait } = this.#ports;
    void followStream(
      { open: api.stream, jitter, wait },
      {
        opened: () => {
          this.refresh();
          this.#ports.reached();
          for (const listener of this.#listeners) listener(null);
        },
        event: (event) => {
          if (event.event === 'change') this.#changed(JSON.parse(event.data) as Change);
          if (event.event === 'scale') {
            this.#ports.weight(JSON.parse(event.data) as ScaleReading);
          }
        },
        lost: () => this.#lost(),
      },
      signal,
    );
    void this.#everySecond(signal);
    void this.#recall();
  }

  /** The box's clock now, milliseconds. */
  boxNow(): number {
    return this.#ports.now() + this.#clockOffset;
  }

  /** Calls `listener` at every change until the returned function is called. */
  listen(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads everything again. */
  refresh(): void {
    this.#read(PARTS);
  }

  announce(text: string): void {
    this.announcement = text;
  }

  itemById(item: string): StockItem | undefined {
    return this.stock.find((one) => one.item === item);
  }

  #changed(change: Change): void {
    for (const listener of this.#listeners) listener(change);
    const parts: Part[] = ['status'];
    const items = change.items ?? [];
    if (items.length > 0) parts.push('stock');
    if ((change.sales ?? []).length > 0) {
      parts.push('sales');
      void this.#blink(items);
    }
    if (change.inbox === true) parts.push('inbox');
    if (change.menu === true || items.length > 0) parts.push('menu');
    this.#read(parts);
  }

  async #blink(items: readonly string[]): Promise<void> {
    // A tile that is still blinking is left to finish: at a high pace it glows, it does not flicker.
    const fresh = items.filter((item) => !this.touched.has(item));
    if (fresh.length === 0) return;
    this.touched = new Set([...this.touched, ...fresh]);
    await this.#ports.wait(BLINK_MS);
    this.touched = new Set([...this.touched].filter((item) => !fresh.includes(item)));
  }

  async #readNow(parts: ReadonlySet<Part>): Promise<void> {
    try {
      await Promise.all(
        [...parts].map(async (part) => {
          await this.#readPart(part);
          this.known = new Set([...this.known, part]);
        }),
      );
      this.asOf = this.boxNow();
      if (this.link === 'reconnecting') {
        this.announce(this.#ports.session.say('link.backAgain'));
        // A stream that hung through the cut does not open again by itself, and has lost its news.
        if (parts.size < PARTS.length) this.refresh();
      }
      this.link = 'live';
      this.#isLost = false;
    } catch (error) {
      if (error instanceof Refused && error.status === 401) this.#ports.session.signOut(true);
      this.#lost();
    }
  }

  /** What the tablet kept of the last visit, until the box has said something newer. */
  async #recall(): Promise<void> {
    await Promise.all(
      PARTS.map(async (part) => {
        const kept = await this.#ports.answers.get(part);
        if (kept === null || this.known.has(part)) return;
        this.#took(part, kept.value);
        this.asOf = Math.max(this.asOf, kept.at);
        this.known = new Set([...this.known, part]);
      }),
    );
    if (this.link === 'connecting' && this.#isLost) this.#lost();
  }

  async #readPart(part: Part): Promise<void> {
    const asked = this.#ports.now();
    const value = await this.#ask(part);
    if (part === 'status') this.#measured(value as Status, asked);
    this.#took(part, value);
    void this.#ports.answers.put(part, this.boxNow(), value);
  }

  #ask(part: Part): Promise<unknown> {
    const { api } = this.#ports;
    switch (part) {
      case 'status':
        return api.status();
      case 'stock':
        return api.stock();
      case 'sales':
        return api.sales(SALES_SHOWN);
      case 'menu':
        return api.menu();
      case 'inbox':
        return api.inbox();
    }
  }

  #took(part: Part, value: unknown): void {
    switch (part) {
      case 'status':
        this.status = value as Status;
        return;
      case 'stock':
        this.#tookStock(value as readonly StockItem[]);
        return;
      case 'sales':
        this.sales = value as readonly Sale[];
        return;
      case 'menu':
        this.dishes = value as readonly Dish[];
        return;
      case 'inbox':
        this.#tookInbox(value as readonly InboxItem[]);
        return;
    }
  }

  /** The answer was made somewhere between asking and hearing it: in the middle, to be fair. */
  #measured(status: Status, asked: number): void {
    const now = Date.parse(status.now);
    if (Number.isNaN(now)) return;
    this.#clockOffset = Math.round(now - (asked + this.#ports.now()) / 2);
    this.#ports.session.measuredClock(this.#clockOffset);
    this.now = this.boxNow();
  }

  #tookStock(stock: readonly StockItem[]): void {
    const before = new Map(this.stock.map((item) => [item.item, item.state]));
    this.stock = stock;
    const worse = stock.filter((item) => isWorse(before.get(item.item), item.state));
    if (worse.length > 0) this.announce(worse.map((item) => this.#levelText(item)).join(', '));
  }

  #levelText(item: StockItem): string {
    const { session } = this.#ports;
    const name = nameIn(session.lang, item.name, item.item);
    return item.state === 'out'
      ? session.say('stock.becameOut', { name })
      : session.say('stock.becameLow', { name });
  }

  #tookInbox(inbox: readonly InboxItem[]): void {
    const before = new Set(this.inbox.map((entry) => entry.id));
    const fresh = inbox.filter((entry) => !before.has(entry.id));
    const [first] = fresh;
    this.inbox = inbox;
    if (first === undefined || !this.known.has('inbox')) return;
    const { session } = this.#ports;
    const title = nameIn(session.lang, first.title, first.kind);
    this.announce(session.say('inbox.arrived', { title }));
  }

  #lost(): void {
    this.#isLost = true;
    this.#ports.weight(null);
    if (this.known.size > 0) this.link = 'reconnecting';
  }

  async #everySecond(signal: AbortSignal): Promise<void> {
    for (let second = 1; !signal.aborted; second += 1) {
      await this.#ports.wait(1000, signal).catch(() => {});
      this.now = this.boxNow();
      // A half-open connection looks alive for minutes; a question that must be answered does not.
      // The estimates of running out move with time alone, so they are read again without a sale.
      if (second % STATUS_EVERY_S === 0) this.#read(['status']);
      if (second % ALL_EVERY_S === 0) this.refresh();
    }
  }
}

/** Blink of a touched tile; the animation in StockTile.svelte has the same length. */
export const BLINK_MS = 600;
const PARTS: readonly Part[] = ['status', 'stock', 'menu', 'inbox', 'sales'];
const READ_GAP_MS = 400;
const SALES_SHOWN = 30;
const STATUS_EVERY_S = 10;
const ALL_EVERY_S = 60;

const RANK: Readonly<Record<Level, number>> = { ok: 0, low: 1, out: 2 };

function isWorse(before: Level | undefined, now: Level): boolean {
  return before !== undefined && RANK[now] > RANK[before];
}
