/** The demo's head office: a process of its own over its own embedded PostgreSQL, as in the cloud. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programFile } from '../installation.ts';
import { Fault } from '../runtime/fault.ts';

export type HeadOffice = {
  readonly url: string;
  readonly adminToken: string;
  stop(): Promise<void>;
};

export type HeadOfficeOptions = {
  /** Folder of its database and secrets. */
  readonly data: string;
  readonly host: string;
  readonly port: number;
  /** Token of the bridge of each store. */
  readonly stores: ReadonlyMap<string, string>;
};

const READY_TRIES = 300;
const READY_EVERY_MS = 100;

/** @throws Fault `no_head_office` when it does not come up; its log says why */
export async function startHeadOffice(options: HeadOfficeOptions): Promise<HeadOffice> {
  const { data, host, port, stores } = options;
  mkdirSync(data, { recursive: true, mode: 0o755 });
  const url = `http://${host}:${port}`;
  const logFile = join(data, 'hq.log');
  const child = spawn(process.execPath, [programFile('hq')], {
    env: {
      ...process.env,
      LARDER_HQ_DATA: data,
      LARDER_HQ_HOST: host,
      LARDER_HQ_PORT: String(port),
      LARDER_HQ_STORES: [...stores].map(([store, token]) => `${store}=${token}`).join(','),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl+C in the terminal goes to the demo, which ends it in order.
    detached: true,
  });
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  await untilReady(child, url, logFile);
  const secrets = readFileSync(join(data, 'secrets.json'), 'utf8');
  const { adminToken } = JSON.parse(secrets) as { adminToken: string };
  return {
    url,
    adminToken,
    async stop() {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function untilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  for (let i = 0; i < READY_TRIES && child.exitCode === null; i++) {
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await sleep(READY_EVERY_MS);
  }
  child.kill('SIGKILL');
  const words = `head office does not start; see ${logFile} / 总部未能启动,详见 ${logFile}`;
  throw new Fault('no_head_office', words, { retryable: false });
}
