/** One page of one job: laid out, sent, and what became of it written down. */
import type { PrinterState } from '#recipes/contracts/print-command.ts';
import type { Log } from '../runtime/log.ts';
import type { Ports } from '../runtime/ports.ts';
import type { Driver, Outcome, Page } from './driver.ts';
import type { Job } from './job.ts';
import type { JobStore } from './job-store.ts';
import { failedWords, HOUR_MS, lookFor, STALE } from './job-words.ts';
import type { Printer } from './printer.ts';

export type PrintJobParts = {
  readonly printer: Printer;
  readonly driver: Driver;
  readonly jobs: JobStore;
  /** The page of a job on this printer's paper. @param at epoch ms, printed on a reprint */
  readonly make: (job: Job, printer: Printer, at: number) => Promise<Page>;
  /** Commits what `work` writes, before it returns. */
  readonly transact: <T>(work: () => T) => T;
  readonly ports: Pick<Ports, 'now'>;
  readonly log: Log;
  /** A job or the printer changed. */
  readonly changed: () => void;
  /** The box or this printer ends: nothing may be begun any more. */
  readonly ending: () => boolean;
};

/** A wish older than this is not carried out unasked. */
export const STALE_MS = 4 * HOUR_MS;

export type Tried = {
  /** Whether the printer could be reached; true also when nothing had to be sent. */
  readonly reached: boolean;
  /** How the printer was then, if it was called. */
  readonly state: PrinterState | null;
};

/** Prints the next copy of a queued job. */
export async function printJob(parts: PrintJobParts, job: Job): Promise<Tried> {
  const { jobs, ports, transact } = parts;
  const at = ports.now();
  const notCalled: Tried = { reached: true, state: null };
  if (at - job.askedAt > STALE_MS) {
    transact(() => jobs.stop(job.id, 'unknown', STALE, null));
    return notCalled;
  }
  let page: Page;
  try {
    page = await parts.make(job, parts.printer, at);
  } catch (error) {
    parts.log.error({ err: error, job: job.id }, 'a slip could not be laid out');
    transact(() => jobs.stop(job.id, 'failed', failedWords(error), ports.now()));
    return notCalled;
  }
  if (parts.ending()) return notCalled;
  const outcome = await sendOff(parts, job, page, at);
  transact(() => writeDown(parts, job, outcome));
  return { reached: outcome.kind !== 'not_begun', state: outcome.state };
}

/** A driver that throws is a bug: what it had begun may be on paper. */
async function sendOff(parts: PrintJobParts, job: Job, page: Page, at: number): Promise<Outcome> {
  const { printer, jobs } = parts;
  let begun = false;
  const begin = () => {
    if (parts.ending()) return false;
    begun = parts.transact(() => jobs.begin(job.id, printer.name, printer.columns, at));
    if (begun) parts.changed();
    return begun;
  };
  try {
    return await parts.driver.print(page, begin);
  } catch (error) {
    parts.log.error({ err: error, printer: printer.name }, 'a printer driver failed');
    return { kind: begun ? 'broken' : 'not_begun', state: 'unknown', why: failedWords(error) };
  }
}

function writeDown({ jobs, ports }: PrintJobParts, job: Job, outcome: Outcome): void {
  if (outcome.kind === 'printed') jobs.copyDone(job.id, ports.now(), outcome.note);
  if (outcome.kind === 'broken') jobs.stop(job.id, 'unknown', lookFor(outcome.why), null);
  if (outcome.kind === 'not_begun') jobs.putBack(job.id, outcome.why);
}
