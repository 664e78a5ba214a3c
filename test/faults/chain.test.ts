import { expect, test } from 'vitest';
import { seedOf } from '../support/seeded.ts';
import { BAD_LINE, runChain } from './chain.ts';

const seed = seedOf(5);

test('two stores, a bad line, and everybody killed once: each entry is at head office once', async () => {
  console.info(`seed ${seed} (LARDER_SEED repeats a run)`);
  const report = await runChain({ seed, rounds: 1, events: 300, faults: BAD_LINE });
  console.info(JSON.stringify(report));

  expect(report.wrong).toEqual([]);
  expect(report.rounds[0]?.held).toBe(report.rounds[0]?.entries);
  expect(report.rounds[0]?.entries).toBeGreaterThan(300);
  // The faults did happen; without this the test could pass by testing nothing.
  expect(report.kills).toEqual({ box: 1, bridge: 1, 'head office': 1, postgres: 1 });
  expect(report.proxy['requests']).toBeGreaterThan(10);
}, 300_000);
