/** Runs `power-writer.ts` against a disk that loses power, and counts what it had acknowledged. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { freeze, makePowerDisk } from '../support/power-disk.ts';

export type PowerControl = {
  readonly mode: string;
  readonly acknowledged: number;
  readonly lost: number;
  /** Cuts after which SQLite's own check still said `ok`: it does not notice a loss. */
  readonly saidOk: number;
};

/** @param mode `FULL`, `NORMAL`, or `DEFAULT` for what the library does by itself on a second open. */
export async function powerControl(mode: string, cuts: number): Promise<PowerControl> {
  const disk = makePowerDisk(256);
  let acknowledged = 0;
  let lost = 0;
  let saidOk = 0;
  try {
    for (let cut = 1; cut <= cuts; cut += 1) {
      const file = join(disk.folder, `control-${cut}.db`);
      const last = await writeUntilCut(file, mode, 250 + 37 * cut, () => disk.cut());
      disk.restore();
      const db = new Database(file);
      if (db.pragma('integrity_check', { simple: true }) === 'ok') saidOk += 1;
      const rows = Number(db.prepare('SELECT count(*) FROM event').pluck().get());
      db.close();
      rmSync(file);
      acknowledged += last;
      lost += Math.max(0, last - rows);
    }
  } finally {
    disk.remove();
  }
  return { mode, acknowledged, lost, saidOk };
}

/** Returns the last number that was acknowledged before the power went. */
async function writeUntilCut(
  file: string,
  mode: string,
  forMs: number,
  cut: () => void,
): Promise<number> {
  const writer = join(import.meta.dirname, 'power-writer.ts');
  const child = spawn(process.execPath, [writer, file, mode], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4096);
  });
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  await sleep(forMs);
  if (child.exitCode !== null)
    throw new Error(`the writer ended by itself, code ${child.exitCode}`);
  // What the pipe still carries was written before the cut.
  if (child.pid !== undefined) freeze(child.pid);
  cut();
  child.kill('SIGKILL');
  await closed;
  const whole = output.slice(0, output.lastIndexOf('\n')).split('\n');
  return Number(whole.at(-1) ?? '0');
}
