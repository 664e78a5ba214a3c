/** Reads on after every batch that was heard of, and every few seconds what was not. */
import type { Timer } from '../../../edge/runtime/ports.ts';
import { boardParts } from '../board/board-parts.ts';
import { eachShard, steadyLoop } from '../loop.ts';
import type { HqParts } from '../parts.ts';
import { readServer } from './hand-reader.ts';

/** After a batch others follow: they are read together. */
const GAP_MS = 150;
const ROUND_MS = 5_000;

export function readingLoop(hq: HqParts): Timer {
  const parts = boardParts(hq);
  let due: Timer | undefined;
  const loop = steadyLoop(parts, 'reading', ROUND_MS, async (stopping) => {
    await eachShard(parts, 'what people did', async (db) => {
      await readServer(parts, db, stopping);
    });
  });
  const deaf = parts.wire.listen(({ kind }) => {
    if (kind !== 'store') return;
    due ??= parts.ports.after(GAP_MS, () => {
      due = undefined;
      loop.kick();
    });
  });
  return {
    cancel() {
      loop.cancel();
      due?.cancel();
      deaf();
    },
  };
}
