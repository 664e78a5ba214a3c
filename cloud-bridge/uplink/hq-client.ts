/** Head office as the bridge sees it. Anything that speaks the three calls of the interface will do. */
import type {
  Ack,
  SideHeads,
  SignedVersion,
  TakenOver,
  Takeover,
} from '#recipes/contracts/sync.ts';
import {
  isCount,
  NO_HASH,
  NO_SIDE,
  readAck,
  readFields,
  readHashes,
  readProblem,
  readSide,
  readTakeover,
  readVersions,
} from './answers.ts';
import { retryAfterMs } from './back-off.ts';
import type { UplinkConfig } from './config.ts';
import type { Answer, Call } from './http-call.ts';
import type { Encoding } from './packing.ts';
import { Trouble } from './trouble.ts';

/** What became of a batch. */
export type Sent =
  | { readonly what: 'acked'; readonly ack: Ack }
  /** Head office wants another entry first. */
  | { readonly what: 'gap'; readonly expected: number; readonly side: SideHeads | undefined }
  /** Head office has another entry of this number. */
  | { readonly what: 'fork'; readonly seq: number }
  /** It cannot read this form; `clear` = it said so. */
  | { readonly what: 'unread'; readonly clear: boolean; readonly error: Trouble };

export type HqClient = {
  /** The store that everything is about; to be called first. */
  of(store: string): void;
  cursor(incarnation: string): Promise<Ack>;
  send(body: Buffer, encoding: Encoding): Promise<Sent>;
  hashes(incarnation: string, seqs: readonly number[]): Promise<Map<number, string>>;
  /** undefined = nothing waits */
  takeover(incarnation: string): Promise<Takeover | undefined>;
  tookOver(report: {
    readonly incarnation: string;
    readonly of: string;
    readonly segment: number;
    readonly result: TakenOver;
  }): Promise<void>;
  /** The next versions above `after`, ascending, and the newest there is. */
  catalog(after: number): Promise<{ versions: SignedVersion[]; head: number }>;
  balances(incarnation: string, body: Buffer): Promise<void>;
};

/** Every call throws Trouble when head office is away, busy, or refuses. */
export function openHqClient(config: UplinkConfig, call: Call, now: () => number): HqClient {
  let base = '';
  const { timeoutMs } = config.pace;
  const auth: Record<string, string> =
    config.hqToken === '' ? {} : { authorization: `Bearer ${config.hqToken}` };
  const json = { 'content-type': 'application/json' };
  const get = (path: string) =>
    call('GET', `${base}${path}`, { headers: { ...auth, accept: 'application/json' }, timeoutMs });
  const post = (path: string, body: Buffer, more: Record<string, string> = {}) =>
    call('POST', `${base}${path}`, { headers: { ...auth, ...json, ...more }, body, timeoutMs });
  const good = (answer: Answer): Answer => (answer.status < 300 ? answer : refuse(answer, now()));
  return {
    of(store) {
      base = `${config.hqUrl}/stores/${encodeURIComponent(store)}`;
    },
    async cursor(incarnation) {
      const answer = await get(`/cursor?incarnation=${incarnation}`);
      // A store that was never heard of begins at the beginning: one of ours with all there is.
      if (answer.status === 404) {
        const ours = readProblem(answer)['code'] === 'unknown_store';
        const none = { ackedSeq: 0, ackedHash: NO_HASH, catalogHead: 0 };
        return ours ? { ...none, side: NO_SIDE } : none;
      }
      return readAck(readFields('head office', good(answer)));
    },
    async send(body, encoding) {
      const packed: Record<string, string> =
        encoding === 'identity' ? {} : { 'content-encoding': encoding };
      return readSent(await post('/batches', body, packed), now());
    },
    async hashes(incarnation, seqs) {
      const answer = await get(`/hashes?incarnation=${incarnation}&seq=${seqs.join(',')}`);
      return readHashes('head office', readFields('head office', good(answer)));
    },
    async takeover(incarnation) {
      const answer = good(await get(`/takeover?incarnation=${incarnation}`));
      return answer.status === 204 ? undefined : readTakeover(readFields('head office', answer));
    },
    async tookOver(report) {
      good(await post('/takeover', Buffer.from(JSON.stringify(report))));
    },
    async catalog(after) {
      const page = readFields('head office', good(await get(`/catalog?after=${after}`)));
      return { versions: readVersions(page), head: isCount(page['head']) ? page['head'] : 0 };
    },
    async balances(incarnation, body) {
      // `{seq, hash, rows}` as the box wrote it, and whose it is.
      const whose = Buffer.from(`{"incarnation":${JSON.stringify(incarnation)},`);
      good(await post('/balances', Buffer.concat([whose, body.subarray(1)])));
    },
  };
}

function readSent(answer: Answer, now: number): Sent {
  const { status } = answer;
  if (status < 300) return { what: 'acked', ack: readAck(readFields('head office', answer)) };
  const { code, expected, seq, side } = readProblem(answer);
  if (status === 409 && code === 'gap' && isCount(expected)) {
    return { what: 'gap', expected, side: readSide(side) };
  }
  if (status === 409 && code === 'fork') return { what: 'fork', seq: isCount(seq) ? seq : 0 };
  // Whoever cannot unpack may say 415, or stumble over what it takes for text.
  const stumbled = status === 400 || (status === 422 && code === undefined) || status === 500;
  if (status === 415 || stumbled) {
    return { what: 'unread', clear: status === 415, error: troubleOf(answer, now) };
  }
  throw troubleOf(answer, now);
}

function refuse(answer: Answer, now: number): never {
  throw troubleOf(answer, now);
}

function troubleOf(answer: Answer, now: number): Trouble {
  const { status, headers } = answer;
  const { code, title, detail } = readProblem(answer);
  const said = [code, detail ?? title].filter((word) => typeof word === 'string').join(' ');
  const words = `${status} ${said}`.trim();
  if (status === 429 || status === 503) {
    const waitMs = retryAfterMs(headers['retry-after'], headers.date, now);
    return new Trouble('head office', 'busy', words, { waitMs });
  }
  if (status === 401 || status === 403 || code === 'unknown_store') {
    return new Trouble(
      'head office',
      'forbidden',
      `${words}: check LARDER_HQ_TOKEN and that head office knows this store`,
    );
  }
  if (status === 422 || (status === 400 && code !== undefined)) {
    return new Trouble('head office', 'refused', words);
  }
  if (status === 413) return new Trouble('head office', 'too_large', words);
  if (status >= 300 && status < 400) {
    const to = headers.location ?? 'another address';
    return new Trouble('head office', 'bad_answer', `${words}: moved to ${to}: set LARDER_HQ_URL`);
  }
  return new Trouble('head office', 'bad_answer', words);
}
