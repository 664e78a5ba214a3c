import { expect, test } from 'vitest';
import { NO_FAULTS } from '../support/mqtt-proxy.ts';
import { makePowerDisk, powerDiskMissing } from '../support/power-disk.ts';
import { seedOf } from '../support/seeded.ts';
import { type KillPlan, runKillPlan } from './kill.ts';
import { powerControl } from './power-control.ts';

const missing = powerDiskMissing();

test('three power cuts lose nothing that was acknowledged', async (context) => {
  if (missing !== undefined) {
    console.warn(`POWER CUTS NOT TESTED: ${missing}`);
    context.skip();
  }
  const disk = makePowerDisk(256);
  const plan: KillPlan = {
    seed: seedOf(3),
    events: 4000,
    copiesMax: 1,
    kills: 3,
    inFlight: 160,
    faults: NO_FAULTS,
    disk,
  };
  console.info(`seed ${plan.seed} (LARDER_SEED repeats a run)`);
  try {
    const report = await runKillPlan(plan);
    expect(report.acknowledged).toBe(plan.events);
    expect(report.lost).toEqual([]);
    expect(report.doubled).toEqual([]);
    expect(report.differences).toEqual([]);
    expect(report.file.statuses).toEqual({ applied: plan.events });
    expect(report.fsck, report.fsck.output).toMatchObject({ exit: 0 });
  } finally {
    disk.remove();
  }
}, 180_000);

test('the same cuts do lose with synchronous=NORMAL, and not with FULL', async (context) => {
  if (missing !== undefined) {
    console.warn(`POWER CUTS NOT TESTED: ${missing}`);
    context.skip();
  }
  const full = await powerControl('FULL', 2);
  expect(full).toMatchObject({ lost: 0 });
  expect(full.acknowledged).toBeGreaterThan(0);
  // A cut just after a checkpoint loses nothing even so: cut until one does.
  let lost = 0;
  for (let cut = 1; cut <= 15 && lost === 0; cut += 1) {
    lost = (await powerControl('NORMAL', 1)).lost;
  }
  expect(lost).toBeGreaterThan(0);
}, 60_000);
