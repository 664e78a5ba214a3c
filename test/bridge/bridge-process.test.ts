/** The bridge as the box starts it: its own process, there while the box is there, and no longer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type BridgeProcess, startBridge } from '../../edge/bridge-process.ts';
import { openLog } from '../../edge/runtime/log.ts';
import { realPorts } from '../../edge/runtime/ports.ts';
import { type HttpSink, openHttpSink } from '../support/http-sink.ts';
import { BOX_TOKEN, type ScriptedBox, startScriptedBox } from './scripted-box.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-bridge-'));
let box: ScriptedBox;
let hq: HttpSink;
let bridge: BridgeProcess | undefined;

beforeAll(async () => {
  box = await startScriptedBox(30);
  hq = await openHttpSink();
  hq.answer = (_n, { url }) =>
    url.includes('/cursor')
      ? { status: 200, body: JSON.stringify({ ackedSeq: 0, ackedHash: '' }) }
      : {
          status: 200,
          body: JSON.stringify({ ackedSeq: 30, ackedHash: box.entries[29]?.hash, catalogHead: 0 }),
        };
});
afterEach(async () => bridge?.stop());
afterAll(async () => {
  await box.close();
  await hq.close();
  rmSync(folder, { recursive: true });
});

const options = (more: { hqUrl?: string; bridge?: 'box' | 'external' } = {}) => ({
  config: {
    hqUrl: hq.url,
    hqToken: 'token-of-this-store',
    bridge: 'box' as const,
    logLevel: 'info' as const,
    ...more,
  },
  box: () => ({ url: box.url, token: BOX_TOKEN }),
  ports: realPorts(),
  log: openLog('silent'),
});

async function until(what: () => boolean, ms = 10_000): Promise<void> {
  const end = performance.now() + ms;
  while (!what()) {
    if (performance.now() > end) throw new Error(`never came: ${what.toString()}`);
    await sleep(20);
  }
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('it carries, says so where the box says things, comes back when it dies, and ends with stop', async () => {
  const file = join(folder, 'lines');
  bridge = startBridge({ ...options(), output: openSync(file, 'a') });
  const first = bridge.pid();
  await until(() => box.acks.length > 0);
  expect(hq.posts[0]?.headers.authorization).toBe('Bearer token-of-this-store');
  const lines = readFileSync(file, 'utf8');
  expect(lines).toContain('"part":"bridge"');
  expect(lines).not.toContain('token-of-this-store');
  expect(lines).not.toContain(BOX_TOKEN);

  process.kill(first as number, 'SIGKILL');
  await until(() => !isAlive(first) && bridge?.pid() !== undefined && bridge.pid() !== first);
  const second = bridge.pid();
  const before = performance.now();
  await bridge.stop();
  // It does not wait for the box to answer, which takes 20 s.
  expect(performance.now() - before).toBeLessThan(10_000);
  expect(isAlive(second)).toBe(false);
  await sleep(1_200);
  expect(bridge.pid()).toBeUndefined();
});

test('it is not started without a head office, nor when somebody else does', () => {
  expect(startBridge(options({ hqUrl: '' })).pid()).toBeUndefined();
  expect(startBridge(options({ bridge: 'external' })).pid()).toBeUndefined();
});

test('it ends when the box is killed', async () => {
  const program = join(import.meta.dirname, '../../edge/bridge-process.ts');
  const { config } = options();
  const script = `
    const { startBridge } = await import(${JSON.stringify(program)});
    const bridge = startBridge({
      config: ${JSON.stringify(config)},
      box: () => (${JSON.stringify({ url: box.url, token: BOX_TOKEN })}),
      ports: { after: () => ({ cancel() {} }), mono: () => 0, randomBytes: () => [0] },
      log: { info() {}, warn() {} },
    });
    console.log('pid', bridge.pid());
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(/pid (\d+)/.exec(line.toString())?.[1]);
  const acks = box.acks.length;
  await until(() => box.acks.length > acks);
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !isAlive(pid), 5_000);
});
