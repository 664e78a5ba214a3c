import type { Name } from '#recipes/words/words.ts';
import type { Command, CommandResult } from '../api-types.ts';
import { Refused } from '../call.ts';
import type { NewEntry, OutboxEntry, OutboxStore } from './entry.ts';
import { cancel, nextBatch, outdated, settle } from './steps.ts';

export type QueuePorts = {
  readonly store: OutboxStore;
  /** POST /commands; rejects with `Refused` or `Unreachable`. */
  readonly send: (commands: readonly Command[]) => Promise<readonly CommandResult[]>;
  /** Does the box answer at all? Asked before a batch, so that what is said offline stays untried. */
  readonly reachable: () => Promise<boolean>;
  readonly now: () => number;
  readonly newId: () => string;
  /** Clock of the box minus this one, as last measured; undefined = never. */
  readonly offsetMs: () => number | undefined;
  readonly actor: () => string | undefined;
  /** Runs `work` unless another tab is at it; resolves to whether it ran. */
  readonly exclusive: (work: () => Promise<void>) => Promise<boolean>;
  /** The entries have changed: show them, tell the other tabs. */
  readonly changed: () => void;
};

/** Said again, with what may differ from the first time. */
export type Said = { readonly kind: string; readonly data: unknown; readonly text: Name };

/** cancelled: never sent. queued: a reversal is under way. impossible: nothing to take back. */
export type UndoOutcome = 'cancelled' | 'queued' | 'impossible';

export type Queue = {
  /** Resolves when the entry is kept; the box learns of it as soon as it can. */
  readonly log: (said: Said) => Promise<OutboxEntry>;
  readonly undo: (id: string, text: Name) => Promise<UndoOutcome>;
  /**
   * Sends what was refused, or cancelled before it was sent, as a new command with `data` instead of
   * its own. The moment and the person stay those of the first time.
   */
  readonly retry: (id: string, data: unknown, text?: Name) => Promise<OutboxEntry | null>;
  /** What was refused for want of a manager's pass waits again, under the same id. */
  readonly releasePinned: () => Promise<void>;
  readonly dismiss: (id: string) => Promise<void>;
  /** Sends what waits, in order. Resolves when there is nothing left or the box did not answer. */
  readonly flush: () => Promise<void>;
};

/** The way of every command to the box: kept first, then sent strictly in order. */
export function createQueue(ports: QueuePorts): Queue {
  const { store } = ports;
  const flush = flusher(ports);

  async function add(entry: NewEntry): Promise<OutboxEntry> {
    const kept = await store.add(entry);
    ports.changed();
    void flush();
    return kept;
  }

  async function change(step: (all: readonly OutboxEntry[]) => OutboxEntry[]) {
    const changed = await store.update(step);
    if (changed.length > 0) ports.changed();
    return changed;
  }

  return {
    flush,
    log: (said) => add(fresh(ports, said)),
    undo: async (id, text) => {
      if ((await change((all) => cancel(all, id))).length > 0) return 'cancelled';
      const entry = (await store.all()).find((one) => one.id === id);
      if (entry?.progress === 'cancelled') return 'cancelled';
      if (entry?.progress !== 'waiting' && entry?.seq === undefined) return 'impossible';
      await add({ ...fresh(ports, { kind: 'entry.reverse', data: {}, text }), undoes: id });
      return 'queued';
    },
    retry: async (id, data, text) => {
      const [entry] = await change((all) => putAside(all, id, ['fix', 'cancelled']));
      if (entry === undefined) return null;
      const { offsetMs, actor, undoes } = entry;
      // It happened when it was first said, by whom it was first said.
      return add({
        ...fresh(ports, { kind: entry.kind, data, text: text ?? entry.text }),
        at: entry.at,
        ...(offsetMs === undefined ? {} : { offsetMs }),
        ...(actor === undefined ? {} : { actor }),
        ...(undoes === undefined ? {} : { undoes }),
      });
    },
    releasePinned: async () => {
      await change((all) =>
        all
          .filter((one) => one.progress === 'fix' && one.code === 'pin_needed')
          .map((one) => ({ ...one, progress: 'waiting' })),
      );
      await flush();
    },
    dismiss: async (id) => {
      await change((all) => putAside(all, id, ['fix']));
    },
  };
}

export const BATCH_MAX = 50;
/** Finished entries that stay for the list of last actions. */
export const KEPT = 60;

function flusher(ports: QueuePorts): () => Promise<void> {
  const { store } = ports;
  let running: Promise<void> | null = null;
  let again = false;

  /** Sends one batch; true when there may be more. */
  async function sendBatch(limit: number): Promise<boolean> {
    if (!(await ports.reachable())) return false;
    let batch: ReturnType<typeof nextBatch> = { commands: [], changed: [] };
    await store.update((all) => {
      batch = nextBatch(all, limit);
      return batch.changed;
    });
    if (batch.commands.length === 0) {
      if (batch.changed.length > 0) ports.changed();
      return false;
    }
    const results = await ask(batch.commands, limit);
    if (results === 'one by one') return sendBatch(1);
    const settled = await store.update((all) => settle(all, results));
    ports.changed();
    // A box that answers without an answer for each is asked again later, not in a circle.
    return settled.length > 0;
  }

  async function ask(commands: readonly Command[], limit: number) {
    try {
      return await ports.send(commands);
    } catch (error) {
      if (!(error instanceof Refused) || !isAboutContent(error)) throw error;
      if (limit > 1) return 'one by one';
      // One command that the box cannot even read must not stand in the way of the others.
      return commands.map(({ id }): CommandResult => {
        const code = `http_${error.status}`;
        return { id, status: 'rejected', code, message: error.message };
      });
    }
  }

  async function work(): Promise<void> {
    const ran = await ports.exclusive(async () => {
      while (await sendBatch(BATCH_MAX));
    });
    if (!ran) return;
    const old = outdated(await store.all(), KEPT);
    if (old.length > 0) await store.remove(old);
  }

  async function workWhileAsked(): Promise<void> {
    do {
      again = false;
      // Not answered: everything stays where it is, and the next flush asks again.
      await work().catch(() => {});
    } while (again);
    running = null;
  }

  function flush(): Promise<void> {
    again = true;
    running ??= workWhileAsked();
    return running;
  }
  return flush;
}

function isAboutContent(error: Refused): boolean {
  return error.status === 400 || error.status === 413 || error.status === 422;
}

function fresh(ports: QueuePorts, said: Said): NewEntry {
  const offsetMs = ports.offsetMs();
  const actor = ports.actor();
  return {
    id: ports.newId(),
    at: new Date(ports.now()).toISOString(),
    ...(offsetMs === undefined ? {} : { offsetMs }),
    ...(actor === undefined ? {} : { actor }),
    // A snapshot: reactive objects of a screen must not change what was said, and cannot be stored.
    kind: said.kind,
    data: JSON.parse(JSON.stringify(said.data ?? {})),
    text: { ...said.text },
    progress: 'waiting',
    tried: false,
  };
}

function putAside(
  entries: readonly OutboxEntry[],
  id: string,
  from: readonly OutboxEntry['progress'][],
): OutboxEntry[] {
  return entries
    .filter((one) => one.id === id && from.includes(one.progress))
    .map((one) => ({ ...one, progress: 'dismissed' }));
}
