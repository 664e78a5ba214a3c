/** The box as it ships, in a process of its own, with the bench kitchen and stock. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { benchBook, benchDelivery, type Load } from './kitchen.ts';

export type BenchBox = {
  readonly data: string;
  readonly pid: number;
  readonly startMs: number;
  readonly url: string;
  readonly mqttPort: number;
  readonly token: string;
  /** Credentials of terminal T1. */
  readonly mqttUser: string;
  readonly mqttPassword: string;
  api(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Resident memory now, MiB. */
  residentMiB(): number;
  load(
    load: Load,
    count: number,
    inFlight: number,
    prefix: string,
    rate?: number,
  ): Promise<LoadFigures>;
  stop(keepData?: boolean): Promise<void>;
};

export type LoadFigures = { count: number; perSecond: number; p50: number; p99: number };

/** As `npm start` runs it. */
const NODE_FLAGS = ['--max-semi-space-size=4', '--max-old-space-size=256'];
const BUNDLE = fileURLToPath(new URL('../../dist/edge.js', import.meta.url));
const CLIENT = fileURLToPath(new URL('./load-client.ts', import.meta.url));
const run = promisify(execFile);

export async function startBenchBox(existing?: string): Promise<BenchBox> {
  const data = existing ?? mkdtempSync(join(tmpdir(), 'larder-bench-'));
  const started = performance.now();
  const child = spawn(process.execPath, [...NODE_FLAGS, BUNDLE], {
    env: {
      ...process.env,
      LARDER_DATA: data,
      LARDER_HTTP_PORT: '0',
      LARDER_MQTT_PORT: '0',
      LARDER_LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = await readyLine(child);
  const startMs = performance.now() - started;
  const secrets = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8')) as {
    adminToken: string;
    posTerminals: Record<string, { username: string; password: string }>;
  };
  const t1 = secrets.posTerminals['T1'];
  const url = `http://127.0.0.1:${ready.httpPort}`;
  const box: BenchBox = {
    data,
    pid: child.pid ?? 0,
    startMs,
    url,
    mqttPort: ready.mqttPort,
    token: secrets.adminToken,
    mqttUser: t1?.username ?? '',
    mqttPassword: t1?.password ?? '',
    async api(method, path, body) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${secrets.adminToken}`,
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return response.json();
    },
    residentMiB() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    },
    async load(load, count, inFlight, prefix, rate = 0) {
      const args = [
        ready.mqttPort,
        t1?.username ?? '',
        t1?.password ?? '',
        load,
        count,
        inFlight,
        prefix,
        rate,
      ].map(String);
      const { stdout } = await run(process.execPath, [CLIENT, ...args], { timeout: 1_800_000 });
      return JSON.parse(stdout) as LoadFigures;
    },
    async stop(keepData = false) {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
      if (!keepData) rmSync(data, { recursive: true, force: true });
    },
  };
  if (existing === undefined) {
    await box.api('PUT', '/book', benchBook());
    await box.api('POST', '/commands', {
      commands: [{ id: 'stock', kind: 'delivery.receive', data: benchDelivery() }],
    });
  }
  return box;
}

function readyLine(child: ChildProcess): Promise<{ httpPort: number; mqttPort: number }> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`the box ended with ${code}: ${text}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      for (const line of text.split('\n')) {
        if (line.includes('"msg":"ready"')) resolve(JSON.parse(line) as never);
      }
      if (text.length > 1_000_000) text = '';
    });
  });
}
