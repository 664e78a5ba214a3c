/**
 * How fast entries go into one PostgreSQL: a load process, one head office, the server that comes
 * with it, all on this machine. With what each part costs in processor time, because that is what can
 * be compared between machines and hours.
 *
 *   node test/bench/ingest.ts            the table; `--quick` a fifth of each store
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { LoadOptions, LoadResult } from './ingest-load.ts';

export type IngestFigures = {
  readonly name: string;
  readonly 'entries/s': number;
  /** Microseconds of processor time for an entry, in each process. */
  readonly 'head office us': number;
  readonly 'postgres us': number;
  readonly 'load us': number;
  /** Of the head office process, since its start. */
  readonly 'peak MiB': number;
  readonly 'told to wait': number;
  readonly resets: number;
  readonly 'batch p50 ms': number;
  readonly 'batch p99 ms': number;
  /** Of stores that sell meanwhile, batches of two entries. */
  readonly 'live p50 ms': number;
  readonly 'live p99 ms': number;
  readonly 'live max ms': number;
};

type Run = Omit<LoadOptions, 'url' | 'token' | 'run'> & { readonly name: string };

const RUNS: readonly Run[] = [
  row('40 stores, 6 moves', { stores: 40, entries: 5_000, atOnce: 8, live: 4 }),
  row('40 stores, 30 moves', { stores: 40, entries: 2_000, moves: 30, atOnce: 8, live: 4 }),
  row('1,000 stores, a day each', { stores: 1_000, entries: 3_000, atOnce: 1_000, live: 20 }),
];
const ROOT = join(import.meta.dirname, '..', '..');

if (process.argv[1] === import.meta.filename) {
  console.table(await measureIngest(process.argv.includes('--quick')));
}

/** Every run against one head office that is started for it and ended afterwards. */
export async function measureIngest(quick: boolean): Promise<IngestFigures[]> {
  const data = mkdtempSync(join(tmpdir(), 'larder-bench-hq-'));
  const office = await startOffice(data);
  try {
    const figures: IngestFigures[] = [];
    for (const [i, run] of RUNS.entries()) {
      const { name, ...sized } = quick ? { ...run, entries: Math.ceil(run.entries / 5) } : run;
      figures.push(await measure(office, name, { ...sized, run: `run${i}` }));
    }
    return figures;
  } finally {
    office.child.kill('SIGTERM');
    await new Promise((resolve) => office.child.once('exit', resolve));
    rmSync(data, { recursive: true, force: true });
  }
}

function row(name: string, sizes: Partial<Run> & Pick<Run, 'stores' | 'entries' | 'atOnce'>): Run {
  return { name, batch: 500, moves: 6, live: 0, ...sizes };
}

type Office = {
  readonly child: ChildProcess;
  readonly url: string;
  readonly token: string;
  readonly data: string;
};

async function startOffice(data: string): Promise<Office> {
  const port = 20_000 + (process.pid % 20_000);
  const env = {
    ...process.env,
    LARDER_HQ_DATA: data,
    LARDER_HQ_PORT: String(port),
    LARDER_LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [join(ROOT, 'cloud-bridge', 'hq', 'main.ts')], {
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
  const secrets = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8')) as {
    adminToken: string;
  };
  return { child, url, token: secrets.adminToken, data };
}

async function measure(
  office: Office,
  name: string,
  options: Omit<LoadOptions, 'url' | 'token'>,
): Promise<IngestFigures> {
  const before = cpuOf(office);
  const said = { ...options, url: office.url, token: office.token };
  const load = join(import.meta.dirname, 'ingest-load.ts');
  const args = ['--max-old-space-size=512', load, JSON.stringify(said)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const after = cpuOf(office);
  const result = JSON.parse(stdout) as LoadResult;
  const us = (seconds: number): number => Math.round((seconds * 1e7) / result.entries) / 10;
  return {
    name,
    'entries/s': Math.round(result.entries / result.seconds),
    'head office us': us(after.office - before.office),
    'postgres us': us(after.postgres - before.postgres),
    'load us': us(result.cpuSeconds),
    'peak MiB': peakMib(office.child.pid ?? 0),
    'told to wait': result.told429,
    resets: result.resets,
    'batch p50 ms': result.batchP50,
    'batch p99 ms': result.batchP99,
    'live p50 ms': result.liveP50,
    'live p99 ms': result.liveP99,
    'live max ms': result.liveMax,
  };
}

/** Seconds of processor time so far. */
function cpuOf({ child, data }: Office): { office: number; postgres: number } {
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

function peakMib(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
