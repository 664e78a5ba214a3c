/**
 * What open boards of this receiver hear: lines of the ticker and news as they are told, and the row of
 * every store of which anything was told, read again.
 */
import type { Timer } from '../../../edge/runtime/ports.ts';
import type { BoardParts } from '../board/board-parts.ts';
import type { StoreRow } from '../board/store-rows.ts';
import { HEARS_AGAIN } from '../db/wire.ts';
import type { ChainEvent } from '../parts.ts';
import { revokedOf } from '../tokens/tokens-store.ts';
import { openDueRows } from './due-rows.ts';
import { Outbox, type StreamEvent } from './outbox.ts';

/** Open streams of one receiver. */
export const STREAMS_MAX = 500;
/** Of these one token may hold so many: a board that forgets to close does not shut out the others. */
export const STREAMS_OF_TOKEN_MAX = 50;
const HEARTBEAT_MS = 15_000;
/** A store that nobody speaks of goes silent all the same: its row is told now and then. */
const REREAD_MS = 30_000;
/** A token that was revoked holds no longer than for any other request. */
const RECHECK_MS = 5_000;

export type Hub = {
  /**
   * An outbox that is filled from now on, while the token holds; or of whom too many are open.
   * @param token undefined: the admin token of head office itself
   */
  open(token: number | undefined): Outbox | 'receiver' | 'token';
  close(outbox: Outbox): void;
};

/** Kinds that go on as they are. */
const PASSED: ReadonlySet<string> = new Set([
  'alarm',
  'order',
  'transfer',
  'requisition',
  'adoption',
  'catalog',
  'webhook',
]);

export function openHub(parts: BoardParts): Hub {
  const { ports, wire, log, rows } = parts;
  /** Each with the number of its token. */
  const readers = new Map<Outbox, number | undefined>();
  const due = openDueRows(parts, tellRow);
  let stop: (() => void) | undefined;

  function tell(event: StreamEvent): void {
    for (const reader of readers.keys()) if (!reader.put(event)) close(reader);
  }

  function tellRow(row: StoreRow): void {
    tell({ event: 'store', data: JSON.stringify(row), key: row.store });
  }

  function hear({ kind, store, data }: ChainEvent): void {
    // Boards come again by themselves, ask for the lines since their last one, and read every row.
    if (kind === HEARS_AGAIN) {
      for (const reader of readers.keys()) close(reader);
      return;
    }
    const id = typeof data['id'] === 'number' ? data['id'] : undefined;
    if (kind === 'ticker') tell({ event: kind, data: JSON.stringify(data), ...(id ? { id } : {}) });
    if (PASSED.has(kind)) tell({ event: kind, data: JSON.stringify({ store, ...data }) });
    if (store !== '*' && (kind === 'store' || PASSED.has(kind))) due.changed(store);
  }

  function tellTroubled(): void {
    rows
      .board()
      .then(({ stores }) => stores.filter(({ state }) => state !== 'ok').forEach(tellRow))
      .catch((error: unknown) => log.warn({ err: error }, 'open boards were not told'));
  }

  function endRevoked(): void {
    const tokens = [...readers.values()].filter((token) => token !== undefined);
    if (tokens.length === 0) return;
    revokedOf(parts.db.chain, tokens)
      .then((revoked) => {
        for (const [reader, token] of readers) {
          if (token !== undefined && revoked.has(token)) close(reader);
        }
      })
      .catch((error: unknown) =>
        log.warn({ err: error }, 'tokens of open boards were not checked'),
      );
  }

  /** Nothing is heard and nothing read while nobody looks. */
  function start(): () => void {
    const deaf = wire.listen(hear);
    const timers: Timer[] = [
      ports.every(HEARTBEAT_MS, () => tell({ event: 'beat', data: '' })),
      ports.every(REREAD_MS, tellTroubled),
      ports.every(RECHECK_MS, endRevoked),
    ];
    return () => {
      deaf();
      for (const timer of timers) timer.cancel();
      due.stop();
    };
  }

  function close(reader: Outbox): void {
    reader.close();
    if (readers.delete(reader) && readers.size === 0) stop?.();
  }

  return {
    open(token) {
      if (readers.size >= STREAMS_MAX) return 'receiver';
      const own = [...readers.values()].filter((one) => one === token);
      if (own.length >= STREAMS_OF_TOKEN_MAX) return 'token';
      const reader = new Outbox();
      if (readers.size === 0) stop = start();
      readers.set(reader, token);
      return reader;
    },
    close,
  };
}
