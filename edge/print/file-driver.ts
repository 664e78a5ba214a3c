/**
 * A printer behind a file: the USB printer class (`/dev/usb/lp0`), a serial port, or, from the
 * configuration, any file. It tells no status; that it takes the bytes is all that is known.
 */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, type FileHandle, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { PrinterState } from '#recipes/contracts/print-command.ts';
import type { Ports } from '../runtime/ports.ts';
import type { Driver, Outcome, Page } from './driver.ts';
import { cannotReach, cutOff, NO_STATUS, reasonOf } from './driver-words.ts';

export type FileTimes = {
  /** Without a byte taken, milliseconds. */
  readonly idleMs: number;
  /** Between two tries at a printer whose buffer is full. */
  readonly againMs: number;
};

const FILE_TIMES: FileTimes = { idleMs: 20_000, againMs: 50 };

/** `O_NONBLOCK`: neither opening nor writing may hang on a printer that is switched off. */
const DEVICE_FLAGS = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
const FILE_FLAGS = DEVICE_FLAGS | constants.O_APPEND | constants.O_CREAT;

export type FileDriverOptions = {
  readonly path: string;
  /** Sets the port up after it was opened. @throws when that fails */
  readonly prepare?: (path: string) => Promise<void>;
  readonly times?: FileTimes;
};

/** Writes to a device file, a serial port that `prepare` set up, or a plain file. */
export function openFileDriver(
  { path, prepare, times = FILE_TIMES }: FileDriverOptions,
  ports: Pick<Ports, 'after' | 'mono'>,
): Driver {
  const isDevice = path.startsWith('/dev/');
  let aborted = false;

  /** @throws when there is no such device, or it is none */
  async function openFile(): Promise<FileHandle> {
    const file = await open(path, isDevice ? DEVICE_FLAGS : FILE_FLAGS, 0o600);
    try {
      if (isDevice && !(await file.stat()).isCharacterDevice()) throw new Error('not a printer');
      await prepare?.(path);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  const pause = () => new Promise<void>((resolve) => void ports.after(times.againMs, resolve));

  /** @throws when it stops taking bytes */
  async function write(file: FileHandle, bytes: Uint8Array): Promise<void> {
    let at = 0;
    let moved = ports.mono();
    while (at < bytes.length) {
      if (aborted) throw new Error('the box stops');
      const written = await file.write(bytes, at, Math.min(PIECE, bytes.length - at)).then(
        ({ bytesWritten }) => bytesWritten,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'EAGAIN') return 0;
          throw error;
        },
      );
      at += written;
      if (written > 0) moved = ports.mono();
      else if (ports.mono() - moved > times.idleMs) throw new Error('it takes no more');
      else await pause();
    }
  }

  return {
    async status(): Promise<PrinterState> {
      // Opening a serial port makes some printers start anew: it is only looked for.
      const found = await stat(path).catch(() => undefined);
      if (isDevice) return found?.isCharacterDevice() ? 'unknown' : 'offline';
      return existsSync(dirname(path)) ? 'unknown' : 'offline';
    },
    async print(page: Page, begin: () => boolean): Promise<Outcome> {
      const file = await openFile().catch((error: unknown) => reasonOf(error));
      if (typeof file === 'string') {
        return { kind: 'not_begun', state: 'offline', why: cannotReach(file) };
      }
      try {
        if (!begin()) return { kind: 'withdrawn', state: 'unknown' };
        await write(file, page.bytes);
        return { kind: 'printed', state: 'unknown', note: NO_STATUS };
      } catch (error) {
        return { kind: 'broken', state: 'offline', why: cutOff(reasonOf(error)) };
      } finally {
        await file.close().catch(() => undefined);
      }
    },
    abort() {
      aborted = true;
    },
  };
}

/** A serial port: raw, at its speed. The path was checked, and is no option. */
export function openSerialDriver(
  { path, baud }: { readonly path: string; readonly baud: number },
  ports: Pick<Ports, 'after' | 'mono'>,
): Driver {
  const run = promisify(execFile);
  return openFileDriver(
    {
      path,
      async prepare(port) {
        const settings = ['-F', port, String(baud), 'raw', '-echo', 'cs8', '-cstopb', '-parenb'];
        await run('stty', settings, { timeout: STTY_MS });
      },
    },
    ports,
  );
}

const PIECE = 4_096;
const STTY_MS = 5_000;
