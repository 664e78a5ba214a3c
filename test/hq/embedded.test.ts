/** Head office as a process with the PostgreSQL that comes with it: killed, it comes back by itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres } from '../../cloud-bridge/hq/postgres/embedded.ts';
import { openLog } from '../../edge/runtime/log.ts';
import { seeded, seedOf } from '../support/seeded.ts';
import { PaperBox } from './paper-box.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'cloud-bridge', 'hq', 'main.ts');
const log = openLog('silent');

let folder: string;
let data: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'larder-embedded-'));
  chmodSync(folder, 0o755);
  data = join(folder, 'data');
});
afterEach(async () => {
  if (child !== undefined && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Resolves with its address when it is ready. */
async function start(env: Record<string, string> = {}): Promise<string> {
  const own = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      LARDER_HQ_DATA: data,
      LARDER_HQ_PORT: '0',
      LARDER_LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = own;
  let said = '';
  own.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  for (;;) {
    if (own.exitCode !== null) throw new Error(`ended with ${own.exitCode}: ${said}`);
    // Port 0 is a free one; a number made up here may be taken by somebody's connection.
    const port = /"port":(\d+)/.exec(said)?.[1];
    const url = `http://127.0.0.1:${port}`;
    if (port !== undefined && (await isReady(url))) return url;
    await sleep(50);
  }
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`).catch(() => undefined);
  return answer?.ok === true;
}

function secret(): { adminToken: string; postgresPassword: string } {
  return JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8'));
}

async function send(url: string, batch: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/hq/v1/stores/demo/batches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret().adminToken}` },
    body: JSON.stringify(batch),
  });
  return (await response.json()) as Record<string, unknown>;
}

function postmaster(): number {
  return Number(readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Ends the shell that waits for the end of head office. */
function killWatch(parent: number): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
    if (!stat.includes('(sh)') || stat.split(') ')[1]?.split(' ')[1] !== String(parent)) continue;
    process.kill(Number(pid), 'SIGKILL');
  }
}

describe('killed without warning', () => {
  it('head office goes on with what it acknowledged, and the old server is ended', async () => {
    const box = new PaperBox('life', seeded(seedOf(504)));
    for (let round = 0; round < 3; round += 1) {
      const url = await start();
      const held = box.seq;
      box.sell(20);
      expect(await send(url, box.batch(held))).toMatchObject({ ackedSeq: box.seq, differences: 0 });
      const left = postmaster();
      // In the last round what would end the server is killed first: the next start has to.
      if (round === 2) killWatch(child?.pid ?? 0);
      child?.kill('SIGKILL');
      await once(child as ChildProcess, 'exit');
      if (round === 2) expect(existsSync(`/proc/${left}`)).toBe(true);
      else while (existsSync(`/proc/${left}`)) await sleep(20);
    }
    const url = await start();
    expect(await send(url, box.batch(60))).toMatchObject({ ackedSeq: 60, differences: 0 });
  });

  it('the server is started again, and whoever sends meanwhile is asked to come again', async () => {
    const url = await start();
    const box = new PaperBox('life', seeded(seedOf(505))).sell(20);
    await send(url, box.batch());
    const before = postmaster();
    process.kill(before, 'SIGKILL');
    // Some are still taken by what is left of the old server, some wait, some go to the new one.
    let waited = 0;
    while (postmaster() === before || box.seq < 60) {
      const held = box.seq;
      box.sell(5);
      for (;;) {
        const answer = await send(url, box.batch(held));
        if (answer['ackedSeq'] === box.seq) {
          expect(answer).toMatchObject({ differences: 0 });
          break;
        }
        expect(answer).toMatchObject({ code: 'database_away' });
        waited += 1;
        await sleep(100);
      }
    }
    expect(waited).toBeLessThan(200);
  });
});

describe('the folder', () => {
  it('is one head office`s: a second one says who has it', async () => {
    await start();
    const first = child;
    await expect(startPostgres({ data, log })).rejects.toThrow(/already runs .* LARDER_HQ_DATA/);
    expect(first?.exitCode).toBeNull();
  });

  it('may be below one that is closed to others', async () => {
    chmodSync(folder, 0o700);
    const server = await startPostgres({ data, log });
    expect(server.pid()).toBeGreaterThan(0);
    await server.stop();
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('that a first start left half made is made anew', async () => {
    mkdirSync(join(data, 'postgres.new', 'base'), { recursive: true });
    const server = await startPostgres({ data, log });
    await server.stop();
    expect(existsSync(join(data, 'postgres.new'))).toBe(false);
  });

  it('keeps the secrets for itself, and the server takes nobody without the password', async () => {
    const server = await startPostgres({ data, log });
    expect(statSync(join(data, 'secrets.json')).mode & 0o777).toBe(0o600);
    const stranger = new pg.Client(server.url.replace(secret().postgresPassword, 'wrong'));
    await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
    await server.stop();
  });
});
