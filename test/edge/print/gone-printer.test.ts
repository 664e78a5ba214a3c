/** Jobs that cannot be printed: of a printer somebody took away, unreadable, or on a full disk. */
import { expect, test } from 'vitest';
import type { InboxItem } from '../../../edge/inbox/inbox-item.ts';
import { startFakePrinter } from '../../support/fake-printer.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { openRig, tcp } from './rig.ts';

async function state(box: TestBox, job: number, is: string): Promise<void> {
  await expect
    .poll(async () => {
      const { jobs } = await box.api<{ jobs: { job: number; state: string }[] }>(
        'GET',
        '/print/jobs?state=all',
      );
      return jobs.find((one) => one.job === job)?.state;
    })
    .toBe(is);
}

test('what it had cannot be asked of it again, and stays in the inbox until it is moved', async () => {
  const box = await startBox({ demoBook: true, config: { printers: 'kitchen=virtual:kitchen' } });
  try {
    await box.api('PUT', '/printers/bar', { url: 'tcp://127.0.0.1:9199' });
    const asked = { what: 'self-test', printer: 'bar', copies: 2 };
    const { jobs } = await box.api<{ jobs: { job: number }[] }>('POST', '/print', asked);
    const job = jobs[0]?.job ?? 0;
    await box.api('DELETE', '/printers/bar');
    await state(box, job, 'failed');
    const step = (name: string, body: object = {}) =>
      box.api<object>('POST', `/print/jobs/${job}/${name}`, body);
    expect(await step('retry')).toMatchObject({ code: 'unknown_printer' });
    const { db } = box.box.parts;
    expect(box.box.parts.printing.commands.jobs.open()[0]).not.toHaveProperty('source');
    // As when the printer was taken away in the middle of the first copy.
    db.prepare("UPDATE print_job SET state = 'unknown', begun = 1 WHERE id = ?").run(job);
    expect(await step('confirm', { printed: false })).toMatchObject({ code: 'unknown_printer' });
    // The first copy came out: the second still waits for a printer that is gone.
    expect(await step('confirm', { printed: true })).toMatchObject({ jobs: [{ job }] });
    await state(box, job, 'failed');
    const { items } = await box.api<{ items: InboxItem[] }>('GET', '/inbox');
    expect(items.map(({ id }) => id)).toContain(`print:${job}`);
    expect(await step('move', { printer: 'kitchen' })).toMatchObject({ jobs: [{ job }] });
    await state(box, job, 'printed');
  } finally {
    await box.stop();
  }
});

test('what no version can read fails, has no picture, and holds nothing up', async () => {
  const box = await startBox({ demoBook: true, config: { printers: 'kitchen=virtual:kitchen' } });
  try {
    const { db } = box.box.parts;
    const insert = db.prepare(
      `INSERT INTO print_job (printer, kind, title, source, state, created_at, asked_at)
       VALUES ('kitchen', 'order', 'old', ?, 'queued', ?, ?)`,
    );
    const now = Date.now();
    const sources = ['no json', 'null', '{"what":"rune","language":"zh"}'];
    const old = sources.map((source) => Number(insert.run(source, now, now).lastInsertRowid));
    const asked = { what: 'self-test' };
    const { jobs } = await box.api<{ jobs: { job: number }[] }>('POST', '/print', asked);
    await state(box, jobs[0]?.job ?? 0, 'printed');
    for (const job of old) {
      await state(box, job, 'failed');
      expect(await box.api('GET', `/print/jobs/${job}.png`)).toMatchObject({ status: 404 });
    }
  } finally {
    await box.stop();
  }
});

test('on a full disk the printer is not called without a pause', async () => {
  const printer = await startFakePrinter();
  const rig = openRig([tcp('kitchen', printer.port)]);
  const { begin, putBack } = rig.jobs;
  const full = () => {
    throw new Error('database or disk is full');
  };
  try {
    await expect.poll(() => rig.state('kitchen')).toBe('ready');
    Object.assign(rig.jobs, { begin: full, putBack: full });
    const before = printer.calls();
    const job = rig.print('kitchen');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    // Ten seconds of its clock: pauses of 2 s and 5 s, and a look at the printer every 2 s.
    expect(printer.calls() - before).toBeLessThan(12);
    expect(printer.pages()).toEqual([]);
    Object.assign(rig.jobs, { begin, putBack });
    await expect.poll(() => rig.states()[job], { timeout: 20_000 }).toBe('printed');
    expect(printer.pages()).toEqual([{ job, reprint: false }]);
  } finally {
    await rig.close();
    await printer.close();
  }
});
