/**
 * The long power test: 12 power cuts under load with the real box, then the control writer under
 * FULL, NORMAL and the library's own default. Prints a table.
 *
 * LARDER_SEED repeats a run, FAULT_EVENTS and FAULT_KILLS change its size.
 */
import { expect, test } from 'vitest';
import { NO_FAULTS } from '../support/mqtt-proxy.ts';
import { makePowerDisk, powerDiskMissing } from '../support/power-disk.ts';
import { seedOf } from '../support/seeded.ts';
import { type KillReport, runKillPlan } from './kill.ts';
import { powerControl } from './power-control.ts';

const events = Number(process.env['FAULT_EVENTS'] ?? 60_000);
const cuts = Number(process.env['FAULT_KILLS'] ?? 12);
const missing = powerDiskMissing();

test('power cuts lose nothing that the box acknowledged', async (context) => {
  if (missing !== undefined) {
    console.warn(`POWER CUTS NOT TESTED: ${missing}`);
    context.skip();
  }
  const report = await cutBox(seedOf(12));
  const { lost, doubled, differences, fsck, restartMs } = report;
  const ready = Math.max(...restartMs);
  row(
    'the box',
    report.acknowledged,
    lost.length,
    `${doubled.length} doubled, ready in ${ready} ms`,
  );

  expect(report.acknowledged).toBe(events);
  expect(lost).toEqual([]);
  expect(doubled).toEqual([]);
  expect(differences).toEqual([]);
  expect(fsck, fsck.output).toMatchObject({ exit: 0 });
});

/** A tool that cannot show a loss proves nothing. */
test.for(['FULL', 'NORMAL', 'DEFAULT'])('the control under %s', async (mode, context) => {
  if (missing !== undefined) {
    console.warn(`POWER CUTS NOT TESTED: ${missing}`);
    context.skip();
  }
  const { acknowledged, lost, saidOk } = await powerControl(mode, cuts);
  row(`control ${mode}`, acknowledged, lost, `integrity_check said ok ${saidOk} times`);

  expect(acknowledged).toBeGreaterThan(0);
  if (mode === 'FULL') expect(lost).toBe(0);
  else expect(lost).toBeGreaterThan(0);
});

async function cutBox(seed: number): Promise<KillReport> {
  const disk = makePowerDisk(1024);
  console.info(`seed ${seed}, ${cuts} power cuts`);
  try {
    return await runKillPlan({
      seed,
      events,
      copiesMax: 1,
      kills: cuts,
      inFlight: 160,
      faults: NO_FAULTS,
      disk,
      progress: (line) => console.info(line),
    });
  } finally {
    disk.remove();
  }
}

function row(who: string, acknowledged: number, lost: number, remark: string): void {
  const figures = `${acknowledged} acknowledged, ${lost} lost`;
  console.info(`${who.padEnd(18)} ${figures.padEnd(36)} ${remark}`);
}
