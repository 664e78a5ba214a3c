/**
 * As whom the server runs. PostgreSQL refuses to run as root, so a head office that is root starts
 * it as `nobody`. Where `nobody` may not enter a folder on the way to the data or the programs
 * (a checkout below /root), it gets the one right that lets it pass.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Fault } from '../../../edge/runtime/fault.ts';
import type { Log } from '../../../edge/runtime/log.ts';

export type RunAs = {
  /** Program and arguments in front of the server's own; empty = none. */
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
  /** Hands a file or folder of ours to the account. */
  own(path: string): void;
};

/**
 * @param paths what the server must be able to reach
 * @throws Fault `unreachable_for_postgres` that names the folder in the way and the remedy
 */
export function runAs(paths: readonly string[], log: Log): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [], own: () => undefined };
  const { uid, gid } = nobody();
  const own = (path: string): void => chownSync(path, uid, gid);
  const closed = paths.map((path) => closedParent(path, uid)).find((path) => path !== undefined);
  if (closed === undefined) return { prefix: [], uid, gid, own };
  const right = rightToPass();
  if (right === undefined) {
    throw new Fault(
      'unreachable_for_postgres',
      `PostgreSQL does not run as root, and the account it runs as may not enter ${closed}: start head office as another user, put it and LARDER_HQ_DATA elsewhere (for example below /srv), or set LARDER_HQ_DATABASE_URL to a server of your own`,
      { retryable: false },
    );
  }
  log.warn(
    { folder: closed },
    'PostgreSQL runs with the right to pass folders that are closed to others: better start head office as a user that is not root',
  );
  return {
    prefix: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...right],
    own,
  };
}

/** A uid without an entry in the list of accounts is refused by initdb. */
function nobody(): { uid: number; gid: number } {
  const line = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (line === null) {
    throw new Fault(
      'no_account',
      'PostgreSQL does not run as root and there is no account "nobody": start head office as another user',
      { retryable: false },
    );
  }
  return { uid: Number(line[1]), gid: Number(line[2]) };
}

/** The first folder above a path that others may not enter. */
function closedParent(path: string, uid: number): string | undefined {
  const parents: string[] = [];
  for (let at = dirname(path); ; at = dirname(at)) {
    parents.unshift(at);
    if (at === dirname(at)) break;
  }
  return parents.find((folder) => {
    const { mode, uid: owner } = statSync(folder);
    return (mode & (owner === uid ? 0o100 : 0o001)) === 0;
  });
}

/** Capabilities by number in /proc: reading and entering is enough, containers often have the wider one only. */
const RIGHTS = [
  { bit: 2n, name: 'dac_read_search' },
  { bit: 1n, name: 'dac_override' },
] as const;

function rightToPass(): string[] | undefined {
  if (spawnSync('setpriv', ['--version']).status !== 0) return undefined;
  const status = readFileSync('/proc/self/status', 'utf8');
  const bounds = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  const right = RIGHTS.find(({ bit }) => (bounds >> bit) & 1n);
  return right && [`--inh-caps=+${right.name}`, `--ambient-caps=+${right.name}`];
}
