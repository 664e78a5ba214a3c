/**
 * A server outlives a head office that was killed. The next one ends it before it starts its own:
 * its settings and its port are then certain. Two head offices on one folder are refused.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../../../edge/runtime/fault.ts';
import type { Log } from '../../../edge/runtime/log.ts';

/** What `postmaster.pid` says of a server. */
export type PostmasterFile = { readonly pid: number; readonly ready: boolean };

/** undefined when there is none, or it is only half written. */
export function readPostmaster(data: string): PostmasterFile | undefined {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, ready: lines[7]?.trim() === 'ready' };
}

/** Ends a server that still runs on this folder. @throws Fault when it does not end within a minute */
export async function endLeftover(data: string, log: Log): Promise<void> {
  const left = readPostmaster(data);
  if (left === undefined || !isPostgres(left.pid)) return;
  log.warn({ pid: left.pid }, 'a database server of an earlier run is ended first');
  // Fast shutdown: open transactions are rolled back, everything committed is written.
  process.kill(left.pid, 'SIGINT');
  for (let waited = 0; waited < END_WITHIN_MS; waited += STEP_MS) {
    if (!isPostgres(left.pid)) return;
    await sleep(STEP_MS);
  }
  throw new Fault(
    'database_in_use',
    `the database server ${left.pid} on ${data} does not end: stop it, then start again`,
    { retryable: true },
  );
}

/** One head office per folder. @returns what gives it free. @throws Fault `data_in_use` */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'hq.pid');
  const own = `${process.pid} ${startOf(process.pid) ?? ''}`;
  if (existsSync(file)) {
    const [pid = '', start = ''] = readFileSync(file, 'utf8').trim().split(' ');
    if (start !== '' && startOf(Number(pid)) === start) {
      throw new Fault(
        'data_in_use',
        `head office already runs on ${folder} (process ${pid}): stop that one first, or set LARDER_HQ_DATA to another folder`,
        { retryable: false },
      );
    }
  }
  writeFileSync(file, own);
  return () => rmSync(file, { force: true });
}

const END_WITHIN_MS = 60_000;
const STEP_MS = 20;

/** Numbers of processes are used again: only a PostgreSQL is ended. */
function isPostgres(pid: number): boolean {
  try {
    return /postgres/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '');
  } catch {
    return false;
  }
}

/** When a process started, in ticks since the machine did: with its number that names it. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
