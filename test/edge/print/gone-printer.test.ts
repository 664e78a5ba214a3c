/** Jobs of a printer that somebody took away: none of them may wait where nobody looks. */
import { expect, test } from 'vitest';
import type { InboxItem } from '../../../edge/inbox/inbox-item.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';

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
