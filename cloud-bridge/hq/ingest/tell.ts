/** What people hear of a batch: lines for the ticker, and that a store's figures changed. */
import { entryKindName } from '#recipes/ledger/entry.ts';
import type { HqParts, Store } from '../parts.ts';
import { CHORES_EVENT } from './chores.ts';
import type { Taken } from './take-batch-store.ts';
import { type Caption, insertTicker } from './ticker-store.ts';
import type { VerifiedBatch } from './verify.ts';

export type Teller = (store: Store, taken: Taken, batch: VerifiedBatch['batch']) => void;

/** A store's figures are told at most this often. */
const STORE_MS = 250;

/** Tells after the commit, and is never waited for. */
export function openTeller(parts: HqParts): Teller {
  const { wire, ports, log } = parts;
  const told = new Map<string, number>();
  const due = new Set<string>();

  /** At once, and after that no more often than every quarter of a second. */
  function tellStore(code: string, data: Readonly<Record<string, unknown>>): void {
    const now = ports.mono();
    const waited = now - (told.get(code) ?? Number.NEGATIVE_INFINITY);
    if (waited >= STORE_MS) {
      told.set(code, now);
      wire.tell({ kind: 'store', store: code, data });
    } else if (!due.has(code)) {
      due.add(code);
      ports.after(STORE_MS - waited, () => {
        due.delete(code);
        tellStore(code, {});
      });
    }
  }

  async function tellTicker(code: string, captions: readonly Caption[]): Promise<void> {
    for (const line of await insertTicker(parts.db.chain, code, captions)) {
      wire.tell({ kind: 'ticker', store: code, data: line });
    }
  }

  return (store, taken, batch) => {
    const { life, fresh, chores } = taken;
    const kinds = new Map(fresh.map(({ record }) => [record.seq, record.kind]));
    const captions = (batch.captions ?? []).flatMap(({ seq, zh, en }) => {
      const kind = kinds.get(seq);
      return kind === undefined ? [] : [{ seq, kind: entryKindName(kind) ?? 'other', zh, en }];
    });
    tellStore(store.code, { life: life.id, state: life.state, seq: life.seq });
    if (chores > 0) wire.tell({ kind: CHORES_EVENT, store: store.code, data: {} });
    if (captions.length > 0) {
      tellTicker(store.code, captions).catch((error: unknown) =>
        log.warn({ err: error, store: store.code }, 'the ticker missed a line'),
      );
    }
  };
}
