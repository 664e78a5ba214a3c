/** The printers of the running box: can they print now, and does anything wait for a person. */
import { askBox } from './box-client.ts';
import { bad, type Finding, ok } from './doctor-finding.ts';
import type { RunningBox } from './place.ts';

type Printer = {
  readonly name: string;
  readonly url: string;
  readonly state: string;
  readonly seenAt: string | null;
  readonly queued: number;
};

/** A printer that was not asked yet is asked within this time. */
const ASKED_MS = 3_000;

export async function examinePrinters(box: RunningBox): Promise<Finding[]> {
  const { jobs } = await askBox<{ jobs: { state: string }[] }>(box, 'GET', '/api/v1/print/jobs');
  const printers = await read(box);
  if (printers.length === 0) {
    return [ok('printer', 'no printer is set up', '尚未设置打印机')];
  }
  const doubtful = jobs.filter(({ state }) => state === 'unknown' || state === 'failed').length;
  return [
    ...printers.map(finding),
    ...(doubtful === 0
      ? []
      : [
          bad(
            'warn',
            'print-jobs',
            [`${doubtful} print jobs wait for a word`, `${doubtful} 个打印任务等待确认`],
            [
              'look whether they came out, then say so in the inbox',
              '请查看是否已打印出来,并在待处理中确认',
            ],
          ),
        ]),
  ];
}

async function read(box: RunningBox): Promise<readonly Printer[]> {
  const ask = () => askBox<{ printers: Printer[] }>(box, 'GET', '/api/v1/printers');
  const first = (await ask()).printers;
  if (first.every(({ seenAt }) => seenAt !== null)) return first;
  await new Promise((resolve) => setTimeout(resolve, ASKED_MS));
  return (await ask()).printers;
}

function finding({ name, url, state, queued }: Printer): Finding {
  const en = `printer ${name} (${url}): ${state}, ${queued} waiting`;
  const zh = `打印机 ${name}(${url}):${state},等待 ${queued} 项`;
  if (state === 'ready' || state === 'unknown') return ok('printer', en, zh);
  return bad(
    'warn',
    'printer',
    [en, zh],
    REMEDIES[state] ?? ['look at the printer', '请查看打印机'],
  );
}

const REMEDIES: Readonly<Record<string, readonly [string, string]>> = {
  paper_low: ['put a new roll ready', '请备好新纸卷'],
  paper_out: ['put in a new roll', '请换纸'],
  cover_open: ['close the cover', '请关好上盖'],
  offline: [
    'is it on, and is the address right? Try: larder print test NAME',
    '请检查是否开机、地址是否正确;可执行 larder print test 名称',
  ],
};
