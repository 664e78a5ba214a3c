/** The `larder` tool as its own process, and a scratch folder with a box in it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BoxProcess, larderProgram, startBoxProcess } from '../../faults/box-process.ts';

export type Ran = {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  json(): Record<string, unknown>;
};

/** Runs the tool in `folder`; `env` replaces every LARDER_ variable and the language. */
export function runLarder(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(LARDER_|LANG$|LC_)/.test(name),
  );
  const child = spawn(process.execPath, [larderProgram(), ...args], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), LARDER_CWD: folder, LANG: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => {
      const json = () => JSON.parse(stdout) as Record<string, unknown>;
      resolve({ exit, stdout, stderr, json });
    });
  });
}

export type Shop = {
  /** Where the caller stands; the box keeps its data in `data` below it. */
  readonly folder: string;
  readonly data: string;
  box: BoxProcess;
  larder(...args: string[]): Promise<Ran>;
  close(): Promise<void>;
};

/** A box process in a folder of its own. */
export async function openShop(): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'larder-cli-'));
  const data = join(folder, 'data');
  const shop: Shop = {
    folder,
    data,
    box: await startBoxProcess(data),
    larder: (...args) => runLarder(folder, args),
    async close() {
      await shop.box.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return shop;
}
