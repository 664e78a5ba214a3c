/**
 * The box as its own process, as the faults need it: started again and again in the same folder and
 * killed without warning. Talks to it as anybody would, over HTTP with the token of `secrets.json`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type BoxProcess = {
  readonly pid: number;
  readonly httpPort: number;
  readonly mqttPort: number;
  /** From the start of the process to its `ready` line, milliseconds. */
  readonly readyMs: number;
  readonly adminToken: string;
  readonly posPassword: string;
  /** What it wrote on standard output and error, the last 8,000 characters. */
  written(): string;
  isAlive(): boolean;
  /** Sends the signal and resolves when the process is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** An HTTP call with the admin token; throws on a status of 400 or more, with the answer. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** The answer as it comes, whatever its status. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
};

const ROOT = join(import.meta.dirname, '..', '..');
const READY_WITHIN_MS = 30_000;

/** Program file of the box. */
export function boxProgram(): string {
  return programFile('edge.js', 'edge/main.ts');
}

/** Program file of the `larder` tool. */
export function larderProgram(): string {
  return programFile('larder.js', 'edge/cli/main.ts');
}

/** `npm test` has just built the bundles; anybody else tests the sources, never an old bundle. */
export function programFile(bundle: string, source: string): string {
  const file = join(ROOT, 'dist', bundle);
  const fresh = process.env['TEST_SUMMARY_FILE'] !== undefined && existsSync(file);
  return fresh ? file : join(ROOT, source);
}

/** @throws when it does not become ready, with what it wrote. */
export async function startBoxProcess(
  dataFolder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<BoxProcess> {
  const started = performance.now();
  const child = spawn(process.execPath, [boxProgram()], {
    cwd: ROOT,
    env: boxEnvironment(dataFolder, settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A run that is broken off must not leave boxes behind.
  const takeAlong = (): boolean => child.kill('SIGKILL');
  process.once('exit', takeAlong);
  child.once('exit', () => process.off('exit', takeAlong));
  let text = '';
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-8000);
  };
  child.stderr.on('data', keep);
  const ready = await readyLine(child, keep, () => text);
  const readyMs = performance.now() - started;
  const secrets = JSON.parse(readFileSync(join(dataFolder, 'secrets.json'), 'utf8')) as Secrets;
  const { adminToken } = secrets;
  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${ready.httpPort}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${adminToken}`, ...init.headers },
    });
  return {
    pid: child.pid ?? 0,
    httpPort: ready.httpPort,
    mqttPort: ready.mqttPort,
    readyMs,
    adminToken,
    posPassword: secrets.posTerminals['T1']?.password ?? '',
    written: () => text,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    kill: (signal) => endProcess(child, signal),
    call: (method, path, body) => callJson(get, method, path, body),
    fetch: get,
  };
}

type Secrets = { adminToken: string; posTerminals: Record<string, { password: string }> };
type Ready = { httpPort: number; mqttPort: number };

function boxEnvironment(
  dataFolder: string,
  settings: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('LARDER_'));
  return {
    ...Object.fromEntries(inherited),
    LARDER_DATA: dataFolder,
    LARDER_HTTP_PORT: '0',
    LARDER_MQTT_PORT: '0',
    LARDER_LOG_LEVEL: 'info',
    ...settings,
  };
}

/** Waits for `{"msg":"ready",…}` among the log lines. */
function readyLine(
  child: ChildProcess,
  keep: (chunk: Buffer) => void,
  written: () => string,
): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`the box ${why}:\n${written()}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`was not ready within ${READY_WITHIN_MS} ms`);
    }, READY_WITHIN_MS);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code} before it was ready`);
    });
    let line = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      keep(chunk);
      line += chunk.toString();
      const lines = line.split('\n');
      line = lines.pop() ?? '';
      for (const found of lines) {
        if (!found.includes('"msg":"ready"')) continue;
        clearTimeout(timer);
        resolve(JSON.parse(found) as Ready);
      }
    });
  });
}

async function endProcess(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

async function callJson(
  get: (path: string, init?: RequestInit) => Promise<Response>,
  method: string,
  path: string,
  body: unknown,
): Promise<unknown> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'content-type': 'application/json' };
  }
  const answer = await get(path, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 2000)}`);
  return text === '' ? undefined : JSON.parse(text);
}
