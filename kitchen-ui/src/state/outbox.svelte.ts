import { type Name, say } from '#recipes/words/words.ts';
import type { Status } from '../api-types.ts';
import { actions, isUndone, type OutboxEntry, type OutboxStore } from '../outbox/entry.ts';
import { createQueue, type Queue, type QueuePorts, type UndoOutcome } from '../outbox/queue.ts';

/** Where an own entry is: only here, at the box, at head office, or waiting for a person. */
export type Reached = 'here' | 'box' | 'hq' | 'fix' | 'cancelled';

export type OutboxPorts = Omit<QueuePorts, 'changed' | 'store'> & {
  readonly store: (broken: () => void) => Promise<OutboxStore>;
  /** Tells the other tabs of this tablet. */
  readonly tellTabs: () => void;
};

/** The entries of this tablet as the screens see them, and the ways to add and take back. */
export class Outbox {
  /** Oldest first; finished ones as far as they are kept. */
  entries = $state.raw<readonly OutboxEntry[]>([]);
  /** Nothing can be stored here: entries live in this page only. */
  broken = $state(false);
  /** How many the box has not answered yet. */
  readonly waiting = $derived(this.entries.filter((one) => one.progress === 'waiting').length);
  /** What the box refused, oldest first. */
  readonly toFix = $derived(this.entries.filter((one) => one.progress === 'fix'));
  /** What a person did here, newest first. */
  readonly actions = $derived(actions(this.entries, ACTIONS_SHOWN));

  readonly #queue: Queue;
  readonly #store: Promise<OutboxStore>;
  readonly #now: () => number;
  #listeners: (() => void)[] = [];

  constructor(ports: OutboxPorts) {
    this.#now = ports.now;
    this.#store = ports.store(() => {
      this.broken = true;
    });
    this.#queue = createQueue({
      ...ports,
      store: deferred(this.#store),
      changed: () => {
        ports.tellTabs();
        void this.reload();
      },
    });
    void this.reload();
  }

  /**
   * Records what somebody did: kept on this tablet when the promise resolves, sent as soon as the box
   * answers. The one door for every screen.
   * @param text what it says on the undo bar, in both languages
   */
  async log(kind: string, data: unknown, text: Name): Promise<OutboxEntry> {
    const entry = await this.#queue.log({ kind, data, text });
    await this.reload();
    return entry;
  }

  /** Takes back an entry of this tablet: never sent, or a reversal behind it. Undone twice: restored. */
  async undo(entry: OutboxEntry): Promise<UndoOutcome> {
    const standing = this.#standing(entry);
    if (standing === null) {
      await this.#queue.retry(entry.id, entry.data);
      await this.reload();
      return 'queued';
    }
    const text = {
      zh: say('zh', 'undo.reversal', { text: entry.text.zh ?? '' }),
      en: say('en', 'undo.reversal', { text: entry.text.en ?? '' }),
    };
    const outcome = await this.#queue.undo(standing.id, text);
    await this.reload();
    return outcome;
  }

  /** The same entry once more, now. */
  again(entry: OutboxEntry): Promise<OutboxEntry> {
    return this.log(entry.kind, entry.data, entry.text);
  }

  /** Takes back an entry of the ledger that another tablet made, by its sequence. */
  reverse(seq: number, text: Name, reason?: string): Promise<OutboxEntry> {
    const data = reason === undefined ? { entry: seq } : { entry: seq, reason };
    return this.log('entry.reverse', data, text);
  }

  retry(id: string, data: unknown, text?: Name): Promise<OutboxEntry | null> {
    return this.#queue.retry(id, data, text);
  }

  dismiss(id: string): Promise<void> {
    return this.#queue.dismiss(id);
  }

  /** A pass is there now: what was refused for want of one is sent again. */
  releasePinned(): Promise<void> {
    return this.#queue.releasePinned();
  }

  flush(): Promise<void> {
    return this.#queue.flush();
  }

  find(id: string): OutboxEntry | undefined {
    return this.entries.find((one) => one.id === id);
  }

  isUndone(id: string): boolean {
    return isUndone(this.entries, id);
  }

  reached(entry: OutboxEntry, status: Status | null): Reached {
    if (entry.progress === 'waiting') return 'here';
    if (entry.progress === 'fix') return 'fix';
    if (entry.progress !== 'applied') return 'cancelled';
    const acked = status?.hq?.configured === true ? status.hq.ackedSeq : null;
    return entry.seq !== undefined && acked !== null && entry.seq <= acked ? 'hq' : 'box';
  }

  /** Resolves with the entry once the box has answered it, or with what it is after `ms`. */
  async answered(id: string, ms: number): Promise<OutboxEntry | undefined> {
    const until = this.#now() + ms;
    for (;;) {
      const entry = this.find(id);
      if (entry === undefined || entry.progress !== 'waiting') return entry;
      const left = until - this.#now();
      if (left <= 0) return entry;
      await this.#nextChange(left);
    }
  }

  async reload(): Promise<void> {
    this.entries = await (await this.#store).all();
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }

  /** What must be taken back to change whether `entry` counts; null when it was never sent. */
  #standing(entry: OutboxEntry): OutboxEntry | null {
    if (entry.progress === 'cancelled') return null;
    const reversal = this.entries.findLast(
      (one) =>
        one.undoes === entry.id && (one.progress === 'waiting' || one.progress === 'applied'),
    );
    if (reversal === undefined) return entry;
    return this.#standing(reversal) ?? entry;
  }

  #nextChange(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#listeners.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** The list of last actions has as many. */
export const ACTIONS_SHOWN = 20;

function deferred(store: Promise<OutboxStore>): OutboxStore {
  return {
    all: async () => (await store).all(),
    add: async (entry) => (await store).add(entry),
    update: async (change) => (await store).update(change),
    remove: async (numbers) => (await store).remove(numbers),
  };
}
