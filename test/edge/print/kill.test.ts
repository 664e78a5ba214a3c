/** The box is killed while it prints: the paper is asked about at the next start, never printed by itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type BoxProcess, startBoxProcess } from '../../faults/box-process.ts';
import { type FakePrinter, startFakePrinter } from '../../support/fake-printer.ts';
import { until } from './rig.ts';

type Job = { job: number; state: string; error: { en: string } | null };

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(folder: string, printer: FakePrinter): Promise<BoxProcess> {
  const LARDER_PRINTERS = `kitchen=tcp://127.0.0.1:${printer.port}`;
  const box = await startBoxProcess(folder, { LARDER_PRINTERS });
  ends.push(() => (box.isAlive() ? box.kill('SIGKILL') : undefined));
  return box;
}

async function print(box: BoxProcess): Promise<number> {
  const answer = (await box.call('POST', '/api/v1/print', { what: 'waste' })) as { jobs: Job[] };
  return answer.jobs[0]?.job ?? 0;
}

async function jobOf(box: BoxProcess, id: number): Promise<Job | undefined> {
  const { jobs } = (await box.call('GET', '/api/v1/print/jobs?state=all')) as { jobs: Job[] };
  return jobs.find(({ job }) => job === id);
}

async function stands(box: BoxProcess, id: number, state: string): Promise<Job> {
  for (let i = 0; i < 600; i++) {
    const job = await jobOf(box, id);
    if (job?.state === state) return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`job ${id} is not ${state}, but ${JSON.stringify(await jobOf(box, id))}`);
}

test('kill -9 in the middle of a page', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'larder-print-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const printer = await startFakePrinter();
  ends.push(printer.close);
  const first = await start(folder, printer);
  const whole = await print(first);
  await stands(first, whole, 'printed');
  const before = printer.paper().length;
  // So slow that the page is under way for seconds.
  printer.behave({ slow: 40 });
  const half = await print(first);
  const next = await print(first);
  await until(
    () => printer.paper().length,
    (length) => length > before + 10,
  );
  await first.kill('SIGKILL');
  // What the printer had in its ears is gone, too: else it might print the page to its end.
  await printer.off();
  await printer.on();
  printer.behave({});
  const second = await start(folder, printer);
  // What had not begun goes on; what had, asks.
  await stands(second, next, 'printed');
  const asked = await stands(second, half, 'unknown');
  expect(asked.error?.en).toMatch(/stopped.*look whether/);
  const { items } = (await second.call('GET', '/api/v1/inbox')) as { items: { id: string }[] };
  expect(items.map(({ id }) => id)).toContain(`print:${half}`);
  expect(printer.pages().filter(({ job }) => job === half)).toEqual([]);
  await second.call('POST', `/api/v1/print/jobs/${half}/confirm`, { printed: false });
  await stands(second, half, 'printed');
  expect(printer.pages()).toEqual([
    { job: whole, reprint: false },
    { job: next, reprint: false },
    { job: half, reprint: true },
  ]);
  await second.kill('SIGTERM');
});
