/** Paper that needs a person: did it come out, where else should it go, is it still wanted. */
import type { Words } from '#recipes/contracts/command.ts';
import type { PrinterState } from '#recipes/contracts/print-command.ts';
import type { JobHead } from '../print/job.ts';
import { isStopped } from '../print/printer.ts';
import type { PrinterView } from '../print/queue.ts';
import { type InboxAction, type InboxItem, iso, type PrintItemParts } from './inbox-item.ts';

export function printItems({ jobs, printers }: PrintItemParts): InboxItem[] {
  const all = jobs();
  if (all.length === 0) return [];
  const known = printers();
  return [
    ...all.filter(({ state }) => state === 'unknown').map((job) => asked(job, known)),
    ...all.filter(({ state }) => state === 'failed').map((job) => failed(job, known)),
    ...known.flatMap((printer) => stopped(printer, all, known)),
  ];
}

function asked(job: JobHead, printers: readonly PrinterView[]): InboxItem {
  // One that was never begun is not on paper.
  const old = job.begun === 0;
  return {
    ...itemOf(job),
    title: old
      ? { en: `Still print #${job.id} ${job.title}?`, zh: `仍要打印 #${job.id} ${job.title} 吗?` }
      : {
          en: `Did #${job.id} ${job.title} come out?`,
          zh: `#${job.id} ${job.title} 打印出来了吗?`,
        },
    actions: old
      ? [retry(job, { en: 'Print it now', zh: '立即打印' }), ...moves(job, printers), cancel(job)]
      : [
          {
            label: { en: 'It came out', zh: '已打印出来' },
            command: { kind: 'print.confirm', data: { job: job.id, printed: true } },
          },
          {
            label: { en: 'Print it again (REPRINT)', zh: '重新打印(注明重打)' },
            command: { kind: 'print.confirm', data: { job: job.id, printed: false } },
          },
          ...moves(job, printers),
          cancel(job),
        ],
  };
}

function failed(job: JobHead, printers: readonly PrinterView[]): InboxItem {
  return {
    ...itemOf(job),
    title: {
      en: `#${job.id} ${job.title} was not printed`,
      zh: `#${job.id} ${job.title} 未能打印`,
    },
    actions: [
      ...(printers.some(({ name }) => name === job.printer)
        ? [retry(job, { en: 'Try again', zh: '重试' })]
        : []),
      ...moves(job, printers),
      cancel(job),
    ],
  };
}

/** A printer that cannot print while something waits for it. */
function stopped(
  printer: PrinterView,
  all: readonly JobHead[],
  printers: readonly PrinterView[],
): InboxItem[] {
  const waiting = all.filter((job) => job.printer === printer.name && job.state === 'queued');
  const [first] = waiting;
  if (!first || !isStopped(printer.state)) return [];
  const count = waiting.length;
  const more = first.error ?? { en: '', zh: '' };
  const state = STATE[printer.state];
  return [
    {
      id: `printer:${printer.name}`,
      kind: 'printer',
      severity: 'act',
      since: iso(first.createdAt),
      title: {
        en: `Printer ${printer.name}: ${state.en}`,
        zh: `打印机 ${printer.name}:${state.zh}`,
      },
      detail: {
        en: `${count} waiting; it goes on by itself when the printer is back. ${more.en}`.trim(),
        zh: `${count} 项等待中,打印机恢复后自动继续。${more.zh}`,
      },
      subject: { printer: printer.name, state: printer.state, jobs: waiting.map(({ id }) => id) },
      actions: [
        retry(first, { en: 'Try now', zh: '立即重试' }),
        ...moves(first, printers),
        cancel(first),
      ],
    },
  ];
}

const STATE: Readonly<Record<PrinterState, Words>> = {
  ready: { en: 'ready', zh: '就绪' },
  paper_low: { en: 'paper nearly used up', zh: '纸快用完' },
  paper_out: { en: 'out of paper', zh: '缺纸' },
  cover_open: { en: 'cover open', zh: '上盖未关' },
  offline: { en: 'cannot be reached', zh: '无法连接' },
  unknown: { en: 'tells no status', zh: '未报告状态' },
};

function itemOf(job: JobHead): Omit<InboxItem, 'title' | 'actions'> {
  const { id, printer, kind, title, state } = job;
  return {
    id: `print:${id}`,
    kind: 'print_job',
    severity: 'act',
    since: iso(job.startedAt ?? job.createdAt),
    detail: job.error ?? { en: `on printer ${printer}`, zh: `打印机 ${printer}` },
    subject: { job: id, printer, slip: kind, title, state },
  };
}

function retry(job: JobHead, label: Words): InboxAction {
  return { label, command: { kind: 'print.retry', data: { job: job.id } } };
}

function cancel(job: JobHead): InboxAction {
  const label = { en: `Do not print #${job.id}`, zh: `不再打印 #${job.id}` };
  return { label, command: { kind: 'print.cancel', data: { job: job.id } } };
}

const MOVES_MAX = 3;

/** To the printers that can print now. */
function moves(job: JobHead, printers: readonly PrinterView[]): InboxAction[] {
  return printers
    .filter(({ name, state }) => name !== job.printer && !isStopped(state))
    .slice(0, MOVES_MAX)
    .map(({ name }) => ({
      label: { en: `Print #${job.id} on ${name}`, zh: `改用 ${name} 打印 #${job.id}` },
      command: { kind: 'print.move', data: { job: job.id, printer: name } },
    }));
}
