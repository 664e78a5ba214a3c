/**
 * What people may do with jobs and printers. A job is no fact of the kitchen and makes no entry; a printer
 * is a setting and makes one, so that who sent the orders to another machine can be seen.
 */

import type { CommandData } from '#recipes/contracts/command.ts';
import type { JobState, PrintAsked } from '#recipes/contracts/print-command.ts';
import type { Carried, CommandContext, Handlers, Refusal } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { refuse } from '../refuse.ts';
import { type Job, useOf } from './job.ts';
import type { JobStore } from './job-store.ts';
import type { Printer } from './printer.ts';
import type { PrinterStore } from './printer-store.ts';
import { readPrinterUrl } from './printer-url.ts';
import { type Queue, unknownPrinter, type Wish } from './queue.ts';

export type PrintCommandParts = {
  readonly ledger: Ledger;
  readonly dayOf: (at: number) => number;
  readonly jobs: JobStore;
  readonly queue: Queue;
  readonly printers: PrinterStore;
  /** What decides this printer before the page: `LARDER_PRINTERS`; undefined = nothing. */
  readonly lockedBy: (name: string) => string | undefined;
  /** What is asked for, with the data as they are now. */
  readonly wishOf: (asked: PrintAsked, actor: string | null) => Wish | Refusal;
};

type Kinds = Extract<keyof Handlers, `print.${string}` | `printer.${string}`>;

export function printCommands(parts: PrintCommandParts): Pick<Handlers, Kinds> {
  const { jobs } = parts;
  return {
    'print.slip': (data, { actor }) => {
      const wish = parts.wishOf(data, actor);
      return 'ok' in wish ? wish : enqueue(parts, wish);
    },
    'print.retry': ({ job }, { now }) =>
      askAgain(parts, job, WAITING, ({ printer }) => jobs.ask(job, printer, now)),
    'print.cancel': ({ job }, { now }) => step(parts, job, WAITING, () => jobs.cancel(job, now)),
    'print.move': ({ job, printer }, { now }) => {
      if (!parts.queue.printerFor('slip', printer)) return unknownPrinter(printer);
      return step(parts, job, WAITING, () => jobs.ask(job, printer, now));
    },
    'print.confirm': ({ job, printed }, { now }) =>
      printed
        ? step(parts, job, ['unknown'], () => jobs.copyDone(job, now, null))
        : askAgain(parts, job, ['unknown'], ({ printer }) => jobs.ask(job, printer, now)),
    'print.reprint': (data, { actor }) => reprint(parts, data, actor),
    'printer.set': (data, context) => setPrinter(parts, data, context),
    'printer.remove': (data, context) => removePrinter(parts, data, context),
  };
}

/** Neither on paper nor under way, as far as anybody knows. */
const WAITING: readonly JobState[] = ['queued', 'unknown', 'failed'];

function enqueue({ jobs, queue }: PrintCommandParts, wish: Wish): Carried {
  const id = queue.enqueue(wish);
  return typeof id === 'number' ? { ok: true, data: answerOf(jobs.get(id)) } : id;
}

function step(
  { jobs, queue }: PrintCommandParts,
  id: number,
  from: readonly JobState[],
  change: (job: Job) => void,
): Carried {
  const job = jobs.get(id);
  if (!job) return unknownJob(id);
  if (!from.includes(job.state)) return wrongState(job);
  change(job);
  const changed = jobs.get(id);
  return {
    ok: true,
    data: answerOf(changed),
    after: () => queue.wake(changed?.printer ?? job.printer),
  };
}

/** Where it was: when that printer is gone, nothing would ever come for it. */
function askAgain(...asked: Parameters<typeof step>): Carried {
  const [{ jobs, queue }, id] = asked;
  const printer = jobs.get(id)?.printer;
  const isGone = printer !== undefined && !queue.printerFor('slip', printer);
  return isGone ? unknownPrinter(printer) : step(...asked);
}

function reprint(
  parts: PrintCommandParts,
  { job: id, copies }: CommandData<'print.reprint'>,
  actor: string | null,
): Carried {
  const job = parts.jobs.get(id);
  if (!job) return unknownJob(id);
  if (job.state !== 'printed') return wrongState(job);
  const { printer, kind, title, source, reprintOf } = job;
  const use = useOf(source.what);
  const there = parts.queue.printerFor(use, printer) ? { printer } : {};
  const again = { ...there, use, kind, title, source, copies, actor };
  return enqueue(parts, { ...again, reprintOf: reprintOf ?? id });
}

/** The shape of `POST /print`. */
function answerOf(job: Job | undefined) {
  return { jobs: job ? [{ job: job.id, printer: job.printer, state: job.state }] : [] };
}

function setPrinter(
  parts: PrintCommandParts,
  data: CommandData<'printer.set'>,
  context: CommandContext,
): Carried {
  const locked = lockedPrinter(parts, data.name);
  if (locked) return locked;
  const read = readPrinterUrl(data.url, 'page');
  if (!read.ok) {
    return refuse('bad_printer', `url: ${read.why}`, `url 无效:${read.why}`);
  }
  const { name, url, columns = 48, chinese = 'gb18030', uses = [] } = data;
  const printer: Printer = { name, url, columns, chinese, uses: [...new Set(uses)] };
  parts.printers.put(printer);
  return noted(parts, { key: `printer ${name}`, printer }, context, { ...printer });
}

function removePrinter(
  parts: PrintCommandParts,
  { name }: CommandData<'printer.remove'>,
  context: CommandContext,
): Carried {
  const locked = lockedPrinter(parts, name);
  if (locked) return locked;
  if (!parts.printers.list().some((one) => one.name === name)) return unknownPrinter(name);
  parts.printers.remove(name);
  return noted(parts, { key: `printer ${name}`, printer: { name, removed: true } }, context);
}

function noted(
  parts: PrintCommandParts,
  note: object,
  context: CommandContext,
  data?: object,
): Carried {
  const seq = appendOfCommand(parts, { kind: 'setting', note }, context);
  const after = () => parts.queue.printersChanged();
  return { ok: true, seq, ...(data ? { data } : {}), after };
}

function lockedPrinter({ lockedBy }: PrintCommandParts, name: string): Refusal | undefined {
  const by = lockedBy(name);
  if (by === undefined) return undefined;
  return refuse(
    'printer_locked',
    `printer "${name}" is set up by ${by}; change it there and start the box again`,
    `打印机“${name}”由 ${by} 设定;请在该处修改并重启主机`,
  );
}

function unknownJob(id: number): Refusal {
  return refuse('unknown_job', `there is no print job ${id}`, `没有打印任务 ${id}`);
}

function wrongState({ id, state }: Job): Refusal {
  return refuse(
    'job_state',
    `print job ${id} is ${state}: this cannot be done to it now`,
    `打印任务 ${id} 状态为 ${state},不能执行此操作`,
  );
}
