/**
 * How fast entries go into one PostgreSQL: a load process, one head office, the server that comes
 * with it, all on this machine. With what each part costs in processor time, because that is what can
 * be compared between machines and hours.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LoadOptions, LoadResult } from './ingest-load.ts';
import { type BenchOffice, startBenchOffice } from './office-process.ts';

export type IngestFigures = {
  readonly name: string;
  readonly 'entries/s': number;
  /** Microseconds of processor time for an entry, in each process. */
  readonly 'head office us': number;
  readonly 'postgres us': number;
  readonly 'load us': number;
  /** Of the head office process, since its start. */
  readonly 'peak MiB': number;
  readonly 'told to wait': number;
  readonly resets: number;
  readonly 'batch p50 ms': number;
  readonly 'batch p99 ms': number;
  /** Of stores that sell meanwhile, batches of two entries. */
  readonly 'live p50 ms': number;
  readonly 'live p99 ms': number;
  readonly 'live max ms': number;
};

type Run = Omit<LoadOptions, 'url' | 'token' | 'run'> & { readonly name: string };

const RUNS: readonly Run[] = [
  row('40 stores, 6 moves', { stores: 40, entries: 5_000, atOnce: 8, live: 4 }),
  row('40 stores, 30 moves', { stores: 40, entries: 2_000, moves: 30, atOnce: 8, live: 4 }),
  row('1,000 stores, a day each', { stores: 1_000, entries: 3_000, atOnce: 1_000, live: 20 }),
];

/** Every run against one head office that is started for it and ended afterwards. */
export async function measureIngest(quick: boolean): Promise<IngestFigures[]> {
  const office = await startBenchOffice();
  try {
    const figures: IngestFigures[] = [];
    for (const [i, run] of RUNS.entries()) {
      const { name, ...sized } = quick ? { ...run, entries: Math.ceil(run.entries / 5) } : run;
      figures.push(await measure(office, name, { ...sized, run: `run${i}` }));
    }
    return figures;
  } finally {
    await office.stop();
  }
}

function row(name: string, sizes: Partial<Run> & Pick<Run, 'stores' | 'entries' | 'atOnce'>): Run {
  return { name, batch: 500, moves: 6, live: 0, ...sizes };
}

async function measure(
  office: BenchOffice,
  name: string,
  options: Omit<LoadOptions, 'url' | 'token'>,
): Promise<IngestFigures> {
  const before = office.cpu();
  const said = { ...options, url: office.url, token: office.token };
  const load = join(import.meta.dirname, 'ingest-load.ts');
  const args = ['--max-old-space-size=512', load, JSON.stringify(said)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const after = office.cpu();
  const result = JSON.parse(stdout) as LoadResult;
  const us = (seconds: number): number => Math.round((seconds * 1e7) / result.entries) / 10;
  return {
    name,
    'entries/s': Math.round(result.entries / result.seconds),
    'head office us': us(after.office - before.office),
    'postgres us': us(after.postgres - before.postgres),
    'load us': us(result.cpuSeconds),
    'peak MiB': office.peakMib(),
    'told to wait': result.told429,
    resets: result.resets,
    'batch p50 ms': result.batchP50,
    'batch p99 ms': result.batchP99,
    'live p50 ms': result.liveP50,
    'live p99 ms': result.liveP99,
    'live max ms': result.liveMax,
  };
}
