/** A print queue with a real database and real sockets, whose clock runs ten times as fast. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrinterState } from '#recipes/contracts/print-command.ts';
import { type Db, openDatabase } from '../../../edge/db/open.ts';
import { installation } from '../../../edge/installation.ts';
import { openLedger } from '../../../edge/ledger/append.ts';
import { isReprint, type Job } from '../../../edge/print/job.ts';
import { type JobStore, openJobStore } from '../../../edge/print/job-store.ts';
import { openDriver } from '../../../edge/print/open-driver.ts';
import type { Printer } from '../../../edge/print/printer.ts';
import { openQueue, type Queue } from '../../../edge/print/queue.ts';
import { openTcpDriver, TCP_TIMES } from '../../../edge/print/tcp-driver.ts';
import { openLog } from '../../../edge/runtime/log.ts';
import { type Ports, realPorts } from '../../../edge/runtime/ports.ts';

export const SPEED = 10;
/** A busy machine answers late: the printers of a test get time. */
const TIMES = { ...TCP_TIMES, answerMs: 500 * SPEED, patientMs: 3_000 * SPEED };

export type Rig = {
  readonly queue: Queue;
  readonly jobs: JobStore;
  readonly db: Db;
  readonly folder: string;
  readonly ports: Ports & { skip(ms: number): void };
  printers: readonly Printer[];
  /** One job of `lines` lines. @returns its number */
  print(printer: string, lines?: number, copies?: number): number;
  job(id: number): Job;
  /** The states of all jobs. */
  states(): Record<number, string>;
  state(printer: string): PrinterState;
  /** As a person does who was asked. */
  answer(id: number, printed: boolean): void;
  stop(): Promise<void>;
  close(): Promise<void>;
};

export function tcp(name: string, port: number, more: Partial<Printer> = {}): Printer {
  const url = `tcp://127.0.0.1:${port}`;
  return { name, url, columns: 48, chinese: 'gb18030', uses: [], ...more };
}

/**
 * @param folder of an earlier rig, to go on with its jobs
 * @param answerMs for a first answer; longer where no printer is without one
 */
export function openRig(
  printers: readonly Printer[],
  folder?: string,
  answerMs = TIMES.answerMs,
): Rig {
  const home = folder ?? mkdtempSync(join(tmpdir(), 'larder-print-'));
  const db = openDatabase(join(home, 'larder.db'), installation().migrations);
  const ledger = openLedger(db);
  const jobs = openJobStore(db);
  const ports = fastPorts();
  const rig = { printers };
  const queue = openQueue({
    jobs,
    printers: () => rig.printers,
    driverOf(printer) {
      const [, port] = /^tcp:.*:(\d+)$/.exec(printer.url) ?? [];
      if (port === undefined) return openDriver(printer, join(home, 'printers'), ports);
      return openTcpDriver({ host: '127.0.0.1', port: Number(port) }, ports, {
        ...TIMES,
        answerMs,
      });
    },
    make: async (job) => ({ bytes: pageText(job), picture: async () => Uint8Array.of(1) }),
    transact: ledger.transact,
    ports,
    log: openLog('silent'),
    changed: () => undefined,
  });
  queue.start();
  const job = (id: number): Job => {
    const found = jobs.get(id);
    if (!found) throw new Error(`no job ${id}`);
    return found;
  };
  let open = true;
  const stop = async () => {
    if (!open) return;
    open = false;
    await queue.stop();
    db.close();
  };
  return Object.assign(rig, {
    queue,
    jobs,
    db,
    folder: home,
    ports,
    print(printer: string, lines = 10, copies = 1): number {
      const source = { what: 'test', language: 'zh' as const, data: { lines } };
      const id = queue.enqueue({
        printer,
        use: 'slip',
        kind: 'test',
        title: 't',
        source,
        copies,
        actor: null,
      });
      if (typeof id !== 'number') throw new Error(JSON.stringify(id));
      return id;
    },
    job,
    states: () => Object.fromEntries(jobs.list(500).map(({ id, state }) => [id, state])),
    state: (name: string) => queue.view().find((one) => one.name === name)?.state ?? 'unknown',
    answer(id: number, printed: boolean) {
      const { printer } = job(id);
      ledger.transact(() =>
        printed ? jobs.copyDone(id, ports.now(), null) : jobs.ask(id, printer, ports.now()),
      );
      queue.wake(printer);
    },
    stop,
    async close() {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
  });
}

/** Lines of text whose last says which job they are. */
function pageText(job: Job): Uint8Array {
  const { lines } = job.source.data as { lines: number };
  const head = isReprint(job) ? ['\u001b@*** REPRINT ***'] : ['\u001b@'];
  const body = Array.from({ length: lines }, (_, i) => `line ${i} of the page`);
  return Buffer.from([...head, ...body, `#${job.id} ${job.done + 1}/${job.copies}`, ''].join('\n'));
}

function fastPorts(): Rig['ports'] {
  const real = realPorts();
  const start = Date.now();
  let skipped = 0;
  const mono = () => real.mono() * SPEED;
  const from = mono();
  return {
    ...real,
    mono,
    now: () => Math.round(start + skipped + (mono() - from)),
    after: (ms, run) => real.after(ms / SPEED, run),
    every: (ms, run) => real.every(ms / SPEED, run),
    skip(ms) {
      skipped += ms;
    },
  };
}

/** Waits, in real time, until it is so. @throws with the last thing seen when that takes too long */
export async function until<T>(
  what: () => T,
  is: (seen: T) => boolean,
  withinMs = 15_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const seen = what();
    if (is(seen)) return seen;
    if (Date.now() > end) throw new Error(`not in time: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
