/**
 * The chain's long fault run: 20 rounds, two stores, a bad line, and in every round box, bridge, head
 * office and PostgreSQL killed once. Prints a table.
 *
 * LARDER_SEED repeats a run, CHAIN_ROUNDS and CHAIN_EVENTS change its size.
 */
import { expect, test } from 'vitest';
import { seedOf } from '../support/seeded.ts';
import { BAD_LINE, type ChainReport, runChain } from './chain.ts';

const seed = seedOf(1);
const rounds = Number(process.env['CHAIN_ROUNDS'] ?? 20);
const events = Number(process.env['CHAIN_EVENTS'] ?? 1_000);

test('twenty rounds over a bad line with kills: both ends are the same after each', async () => {
  const report = await runChain({
    seed,
    rounds,
    events,
    faults: BAD_LINE,
    progress: (line) => console.info(line),
  });
  print(report);

  expect(report.wrong).toEqual([]);
  expect(report.rounds).toHaveLength(rounds);
  for (const { entries, held } of report.rounds) expect(held).toBe(entries);
  for (const [victim, times] of Object.entries(report.kills)) expect(times, victim).toBe(rounds);
  for (const fault of ['loseRequest', 'loseAnswer', 'double', 'reorder', 'delay', 'replayed']) {
    expect(report.proxy[fault], fault).toBeGreaterThan(0);
  }
});

function print(report: ChainReport): void {
  const { kills, proxy } = report;
  const rows: [string, string | number][] = [
    ['seed', seed],
    ['rounds', report.rounds.length],
    ['entries at the end', report.rounds.at(-1)?.entries ?? 0],
    ['of them at head office', report.rounds.at(-1)?.held ?? 0],
    ['missing, doubled, different', report.wrong.length],
    ...Object.entries(kills).map(([who, times]): [string, number] => [`kills: ${who}`, times]),
    ['requests on the line', proxy['requests'] ?? 0],
    ['lost: requests / answers', `${proxy['loseRequest']} / ${proxy['loseAnswer']}`],
    ['cut: requests / answers', `${proxy['cutRequest']} / ${proxy['cutAnswer']}`],
    ['doubled / replayed late', `${proxy['double']} / ${proxy['replayed']}`],
    ['delayed / other page', `${proxy['delay']} / ${proxy['portal']}`],
    ['slowest catch-up, ms', report.slowestMs],
    ['seconds', report.seconds],
  ];
  console.info(rows.map(([name, value]) => `${name.padEnd(30)} ${value}`).join('\n'));
}
