/**
 * The print queue. Putting a job in is a plain insert, so that it stands or falls with the transaction
 * of what it belongs to; printing happens afterwards, one worker per printer, so that a dead printer
 * blocks no other.
 */
import type { JobState, PrinterState, PrintUse } from '#recipes/contracts/print-command.ts';
import type { Refusal } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';
import type { Log } from '../runtime/log.ts';
import type { Ports } from '../runtime/ports.ts';
import { openCrew } from './crew.ts';
import type { Driver, Page } from './driver.ts';
import type { Job, JobSource } from './job.ts';
import type { JobStore } from './job-store.ts';
import { BOX_ENDED, HOUR_MS, NO_PRINTER } from './job-words.ts';
import { choosePrinter, type Printer } from './printer.ts';

export type QueueParts = {
  readonly jobs: JobStore;
  /** Those that are set up now. */
  readonly printers: () => readonly Printer[];
  readonly driverOf: (printer: Printer) => Driver;
  readonly make: (job: Job, printer: Printer, at: number) => Promise<Page>;
  readonly transact: <T>(work: () => T) => T;
  readonly ports: Pick<Ports, 'now' | 'mono' | 'after' | 'soon' | 'every'>;
  readonly log: Log;
  /** Jobs or printers changed: the screens are told. */
  readonly changed: () => void;
};

export type Wish = {
  /** By name; without it the one that is set up for `use`. */
  readonly printer?: string | undefined;
  readonly use: PrintUse;
  /** Kind of the slip: `order`, `prep-label` … */
  readonly kind: string;
  /** What the list of jobs calls it. */
  readonly title: string;
  readonly source: JobSource;
  readonly copies?: number | undefined;
  readonly actor: string | null;
  /** The job of which this is another copy; the slip says REPRINT. */
  readonly reprintOf?: number | undefined;
};

export type PrinterView = Printer & {
  readonly state: PrinterState;
  readonly seenAt: number | null;
  readonly queued: number;
};

export type Queue = {
  /**
   * Puts a job in. Inside a ledger transaction it counts when that is committed.
   * @returns its number, or why there is no printer for it
   */
  enqueue(wish: Wish): number | Refusal;
  /** The printer that takes this, or undefined. */
  printerFor(use: PrintUse, name?: string): Printer | undefined;
  /** Wakes the printer of a job that a person wants now. */
  wake(printer: string): void;
  /** Printers were set up, changed or removed. */
  printersChanged(): void;
  /** With their states. @param looks somebody looks: the states are kept fresh for a while */
  view(looks?: boolean): readonly PrinterView[];
  counts(): ReadonlyMap<JobState, number>;
  /** What the last run left, then the printing itself. */
  start(): void;
  stop(): Promise<void>;
};

const nameOf = ({ name }: Printer) => name;

const KEPT_MS = 90 * 24 * HOUR_MS;
const HOUSEKEEPING_MS = HOUR_MS;

/** Opens the queue; nothing prints before `start`. */
export function openQueue(parts: QueueParts): Queue {
  const { jobs, ports } = parts;
  const crew = openCrew(parts);
  let started = false;

  const printerFor: Queue['printerFor'] = (use, name) => choosePrinter(parts.printers(), use, name);

  function wake(name: string, now: boolean): void {
    // The transaction that asked ends first.
    ports.soon(() => {
      const worker = crew.get(name);
      worker?.wake(now);
      if (!worker && started) guarded(() => orphans(new Set(parts.printers().map(nameOf))));
      parts.changed();
    });
  }

  function follow(): void {
    const printers = parts.printers();
    crew.follow(printers);
    orphans(new Set(printers.map(nameOf)));
    parts.changed();
  }

  /** What waits for a printer that is gone, fails. */
  function orphans(names: ReadonlySet<string>): void {
    const lost = jobs.open().filter((job) => job.state === 'queued' && !names.has(job.printer));
    if (lost.length === 0) return;
    parts.transact(() => {
      for (const { id } of lost) jobs.stop(id, 'failed', NO_PRINTER, ports.now());
    });
  }

  /** What is done beside the printing must not end the box. */
  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      parts.log.error({ err: error }, 'the print queue');
    }
  }

  const keep = () => parts.transact(() => jobs.forget(ports.now() - KEPT_MS));
  let housekeeping: { cancel(): void } | undefined;

  return {
    enqueue(wish) {
      const printer = printerFor(wish.use, wish.printer);
      if (!printer) return noPrinter(wish);
      const { kind, title, source, copies = 1, actor, reprintOf = null } = wish;
      const at = ports.now();
      const job = { printer: printer.name, kind, title, source, copies, actor, reprintOf, at };
      const id = jobs.insert(job);
      wake(printer.name, false);
      return id;
    },
    printerFor,
    wake: (name) => wake(name, true),
    printersChanged() {
      ports.soon(() => started && guarded(follow));
    },
    view(looks = false) {
      const open = jobs.countOpen();
      return parts.printers().map((printer) => {
        const worker = crew.get(printer.name);
        if (looks) worker?.watch();
        const seen = worker?.seen() ?? { state: 'unknown' as const, seenAt: null };
        return { ...printer, ...seen, queued: open.get(printer.name) ?? 0 };
      });
    },
    counts: jobs.countByState,
    start() {
      started = true;
      parts.transact(() => jobs.interrupted(BOX_ENDED));
      guarded(keep);
      housekeeping = ports.every(HOUSEKEEPING_MS, () => guarded(keep));
      guarded(follow);
    },
    async stop() {
      started = false;
      housekeeping?.cancel();
      crew.follow([]);
      await crew.gone();
    },
  };
}

function noPrinter({ printer, use }: Pick<Wish, 'printer' | 'use'>): Refusal {
  if (printer !== undefined) return unknownPrinter(printer);
  return refuse(
    'no_printer',
    `no printer is set up for ${use}; set one up on the page of printers`,
    `没有用于 ${use} 的打印机;请在打印机页面设置`,
  );
}

/** The refusal for a name nobody set up. */
export function unknownPrinter(name: string): Refusal {
  return refuse(
    'unknown_printer',
    `there is no printer "${name}"; see the page of printers`,
    `没有打印机“${name}”;请查看打印机页面`,
  );
}
