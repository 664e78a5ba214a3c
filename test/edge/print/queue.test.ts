/** The queue against a printer that fails in every way: nothing lost, nothing twice without saying so. */
import { afterEach, expect, test } from 'vitest';
import type { Printer } from '../../../edge/print/printer.ts';
import { type FakePrinter, startFakePrinter } from '../../support/fake-printer.ts';
import { openRig, type Rig, tcp, until } from './rig.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function fake(): Promise<FakePrinter> {
  const printer = await startFakePrinter();
  open.push(printer);
  return printer;
}

function rigOf(printers: readonly Printer[], folder?: string): Rig {
  const rig = openRig(printers, folder);
  open.push(rig);
  return rig;
}

const stateOf = (rig: Rig, id: number) => () => rig.job(id).state;
const is = (wanted: string) => (seen: string) => seen === wanted;

test('jobs come out in their order, each once, each with its number', async () => {
  const printer = await fake();
  const rig = rigOf([tcp('kitchen', printer.port)]);
  const ids = [rig.print('kitchen'), rig.print('kitchen'), rig.print('kitchen')];
  await until(stateOf(rig, ids[2] ?? 0), is('printed'));
  expect(printer.pages()).toEqual(ids.map((job) => ({ job, reprint: false })));
  expect(rig.job(1)).toMatchObject({ state: 'printed', attempts: 1, error: null, done: 1 });
  expect(rig.state('kitchen')).toBe('ready');
});

test('out of paper before the page: it waits, is shown, and goes on by itself', async () => {
  const printer = await fake();
  printer.behave({ paperFor: 0 });
  const rig = rigOf([tcp('kitchen', printer.port)]);
  printer.behave({ coverOpen: true });
  const id = rig.print('kitchen');
  await until(() => rig.state('kitchen'), is('cover_open'));
  await until(
    () => rig.job(id).attempts,
    (n) => n > 0,
  );
  expect(rig.job(id)).toMatchObject({ state: 'queued', begun: 0 });
  expect(rig.job(id).error?.en).toMatch(/cover/);
  expect(printer.paper().length).toBe(0);
  printer.refill(true);
  await until(stateOf(rig, id), is('printed'));
  expect(printer.pages()).toEqual([{ job: id, reprint: false }]);
});

test.each([true, false])(
  'out of paper in the middle asks; the printer keeps its rest: %s',
  async (keeps) => {
    const printer = await fake();
    const rig = rigOf([tcp('kitchen', printer.port)]);
    printer.behave({ paperFor: 60 });
    const id = rig.print('kitchen');
    await until(stateOf(rig, id), is('unknown'));
    expect(rig.job(id).error?.en).toMatch(/paper.*look whether/);
    await until(() => rig.state('kitchen'), is('paper_out'));
    printer.refill(keeps);
    await until(() => rig.state('kitchen'), is('ready'));
    expect(rig.job(id).state).toBe('unknown');
    rig.answer(id, keeps);
    await until(stateOf(rig, id), is('printed'));
    expect(printer.pages()).toEqual([{ job: id, reprint: !keeps }]);
  },
);

test('a line that breaks in the middle asks, and the next job goes on', async () => {
  const printer = await fake();
  const rig = rigOf([tcp('kitchen', printer.port)]);
  await until(() => rig.state('kitchen'), is('ready'));
  printer.behave({ resetAfter: 50 });
  const id = rig.print('kitchen');
  const next = rig.print('kitchen');
  await until(stateOf(rig, next), is('printed'));
  expect(rig.job(id)).toMatchObject({ state: 'unknown', begun: 1 });
  rig.answer(id, false);
  await until(stateOf(rig, id), is('printed'));
  expect(printer.pages().filter(({ job }) => job === id)).toEqual([{ job: id, reprint: true }]);
});

test('a printer that is off blocks no other, is not flooded, and goes on when it is back', async () => {
  const [bad, good] = [await fake(), await fake()];
  await bad.off();
  const rig = rigOf([tcp('bad', bad.port), tcp('good', good.port)]);
  const stuck = [rig.print('bad'), rig.print('bad')];
  const fine = Array.from({ length: 8 }, () => rig.print('good'));
  await until(stateOf(rig, fine[7] ?? 0), is('printed'));
  expect(good.pages().map(({ job }) => job)).toEqual(fine);
  await until(() => rig.state('bad'), is('offline'));
  await until(
    () => rig.job(stuck[0] ?? 0).attempts,
    (n) => n >= 4,
  );
  // After 2, 5 and 15 s it is called a minute from now only, until it is seen to be back.
  const from = rig.ports.now();
  await until(
    () => rig.ports.now(),
    (now) => now > from + 20_000,
  );
  expect(rig.job(stuck[0] ?? 0).attempts).toBe(4);
  expect(rig.job(stuck[1] ?? 0).attempts).toBe(0);
  await bad.on();
  await until(stateOf(rig, stuck[1] ?? 0), is('printed'));
  expect(rig.ports.now() - from).toBeLessThan(50_000);
  expect(bad.pages()).toEqual(stuck.map((job) => ({ job, reprint: false })));
});

test('a printer that tells nothing prints, with a note', async () => {
  const printer = await fake();
  printer.behave({ mute: true });
  const rig = rigOf([tcp('kitchen', printer.port)]);
  const id = rig.print('kitchen');
  await until(stateOf(rig, id), is('printed'));
  expect(rig.job(id).error?.en).toMatch(/no status/);
  expect(printer.pages()).toEqual([{ job: id, reprint: false }]);
});

test('a printer that takes the line and reads nothing is left in bounded time', async () => {
  const [deaf, good] = [await fake(), await fake()];
  deaf.behave({ deaf: true });
  const rig = rigOf([tcp('deaf', deaf.port), tcp('good', good.port)]);
  const id = rig.print('deaf', 400_000);
  const after = rig.print('deaf');
  const fine = rig.print('good');
  const from = rig.ports.now();
  await until(stateOf(rig, fine), is('printed'));
  await until(stateOf(rig, id), is('unknown'));
  // 20 s without a byte taken, and the calls before; the clock here runs ten times as fast.
  expect(rig.ports.now() - from).toBeLessThan(90_000);
  await until(stateOf(rig, after), (state) => state !== 'queued');
});

test('a slow printer is waited for', async () => {
  const printer = await fake();
  printer.behave({ slow: 2_000 });
  const rig = rigOf([tcp('kitchen', printer.port)]);
  const id = rig.print('kitchen', 40);
  await until(stateOf(rig, id), is('printed'));
  expect(printer.pages()).toEqual([{ job: id, reprint: false }]);
});

test('copies: what is out stays out, only the doubtful one is printed again', async () => {
  const printer = await fake();
  const rig = rigOf([tcp('kitchen', printer.port)]);
  await until(() => rig.state('kitchen'), is('ready'));
  printer.behave({ resetAfter: 500 });
  const id = rig.print('kitchen', 8, 5);
  await until(stateOf(rig, id), is('unknown'));
  const { done } = rig.job(id);
  expect(done).toBeGreaterThan(0);
  rig.answer(id, false);
  await until(stateOf(rig, id), is('printed'));
  const reprints = printer.pages().map(({ reprint }) => reprint);
  expect(reprints).toEqual([0, 1, 2, 3, 4].map((copy) => copy === done));
});

test('what a dead process was printing is asked about; what is old is not printed unasked', async () => {
  const printer = await fake();
  await printer.off();
  const first = rigOf([tcp('kitchen', printer.port)]);
  const [half, old, fresh] = [1, 2, 3].map(() => first.print('kitchen'));
  await first.stop();
  const second = openRig([], first.folder);
  second.db
    .prepare("UPDATE print_job SET state = 'printing', begun = 1, printer = 'kitchen' WHERE id = ?")
    .run(half);
  second.db
    .prepare(
      "UPDATE print_job SET state = 'queued', error = NULL, printer = 'kitchen' WHERE id IN (?, ?)",
    )
    .run(old, fresh);
  second.db
    .prepare('UPDATE print_job SET asked_at = asked_at - ? WHERE id = ?')
    .run(4 * 3_600_000 + 600_000, old);
  await second.stop();
  await printer.on();
  const third = openRig([tcp('kitchen', printer.port)], first.folder);
  open.push(third);
  await until(stateOf(third, fresh ?? 0), is('printed'));
  expect(third.job(half ?? 0)).toMatchObject({ state: 'unknown' });
  expect(third.job(old ?? 0)).toMatchObject({ state: 'unknown', begun: 0 });
  expect(third.job(old ?? 0).error?.en).toMatch(/4 hours/);
  expect(printer.pages()).toEqual([{ job: fresh, reprint: false }]);
  third.answer(half ?? 0, false);
  third.answer(old ?? 0, false);
  await until(stateOf(third, old ?? 0), is('printed'));
  // The old one was never begun: this is its first paper.
  expect(printer.pages()).toEqual([
    { job: fresh, reprint: false },
    { job: half, reprint: true },
    { job: old, reprint: false },
  ]);
});

test('a job that is taken away while its printer is called does not come out there', async () => {
  const [slow, good] = [await fake(), await fake()];
  // It tells nothing, so it is listened to for a while before the page.
  slow.behave({ mute: true });
  const rig = rigOf([tcp('slow', slow.port), tcp('good', good.port)]);
  await until(
    () => slow.calls(),
    (n) => n > 0,
  );
  const [moved, gone] = [rig.print('slow'), rig.print('slow')];
  const calls = slow.calls();
  await until(
    () => slow.calls(),
    (n) => n > calls,
  );
  rig.jobs.ask(moved, 'good', rig.ports.now());
  rig.jobs.cancel(gone, rig.ports.now());
  rig.queue.wake('good');
  await until(stateOf(rig, moved), is('printed'));
  const last = rig.print('slow');
  await until(stateOf(rig, last), is('printed'));
  expect(slow.pages()).toEqual([{ job: last, reprint: false }]);
  expect(good.pages()).toEqual([{ job: moved, reprint: false }]);
});

test('a printer that has answered before is waited for, and then taken as it is', async () => {
  const printer = await fake();
  const rig = rigOf([tcp('kitchen', printer.port)]);
  await until(stateOf(rig, rig.print('kitchen')), is('printed'));
  printer.behave({ mute: true });
  const id = rig.print('kitchen');
  await until(
    () => rig.job(id).attempts,
    (n) => n > 0,
  );
  expect(rig.job(id)).toMatchObject({ state: 'queued', begun: 0 });
  await until(stateOf(rig, id), is('printed'));
  expect(printer.pages().length).toBe(2);
});

test('a job moves to another printer, also while the first is being called', async () => {
  const [dead, good] = [await fake(), await fake()];
  await dead.off();
  const rig = rigOf([tcp('dead', dead.port), tcp('good', good.port)]);
  const id = rig.print('dead');
  await until(
    () => rig.job(id).attempts,
    (n) => n > 0,
  );
  rig.jobs.ask(id, 'good', rig.ports.now());
  rig.queue.wake('good');
  await until(stateOf(rig, id), is('printed'));
  await dead.on();
  await until(() => rig.state('dead'), is('ready'));
  expect(dead.pages()).toEqual([]);
  expect(good.pages()).toEqual([{ job: id, reprint: false }]);
});

test('a printer that is taken away leaves its jobs to a person', async () => {
  const printer = await fake();
  await printer.off();
  const rig = rigOf([tcp('kitchen', printer.port)]);
  const id = rig.print('kitchen');
  rig.printers = [];
  rig.queue.printersChanged();
  await until(stateOf(rig, id), is('failed'));
  expect(rig.job(id).error?.en).toMatch(/no longer set up/);
});

test('a job whose transaction is taken back was never there', async () => {
  const printer = await fake();
  const rig = rigOf([tcp('kitchen', printer.port)]);
  rig.db.exec('BEGIN');
  rig.print('kitchen');
  rig.db.exec('ROLLBACK');
  const id = rig.print('kitchen');
  await until(stateOf(rig, id), is('printed'));
  expect(printer.pages().length).toBe(1);
});
