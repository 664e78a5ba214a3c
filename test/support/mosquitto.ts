/**
 * A real Mosquitto for tests of the external-broker mode: the settings and rights that we ship, in a
 * folder of its own and on a free loopback port, with accounts for the box and terminal T1.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type Mosquitto = {
  readonly port: number;
  /** What `LARDER_MQTT_URL` takes. */
  readonly boxUrl: string;
  readonly terminal: { readonly username: string; readonly password: string };
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Starts it again in the same folder on the same port. */
  restart(): Promise<void>;
  /** Ends it and deletes its folder. */
  stop(): Promise<void>;
};

/** The program, or undefined when it is not installed. Debian keeps it outside the usual PATH. */
export function findMosquitto(): string | undefined {
  const places = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'mosquitto'));
  return [...places, '/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find((file) =>
    existsSync(file),
  );
}

/** @throws when Mosquitto is not installed or does not answer within 5 s, with what it wrote. */
export async function startMosquitto(): Promise<Mosquitto> {
  const program = findMosquitto();
  if (program === undefined)
    throw new Error('mosquitto is not installed (Debian package mosquitto)');
  const folder = mkdtempSync(join(tmpdir(), 'larder-mosquitto-'));
  const port = await freePort();
  writeConfiguration(folder, port);
  let child = await launch(program, folder, port);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return {
    port,
    boxUrl: `mqtt://larder-box:${BOX_PASSWORD}@127.0.0.1:${port}`,
    terminal: { username: 'pos-T1', password: POS_PASSWORD },
    kill,
    async restart() {
      child = await launch(program, folder, port);
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const BOX_PASSWORD = 'box-of-the-test';
const POS_PASSWORD = 'pos-of-the-test';
/** What a store runs: the same settings and rights, only the places and the port are the test's. */
const SHIPPED = join(import.meta.dirname, '..', '..', 'edge', 'mosquitto');

function writeConfiguration(folder: string, port: number): void {
  const passwords = join(folder, 'passwords');
  addUser(['-c', '-b', passwords, 'larder-box', BOX_PASSWORD]);
  addUser(['-b', passwords, 'pos-T1', POS_PASSWORD]);
  const rights = readFileSync(join(SHIPPED, 'topics.acl'), 'utf8');
  writeFileSync(join(folder, 'topics.acl'), rights, { mode: 0o600 });
  const shipped = readFileSync(join(SHIPPED, 'mosquitto.conf'), 'utf8');
  const settings = shipped
    .replace(/^listener .*$/m, `listener ${port} 127.0.0.1`)
    .replaceAll('/mosquitto/data/', `${folder}/`)
    .replaceAll('/mosquitto/config/', `${folder}/`);
  // Started as root it would change to its own account, which may not read this folder.
  const account = process.getuid?.() === 0 ? 'user root\n' : '';
  writeFileSync(join(folder, 'mosquitto.conf'), `${settings}\n${account}`);
}

function addUser(args: string[]): void {
  const done = spawnSync('mosquitto_passwd', args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`mosquitto_passwd: ${done.error?.message ?? done.stderr}`);
}

async function launch(program: string, folder: string, port: number): Promise<ChildProcess> {
  const child = spawn(program, ['-c', join(folder, 'mosquitto.conf')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  const keep = (chunk: Buffer): void => {
    written = (written + chunk.toString()).slice(-2000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) break;
    if (await answers(port)) return child;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`mosquitto did not start: ${written}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Free now; another process could take it, but Mosquitto cannot be asked to choose by itself. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
