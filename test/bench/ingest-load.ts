/**
 * The load of the ingest bench, a process of its own: many stores that catch up, one batch in flight
 * each, and a few that sell meanwhile and whose latency is what matters to people.
 *
 *   node test/bench/ingest-load.ts '{"url": …}'      prints one line of JSON
 */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Prepared, prepareBatches } from './ingest-entries.ts';

export type LoadOptions = {
  readonly url: string;
  readonly token: string;
  /** Part of the stores' names. */
  readonly run: string;
  readonly stores: number;
  /** Entries of each. */
  readonly entries: number;
  readonly batch: number;
  /** Mean moves of an entry. */
  readonly moves: number;
  /** Stores that send at the same time. */
  readonly atOnce: number;
  /** Stores that sell once a second meanwhile. */
  readonly live: number;
};

export type LoadResult = {
  readonly entries: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly told429: number;
  /** Connections that broke under a request. */
  readonly resets: number;
  readonly batchP50: number;
  readonly batchP99: number;
  readonly liveCount: number;
  readonly liveP50: number;
  readonly liveP99: number;
  readonly liveMax: number;
};

const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions;
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
let told429 = 0;
let resets = 0;

const backlog = prepareBatches(options.entries, options.batch, options.moves);
// 1.3 entries a second is a busy store.
const selling = prepareBatches(4_000, 2, options.moves);
console.log(JSON.stringify(await run()));
process.exit(0);

async function run(): Promise<LoadResult> {
  const cpu = process.cpuUsage();
  const from = performance.now();
  const batches: number[] = [];
  const sales: number[] = [];
  let done = false;
  const live = Array.from({ length: options.live }, async (_, i) => {
    await sleep((i * 1_000) / options.live);
    for (const batch of selling) {
      if (done) return;
      sales.push(await deliver(`${options.run}-live-${i}`, batch));
      await sleep(1_000);
    }
  });
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < options.stores) {
      const store = `${options.run}-${next}`;
      next += 1;
      for (const batch of backlog) batches.push(await deliver(store, batch));
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, worker));
  const seconds = (performance.now() - from) / 1_000;
  done = true;
  const used = process.cpuUsage(cpu);
  await Promise.all(live);
  return {
    entries: options.stores * options.entries,
    seconds,
    cpuSeconds: (used.user + used.system) / 1e6,
    told429,
    resets,
    batchP50: quantile(batches, 0.5),
    batchP99: quantile(batches, 0.99),
    liveCount: sales.length,
    liveP50: quantile(sales, 0.5),
    liveP99: quantile(sales, 0.99),
    liveMax: quantile(sales, 1),
  };
}

/** Until it is taken, as a bridge does. @returns milliseconds of the try that was */
async function deliver(store: string, { body, to }: Prepared): Promise<number> {
  for (;;) {
    const from = performance.now();
    const answer = await post(store, body).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET') throw error;
      resets += 1;
    });
    if (answer === undefined) continue;
    const { status, text, retryAfterS } = answer;
    if (status === 200) {
      const { ackedSeq } = JSON.parse(text) as { ackedSeq: number };
      if (ackedSeq !== to) throw new Error(`${store}: ${ackedSeq} instead of ${to}`);
      return performance.now() - from;
    }
    if (status !== 429) throw new Error(`${store}: ${status} ${text}`);
    told429 += 1;
    await sleep(retryAfterS * 1_000 * (0.5 + Math.random()));
  }
}

type Answer = { readonly status: number; readonly text: string; readonly retryAfterS: number };

function post(store: string, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const url = new URL(`/hq/v1/stores/${store}/batches`, options.url);
    const headers = {
      authorization: `Bearer ${options.token}`,
      'content-type': 'application/json',
      'content-encoding': 'zstd',
      'content-length': body.length,
    };
    const sent = request(url, { agent, method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const retryAfterS = Number(response.headers['retry-after'] ?? 1);
        resolve({ status: response.statusCode ?? 0, text, retryAfterS });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.ceil(sorted.length * share) - 1] ?? 0) * 10) / 10;
}
