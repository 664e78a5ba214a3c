/** Faults in any order: whatever the printer does, nothing is lost and nothing is doubled in silence. */
import { afterEach, expect, test } from 'vitest';
import { type FakePrinter, startFakePrinter } from '../../support/fake-printer.ts';
import { type Seeded, seeded } from '../../support/seeded.ts';
import { openRig, type Rig, tcp, until } from './rig.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const STEPS = 30;
/** Neither printer is ever without an answer here, however busy the machine. */
const ANSWER_MS = 50_000;
const SEEDS = [1, 2, 3, 4, 5];

test.each(SEEDS)('seed %i', async (seed) => {
  const rng = seeded(seed);
  const bad = await startFakePrinter();
  const good = await startFakePrinter();
  ends.push(bad.close, good.close);
  const rig = openRig([tcp('bad', bad.port), tcp('good', good.port)], undefined, ANSWER_MS);
  ends.push(rig.close);
  const state = { rig, bad, off: false };
  const fine: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    if (rng.chance(0.4)) rig.print('bad', rng.between(2, 60), rng.chance(0.2) ? 3 : 1);
    if (rng.chance(0.3)) fine.push(rig.print('good', rng.between(2, 60)));
    await mishap(state, rng);
    if (rng.chance(0.3)) look(rig, bad, rng.chance(0.2));
    await new Promise((resolve) => setTimeout(resolve, rng.between(5, 60)));
  }
  // Meanwhile the other printer did all it was asked, whatever stands still here.
  await until(() => fine.every((id) => rig.job(id).state === 'printed'), Boolean);
  expect(good.pages()).toEqual(fine.map((job) => ({ job, reprint: false })));
  if (state.off) await bad.on();
  bad.behave({});
  bad.refill(true);
  await until(
    () => {
      look(rig, bad, false);
      rig.queue.wake('bad');
      return rig.jobs.open().map(({ id, state: stands }) => [id, stands]);
    },
    (left) => left.length === 0,
    30_000,
  );
  const pages = bad.pages();
  for (const job of rig.jobs.list(500).filter(({ printer }) => printer === 'bad')) {
    const own = pages.filter((page) => page.job === job.id);
    expect(own.length, `job ${job.id} of seed ${seed}`).toBeGreaterThanOrEqual(job.copies);
    const originals = own.filter(({ reprint }) => !reprint).length;
    expect(originals, `job ${job.id} of seed ${seed}`).toBeLessThanOrEqual(job.copies);
    expect(job.state).toBe('printed');
  }
});

type State = { readonly rig: Rig; readonly bad: FakePrinter; off: boolean };

/** What a kitchen does to a printer. */
async function mishap(state: State, rng: Seeded): Promise<void> {
  const { bad } = state;
  const what = rng.between(1, 8);
  if (what === 1) bad.behave({ paperFor: rng.between(1, 800) });
  if (what === 2) bad.behave({ coverOpen: true });
  if (what === 3) bad.behave({ resetAfter: rng.between(1, 800) });
  if (what === 4) bad.behave({ slow: 4_000 });
  if (what === 5) bad.refill(rng.chance(0.5));
  if (what !== 6) return;
  if (state.off) await bad.on();
  else await bad.off();
  state.off = !state.off;
}

/** A person who is asked looks at the paper and says what is there; or is wrong, and prints it again. */
function look(rig: Rig, printer: FakePrinter, wrong: boolean): void {
  const asked = rig.jobs.open().find(({ state }) => state === 'unknown');
  if (!asked) return;
  const there = printer.pages().filter(({ job }) => job === asked.id).length;
  rig.answer(asked.id, there > asked.done && !wrong);
}
