/** `larder print test | jobs`: does this printer print, and what waits for paper. */
import type { Command } from 'commander';
import type { Words } from '#recipes/contracts/command.ts';
import { askBox } from './box-client.ts';
import { EXIT, Stop } from './fail.ts';
import { runningBox } from './place.ts';
import { addVerb, argument, type Hang, type Run } from './verb.ts';

export function addPrintVerbs(root: Command, hang: Hang): void {
  const print = root.command('print').description('paper and printers / 打印');
  addVerb(
    print,
    hang,
    'test <printer>',
    'print the self-test page and wait for it / 打印自检页',
    test,
  );
  addVerb(print, hang, 'jobs', 'what waits, failed, or is not clear / 打印任务', jobs);
}

type Job = {
  readonly job: number;
  readonly printer: string;
  readonly title: string;
  readonly state: string;
  readonly error: Words | null;
};

/** A printer that does not move is given up after 30 s. */
const WITHIN_MS = 40_000;
const AGAIN_MS = 250;

const test: Run = async ({ around, out }, args) => {
  const box = runningBox(around);
  const body = JSON.stringify({ what: 'self-test', printer: argument(args, 0) });
  const asked = await askBox<{ jobs: { job: number }[] }>(box, 'POST', '/api/v1/print', { body });
  const id = asked.jobs[0]?.job;
  const until = performance.now() + WITHIN_MS;
  for (;;) {
    const { jobs } = await askBox<{ jobs: Job[] }>(box, 'GET', '/api/v1/print/jobs?state=all');
    const job = jobs.find((one) => one.job === id);
    if (job === undefined)
      throw new Stop('unknown_job', { en: 'the job is gone', zh: '任务不存在' });
    const waits = job.state === 'printing' || (job.state === 'queued' && job.error === null);
    if (!waits || performance.now() > until) {
      out.data(job);
      out.line(lineOf(job));
      return job.state === 'printed' ? EXIT.good : EXIT.findings;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
};

const jobs: Run = async ({ around, out }) => {
  const box = runningBox(around);
  const answer = await askBox<{ jobs: Job[] }>(box, 'GET', '/api/v1/print/jobs');
  out.data(answer);
  for (const job of answer.jobs) out.line(lineOf(job));
  if (answer.jobs.length === 0)
    out.line({ en: 'nothing waits for paper', zh: '没有等待打印的任务' });
  return answer.jobs.length === 0 ? EXIT.good : EXIT.findings;
};

function lineOf({ job, printer, title, state, error }: Job): Words {
  const head = `#${job}  ${state}  ${printer}  ${title}`;
  return error === null
    ? { en: head, zh: head }
    : { en: `${head}: ${error.en}`, zh: `${head}:${error.zh}` };
}
