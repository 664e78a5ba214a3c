import { defineConfig } from 'vitest/config';
import { SummaryReporter } from './test/support/reporter.ts';

// One project per kind of question; `npx vitest run --project edge` asks only one.
const kinds = ['recipes', 'edge', 'faults', 'e2e', 'replay', 'house'];
const others = kinds.map((kind) => `test/${kind}/**`);

// Suites that take many minutes are files of another name, asked for by `npm run test:faults` and
// the like: `npm test` stays short enough to be run without thinking.
const isLong = process.env['TEST_LONG'] === '1';
const files = isLong ? '*.long.ts' : '*.test.ts';
const timeout = isLong ? 7_200_000 : 60_000;

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    // Two cores is what a box and CI have; a test that is fine there is fine everywhere.
    maxWorkers: 2,
    testTimeout: timeout,
    hookTimeout: timeout,
    // What must become true: patience that a busy machine does not use up.
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default', new SummaryReporter()],
    projects: [
      ...kinds.map((name) => ({
        extends: true as const,
        test: { name, include: [`test/${name}/**/${files}`] },
      })),
      {
        extends: true as const,
        test: { name: 'rest', include: [`test/**/${files}`], exclude: others },
      },
    ],
  },
});
