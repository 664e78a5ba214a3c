/**
 * A disk whose power can be cut: an ext4 file system in a file, mounted over a loop device. `cut`
 * shuts it down without flushing the journal (FS_IOC_SHUTDOWN), so whatever was not fsynced is gone,
 * exactly as when the plug is pulled; `kill -9` alone would lose nothing, because the kernel still
 * holds the pages.
 *
 * Needs root and a loop device; `powerDiskMissing` says what is missing.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type PowerDisk = {
  /** The mounted folder. */
  readonly folder: string;
  /** The power goes. Every later write to the folder fails with EIO until `restore`. */
  cut(): void;
  /** Mounts again, which replays the journal. Processes that used the folder must be gone. */
  restore(): void;
  /** Unmounts and deletes everything. */
  remove(): void;
};

/**
 * Stops a process, as the same power cut would, and returns when it runs no more. To be called just
 * before `cut`: an fsync that is under way in that instant may still report success although the
 * file system has thrown the pages away, and an acknowledgement sent after the power has gone would
 * be held against the program. What it was doing in the kernel is cut off in the middle all the same.
 */
export function freeze(pid: number): void {
  process.kill(pid, 'SIGSTOP');
  for (let looks = 0; looks < 100_000; looks += 1) {
    const threads = readdirSync(`/proc/${pid}/task`);
    if (threads.every((thread) => !isRunning(`/proc/${pid}/task/${thread}/stat`))) return;
  }
  throw new Error(`power disk: process ${pid} does not stop`);
}

/** Why no power disk can be had here, in words for the log; undefined when it can. */
export function powerDiskMissing(): string | undefined {
  if (process.platform !== 'linux') return `it needs Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'it needs root (mount, ioctl)';
  if (!existsSync('/dev/loop-control')) return 'there is no /dev/loop-control';
  for (const program of ['mkfs.ext4', 'mount', 'umount', 'perl']) {
    if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0) return `no ${program} here`;
  }
  return undefined;
}

/** A fresh, empty, mounted disk of `mebibytes`. */
export function makePowerDisk(mebibytes: number): PowerDisk {
  const home = mkdtempSync(join(tmpdir(), 'larder-power-'));
  const image = join(home, 'disk.img');
  const folder = join(home, 'disk');
  writeFileSync(image, '');
  truncateSync(image, mebibytes * 1024 * 1024);
  mkdirSync(folder);
  const mount = (): void => run('mount', ['-o', 'loop,noatime', image, folder]);
  try {
    run('mkfs.ext4', ['-F', '-q', image]);
    mount();
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
  const remove = (): void => {
    process.off('exit', remove);
    // Lazily: when a test fails, a process may still hold a file open.
    run('umount', ['-l', folder]);
    rmSync(home, { recursive: true, force: true });
  };
  // A run that is broken off must not leave mounts behind.
  process.once('exit', remove);
  return {
    folder,
    cut() {
      run('perl', ['-e', SHUTDOWN, folder]);
    },
    restore() {
      run('umount', [folder]);
      mount();
    },
    remove,
  };
}

/** The state stands behind the program's name: R runs; T is stopped, D is inside the kernel. */
function isRunning(statFile: string): boolean {
  const stat = readFileSync(statFile, 'utf8');
  const state = stat.charAt(stat.lastIndexOf(')') + 2);
  return state === 'R' || state === 'S';
}

/** FS_IOC_SHUTDOWN with FS_SHUTDOWN_FLAGS_NOLOGFLUSH; Node has no ioctl, every Linux has perl. */
const SHUTDOWN = `
  open(my $folder, '<', $ARGV[0]) or die "open: $!";
  my $flags = pack('L', 2);
  ioctl($folder, 0x8004587D, $flags) or die "ioctl: $!";
`;

function run(program: string, args: string[]): void {
  const done = spawnSync(program, args, { encoding: 'utf8' });
  if (done.status === 0) return;
  const why = done.error?.message ?? done.stderr.trim();
  throw new Error(`power disk: ${program} ${args.join(' ')} failed: ${why}`);
}
