/**
 * A printer of paper that is looked at: the exact bytes as `NNNN.bin` and the picture as `NNNN.png`, in a
 * folder of the box. No number is used twice, not even when papers were thrown away.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '#recipes/assert.ts';
import { writeFileDurably } from '../runtime/write-file.ts';
import type { Driver } from './driver.ts';
import { cannotReach, cutOff, reasonOf } from './driver-words.ts';
import { PRINTER_NAME } from './printer-url.ts';

/** @param folder `printers` in the data folder; @param name checked by `printer-url` */
export function openVirtualDriver(folder: string, name: string): Driver {
  const tray = trayOf(folder, name);
  return {
    status: async () => 'ready',
    async print({ bytes, picture }, begin) {
      let png: Uint8Array;
      let next: number;
      try {
        png = await picture();
        mkdirSync(tray, { recursive: true, mode: 0o700 });
        next = lastNumber(tray) + 1;
      } catch (error) {
        return { kind: 'not_begun', state: 'offline', why: cannotReach(reasonOf(error)) };
      }
      if (!begin()) return { kind: 'withdrawn', state: 'ready' };
      try {
        writeFileDurably(join(tray, LAST), String(next), 0o600);
        writeFileDurably(join(tray, fileOf(next, 'png')), png, 0o600);
        writeFileDurably(join(tray, fileOf(next, 'bin')), bytes, 0o600);
        return { kind: 'printed', state: 'ready', note: null };
      } catch (error) {
        return { kind: 'broken', state: 'offline', why: cutOff(reasonOf(error)) };
      }
    },
    abort: () => undefined,
  };
}

/** Papers of a virtual printer, newest first. */
export function listPapers(folder: string, name: string): readonly number[] {
  return numbersIn(trayOf(folder, name)).sort((a, b) => b - a);
}

/** What lies under a number, or undefined. */
export function readPaper(
  folder: string,
  name: string,
  paper: number,
  form: 'png' | 'bin',
): Uint8Array | undefined {
  const file = join(trayOf(folder, name), fileOf(paper, form));
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** The highest number that was ever used. */
const LAST = 'last';

function trayOf(folder: string, name: string): string {
  assert(PRINTER_NAME.test(name), 'the name of a virtual printer was checked');
  return join(folder, name);
}

function lastNumber(tray: string): number {
  const file = join(tray, LAST);
  const written = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return Math.max(Number.isSafeInteger(written) ? written : 0, 0, ...numbersIn(tray));
}

/** A paper is there when its bytes are: they are written last. */
function numbersIn(tray: string): number[] {
  if (!existsSync(tray)) return [];
  return readdirSync(tray).flatMap((file) => {
    const [, number] = /^(\d{4,9})\.bin$/.exec(file) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
}

function fileOf(paper: number, form: 'png' | 'bin'): string {
  return `${String(paper).padStart(4, '0')}.${form}`;
}
