import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runLarder } from './run-larder.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
let folder: string;
let demo: ChildProcess;
let written: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'larder-demo-'));
});
afterEach(async () => {
  if (demo.exitCode === null) {
    demo.kill('SIGKILL');
    await once(demo, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

async function startDemo(...args: string[]): Promise<void> {
  const bundle = join(ROOT, 'dist', 'demo.js');
  const built = process.env['TEST_SUMMARY_FILE'] !== undefined && existsSync(bundle);
  const program = built ? bundle : join(ROOT, 'edge/demo/main.ts');
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('LARDER_'));
  demo = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: {
      ...Object.fromEntries(inherited),
      LARDER_CWD: folder,
      LARDER_HTTP_PORT: '0',
      LARDER_MQTT_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  written = '';
  for (const stream of [demo.stdout, demo.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      written += chunk.toString();
    });
  }
  await until(() => written.includes('Ctrl+C ends'));
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (await condition()) return;
    if (demo.exitCode !== null) throw new Error(`the demo ended: ${written}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it did not happen: ${written}`);
}

async function stopDemo(): Promise<number | null> {
  const gone = once(demo, 'exit');
  demo.kill('SIGINT');
  const [code] = (await gone) as [number | null];
  return code;
}

type Status = { sales: number; events: number; demo: boolean };

async function status(): Promise<Status> {
  const { httpUrl } = JSON.parse(readFileSync(join(folder, '.demo/running.json'), 'utf8')) as {
    httpUrl: string;
  };
  const token = /#token=(\w+)/.exec(written)?.[1] ?? '';
  const answer = await fetch(`${httpUrl}/api/v1/status`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await answer.json()) as Status;
}

it('sells by itself, says how to sell, stops, and goes on where it was', async () => {
  await startDemo('--speed', '1000');
  await until(async () => (await status()).sales >= 10);
  expect((await status()).demo).toBe(true);
  const inbox = await runLarder(folder, ['inbox', '--json']);
  const { items } = inbox.json() as { items: { kind: string; title: { en: string } }[] };
  expect(items.filter(({ kind }) => kind === 'unknown_sku').map(({ title }) => title.en)).toContain(
    'Unknown dish S-0101',
  );
  expect(items.filter(({ kind }) => kind === 'negative')).toEqual([]);

  // The printed line, as a person would paste it.
  const line = written.split('\n').find((one) => one.includes('mosquitto_pub')) ?? '';
  if (spawnSync('bash', ['-c', `command -v ${line.trim().split(' ')[0]}`]).status === 0) {
    execFileSync('bash', ['-c', line]);
    const again = await runLarder(folder, [
      'pos',
      'void',
      'demo-1',
      '--disposition',
      'not_made',
      '--json',
    ]);
    expect(again.json()).toMatchObject({ status: 'applied' });
  } else console.warn('mosquitto_pub is missing: the printed line was not tried');

  expect(await stopDemo()).toBe(0);
  expect((await runLarder(folder, ['fsck'])).exit).toBe(0);
  const states = ['T1', 'T2'].map(
    (name) =>
      JSON.parse(readFileSync(join(folder, `.demo/till-${name}.json`), 'utf8')) as { outbox: [] },
  );
  expect(states.map(({ outbox }) => outbox)).toEqual([[], []]);

  await startDemo('--speed', '0');
  const before = await status();
  expect(before.sales).toBeGreaterThanOrEqual(10);
  const gaps = await runLarder(folder, ['pos', 'check', '--terminal', 'T2', '--json']);
  const { checks } = gaps.json() as { checks: { id: string; state: string }[] };
  expect(checks.find(({ id }) => id === 'sequence')?.state).toBe('ok');
  expect((await status()).events).toBe(before.events);
  expect(await stopDemo()).toBe(0);
});
