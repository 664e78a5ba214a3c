/** What people hear of a batch: lines for the ticker, and that a store's figures changed. */
import type { Words } from '#recipes/contracts/command.ts';
import { type EntryKind, entryKindName } from '#recipes/ledger/entry.ts';
import { storesNamed, withStoreNames } from '#recipes/words/chain-entry-words.ts';
import { type Note, readNote } from '../board/notes.ts';
import type { HqParts, Store } from '../parts.ts';
import { namesOfStores } from '../stores-store.ts';
import { CHORES_EVENT } from './chores.ts';
import type { Taken } from './take-batch-store.ts';
import { type Caption, insertTicker } from './ticker-store.ts';
import type { VerifiedBatch } from './verify.ts';

export type Teller = (store: Store, taken: Taken, batch: VerifiedBatch['batch']) => void;

/** A caption with the entry that it is of; `of` undefined: a kind that nobody here knows. */
type Said = {
  readonly seq: number;
  readonly of: EntryKind | undefined;
  readonly note: Note;
  readonly words: Words;
};

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

  async function tellTicker(code: string, said: readonly Said[]): Promise<void> {
    const captions = await named(said);
    for (const line of await insertTicker(parts.db.chain, code, captions)) {
      wire.tell({ kind: 'ticker', store: code, data: line });
    }
  }

  /** A box knows the other stores by their ids; people read names. */
  async function named(said: readonly Said[]): Promise<Caption[]> {
    const codes = said.flatMap(({ of, note }) => (of === undefined ? [] : storesNamed(of, note)));
    const names = await namesOfStores(parts.db.chain, codes);
    return said.map(({ seq, of, note, words }) => {
      const own = of && withStoreNames(words, of, note, (id) => names.get(id));
      return { seq, kind: of ?? 'other', ...(own ?? words) };
    });
  }

  return (store, taken, batch) => {
    const { life, fresh, chores } = taken;
    const records = new Map(fresh.map(({ record }) => [record.seq, record]));
    const captions = (batch.captions ?? []).flatMap(({ seq, zh, en }): Said[] => {
      const record = records.get(seq);
      if (record === undefined) return [];
      const of = entryKindName(record.kind);
      return [{ seq, of, note: readNote(record.note), words: { zh, en } }];
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
