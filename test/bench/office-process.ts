/** Head office as it ships, with the PostgreSQL that comes with it, and a bridge as the box starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import how from '../../edge/bridge-flags.json' with { type: 'json' };
import type { BenchBox } from './box-process.ts';

export type BenchOffice = {
  readonly url: string;
  /** The administrator's. */
  readonly token: string;
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Seconds of processor time since the start, of head office and of PostgreSQL. */
  cpu(): { readonly office: number; readonly postgres: number };
  /** Most resident memory of the head office process since its start. */
  peakMib(): number;
  stop(): Promise<void>;
};

export type BenchBridge = {
  /** Seconds of processor time since the start. */
  cpu(): number;
  peakMib(): number;
  stop(): Promise<void>;
};

const DIST = join(import.meta.dirname, '..', '..', 'dist');

export async function startBenchOffice(): Promise<BenchOffice> {
  const data = mkdtempSync(join(tmpdir(), 'larder-bench-hq-'));
  const port = 20_000 + (process.pid % 20_000);
  const env = {
    ...process.env,
    LARDER_HQ_DATA: data,
    LARDER_HQ_PORT: String(port),
    LARDER_LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [join(DIST, 'hq.js')], {
    env,
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`head office ended with code ${child.exitCode}`);
    const ready = await fetch(`${url}/readyz`).catch(() => undefined);
    if (ready?.ok === true) break;
    await sleep(50);
  }
  const { adminToken: token } = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8')) as {
    adminToken: string;
  };
  return {
    url,
    token,
    async api<T>(method: string, path: string, body?: unknown): Promise<T> {
      const answer = await fetch(`${url}/hq/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    cpu: () => cpuOf(child, data),
    peakMib: () => peakOf(child),
    async stop() {
      await end(child);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Registers the box's store and carries from it until `stop`. */
export async function startBenchBridge(box: BenchBox, office: BenchOffice): Promise<BenchBridge> {
  const { token } = await office.api<{ token: string }>('POST', '/stores', { store: 'demo' });
  const child = spawn(process.execPath, [...how.flags, join(DIST, 'uplink.js')], {
    env: {
      ...process.env,
      ...how.env,
      LARDER_DATA: box.data,
      LARDER_HQ_URL: office.url,
      LARDER_HQ_TOKEN: token,
      LARDER_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return {
    cpu: () => statOf(String(child.pid))?.own ?? 0,
    peakMib: () => peakOf(child),
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

function cpuOf(child: ChildProcess, data: string): { office: number; postgres: number } {
  const master = Number(
    readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0],
  );
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = pids.map(statOf).filter((stat) => stat?.parent === master);
  const ended = statOf(String(master));
  const postgres = children.reduce((sum, stat) => sum + (stat?.own ?? 0), 0);
  return {
    office: statOf(String(child.pid))?.own ?? 0,
    // What ended backends used is the postmaster's by then.
    postgres: postgres + (ended?.own ?? 0) + (ended?.children ?? 0),
  };
}

/** Ticks are hundredths of a second on every Linux. */
function statOf(pid: string): { parent: number; own: number; children: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
    const own = (user + system) / 100;
    return { parent: fields[1] ?? 0, own, children: (childUser + childSystem) / 100 };
  } catch {
    return undefined;
  }
}

function peakOf({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
