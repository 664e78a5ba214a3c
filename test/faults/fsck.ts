/** Runs `larder fsck --json` on a stopped box, as a manager would. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { larderProgram } from './box-process.ts';

/** `exit` 0 is clean, 1 means findings; undefined when this copy of the project has no tool yet. */
export type Fsck = { readonly exit: number | undefined; readonly output: string };

export function runFsck(dataFolder: string): Fsck {
  const program = larderProgram();
  if (!existsSync(program)) return { exit: undefined, output: 'no tool' };
  const done = spawnSync(process.execPath, [program, 'fsck', '--json'], {
    encoding: 'utf8',
    env: { ...process.env, LARDER_DATA: dataFolder },
    maxBuffer: 16 * 1024 * 1024,
  });
  return { exit: done.status ?? 2, output: `${done.stdout}${done.stderr}`.slice(-4000) };
}
