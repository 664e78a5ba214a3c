import { expect, test } from 'vitest';
import { seedOf } from '../support/seeded.ts';
import { compareTwo } from './compare.ts';
import { BAD_NETWORK, type KillPlan, runClean, runKillPlan } from './kill.ts';

const plan: KillPlan = {
  seed: seedOf(20_261),
  events: 3000,
  copiesMax: 5,
  kills: 4,
  inFlight: 100,
  // Harsher than the long run, because it is shorter.
  faults: { ...BAD_NETWORK, reset: 0.0005, blackHole: 0.0002 },
};

test('four kills over a bad network lose nothing and double nothing', async () => {
  console.info(`seed ${plan.seed} (LARDER_SEED repeats a run)`);
  const report = await runKillPlan(plan);
  const clean = await runClean(plan);

  expect(report.acknowledged).toBe(plan.events);
  expect(report.lost).toEqual([]);
  expect(report.doubled).toEqual([]);
  expect(report.differences).toEqual([]);
  expect(compareTwo('faulty', report.file.moves, 'clean', clean.file.moves)).toEqual([]);
  expect(report.file.statuses).toEqual({ applied: plan.events });
  expect(report.file.conflicts).toBe(0);
  expect(JSON.parse(report.ackState ?? '{}')).toMatchObject({
    epoch: 'f1',
    contiguous: plan.events,
    missing: [],
  });
  expect(report.fsck, report.fsck.output).toMatchObject({ exit: 0 });

  // The faults did happen; without this the test could pass by testing nothing.
  expect(report.results['duplicate']).toBeGreaterThan(plan.events / 2);
  expect(report.results['held']).toBeGreaterThan(10);
  expect(report.restartMs).toHaveLength(plan.kills);
  expect(report.pos.connects).toBeGreaterThan(plan.kills);
  for (const kind of ['dropped', 'doubled', 'delayed', 'reordered', 'resets'] as const) {
    expect(report.proxy[kind], kind).toBeGreaterThan(0);
  }
}, 180_000);
