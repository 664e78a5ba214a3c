/** Random days in the kitchen, undone in any order (some hundred; `npm run test:kitchen` for thousands). */
import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { seedOf } from '../../support/seeded.ts';
import { day } from './any-day.ts';
import { playAndUndo, playOnStock } from './any-order.ts';
import { type InnerBox, innerBox, templateOf } from './inner-box.ts';
import { KITCHEN_BOOK } from './kitchen-book.ts';

const RUNS = 80;
const seed = seedOf(20_261_122);
let template = '';

beforeAll(() => {
  template = templateOf(KITCHEN_BOOK);
});
afterAll(() => rmSync(template, { recursive: true, force: true }));

test.each([
  ['from empty shelves', playAndUndo],
  ['on full shelves', playOnStock],
] as const)('a day %s, undone, leaves what was before', (_where, play) => {
  fc.assert(
    fc.property(day, (plan) => {
      const box: InnerBox = innerBox(template);
      try {
        play(box, plan);
      } finally {
        box.close();
      }
    }),
    { seed, numRuns: RUNS },
  );
});
