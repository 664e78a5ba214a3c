/** Printing put together: printers of the configuration and of the page, the queue, what the slips are made from. */
import { join } from 'node:path';
import type { PrintAsked } from '#recipes/contracts/print-command.ts';
import type { Slip, SlipLanguage } from '#recipes/slips/slip.ts';
import { slipClock } from '#recipes/slips/slip-time.ts';
import { type SourceParts, slipSources } from './box-print-sources.ts';
import {
  layOut,
  orderData,
  orderWish,
  type SlipAsked,
  type SlipSources,
  slipWish,
} from './box-slips.ts';
import type { Carried, CommandContext, Refusal } from './commands/execute.ts';
import type { PrintRouteParts } from './http/print-routes.ts';
import type { PrintItemParts } from './inbox/inbox-item.ts';
import { isReprint, type Job } from './print/job.ts';
import { openJobStore } from './print/job-store.ts';
import { openDriver } from './print/open-driver.ts';
import { pageOf } from './print/page.ts';
import { orderPdf } from './print/pdf/order-pdf.ts';
import type { PrintCommandParts } from './print/print-commands.ts';
import type { Printer } from './print/printer.ts';
import { readPrinters } from './print/printer-list.ts';
import { openPrinterStore } from './print/printer-store.ts';
import { readPrinterUrl } from './print/printer-url.ts';
import { openQueue, type Queue } from './print/queue.ts';
import { escposOf } from './print/render/escpos.ts';
import { pictureOf } from './print/render/picture.ts';
import { listPapers, readPaper } from './print/virtual-driver.ts';
import type { OrderPdf, PrintOrder } from './purchasing/order-papers.ts';
import type { SuggestionView } from './purchasing/suggest-view.ts';
import type { Log } from './runtime/log.ts';
import type { Ports } from './runtime/ports.ts';

export type PrintingParts = Omit<SourceParts, 'suggestion' | 'ports'> & {
  readonly ports: Ports;
  readonly log: Log;
};

export type Printing = {
  readonly queue: Queue;
  readonly inbox: PrintItemParts;
  readonly commands: PrintCommandParts;
  readonly routes: Omit<PrintRouteParts, 'execute'>;
  readonly printOrder: PrintOrder;
  readonly orderPdf: OrderPdf;
  /** Who works out suggestions hands it over when it opens. */
  suggestFrom(read: ReadSuggestion): void;
  /** Labels of what a command made, in its transaction; nothing where no printer prints labels. */
  withLabels(carried: Carried, made: LabelsAsked, context: CommandContext): Carried;
  /** Jobs or printers changed. */
  onChange(listener: () => void): void;
};

export type ReadSuggestion = (day: string | undefined) => Promise<SuggestionView | undefined>;

type LabelsAsked = { readonly item: string; readonly labels: number | undefined };

export function openPrinting(parts: PrintingParts): Printing {
  const { db, config, ports, ledger } = parts;
  const { dayOf } = parts.receiving;
  const suggested = rememberSuggestions(ports);
  const jobs = openJobStore(db);
  const stored = openPrinterStore(db);
  const declared = readPrinters(config.printers);
  const locked = new Set(declared.map(({ name }) => name));
  const printers = (): readonly Printer[] => [
    ...declared,
    ...stored.list().filter(({ name }) => !locked.has(name)),
  ];
  const lockedBy = (name: string) =>
    locked.has(name) ? (config.decided['printers'] ?? 'LARDER_PRINTERS') : undefined;
  const listeners: (() => void)[] = [];
  const folder = join(config.data, 'printers');
  const queue: Queue = openQueue({
    jobs,
    printers,
    driverOf: (printer) => openDriver(printer, folder, ports),
    make: (job, printer, at) => pageFor(parts, job, printer, at),
    transact: ledger.transact,
    ports,
    log: parts.log,
    changed() {
      for (const listener of listeners) listener();
    },
  });
  const sources: SlipSources = {
    ...slipSources({ ...parts, suggestion: suggested.last }),
    tested: (name) => queue.printerFor('slip', name),
  };
  const commands: PrintCommandParts = {
    ledger,
    dayOf,
    jobs,
    queue,
    printers: stored,
    lockedBy,
    wishOf: (asked, actor) => wishOf(sources, asked, actor),
  };
  return {
    queue,
    inbox: { jobs: jobs.open, printers: () => queue.view() },
    commands,
    routes: {
      jobs,
      printers: () => queue.view(true),
      lockedBy,
      prepare: suggested.prepare,
      preview: (asked, columns) => preview(sources, asked, columns),
      jobPicture: (id) => jobPicture(parts, jobs.get(id)),
      papers: (name) => withFolder(printers(), name, (tray) => listPapers(folder, tray)),
      paper: (name, number, form) =>
        withFolder(printers(), name, (tray) => readPaper(folder, tray, number, form)),
    },
    suggestFrom: suggested.readWith,
    orderPdf: (order, language) => orderPdf(orderData(sources, order), language),
    printOrder(order, { printer, language = 'zh', actor }) {
      const id = queue.enqueue({ ...orderWish(sources, order, language), printer, actor });
      return typeof id === 'number' ? { job: id } : id;
    },
    withLabels(carried, { item, labels = 0 }, { actor, takenOver }) {
      const lot = lotOf(carried);
      // Another life has printed them.
      if (!carried.ok || labels === 0 || lot === undefined || takenOver) return carried;
      if (!queue.printerFor('label')) return carried;
      const wish = wishOf(sources, { what: 'label', item, lot, copies: labels }, actor);
      const job = 'ok' in wish ? wish : queue.enqueue(wish);
      if (typeof job !== 'number') return carried;
      return { ...carried, data: { ...(carried.data as object), labelJob: job } };
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

function lotOf(carried: Carried): string | undefined {
  const { lot } = (carried.data ?? {}) as { readonly lot?: unknown };
  return typeof lot === 'string' ? lot : undefined;
}

function wishOf(
  sources: SlipSources,
  { copies, printer, ...asked }: PrintAsked,
  actor: string | null,
) {
  const made = slipWish(sources, { ...asked, ...(printer === undefined ? {} : { printer }) });
  return 'ok' in made ? made : { ...made, printer, copies, actor };
}

/** What goes to the printer, and how it will look. */
async function pageFor(parts: PrintingParts, job: Job, printer: Printer, at: number) {
  const copy = Math.min(job.done + 1, job.copies);
  const reprint = isReprint(job) ? stampOf(parts, at, job.source.language) : null;
  const slip = layOut(job.source, printer.columns, job);
  const page = pageOf(slip, { job: job.id, copy, copies: job.copies, reprint });
  const bytes = await escposOf(page, { chinese: printer.chinese });
  return { bytes, picture: () => pictureOf(page) };
}

/** The paper of a job as it was last begun, or as it would be now. */
async function jobPicture(
  parts: PrintingParts,
  job: Job | undefined,
): Promise<Uint8Array | undefined> {
  if (!job) return undefined;
  const begun = job.startedAt !== null;
  const says = begun ? job.saidReprint : isReprint(job);
  const at = job.startedAt ?? parts.ports.now();
  const slip = laidOut(job);
  if (!slip) return undefined;
  const mark = {
    job: job.id,
    copy: Math.min(job.done + 1, job.copies),
    copies: job.copies,
    reprint: says ? stampOf(parts, at, job.source.language) : null,
  };
  return await pictureOf(pageOf(slip, mark));
}

/** Undefined for what an older version wrote and this one cannot lay out. */
function laidOut(job: Job): Slip | undefined {
  try {
    return layOut(job.source, job.columns ?? 48, job);
  } catch {
    return undefined;
  }
}

async function preview(
  sources: SlipSources,
  asked: SlipAsked,
  columns: Slip['columns'],
): Promise<Uint8Array | Refusal> {
  const made = slipWish(sources, asked);
  return 'ok' in made ? made : await pictureOf(layOut(made.source, columns));
}

function stampOf({ config }: PrintingParts, at: number, language: SlipLanguage): string {
  return slipClock(language, config.timezone).stamp(new Date(at).toISOString());
}

/**
 * A suggestion takes a moment to work out, and a command has none: it is read before, and printed as it
 * was read.
 */
function rememberSuggestions({ now }: Pick<Ports, 'now'>) {
  let read: ReadSuggestion = async () => undefined;
  const known = new Map<
    string | undefined,
    { readonly at: number; readonly view: SuggestionView }
  >();
  return {
    readWith(by: ReadSuggestion): void {
      read = by;
    },
    async prepare(asked: SlipAsked): Promise<void> {
      if (asked.what !== 'suggestion') return;
      known.clear();
      const view = await read(asked.for);
      if (view) known.set(asked.for, { at: now(), view });
    },
    last(day: string | undefined): SuggestionView | undefined {
      const found = known.get(day);
      return found && now() - found.at < SUGGESTION_MS ? found.view : undefined;
    },
  };
}

const SUGGESTION_MS = 600_000;

/** Of a virtual printer; undefined for another, or none. */
function withFolder<T>(
  printers: readonly Printer[],
  name: string,
  look: (tray: string) => T,
): T | undefined {
  const printer = printers.find((one) => one.name === name);
  const read = printer && readPrinterUrl(printer.url, 'configuration');
  return read?.ok && read.place.kind === 'virtual' ? look(read.place.folder) : undefined;
}
