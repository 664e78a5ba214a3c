/** Thousands of random days in the kitchen. LARDER_SEED repeats a run, KITCHEN_DAYS changes its size. */
import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { seedOf } from '../../support/seeded.ts';
import { day } from './any-day.ts';
import { playAndUndo, playOnStock } from './any-order.ts';
import { innerBox, templateOf } from './inner-box.ts';
import { KITCHEN_BOOK } from './kitchen-book.ts';

const RUNS = Number(process.env['KITCHEN_DAYS'] ?? 2_000);
const seed = seedOf(Date.now() % 1_000_000_000);
let template = '';

beforeAll(() => {
  template = templateOf(KITCHEN_BOOK);
  console.info(`seed ${seed}, ${RUNS} days each`);
});
afterAll(() => rmSync(template, { recursive: true, force: true }));

test.each([
  ['from empty shelves', playAndUndo],
  ['on full shelves', playOnStock],
] as const)('days %s, undone, leave what was before', (_where, play) => {
  fc.assert(
    fc.property(day, (plan) => {
      const box = innerBox(template);
      try {
        play(box, plan);
      } finally {
        box.close();
      }
    }),
    { seed, numRuns: RUNS },
  );
});
