/** A box that can be started again on a restored database without the program ending. */
import { type Box, type BoxOptions, startBox } from './box.ts';
import { checkCopy } from './setup/backup-store.ts';
import { dropDraft, type Prepared, putBack, putInPlace } from './setup/restore.ts';

export type Running = {
  /** The one that runs now. */
  box(): Box;
  stop(): Promise<void>;
};

/** Long enough for the answer to leave before its server ends. */
const ANSWER_MS = 300;

/** @throws like `startBox` */
export async function runBox(options: Omit<BoxOptions, 'restore'>): Promise<Running> {
  const { ports, log, exit } = options;
  let restoring: Promise<void> = Promise.resolve();
  let stopped = false;

  function restore(prepared: Prepared): void {
    // As of the answer: what comes after it has been acknowledged, and must not be put aside.
    const events = box.parts.receiving.events.nextNumber() - 1;
    ports.after(ANSWER_MS, () => {
      if (stopped) return;
      restoring = swap(prepared, events).catch((error: unknown) =>
        exit('could not start after a restore', error),
      );
    });
  }

  async function swap(prepared: Prepared, events: number): Promise<void> {
    const { file } = box.parts;
    // Whoever had its address finds it there again.
    const { httpPort, mqttPort } = box;
    const again = { ...options, restore, config: { ...options.config, httpPort, mqttPort } };
    await box.stop();
    const left = checkCopy(file);
    if (!left.ok || left.events !== events) {
      log.warn('an event came while the box stopped: the backup was not restored');
      dropDraft(prepared.draft);
      box = await startBox(again);
      return;
    }
    const aside = putInPlace(file, prepared, ports.now());
    try {
      box = await startBox(again);
      log.info({ seq: prepared.seq, incarnation: prepared.incarnation, aside }, 'restored');
    } catch (error) {
      if (aside === undefined) throw error;
      log.error({ err: error }, 'the restored database does not start: back to the old one');
      putBack(file, aside);
      box = await startBox(again);
    }
  }

  let box = await startBox({ ...options, restore });
  return {
    box: () => box,
    async stop() {
      stopped = true;
      await restoring;
      await box.stop();
    },
  };
}
