// The launcher alone, in a folder that holds nothing else than a finished bundle.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from './tree.ts';

const copy = mkdtempSync(join(tmpdir(), 'larder-launch-'));
mkdirSync(join(copy, 'edge'));
mkdirSync(join(copy, 'dist'));
for (const file of ['edge/launch.mjs', 'edge/prepare.mjs', 'edge/bridge-flags.json'])
  cpSync(join(root, file), join(copy, file));
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
const launcher = join(copy, 'edge/launch.mjs');
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function program(name: string, text: string): void {
  writeFileSync(join(copy, `dist/${name}.js`), text);
}

function launch(args: readonly string[], cwd = copy, env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [launcher, ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  });
}

test('an unknown verb is wrong use and lists the verbs', () => {
  const { status, stderr } = launch(['toString']);
  expect(status).toBe(2);
  expect(stderr).toContain('demo | start | bridge | hq | larder | test');
});

test('a program gets its arguments, the folder of the caller, Node 24, and gives its exit code', () => {
  program(
    'larder',
    `console.log(JSON.stringify([process.argv.slice(2), process.env.LARDER_CWD, process.version]));
     process.exit(3);`,
  );
  const away = launch(['larder', 'import', 'a b.yaml', '--json'], tmpdir());
  expect(away.status).toBe(3);
  const [args, cwd, version] = JSON.parse(away.stdout);
  expect(args).toEqual(['import', 'a b.yaml', '--json']);
  expect(cwd).toBe(tmpdir());
  expect(version).toMatch(/^v(2[4-9]|[3-9]\d)[.]/);
});

test('under npm the folder of the caller is where npm was called', () => {
  program('larder', 'console.log(process.env.LARDER_CWD)');
  expect(launch(['larder'], copy, { INIT_CWD: '/somewhere' }).stdout.trim()).toBe('/somewhere');
  // A value that npm left for another process says nothing about this one.
  expect(launch(['larder'], tmpdir(), { INIT_CWD: '/somewhere' }).stdout.trim()).toBe(tmpdir());
});

test('a missing program is named', () => {
  const { status, stderr } = launch(['demo']);
  expect(status).toBe(1);
  expect(stderr).toContain('dist/demo.js does not exist');
});

test('tests that cannot even start still end in a summary line', () => {
  // CI=true refuses to run without the programs that tests need, and PATH hides all of them.
  const { status, stdout, stderr } = launch(['test'], copy, { CI: 'true', PATH: copy });
  expect(status).toBe(1);
  expect(stderr).toContain('chromium is missing');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed');
});

test.for(['SIGINT', 'SIGTERM'] as const)('%s reaches the program once', async (signal) => {
  program(
    'edge',
    `let seen = 0;
     process.on('${signal}', () => { seen += 1; if (seen === 1) setTimeout(() => { console.log('seen', seen); process.exit(7); }, 300); });
     setInterval(() => {}, 1000);
     console.log('up');`,
  );
  const child = spawn(process.execPath, [launcher, 'start'], {
    cwd: copy,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const up = new Promise<void>((resolve) => {
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString();
      if (output.includes('up')) resolve();
    });
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await up;
  child.kill(signal);
  child.kill(signal);
  expect(await ended).toBe(7);
  expect(output).toContain('seen 1');
});
