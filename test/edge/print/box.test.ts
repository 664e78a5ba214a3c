/** Paper from a real box: what is asked over HTTP lies in the tray, and is in the inbox when it does not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { InboxItem } from '../../../edge/inbox/inbox-item.ts';
import { type FakePrinter, startFakePrinter } from '../../support/fake-printer.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { pairTablet } from '../people/tablet.ts';

type Job = { job: number; printer: string; kind: string; state: string; title: string };

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.stop();
});

async function boxWith(printers: string): Promise<TestBox> {
  const box = await startBox({ demoBook: true, config: { printers } });
  open.push(box);
  return box;
}

async function fake(): Promise<FakePrinter> {
  const printer = await startFakePrinter();
  open.push({ stop: printer.close });
  return printer;
}

async function print(box: TestBox, body: object): Promise<number> {
  const answer = await box.api<{ jobs?: Job[] }>('POST', '/print', body);
  const id = answer.jobs?.[0]?.job;
  if (id === undefined) throw new Error(JSON.stringify(answer));
  return id;
}

async function ended(box: TestBox, id: number, state = 'printed'): Promise<Job> {
  for (let i = 0; i < 600; i++) {
    const { jobs } = await box.api<{ jobs: Job[] }>('GET', '/print/jobs?state=all');
    const job = jobs.find((one) => one.job === id);
    if (job?.state === state) return job;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`job ${id} is not ${state}`);
}

function paperOf(box: TestBox, name: string, number: number): string {
  const file = join(box.data, 'printers', name, `${String(number).padStart(4, '0')}.bin`);
  return new TextDecoder('gb18030').decode(readFileSync(file));
}

const isPng = (bytes: Uint8Array) => Buffer.from(bytes.subarray(1, 4)).toString() === 'PNG';

async function get(box: TestBox, path: string): Promise<Response> {
  return await fetch(`${box.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${box.token}` },
  });
}

test('waste, self-test, label and order lie in the tray of the virtual printer', async () => {
  const box = await boxWith('kitchen=virtual:kitchen');
  const lines = [{ item: 'pork-belly', qty: '4 kg', lot: 'B-1', price: '40' }];
  await box.command('delivery.receive', { lines });
  await box.command('waste.log', { item: 'pork-belly', qty: '620 g', reason: 'spoiled' });
  await box.command('order.create', {
    order: 'PO-1',
    supplier: 'jinluo',
    lines: [{ item: 'pork-belly', qty: '8 kg' }],
  });
  const wanted = [
    [{ what: 'waste' }, /620\s?g|0\.62\s?kg/],
    [{ what: 'self-test' }, /virtual:kitchen/],
    [{ what: 'label', item: 'pork-belly', lot: 'B-1' }, /五花肉/],
    [{ what: 'order', order: 'PO-1', language: 'en' }, /PO-1[\s\S]*Pork belly/],
  ] as const;
  for (const [i, [body, text]] of wanted.entries()) {
    const id = await print(box, body);
    await ended(box, id);
    expect(paperOf(box, 'kitchen', i + 1)).toMatch(text);
    expect(paperOf(box, 'kitchen', i + 1)).toContain(`#${id}`);
  }
  const { papers } = await box.api<{ papers: number[] }>('GET', '/printers/kitchen/papers');
  expect(papers).toEqual([4, 3, 2, 1]);
  for (const path of [
    '/printers/kitchen/papers/1.png',
    '/print/jobs/2.png',
    '/print/preview?what=order&order=PO-1&columns=32&language=en',
  ]) {
    const answer = await get(box, path);
    expect(answer.status, path).toBe(200);
    expect(isPng(new Uint8Array(await answer.arrayBuffer())), path).toBe(true);
  }
  const { jobs } = await box.api<{ jobs: Job[] }>('GET', '/print/jobs');
  expect(jobs).toEqual([]);
  expect((await get(box, '/metrics')).status).toBe(404);
}, 60_000);

test('the same id again prints nothing more; a reprint says so', async () => {
  const box = await boxWith('kitchen=virtual:kitchen');
  const first = await print(box, { what: 'waste', id: 'tap-1' });
  expect(await print(box, { what: 'waste', id: 'tap-1' })).toBe(first);
  await ended(box, first);
  const again = await box.api<{ jobs: Job[] }>('POST', `/print/jobs/${first}/reprint`, {});
  const second = again.jobs[0]?.job ?? 0;
  expect(await ended(box, second)).toMatchObject({ reprintOf: first });
  expect(paperOf(box, 'kitchen', 1)).not.toContain('REPRINT');
  expect(paperOf(box, 'kitchen', 2)).toMatch(/重打 REPRINT .*\d\d:\d\d/);
  const { papers } = await box.api<{ papers: number[] }>('GET', '/printers/kitchen/papers');
  expect(papers.length).toBe(2);
});

test('a batch prints its labels in its transaction where a label printer is, else the browser does', async () => {
  const box = await boxWith(
    'kitchen=virtual:kitchen?uses=order,labels=virtual:labels?uses=label&columns=32',
  );
  const recipe = 'braising-sauce';
  const made = await box.command('batch.produce', { recipe, qty: '9.6 kg', labels: 3 });
  const { labelJob } = made.data as { labelJob: number };
  await ended(box, labelJob);
  const { papers } = await box.api<{ papers: number[] }>('GET', '/printers/labels/papers');
  expect(papers).toEqual([3, 2, 1]);
  for (const n of papers) expect(paperOf(box, 'labels', n)).toMatch(`#${labelJob} ${n}/3`);
  expect(new Set(papers.map((n) => paperOf(box, 'labels', n))).size).toBe(3);
  const rehearsed = await box.api<{ results: { data: { labelJob?: number } }[] }>(
    'POST',
    '/commands?dryRun=1',
    { commands: [{ id: 'dry', kind: 'batch.produce', data: { recipe, qty: '1 kg', labels: 1 } }] },
  );
  expect(rehearsed.results[0]?.data.labelJob).toBeDefined();
  const { jobs } = await box.api<{ jobs: Job[] }>('GET', '/print/jobs?state=all');
  expect(jobs.length).toBe(1);
});

test('without a label printer a batch asks for no paper of the box', async () => {
  const box = await boxWith('');
  const made = await box.command('batch.produce', {
    recipe: 'braising-sauce',
    qty: '1 kg',
    labels: 3,
  });
  expect(made.data).not.toHaveProperty('labelJob');
  const refused = await box.api<{ code: string }>('POST', '/print', { what: 'waste' });
  expect(refused.code).toBe('no_printer');
});

test('a printer is set up by a manager, within what the page may; the configuration is not touched', async () => {
  const box = await boxWith('kitchen=virtual:kitchen');
  await box.command('user.add', { user: 'wang', name: '王', role: 'manager', pin: '90210' });
  const tablet = await pairTablet(box);
  const bar = { url: 'virtual:bar', columns: 32 };
  expect((await tablet.call('PUT', '/printers/bar', bar)).status).toBe(403);
  const { pass } = await tablet.pass({ pin: '90210' });
  const headers = { 'larder-pass': pass };
  expect((await tablet.call('PUT', '/printers/bar', bar, headers)).status).toBe(200);
  const { printers } = await box.api<{ printers: { name: string; locked: string | null }[] }>(
    'GET',
    '/printers',
  );
  expect(printers.map(({ name }) => name)).toEqual(['kitchen', 'bar']);
  for (const url of [
    'file:/etc/passwd',
    'file:/dev/sda',
    'serial:/etc/passwd',
    'tcp://x:22',
    'virtual:../../x',
    'http://x',
  ]) {
    const answer = await box.api<{ code: string }>('PUT', '/printers/evil', { url });
    expect(answer.code, url).toBe('bad_printer');
  }
  const locked = await box.api<{ code: string }>('PUT', '/printers/kitchen', bar);
  expect(locked.code).toBe('printer_locked');
  // Printing a label or the list needs nobody.
  const asked = await tablet.call('POST', '/print', { what: 'waste', printer: 'bar' });
  expect(asked.status).toBe(202);
  expect((await tablet.call('DELETE', '/printers/bar')).status).toBe(403);
  expect((await tablet.call('DELETE', '/printers/bar', undefined, headers)).status).toBe(200);
  const entries = await box.api<{ entries: { kind: string }[] }>('GET', '/entries?kinds=setting');
  expect(entries.entries.length).toBe(2);
  await box.restart();
  expect((await box.api<{ printers: object[] }>('GET', '/printers')).printers.length).toBe(1);
});

test('paper out stands in the inbox with its buttons, and goes when it is answered', async () => {
  const printer = await fake();
  const box = await boxWith(`kitchen=tcp://127.0.0.1:${printer.port},bar=virtual:bar`);
  printer.behave({ paperFor: 40 });
  const half = await print(box, { what: 'waste', printer: 'kitchen' });
  await ended(box, half, 'unknown');
  const waits = await print(box, { what: 'waste', printer: 'kitchen' });
  const inbox = async () => (await box.api<{ items: InboxItem[] }>('GET', '/inbox')).items;
  const asks = (await inbox()).find(({ id }) => id === `print:${half}`);
  expect(asks?.severity).toBe('act');
  expect(asks?.actions.map(({ command }) => command.kind)).toEqual([
    'print.confirm',
    'print.confirm',
    'print.move',
    'print.cancel',
  ]);
  for (let i = 0; i < 200 && !(await inbox()).some(({ kind }) => kind === 'printer'); i++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  expect((await inbox()).find(({ kind }) => kind === 'printer')?.title.en).toMatch(/out of paper/);
  const again = asks?.actions[1]?.command;
  await box.command(again?.kind ?? '', again?.data);
  printer.refill(false);
  await ended(box, half);
  await ended(box, waits);
  expect(printer.pages()).toEqual([
    { job: half, reprint: true },
    { job: waits, reprint: false },
  ]);
  expect((await inbox()).filter(({ kind }) => kind === 'print_job' || kind === 'printer')).toEqual(
    [],
  );
}, 30_000);

test('an order that is moved to narrow paper is laid out anew from what was frozen', async () => {
  const printer = await fake();
  await printer.off();
  const box = await boxWith(`kitchen=tcp://127.0.0.1:${printer.port},bar=virtual:bar?columns=32`);
  const lines = [{ item: 'pork-belly', qty: '8 kg' }];
  await box.command('order.create', { order: 'PO-7', supplier: 'jinluo', lines });
  const id = await print(box, { what: 'order', order: 'PO-7', printer: 'kitchen' });
  await box.command('order.cancel', { order: 'PO-7' });
  await box.api('POST', `/print/jobs/${id}/move`, { printer: 'bar' });
  await ended(box, id);
  const paper = paperOf(box, 'bar', 1);
  expect(paper).toContain('PO-7');
  expect(paper).not.toMatch(/取消/);
  const png = readFileSync(join(box.data, 'printers', 'bar', '0001.png'));
  // The width of a PNG: 58 mm of paper at 8 dots a millimetre; 80 mm would be 640.
  expect(png.readUInt32BE(16)).toBe(58 * 8);
});

test('names with control bytes cannot speak to the printer', async () => {
  const printer = await fake();
  const box = await boxWith(`kitchen=tcp://127.0.0.1:${printer.port}`);
  // All but NUL, which no door takes.
  const every = String.fromCharCode(...Array.from({ length: 255 }, (_, i) => i + 1));
  // ESC p kicks a drawer, DLE DC4 too; GS ( and FS q load things into the printer.
  const evil = '\u001bp\u0001\u0019\u00fa\u0010\u0014\u0001\u0003\u0001\u001c\u0071\u0001';
  const lot = `B${evil}1`;
  await box.command('delivery.receive', { lines: [{ item: 'pork-belly', qty: '1 kg', lot }] });
  const lines = [{ item: 'pork-belly', qty: '8 kg' }];
  const note = (evil + every).slice(0, 200);
  await box.command('order.create', { order: 'PO-9', supplier: 'jinluo', lines, note });
  const label = await print(box, { what: 'label', item: 'pork-belly', lot });
  const order = await print(box, { what: 'order', order: 'PO-9' });
  await ended(box, label);
  await ended(box, order);
  for (const bytes of [
    [0x1b, 0x70],
    [0x10, 0x14],
    [0x1c, 0x71],
  ]) {
    expect(printer.paper().includes(Buffer.from(bytes)), String(bytes)).toBe(false);
  }
  expect(printer.pages().map(({ job }) => job)).toEqual([label, order]);
});
