/**
 * Head office for the bridge's tests, played by msw: takes batches as the interface says, keeps what it
 * took, and answers something else when a test has put it in line.
 */
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { NO_HASH } from '#recipes/contracts/sync.ts';

export const HQ = 'http://head-office.test';
export const HQ_TOKEN = 'hq-token-of-the-tests';

export type SentBatch = {
  readonly incarnation: string;
  readonly from: number;
  readonly to: number;
  readonly prevHash: string;
  readonly headHash: string;
  readonly entries: readonly unknown[];
  readonly encoding: string;
  readonly at: number;
};

type Reply = (batch: SentBatch) => Response | undefined | Promise<Response | undefined>;

export type ScriptedHq = {
  /** Everything that was posted, also what was then refused. */
  readonly posted: SentBatch[];
  /** What it holds of each life: hashes by sequence, only where a batch ended. */
  readonly lives: Map<string, { seq: number; hash: string }>;
  /** For the next batches, one each; undefined = as usual. */
  readonly replies: Reply[];
  /** Laid over every acknowledgement and cursor. */
  extra: Record<string, unknown>;
  /** Hashes it answers when asked. */
  hashes: Map<number, string>;
  /** Segments that wait for the box, and what it heard about them. */
  readonly segments: Record<string, unknown>[];
  readonly reports: Record<string, unknown>[];
  readonly balances: Record<string, unknown>[];
  catalog: { version: number }[];
  cursors: number;
  onCatalog: () => Response | undefined;
  /** A segment stays although the box has dealt with it. */
  keepSegments: boolean;
  refuseCursor: Reply | undefined;
  /** As if nothing had happened yet. */
  reset(): void;
};

export function scriptHq(): { hq: ScriptedHq; server: ReturnType<typeof setupServer> } {
  const hq: ScriptedHq = {
    posted: [],
    lives: new Map(),
    replies: [],
    extra: {},
    hashes: new Map(),
    segments: [],
    reports: [],
    balances: [],
    catalog: [],
    cursors: 0,
    onCatalog: () => undefined,
    keepSegments: false,
    refuseCursor: undefined,
    reset() {
      for (const list of [hq.posted, hq.replies, hq.segments, hq.reports, hq.balances])
        list.length = 0;
      hq.lives.clear();
      Object.assign(hq, { extra: {}, hashes: new Map(), catalog: [], cursors: 0 });
      Object.assign(hq, { onCatalog: () => undefined, keepSegments: false });
      hq.refuseCursor = undefined;
    },
  };
  const base = `${HQ}/hq/v1/stores/shop`;
  const server = setupServer(
    http.get(`${base}/cursor`, async ({ request }) => {
      hq.cursors += 1;
      const special = await hq.refuseCursor?.({} as SentBatch);
      if (special) return special;
      const life = hq.lives.get(new URL(request.url).searchParams.get('incarnation') ?? '');
      if (!life) return new HttpResponse(null, { status: 404 });
      return HttpResponse.json({ ackedSeq: life.seq, ackedHash: life.hash, ...hq.extra });
    }),
    http.post(`${base}/batches`, async ({ request }) => {
      if (request.headers.get('authorization') !== `Bearer ${HQ_TOKEN}`)
        return HttpResponse.json({ code: 'unauthorized' }, { status: 401 });
      const batch = await readBatch(request);
      hq.posted.push(batch);
      return (await hq.replies.shift()?.(batch)) ?? take(hq, batch);
    }),
    http.get(`${base}/hashes`, ({ request }) => {
      const seqs = (new URL(request.url).searchParams.get('seq') ?? '').split(',').map(Number);
      const hashes = seqs.flatMap((seq) => {
        const hash = hq.hashes.get(seq);
        return hash ? [[seq, hash]] : [];
      });
      return HttpResponse.json({ hashes });
    }),
    http.get(`${base}/takeover`, () =>
      hq.segments[0] ? HttpResponse.json(hq.segments[0]) : new HttpResponse(null, { status: 204 }),
    ),
    http.post(`${base}/takeover`, async ({ request }) => {
      hq.reports.push((await request.json()) as Record<string, unknown>);
      if (!hq.keepSegments) hq.segments.shift();
      return HttpResponse.json({});
    }),
    http.post(`${base}/balances`, async ({ request }) => {
      hq.balances.push((await request.json()) as Record<string, unknown>);
      return HttpResponse.json({});
    }),
    http.get(`${base}/catalog`, ({ request }) => {
      const special = hq.onCatalog();
      if (special) return special;
      const after = Number(new URL(request.url).searchParams.get('after'));
      const versions = hq.catalog.filter(({ version }) => version > after).slice(0, 2);
      return HttpResponse.json({ versions, head: hq.catalog.at(-1)?.version ?? 0 });
    }),
  );
  return { hq, server };
}

/** As a head office does: in order, each entry once. */
export function take(hq: ScriptedHq, batch: SentBatch): Response {
  const life = hq.lives.get(batch.incarnation) ?? { seq: 0, hash: NO_HASH };
  if (batch.from > life.seq + 1) {
    const gap = { code: 'gap', expected: life.seq + 1, ackedSeq: life.seq, ackedHash: life.hash };
    return HttpResponse.json(gap, { status: 409 });
  }
  if (batch.from === life.seq + 1 && batch.prevHash !== life.hash) {
    return HttpResponse.json({ code: 'fork', seq: life.seq, hash: life.hash }, { status: 409 });
  }
  const now = batch.to > life.seq ? { seq: batch.to, hash: batch.headHash } : life;
  hq.lives.set(batch.incarnation, now);
  return ackOf(hq, now.seq, now.hash);
}

export function ackOf(hq: ScriptedHq, seq: number, hash: string): Response {
  return HttpResponse.json({ ackedSeq: seq, ackedHash: hash, catalogHead: 0, ...hq.extra });
}

async function readBatch(request: Request): Promise<SentBatch> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  const bytes = Buffer.from(await request.arrayBuffer());
  const plain =
    encoding === 'zstd'
      ? zstdDecompressSync(bytes)
      : encoding === 'gzip'
        ? gunzipSync(bytes)
        : bytes;
  return { ...(JSON.parse(plain.toString()) as SentBatch), encoding, at: performance.now() };
}
