/** Head office as its own process with its own PostgreSQL, and a bridge that nobody else starts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import how from '../../edge/bridge-flags.json' with { type: 'json' };
import { programFile } from './box-process.ts';

export type HqProcess = {
  readonly port: number;
  readonly adminToken: string;
  /** Start to its `ready` line, milliseconds. */
  readonly readyMs: number;
  written(): string;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<unknown>;
  /** Calls `/hq/v1` with the admin token; throws on a status of 400 or more. */
  call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
};

export type LoneBridge = {
  readonly pid: number;
  /** The newest of what it wrote. */
  written(): string;
  /** @returns its exit code; null when the signal ended it */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
};

/** Where the box is, by its folder or by its address, and where head office is. */
export type BridgeEnv = Readonly<
  { LARDER_HQ_URL: string; LARDER_HQ_TOKEN?: string } & (
    | { LARDER_DATA: string }
    | { LARDER_BOX_URL: string; LARDER_BOX_TOKEN: string }
  )
>;

const ROOT = join(import.meta.dirname, '..', '..');
const READY_WITHIN_MS = 60_000;

/** @throws when it does not become ready, with what it wrote */
export async function startHqProcess(data: string): Promise<HqProcess> {
  const started = performance.now();
  const { child, written } = run([programFile('hq.js', 'cloud-bridge/hq/main.ts')], {
    LARDER_HQ_DATA: data,
    LARDER_HQ_PORT: '0',
    LARDER_LOG_LEVEL: 'info',
  });
  const port = await readyPort(child, written);
  const secrets = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8')) as Secrets;
  const { adminToken } = secrets;
  return {
    port,
    adminToken,
    readyMs: performance.now() - started,
    written,
    kill: (signal) => end(child, signal),
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
      const answer = await fetch(`http://127.0.0.1:${port}/hq/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
      return JSON.parse(text) as T;
    },
  };
}

type Secrets = { readonly adminToken: string; readonly postgresPassword: string };

/** As a unit file starts it. */
export function startLoneBridge(env: BridgeEnv): LoneBridge {
  const file = programFile('uplink.js', 'cloud-bridge/uplink/main.ts');
  const { child, written } = run([...how.flags, file], {
    ...how.env,
    ...env,
    LARDER_LOG_LEVEL: 'info',
  });
  return { pid: child.pid ?? 0, written, kill: (signal) => end(child, signal) };
}

/** The bridge that a box has started; undefined between two. */
export function bridgeOf(boxPid: number): number | undefined {
  const file = `/proc/${boxPid}/task/${boxPid}/children`;
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').trim().split(' ')[0]);
  return pid > 0 ? pid : undefined;
}

/** The PostgreSQL of a head office: its process now, and how to reach it. */
export function postgresOf(data: string): { pid: number; url: string } | undefined {
  const file = join(data, 'postgres', 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
  const secrets = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8')) as Secrets;
  const { postgresPassword: password } = secrets;
  return {
    pid: Number(pid),
    url: `postgres://larder:${password}@127.0.0.1:${Number(port)}/postgres`,
  };
}

/** Ends a PostgreSQL that outlived its head office; there may be none. */
export async function endPostgres(data: string): Promise<void> {
  const left = postgresOf(data);
  if (left === undefined) return;
  try {
    process.kill(left.pid, 'SIGINT');
    for (let i = 0; i < 200; i += 1) {
      process.kill(left.pid, 0);
      await sleep(50);
    }
  } catch {
    // Gone.
  }
}

function run(args: readonly string[], env: Readonly<Record<string, string>>) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('LARDER_'));
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A run that is broken off must not leave processes behind.
  const takeAlong = (): boolean => child.kill('SIGKILL');
  process.once('exit', takeAlong);
  child.once('exit', () => process.off('exit', takeAlong));
  let text = '';
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-8000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return { child, written: () => text };
}

async function readyPort(child: ChildProcess, written: () => string): Promise<number> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until && child.exitCode === null && child.signalCode === null) {
    const line = written()
      .split('\n')
      .find((one) => one.includes('head office is ready') && one.endsWith('}'));
    if (line !== undefined) return (JSON.parse(line) as { port: number }).port;
    await sleep(20);
  }
  child.kill('SIGKILL');
  throw new Error(`head office is not ready:\n${written()}`);
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
  return child.exitCode;
}
