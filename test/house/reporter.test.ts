// The last line of a run and its exit code, tried on runs that go well, badly and not at all.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from './tree.ts';

// Inside the project, so that `vitest` is found from there.
mkdirSync(join(root, '.test'), { recursive: true });
const folder = mkdtempSync(join(root, '.test/reporter-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const good = `test('good', () => {});`;
const bad = `test('bad', () => { throw new Error('planted'); });`;

const runs: readonly (readonly [name: string, body: string, line: string, code: number])[] = [
  ['passes', good, '1 passed, 0 failed', 0],
  ['fails', `${good}${bad}`, '1 passed, 1 failed', 1],
  ['skips', `${good} test.skip('later', () => {});`, '1 passed, 0 failed, 1 skipped', 0],
  ['does not load', `import './nowhere.ts'; ${good}`, '0 passed, 1 failed', 1],
  ['throws while loading', `${good} throw new Error('planted');`, '0 passed, 1 failed', 1],
  ['has no test', 'export const nothing = 1;', '0 passed, 1 failed', 1],
  ['only skips', `test.skip('later', () => {});`, '0 passed, 0 failed, 1 skipped', 1],
  [
    'has a failing hook',
    `describe('all', () => { beforeAll(() => { throw new Error('planted'); }); ${good} });`,
    '0 passed, 1 failed, 1 skipped',
    1,
  ],
  [
    'has an error outside of tests',
    `test('good', () => { Promise.reject(new Error('planted')); });`,
    '1 passed, 1 failed',
    1,
  ],
];

test.for(runs)('a run that %s', ([name, body, line, code]) => {
  const { last, status } = runVitest(
    name,
    `import { beforeAll, describe, test } from 'vitest';\n${body}`,
  );
  expect({ last, status }).toEqual({ last: line, status: code });
});

test('a run without files', () => {
  expect(runVitest('empty', undefined)).toEqual({ last: '0 passed, 0 failed', status: 1 });
});

function runVitest(
  name: string,
  text: string | undefined,
): { last: string; status: number | null } {
  const place = join(folder, name.replaceAll(' ', '-'));
  mkdirSync(place);
  if (text !== undefined) writeFileSync(join(place, 'planted.test.ts'), text);
  const reporter = JSON.stringify(join(root, 'test/support/reporter.ts'));
  writeFileSync(
    join(place, 'vitest.config.ts'),
    `import { SummaryReporter } from ${reporter};
     export default { test: { include: ['*.test.ts'], reporters: ['default', new SummaryReporter()] } };`,
  );
  const { TEST_SUMMARY_FILE: _ours, ...env } = process.env;
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run', '--root', place], {
    cwd: place,
    env,
    encoding: 'utf8',
  });
  return { last: run.stdout.trimEnd().split('\n').at(-1) ?? '', status: run.status };
}
