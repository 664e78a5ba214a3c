/**
 * A real PostgreSQL that starts by itself where nobody set one up. It listens on loopback only, on
 * a free port, with a password of its own; it ends with head office, and when head office was
 * killed the next one tidies up and goes on with the same data.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../../../edge/runtime/fault.ts';
import type { Log } from '../../../edge/runtime/log.ts';
import { realPorts } from '../../../edge/runtime/ports.ts';
import { openHqSecrets } from '../secrets.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { endLeftover, lockFolder, readPostmaster } from './leftover.ts';
import { type RunAs, runAs } from './run-as.ts';
import { POSTGRES_SETTINGS } from './settings.ts';

export type EmbeddedPostgres = {
  /** `postgres://…` with its password: not for logs. */
  readonly url: string;
  /** Of the server that runs now. */
  pid(): number | undefined;
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** Folder of head office: secrets, the server's log, and `postgres` below it. */
  readonly data: string;
  readonly log: Log;
  /** More settings than those in `settings.ts`, or other values. */
  readonly settings?: Readonly<Record<string, string>>;
};

/**
 * Makes the database at the first start, ends a server that was left over, waits until it accepts
 * connections, and starts it again when it dies.
 * @throws Fault `no_postgres`, `data_in_use`, `unreachable_for_postgres`, `postgres_failed`
 */
export async function startPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { data, log } = options;
  const { postgresPassword } = openHqSecrets(data, realPorts());
  const unlock = lockFolder(data);
  try {
    const server = await openServer(options, postgresPassword);
    let stopping = false;
    let child = await launch(server, log);
    let again: Promise<void> = Promise.resolve();
    const watch = (): void => {
      child.once('exit', (code, signal) => {
        if (stopping) return;
        log.error({ code, signal, file: server.logFile }, 'the database server died: again');
        again = revive();
      });
    };
    const revive = async (): Promise<void> => {
      while (!stopping) {
        try {
          child = await launch(server, log);
          watch();
          return;
        } catch (error) {
          log.error({ err: error }, 'the database server does not start: again in a moment');
          await sleep(REVIVE_MS);
        }
      }
    };
    watch();
    return {
      url: `postgres://${USER}:${postgresPassword}@127.0.0.1:${server.port}/postgres`,
      pid: () => child.pid,
      async stop() {
        stopping = true;
        await again;
        await end(child);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

const USER = 'larder';
const REVIVE_MS = 500;
const STEP_MS = 10;
/** Replaying what a killed server had not written yet takes a while; it shows progress by living. */
const START_WITHIN_MS = 15 * 60_000;
const LOG_MAX = 10 * 1024 * 1024;

type Server = {
  readonly binaries: Binaries;
  readonly as: RunAs;
  readonly folder: string;
  readonly port: number;
  readonly logFile: string;
  readonly settings: Readonly<Record<string, string>>;
};

async function openServer(options: EmbeddedOptions, password: string): Promise<Server> {
  const { data, log } = options;
  const binaries = findBinaries(join(data, 'libraries'));
  // Ours, and the server has to pass it.
  chmodSync(data, 0o711);
  const folder = join(data, 'postgres');
  const as = runAs([binaries.postgres, folder], log);
  if (existsSync(folder)) await endLeftover(folder, log);
  else createCluster(binaries, as, folder, password);
  const logFile = join(data, 'postgres.log');
  if (existsSync(logFile) && statSync(logFile).size > LOG_MAX) renameSync(logFile, `${logFile}.1`);
  const settings = { ...POSTGRES_SETTINGS, ...options.settings };
  return { binaries, as, folder, port: await freePort(), logFile, settings };
}

/** Made aside and renamed: one that was interrupted is made anew. */
function createCluster(binaries: Binaries, as: RunAs, folder: string, password: string): void {
  const draft = `${folder}.new`;
  const passwordFile = `${folder}.pass`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  as.own(draft);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  as.own(passwordFile);
  const flags = ['-D', draft, '-U', USER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const [program = '', ...first] = [...as.prefix, binaries.initdb];
  const args = [...first, ...flags, '--encoding=UTF8', '--locale=C', '--no-instructions'];
  const done = spawnSync(program, args, { ...child(binaries, as), encoding: 'utf8' });
  rmSync(passwordFile, { force: true });
  if (done.status !== 0) {
    const why = done.error?.message ?? `${done.stdout}${done.stderr}`;
    throw new Fault('postgres_failed', `initdb could not make ${folder}: ${why.trim()}`, {
      retryable: false,
    });
  }
  renameSync(draft, folder);
}

function child(binaries: Binaries, as: RunAs) {
  const { uid, gid } = as;
  return {
    // The account may not enter the folder we are in.
    cwd: '/',
    env: {
      PATH: process.env['PATH'] ?? '',
      ...(binaries.libraries ? { LD_LIBRARY_PATH: binaries.libraries } : {}),
    },
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  };
}

/** Resolves when it accepts connections. */
async function launch(server: Server, log: Log): Promise<ChildProcess> {
  const { binaries, as, folder, port, settings } = server;
  const all = {
    ...settings,
    listen_addresses: '127.0.0.1',
    // Loopback with a password is enough, and a socket needs a folder that both may enter.
    unix_socket_directories: '',
  };
  const flags = Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const [program = '', ...first] = [...as.prefix, binaries.postgres];
  const args = [...first, '-D', folder, '-p', String(port), ...flags];
  const output = openSync(server.logFile, 'a', 0o600);
  const process = spawn(program, args, {
    ...child(binaries, as),
    // A file and no pipe: it must not stop when head office was killed. Ctrl+C is ours to pass on.
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  let failed: Error | undefined;
  process.once('error', (error) => {
    failed = error;
  });
  for (let waited = 0; waited < START_WITHIN_MS; waited += STEP_MS) {
    const running =
      failed === undefined && process.exitCode === null && process.signalCode === null;
    if (!running) break;
    const told = readPostmaster(folder);
    if (told?.ready === true && told.pid === process.pid) {
      endWithUs(process);
      return process;
    }
    if (waited > 0 && waited % 10_000 === 0) log.info('the database server is still recovering');
    await sleep(STEP_MS);
  }
  await end(process);
  throw new Fault(
    'postgres_failed',
    `the database server does not start: ${failed?.message ?? `see ${server.logFile}`}`,
    { retryable: true },
  );
}

/**
 * Ends the server when head office ends without a word (`kill -9`): a shell waits for the end of a
 * pipe that only we hold. Should it fail, the next start ends the server (`leftover.ts`).
 */
function endWithUs(server: ChildProcess): void {
  const script = 'read -r _; kill -INT "$0"';
  const watch = spawn('sh', ['-c', script, String(server.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Ctrl+C in a terminal is not for it.
    detached: true,
  });
  watch.once('error', () => undefined);
  watch.stdin.once('error', () => undefined);
  watch.unref();
  server.once('exit', () => watch.kill('SIGKILL'));
}

/** Fast shutdown; resolves when it is gone. */
function end(process: ChildProcess): Promise<void> {
  if (process.pid === undefined || process.exitCode !== null || process.signalCode !== null) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    process.once('exit', () => resolve());
    process.kill('SIGINT');
  });
}

/** Free now; PostgreSQL cannot be asked to choose by itself. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
