/**
 * One printer at work: one page after the other, and nothing of it waits for another printer. What did
 * not reach the printer waits and is tried again, ever more slowly, or as soon as the printer is back;
 * what may have come out is never sent again unasked.
 */
import type { PrinterState } from '#recipes/contracts/print-command.ts';
import type { Ports, Timer } from '../runtime/ports.ts';
import { NOT_WRITTEN_DOWN } from './job-words.ts';
import { type PrintJobParts, printJob } from './print-job.ts';
import { isStopped, type Printer } from './printer.ts';

export type WorkerParts = Omit<PrintJobParts, 'ports' | 'ending'> & {
  readonly ports: Pick<Ports, 'now' | 'mono' | 'after'>;
};

/** How a printer was when it was last called; `seenAt` in epoch milliseconds. */
export type Seen = { readonly state: PrinterState; readonly seenAt: number | null };

export type Worker = {
  readonly printer: Printer;
  /** Something may be waiting; `now` also forgets that the last tries failed. */
  wake(now: boolean): void;
  /** Somebody looks at the printers: its state is asked for more often for a while. */
  watch(): void;
  seen(): Seen;
  /** Ends at once what is under way; resolved when that is written down. */
  stop(): Promise<void>;
};

/** After the first, second, … try that did not reach the printer; then always the last. */
const RETRY_MS = [2_000, 5_000, 15_000, 60_000] as const;
const STATUS_BUSY_MS = 2_000;
const STATUS_IDLE_MS = 10_000;
const WATCHED_MS = 30_000;

export function openWorker(parts: WorkerParts): Worker {
  const { printer, driver, jobs, ports, log } = parts;
  const tries = openTries(ports);
  const lane = openLane((error) => {
    log.error({ err: error, printer: printer.name }, 'printing');
    // What could not be written down, as on a full disk, is not tried again at once.
    tries.failed();
  });
  const printing = { ...parts, ending: lane.ended };
  let known: Seen = { state: 'unknown', seenAt: null };
  let watchedUntil = Number.NEGATIVE_INFINITY;
  let retry: Timer | undefined;
  let poll: Timer | undefined;

  function see(state: PrinterState): void {
    if (isStopped(known.state) && !isStopped(state)) tries.forget();
    const changed = state !== known.state;
    known = { state, seenAt: ports.now() };
    if (changed) parts.changed();
  }

  /** Nothing is being printed now: what stands so could not be written down, as on a full disk. */
  function forgotten(): void {
    if (!jobs.isPrinting(printer.name)) return;
    parts.transact(() => jobs.interrupted(NOT_WRITTEN_DOWN, printer.name));
  }

  async function work(): Promise<void> {
    while (!lane.ended() && tries.waitMs() <= 0) {
      forgotten();
      const job = jobs.next(printer.name);
      if (!job) return;
      const { reached, state } = await printJob(printing, job);
      if (state !== null) see(state);
      if (reached) tries.forget();
      else tries.failed();
      parts.changed();
    }
  }

  async function ask(): Promise<void> {
    see(await driver.status());
    await work();
  }

  const start = (what: () => Promise<void>) => lane.run(what, plan);

  /** The next try when something waits, and the next look at the printer. */
  function plan(): void {
    retry?.cancel();
    poll?.cancel();
    const waiting = jobs.next(printer.name) !== undefined;
    if (waiting) retry = ports.after(Math.max(0, tries.waitMs()), () => start(work));
    const often = waiting || ports.mono() < watchedUntil;
    poll = ports.after(often ? STATUS_BUSY_MS : STATUS_IDLE_MS, () => start(ask));
  }

  start(ask);
  return {
    printer,
    wake(now) {
      if (now) tries.forget();
      start(work);
    },
    watch() {
      const asleep = ports.mono() >= watchedUntil;
      watchedUntil = ports.mono() + WATCHED_MS;
      if (asleep) start(ask);
    },
    seen: () => known,
    async stop() {
      retry?.cancel();
      poll?.cancel();
      const ended = lane.end();
      driver.abort();
      await ended;
    },
  };
}

/** How long to wait before the printer is called again. */
function openTries({ mono }: Pick<Ports, 'mono'>) {
  let failures = 0;
  let notBefore = Number.NEGATIVE_INFINITY;
  return {
    waitMs: () => notBefore - mono(),
    failed() {
      notBefore = mono() + (RETRY_MS[failures] ?? RETRY_MS[3]);
      failures++;
    },
    forget() {
      failures = 0;
      notBefore = Number.NEGATIVE_INFINITY;
    },
  };
}

/** A printer does one thing at a time; asking how it is counts as one. */
function openLane(failed: (error: unknown) => void) {
  let running: Promise<void> | undefined;
  let ended = false;
  return {
    ended: () => ended,
    /** Nothing when something runs: `after` is called at the end of that. */
    run(what: () => Promise<void>, after: () => void): void {
      if (ended || running !== undefined) return;
      running = what()
        .catch(failed)
        .finally(() => {
          running = undefined;
          if (!ended) after();
        });
    },
    async end(): Promise<void> {
      ended = true;
      await running;
    },
  };
}
