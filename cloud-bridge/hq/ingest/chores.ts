/**
 * Entries whose effect goes beyond their store: a transfer, a requisition, what became of a version.
 * They are noted with the batch that brought them and worked off after it, in the order of their
 * store, as often as it takes. A handler must bear to be called twice for the same entry.
 */
import { ENTRY_KINDS, type EntryKind } from '#recipes/ledger/entry.ts';
import type { Timer } from '../../../edge/runtime/ports.ts';
import { eachShard, steadyLoop } from '../loop.ts';
import type { HqParts } from '../parts.ts';
import type { ChoreHandler, ChoreHandlers } from './chore.ts';
import { storesWithChores, workOffStore } from './chore-store.ts';

/** The handlers by kind, for `start.ts`. */
export function choreHandlers(
  handlers: Readonly<Partial<Record<EntryKind, ChoreHandler>>>,
): ChoreHandlers {
  return new Map(
    Object.entries(handlers).map(([kind, handler]) => [ENTRY_KINDS[kind as EntryKind], handler]),
  );
}

/**
 * Works off what was noted: at once after a batch with chores (this receiver hears it on the wire),
 * and every few seconds whatever another receiver left.
 */
export function choreLoop(handlers: ChoreHandlers): (parts: HqParts) => Timer {
  return (parts) => {
    const loop = steadyLoop(parts, 'chores', ROUND_MS, () => workOff(parts, handlers));
    const deaf = parts.wire.listen((event) => {
      if (event.kind === CHORES_EVENT) loop.kick();
    });
    return {
      cancel() {
        deaf();
        loop.cancel();
      },
    };
  };
}

/** Told after a batch that left chores. */
export const CHORES_EVENT = 'chores';
const ROUND_MS = 3_000;

/** Everything that waits, on every server. One store that fails does not hold up the others. */
export async function workOff(parts: HqParts, handlers: ChoreHandlers): Promise<void> {
  await eachShard(parts, 'chores', async (pool) => {
    for (const store of await storesWithChores(pool)) {
      await workOffStore(parts, pool, store, handlers);
    }
  });
}
