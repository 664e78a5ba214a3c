/** A store from close by: its lives, and the balances that differ. */
import type { HqParts } from '../parts.ts';
import { readItems } from './book-store.ts';
import { readDiffering } from './detail-store.ts';
import type { Past } from './past.ts';

/** What `GET /stores/{store}` says beside the row of the board. */
export async function storeDetail(parts: Pick<HqParts, 'db'>, { store, main, lives }: Past) {
  const db = await parts.db.of(store.id);
  const differing = main === undefined ? null : await readDiffering(db, store.id, main.id);
  return {
    opens: store.opens,
    closes: store.closes,
    version: main?.box?.version ?? null,
    livesList: lives.map((life) => ({
      life: life.id,
      incarnation: life.incarnation,
      state: life.state,
      parent: life.parent,
      forkSeq: life.parent === null ? null : life.forkSeq,
      why: life.why,
      since: new Date(life.since).toISOString(),
      seenAt: new Date(life.seenAt).toISOString(),
      seq: life.seq,
      headSeq: Math.max(life.headSeq, life.seq),
      differences: life.differences,
    })),
    differing: main === undefined ? [] : await named(db, store.id, main.id, differing),
  };
}

/** Differing balances are kept by number of the item; people know its code. */
async function named(
  db: Awaited<ReturnType<HqParts['db']['of']>>,
  store: number,
  life: number,
  differing: unknown,
): Promise<unknown[]> {
  if (!Array.isArray(differing) || differing.length === 0) return [];
  const items = await readItems(db, [[store], [life]]);
  const codes = new Map(items.map(({ id, code }) => [id, code]));
  return differing.map((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('item' in one)) return one;
    return { ...one, item: codes.get(Number(one.item)) ?? one.item };
  });
}
