import type { Command, CommandResult } from '../api-types.ts';
import type { OutboxEntry } from './entry.ts';

/** What goes on the wire together, and the entries as they must stand before it does. */
export type Batch = {
  readonly commands: readonly Command[];
  readonly changed: readonly OutboxEntry[];
};

/**
 * The next commands in the order they were said, at most `limit`. A reversal needs the number that
 * the box gave its entry: the batch ends before one whose entry has not been answered yet.
 */
export function nextBatch(entries: readonly OutboxEntry[], limit: number): Batch {
  const commands: Command[] = [];
  const changed: OutboxEntry[] = [];
  for (const entry of inOrder(entries)) {
    if (entry.progress !== 'waiting') continue;
    if (commands.length >= limit) break;
    const target = entries.find((one) => one.id === entry.undoes);
    if (target !== undefined && target.seq === undefined) {
      if (target.progress === 'waiting') break;
      // What it takes back never happened, so there is nothing to take back.
      changed.push({ ...entry, progress: 'cancelled' });
      continue;
    }
    commands.push(commandOf(entry, target));
    changed.push({ ...entry, tried: true });
  }
  return { commands, changed };
}

/** The entries that `results` change. A result that nobody waits for changes nothing. */
export function settle(
  entries: readonly OutboxEntry[],
  results: readonly CommandResult[],
): OutboxEntry[] {
  return results.flatMap((result) => {
    const entry = entries.find((one) => one.id === result.id);
    if (entry === undefined || entry.progress !== 'waiting') return [];
    return [isGood(result) ? applied(entry, result) : refused(entry, result)];
  });
}

/** Taken back before it was ever on the wire: nothing is sent. Empty when it is too late for that. */
export function cancel(entries: readonly OutboxEntry[], id: string): OutboxEntry[] {
  const entry = entries.find((one) => one.id === id);
  if (entry === undefined || entry.progress !== 'waiting' || entry.tried) return [];
  return [{ ...entry, progress: 'cancelled' }];
}

/** Finished entries beyond the newest `keep`, but none that an unfinished one points at. */
export function outdated(entries: readonly OutboxEntry[], keep: number): number[] {
  const open = entries.filter((one) => one.progress === 'waiting' || one.progress === 'fix');
  const needed = new Set(open.flatMap((one) => [one.id, one.undoes]));
  return entries
    .filter((one) => !needed.has(one.id))
    .toSorted((a, b) => b.n - a.n)
    .slice(keep)
    .map((one) => one.n);
}

function inOrder(entries: readonly OutboxEntry[]): OutboxEntry[] {
  return entries.toSorted((a, b) => a.n - b.n);
}

function commandOf(entry: OutboxEntry, target: OutboxEntry | undefined): Command {
  const { id, kind, at, offsetMs, actor } = entry;
  return {
    id,
    kind,
    at,
    ...(offsetMs === undefined ? {} : { offsetMs }),
    ...(actor === undefined ? {} : { actor }),
    data: target === undefined ? entry.data : { ...asObject(entry.data), entry: target.seq },
  };
}

function asObject(data: unknown): object {
  return typeof data === 'object' && data !== null ? data : {};
}

/** A duplicate carries the first answer, and that may have been a refusal. */
function isGood(result: CommandResult): boolean {
  if (result.status === 'applied') return true;
  return result.status === 'duplicate' && result.code === undefined;
}

function applied(entry: OutboxEntry, result: CommandResult): OutboxEntry {
  return {
    ...entry,
    progress: 'applied',
    ...(result.seq === undefined ? {} : { seq: result.seq }),
    ...(result.data === undefined ? {} : { answer: result.data }),
  };
}

function refused(entry: OutboxEntry, result: CommandResult): OutboxEntry {
  return {
    ...entry,
    progress: 'fix',
    code: result.code ?? result.status,
    ...(result.message === undefined ? {} : { message: result.message }),
    ...(result.data === undefined ? {} : { answer: result.data }),
  };
}
