/**
 * The long fault run: 100,000 events, each one to five times, shuffled over 48 hours, 12 times
 * `kill -9`, over the bad network; beside it the clean run. Prints a table.
 *
 * LARDER_SEED repeats a run, FAULT_EVENTS and FAULT_KILLS change its size.
 */
import { expect, test } from 'vitest';
import { seedOf } from '../support/seeded.ts';
import { compareTwo } from './compare.ts';
import { BAD_NETWORK, type KillPlan, type KillReport, runClean, runKillPlan } from './kill.ts';

const plan: KillPlan = {
  seed: seedOf(1),
  events: Number(process.env['FAULT_EVENTS'] ?? 100_000),
  copiesMax: 5,
  kills: Number(process.env['FAULT_KILLS'] ?? 12),
  inFlight: 200,
  faults: BAD_NETWORK,
  progress: (line) => console.info(line),
};

test('the long run over a bad network with kills loses nothing and doubles nothing', async () => {
  const report = await runKillPlan(plan);
  console.info('now the clean run');
  const clean = await runClean(plan);
  const againstClean = compareTwo('faulty', report.file.moves, 'clean', clean.file.moves);
  print(report, againstClean, clean.seconds);

  expect(report.acknowledged).toBe(report.unique);
  expect(report.lost).toEqual([]);
  expect(report.doubled).toEqual([]);
  expect(report.differences).toEqual([]);
  expect(againstClean).toEqual([]);
  expect(report.file.statuses).toEqual({ applied: report.unique });
  expect(report.file.conflicts).toBe(0);
  expect(report.fsck, report.fsck.output).toMatchObject({ exit: 0 });
});

function print(report: KillReport, againstClean: readonly string[], cleanSeconds: number): void {
  const { pos, proxy, results } = report;
  const rows: [string, string | number][] = [
    ['seed', plan.seed],
    ['unique events', report.unique],
    ['deliveries offered', report.deliveries],
    ['publishes sent', pos.sent + pos.resent],
    ['kill -9', report.kills],
    ['start to ready, ms (worst)', Math.max(...report.restartMs)],
    ['packets dropped / doubled', `${proxy.dropped} / ${proxy.doubled}`],
    ['packets delayed / reordered', `${proxy.delayed} / ${proxy.reordered}`],
    ['resets / black holes', `${proxy.resets} / ${proxy.blackHoles}`],
    ['results held / duplicate', `${results['held'] ?? 0} / ${results['duplicate'] ?? 0}`],
    ['acknowledged events', report.acknowledged],
    ['acknowledged and lost', report.lost.length],
    ['counted twice', report.doubled.length],
    ['conflicts', report.file.conflicts],
    ['not applied', report.unique - (report.file.statuses['applied'] ?? 0)],
    ['differences to the oracle', report.differences.length],
    ['differences to the clean run', againstClean.length],
    ['fsck exit', report.fsck.exit ?? 'no tool'],
    ['seconds (clean run)', `${report.seconds.toFixed(0)} (${cleanSeconds.toFixed(0)})`],
  ];
  console.info(rows.map(([name, value]) => `${name.padEnd(30)} ${value}`).join('\n'));
}
