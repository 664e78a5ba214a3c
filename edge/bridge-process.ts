/**
 * The bridge beside the box: a process of its own, started with the box, started again when it dies,
 * ended with it. It gets the address and the token of the box, and none of its other secrets. Its heap
 * is bounded, so that V8 cleans up instead of growing, and nothing of it is compiled for speed: that took
 * 15 to 20 MB and saved a quarter of a second in a week of entries.
 */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import how from './bridge-flags.json' with { type: 'json' };
import type { Config } from './config.ts';
import { programFile } from './installation.ts';
import type { Log } from './runtime/log.ts';
import type { Ports, Timer } from './runtime/ports.ts';

export type BridgeProcess = {
  /** Its process now; undefined between two. */
  pid(): number | undefined;
  /** Resolves when it is gone. */
  stop(): Promise<void>;
};

export type BridgeOptions = {
  readonly config: Pick<Config, 'hqUrl' | 'hqToken' | 'bridge' | 'logLevel'>;
  /** Where the box is now, and its admin token. */
  readonly box: () => { readonly url: string; readonly token: string };
  readonly ports: Pick<Ports, 'after' | 'mono' | 'randomBytes'>;
  readonly log: Log;
  /** Where its lines go: those of the box, if nothing is given; else the number of an open file. */
  readonly output?: 'inherit' | number | undefined;
};

/** Waits before the next start: doubled with each death, and forgotten after a minute of life. */
const FIRST_MS = 1_000;
const MOST_MS = 60_000;
const STEADY_MS = 60_000;
/** It has nothing to finish. */
const END_WITHIN_MS = 1_500;

/** Does nothing when there is no head office, or when somebody else starts the bridge. */
export function startBridge(options: BridgeOptions): BridgeProcess {
  const { config, ports, log } = options;
  if (config.hqUrl === '' || config.bridge === 'external') {
    return { pid: () => undefined, stop: async () => {} };
  }
  let child: ChildProcess | undefined;
  let again: Timer | undefined;
  let stopped = false;
  let deaths = 0;
  const start = (): void => {
    const startedAt = ports.mono();
    child = spawnBridge(options);
    log.info({ pid: child.pid }, 'the bridge to head office was started');
    const gone = (why: Record<string, unknown>): void => {
      if (child === undefined) return;
      child = undefined;
      if (stopped) return;
      deaths = ports.mono() - startedAt > STEADY_MS ? 1 : deaths + 1;
      const waitMs = waitAfter(deaths, ports);
      log.warn({ ...why, waitMs }, 'the bridge to head office ended; it starts again');
      again = ports.after(waitMs, start);
    };
    child.once('exit', (code, signal) => gone({ code, signal }));
    // No memory, no file handle: it never ran.
    child.once('error', (error) => gone({ err: error }));
  };
  start();
  return {
    pid: () => child?.pid,
    stop() {
      stopped = true;
      again?.cancel();
      return child === undefined ? Promise.resolve() : endChild(child, ports);
    },
  };
}

function spawnBridge({ config, box, output = 'inherit' }: BridgeOptions): ChildProcess {
  const { url, token } = box();
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('LARDER_'));
  const stdio: StdioOptions = ['pipe', output, output];
  const child = spawn(process.execPath, [...how.flags, programFile('uplink')], {
    env: {
      ...Object.fromEntries(inherited),
      ...how.env,
      LARDER_HQ_URL: config.hqUrl,
      LARDER_HQ_TOKEN: config.hqToken,
      LARDER_BOX_URL: url,
      LARDER_BOX_TOKEN: token,
      LARDER_LOG_LEVEL: config.logLevel,
      // Nothing is ever written there: it ends when we do, also when we are killed.
      LARDER_BRIDGE_PARENT: 'stdin',
    },
    stdio,
  });
  child.stdin?.on('error', () => {});
  return child;
}

/** Half of it and a random part of the other half. */
function waitAfter(deaths: number, ports: Pick<Ports, 'randomBytes'>): number {
  const most = Math.min(MOST_MS, FIRST_MS * 2 ** (deaths - 1));
  const part = (ports.randomBytes(1)[0] ?? 0) / 255;
  return Math.round(most / 2 + (part * most) / 2);
}

function endChild(child: ChildProcess, ports: Pick<Ports, 'after'>): Promise<void> {
  return new Promise((resolve) => {
    const late = ports.after(END_WITHIN_MS, () => child.kill('SIGKILL'));
    child.once('exit', () => {
      late.cancel();
      resolve();
    });
    child.kill('SIGTERM');
  });
}
