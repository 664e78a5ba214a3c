/** What the machine can do by itself, to read the figures against. */
import {
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WRITES = 500;

/** 4 KiB appended and flushed, one at a time. */
export function measureDisk(): { 'flushes per second': number; 'flush p50 ms': number } {
  const folder = mkdtempSync(join(tmpdir(), 'larder-disk-'));
  const file = openSync(join(folder, 'f'), 'w');
  const block = Buffer.alloc(4_096, 1);
  const times: number[] = [];
  for (let i = 0; i < WRITES; i++) {
    const from = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    times.push(performance.now() - from);
  }
  closeSync(file);
  rmSync(folder, { recursive: true });
  times.sort((a, b) => a - b);
  const total = times.reduce((a, b) => a + b, 0);
  return {
    'flushes per second': Math.round((WRITES / total) * 1_000),
    'flush p50 ms': Math.round((times[WRITES / 2] ?? 0) * 100) / 100,
  };
}

/** Share of CPU time that the host gave to somebody else since the call, 0 to 1. */
export function stealShare(): () => number {
  const before = cpuTimes();
  return () => {
    const after = cpuTimes();
    const total = after.total - before.total;
    return total === 0 ? 0 : (after.steal - before.steal) / total;
  };
}

function cpuTimes(): { total: number; steal: number } {
  const times =
    readFileSync('/proc/stat', 'utf8').split('\n')[0]?.split(/\s+/).slice(1).map(Number) ?? [];
  return { total: times.reduce((a, b) => a + b, 0), steal: times[7] ?? 0 };
}
