/**
 * `npm run bench`: the figures of the README on the machine it runs on, as tables and as JSON in
 * `.bench/latest.json`. Every rate stands beside the floor of the same run, because machines and
 * neighbours differ by the hour.
 *
 * `--quick` leaves out the million sales (about ten minutes on two cores); `--tablet` measures the screens
 * only, `--order` only what belongs to tonight's order, `--chain` only the bridge and head office.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { measureBacktest } from './backtest.ts';
import { type BenchBox, startBenchBox } from './box-process.ts';
import { measureBoard, measureWeeks } from './chain.ts';
import { measureFloor } from './floor.ts';
import { measureIngest } from './ingest.ts';
import { measureDisk, stealShare } from './machine.ts';
import { measureOrdering } from './ordering.ts';
import { measureSuggestion } from './suggestion.ts';
import { measureTablet } from './tablet.ts';

const quick = process.argv.includes('--quick');
const SIZES = quick ? [10_000, 100_000] : [1_000, 10_000, 100_000, 1_000_000];
const ROOT = join(import.meta.dirname, '..', '..');
const figures: Record<string, unknown> = { at: new Date().toISOString(), node: process.version };

figures['machine'] = { cpu: cpus()[0]?.model, cores: cpus().length, ...measureDisk() };
table('machine', [figures['machine'] as object]);
const only = ['--tablet', '--order', '--chain'].find((part) => process.argv.includes(part));
const wants = (part: string): boolean => only === undefined || only === part;
if (only === undefined) {
  await rates();
  await sizes();
}
if (wants('--order')) await order();
if (wants('--chain')) await chain();
if (wants('--tablet')) {
  figures['tablet'] = { ...allPages(), ...(await measureTablet()) };
  table('the tablet', [figures['tablet'] as object]);
}
mkdirSync(join(ROOT, '.bench'), { recursive: true });
writeFileSync(join(ROOT, '.bench', 'latest.json'), `${JSON.stringify(figures, null, 2)}\n`);
console.log('\nJSON: .bench/latest.json');

/** Sales per second end to end over MQTT, each run between two runs of the floor. */
async function rates(): Promise<void> {
  const steal = stealShare();
  const floors = [
    measureFloor('W', 3_000, 1),
    measureFloor('W', 20_000, 50),
    measureFloor('W', 20_000, 200),
    measureFloor('W1', 5_000, 1),
    measureFloor('W1', 50_000, 50),
    measureFloor('W1', 50_000, 200),
  ];
  table('floor: the same rows straight into SQLite, synchronous=FULL', floors.map(rounded));
  const box = await startBenchBox();
  const runs: object[] = [];
  await box.load('W', 5_000, 200, 'warm');
  for (const [load, count, inFlight, rate] of [
    ['W', 2_000, 1, 0],
    ['W', 10_000, 10, 0],
    ['W', 30_000, 200, 0],
    ['W', 30_000, 200, 0],
    ['W', 30_000, 200, 0],
    ['W', 4_000, 50, 200],
    ['W1', 3_000, 1, 0],
    ['W1', 20_000, 10, 0],
    ['W1', 50_000, 200, 0],
  ] as const) {
    const figure = await box.load(load, count, inFlight, `r${runs.length}`, rate);
    const pace = rate > 0 ? `${rate}/s` : 'as fast as acknowledged';
    runs.push(rounded({ load, inFlight, pace, ...figure }));
  }
  const after = [measureFloor('W', 20_000, 50), measureFloor('W1', 50_000, 50)];
  table('end to end: MQTT, durable, settled (W = 4 lines x 6 ingredients, W1 = 1 x 1)', runs);
  table('floor again, after', after.map(rounded));
  const best = Math.max(
    ...runs.filter((r) => is(r, 'W', 200)).map((r) => (r as { perSecond: number }).perSecond),
  );
  const shared = Math.max(
    ...[floors[1], floors[2], after[0]].map((floor) => floor?.perSecond ?? 0),
  );
  const ratio = {
    'W, 200 in flight': Math.round(best),
    'floor, best of shared commits': Math.round(shared),
    'share of the floor': `${Math.round((best / shared) * 100)} %`,
    'cpu stolen by the host': `${Math.round(steal() * 100)} %`,
    'resident under load, MiB': Math.round(box.residentMiB()),
  };
  table('ratio', [ratio]);
  Object.assign(figures, { floors, runs, after, ratio });
  await box.stop();
}

/** How well demand is forecast, what a suggestion costs, and what a year of ordering by it does. */
async function order(): Promise<void> {
  const { accuracy, speed } = await measureBacktest();
  figures['backtest'] = { accuracy, speed };
  table('forecast: the last 30 % of real demand, rolling origin', accuracy);
  table('forecast: the items of a suggestion, best of three', speed);
  figures['suggestion'] = measureSuggestion();
  table('a suggestion for the whole kitchen', [figures['suggestion'] as object]);
  const { settings, rows } = await measureOrdering();
  figures['ordering'] = { settings, rows };
  for (const { set, days, settings: said } of settings) console.log(`\n${set}: ${days}; ${said}`);
  table('a year of ordering: spoilage and lost sales in money', rows);
}

/** From the store to head office: how fast, in what memory, and how soon it is seen. */
async function chain(): Promise<void> {
  const board = await measureBoard();
  table("a sale on the chain's board, MQTT to Chromium", [board]);
  const weeks = (await measureWeeks()).map(rounded);
  table('a week without a line: box, bridge and head office', weeks);
  const ingest = (await measureIngest(quick)).map(rounded);
  table('entries into one head office and one PostgreSQL', ingest);
  figures['chain'] = { board, weeks, ingest };
}

function is(run: object, load: string, inFlight: number): boolean {
  const r = run as { load: string; inFlight: number };
  return r.load === load && r.inFlight === inFlight;
}

/** What reading, checking and starting cost as the ledger grows. */
async function sizes(): Promise<void> {
  let box = await startBenchBox();
  const empty = statSync(join(box.data, 'larder.db')).size;
  const idle = { 'started in ms': box.startMs, 'resident idle, MiB': box.residentMiB() };
  let sold = 0;
  const rows: object[] = [rounded({ sales: 0, ...idle })];
  for (const size of SIZES) {
    await box.load('W', size - sold, 200, `fill${size}`);
    sold = size;
    const resident = box.residentMiB();
    const stock = await timeStock(box);
    const { data } = box;
    await box.stop(true);
    const bytes = checkpointed(join(data, 'larder.db'));
    const fsckMs = await timeFsck(data);
    box = await startBenchBox(data);
    rows.push(
      rounded({
        sales: size,
        'GET /stock p50 ms': stock.p50,
        'p99 ms': stock.p99,
        'started in ms': box.startMs,
        'resident after load, MiB': resident,
        'resident after start, MiB': box.residentMiB(),
        'bytes per sale': (bytes - empty) / size,
        'fsck ms': fsckMs,
      }),
    );
    console.log(`  … ${size} sales`);
  }
  await box.stop();
  table('as the ledger grows (W)', rows);
  figures['sizes'] = rows;
}

async function timeStock(box: BenchBox): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let i = 0; i < 300; i++) {
    const from = performance.now();
    await box.api('GET', '/stock');
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  return { p50: times[150] ?? 0, p99: times[297] ?? 0 };
}

async function timeFsck(data: string): Promise<number> {
  const from = performance.now();
  await promisify(execFile)(process.execPath, [join(ROOT, 'dist', 'larder.js'), 'fsck', '--json'], {
    env: { ...process.env, LARDER_DATA: data },
    maxBuffer: 1 << 26,
  });
  return performance.now() - from;
}

/** Size of the file with its WAL folded in. */
function checkpointed(file: string): number {
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return statSync(file).size;
}

function allPages(): object {
  const folder = join(ROOT, 'dist', 'ui');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) =>
    f.isFile(),
  );
  const sizes = files.map((f) => gzipSync(readFileSync(join(f.parentPath, f.name))).length);
  return { files: files.length, 'all pages, gzip bytes': sizes.reduce((a, b) => a + b, 0) };
}

function rounded(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => {
      if (typeof value !== 'number') return [key, value];
      return [key, value >= 100 ? Math.round(value) : Math.round(value * 100) / 100];
    }),
  );
}

function table(title: string, rows: readonly object[]): void {
  console.log(`\n${title}`);
  console.table(rows);
}
