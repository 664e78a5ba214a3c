/** What head office does about lives by itself: folding their ledgers again, and sealing the silent. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Loop } from '../loop.ts';
import { eachShard, steadyLoop } from '../loop.ts';
import type { HqParts } from '../parts.ts';
import { findStoreById } from '../stores-store.ts';
import { nextDue, type Refold, refoldLife } from './refold-store.ts';
import { sealSilent } from './states-store.ts';

const ROUND_MS = 30_000;
const DAY_MS = 24 * 3_600_000;
/** Of a round, so that a night's folding is spread over the day instead. */
const BUDGET_MS = 5_000;

/** Seals second boxes that fell silent, every 30 seconds. */
export function livesLoop(parts: HqParts): Loop {
  return steadyLoop(parts, 'lives', ROUND_MS, async (stopping) => {
    await eachShard(parts, 'lives', async (pool) => {
      for (const { store, incarnation } of await sealSilent(pool)) {
        await tell(parts, store, { incarnation }, 'a second box is silent and taken over: sealed');
      }
    });
    await refoldDue(parts, stopping);
  });
}

type HqPool = HqParts['db']['chain'];

/** As many lives as the budget allows, longest ago first. */
export async function refoldDue(parts: HqParts, stopping: () => boolean): Promise<void> {
  const until = parts.ports.mono() + BUDGET_MS;
  await eachShard(parts, 'folds', async (pool) => {
    while (!stopping() && parts.ports.mono() < until) {
      if (!(await refoldNext(parts, pool, stopping))) break;
    }
  });
}

async function refoldNext(parts: HqParts, pool: HqPool, stopping: () => boolean): Promise<boolean> {
  const now = parts.ports.now();
  const due = await nextDue(pool, now - DAY_MS);
  if (due === undefined) return false;
  const found = await refoldLife(pool, due, now, async () => {
    if (stopping()) throw new Error('head office stops');
    await turn();
  });
  if (found !== undefined && isWrong(found)) {
    parts.log.error({ ...due, ...found }, 'balances were not what the entries say');
    await tell(parts, due.store, { life: due.life }, 'the fold of a ledger differs');
  }
  return true;
}

function isWrong({ differences, boxSame }: Refold): boolean {
  return differences > 0 || boxSame === false;
}

async function tell(parts: HqParts, id: number, data: object, why: string): Promise<void> {
  const store = await findStoreById(parts.db.chain, id);
  parts.log.warn({ store: store?.code, ...data }, why);
  if (store !== undefined) parts.wire.tell({ kind: 'store', store: store.code, data: {} });
}
