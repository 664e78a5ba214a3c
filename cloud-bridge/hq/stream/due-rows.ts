/** Rows of stores that have changed: read together, at most four times a second. */
import type { Timer } from '../../../edge/runtime/ports.ts';
import type { BoardParts } from '../board/board-parts.ts';
import type { StoreRow } from '../board/store-rows.ts';

export type DueRows = {
  /** The first change is told at once, those of the next quarter of a second together. */
  changed(store: string): void;
  stop(): void;
};

const GAP_MS = 250;

export function openDueRows(
  { ports, log, rows }: Pick<BoardParts, 'ports' | 'log' | 'rows'>,
  tell: (row: StoreRow) => void,
): DueRows {
  const due = new Set<string>();
  let reading = false;
  let quietUntil = 0;
  let timer: Timer | undefined;

  function readSoon(): void {
    if (reading || timer !== undefined || due.size === 0) return;
    timer = ports.after(Math.max(0, quietUntil - ports.mono()), () => {
      timer = undefined;
      void read();
    });
  }

  async function read(): Promise<void> {
    reading = true;
    quietUntil = ports.mono() + GAP_MS;
    const codes = [...due];
    due.clear();
    try {
      for (const row of await rows.rows(codes)) tell(row);
    } catch (error) {
      log.warn({ err: error }, 'open boards were not told');
    } finally {
      reading = false;
      readSoon();
    }
  }

  return {
    changed(store) {
      due.add(store);
      readSoon();
    },
    stop() {
      due.clear();
      timer?.cancel();
      timer = undefined;
    },
  };
}
