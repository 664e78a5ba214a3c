/** The one cursor out of the ledger: batches for the bridge, and what head office says of them. */
import type { Batch } from '#recipes/contracts/sync.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import { type BalanceRow, balanceRows } from './balance-digest.ts';
import {
  type Ahead,
  type Asked,
  type BatchParts,
  buildBatch,
  buildOwnBatch,
} from './build-batch.ts';
import type { FactStore } from './fact-store.ts';
import type { HeadOffice } from './head-office.ts';
import type { NewsWait } from './news-wait.ts';
import { factsOf, packFacts } from './pack-facts.ts';
import { readableEntry } from './readable-entry.ts';

export type FeedParts = BatchParts & {
  readonly ledger: LedgerReader;
  readonly headOffice: HeadOffice;
  readonly wait: NewsWait;
  readonly facts: FactStore;
  /** Whether the sum of all entries is there and was not told yet. */
  readonly refolded: () => boolean;
  /** Runs after this turn of the event loop. */
  readonly soon: (run: () => void) => void;
};

export type Feed = {
  readonly headOffice: HeadOffice;
  /** Entries as people read them. */
  readable(after: number, limit: number): Batch | Ahead;
  /**
   * Entries as they were hashed, with what stands beside the ledger; an empty batch when nothing came
   * within `waitMs`.
   */
  compact(asked: Asked, waitMs?: number, gone?: AbortSignal): Promise<Batch | Ahead>;
  /** [sequence, hash] of those that exist; 0 is before the first entry. */
  hashes(seqs: readonly number[]): [number, string][];
  /** Every balance, and the entry after which they are so. */
  balances(): { readonly seq: number; readonly hash: string; readonly rows: BalanceRow[] };
};

export function openFeed(parts: FeedParts): Feed {
  const { store, ledger } = parts;
  return {
    headOffice: parts.headOffice,
    readable(after, limit) {
      // Who only reads does not carry the sum of all entries to head office.
      const built = buildOwnBatch({ ...parts, refold: () => undefined }, after, limit);
      if ('ahead' in built) return built;
      return { ...built.batch, entries: built.entries.map((one) => readableEntry(ledger, one)) };
    },
    async compact(asked, waitMs = 0, gone) {
      await parts.wait.until(() => isNew(parts, asked), waitMs, gone);
      const built = buildBatch(parts, asked);
      if ('ahead' in built) return built;
      // A sale may come in between: the two halves together would hold it up.
      await new Promise<void>((resolve) => parts.soon(resolve));
      const { batch, entries, newestEvent } = built;
      const { events, facts } = factsOf(parts.facts, entries, asked.side.events, newestEvent);
      return {
        ...batch,
        entries: entries.map(({ text }) => text),
        events,
        facts: await packFacts(facts),
      };
    },
    hashes: (seqs) =>
      seqs.flatMap((seq): [number, string][] => {
        const hash = store.hashAt(seq);
        return hash === undefined ? [] : [[seq, hash]];
      }),
    balances() {
      const seq = ledger.seq();
      return { seq, hash: store.hashAt(seq) ?? '', rows: balanceRows(ledger) };
    },
  };
}

/** Whether there is anything that the asker does not have; also when it has more than the box. */
function isNew({ ledger, store, refolded }: FeedParts, { after, side }: Asked): boolean {
  if (ledger.seq() !== after || refolded()) return true;
  const heads = store.heads();
  return (
    heads.items > side.items ||
    heads.lots > side.lots ||
    heads.books > side.books ||
    heads.events > side.events
  );
}
