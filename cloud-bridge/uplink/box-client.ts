/** The box as the bridge sees it: `/api/v1/feed` and what belongs to it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Ack,
  Parent,
  SideHeads,
  SignedVersion,
  TakenOver,
  Takeover,
} from '#recipes/contracts/sync.ts';
import { type BatchHead, readBatchHead, readFields, readHashes, readProblem } from './answers.ts';
import type { UplinkConfig } from './config.ts';
import { type Answer, type Call, openRoom, type Room } from './http-call.ts';
import type { Refusal } from './refusals.ts';
import { Trouble } from './trouble.ts';

export type Feed = {
  readonly head: BatchHead;
  /** The batch as the box wrote it: it is carried, not rewritten. Valid until the next one is read. */
  readonly body: Buffer;
};

/** Entries after `seq`; with `side` also the tables beside the ledger, in the short form. */
export type FeedQuery = {
  readonly seq: number;
  readonly limit: number;
  /** How long the box may wait for something new, whole seconds. */
  readonly waitS: number;
  readonly side: SideHeads | undefined;
};

export type BoxClient = {
  /**
   * Looks the box up again: another port and another token after a restart.
   * @returns its store id
   */
  find(): Promise<string>;
  feed(query: FeedQuery): Promise<Feed>;
  /** @returns the highest version of head office it has dealt with, or `differs`: the hash is not its own */
  acked(
    ack: Ack & { hqUrl: string; stuck?: boolean },
  ): Promise<{ catalogHead: number | undefined } | 'differs'>;
  /** Head office refuses: whoever stands at the box must see it. */
  refused(refusal: Refusal): Promise<void>;
  hashes(seqs: readonly number[]): Promise<Map<number, string>>;
  /** Makes a new life with its last common entry as parent. @returns its incarnation */
  fork(at: Omit<Parent, 'events'>): Promise<string>;
  /** All balances, as head office takes them. */
  balances(): Promise<Buffer>;
  takeOver(takeover: Takeover): Promise<TakenOver>;
  /** @param aside decisions wait in the box until no facts of another life do */
  takeVersion(version: SignedVersion, aside: boolean): Promise<{ state: string; reason: unknown }>;
};

/** What is shown of an answer. */
const SAID_MAX = 300;
const ANSWER_MS = 15_000;
/** A week of another box's sales may be in one piece, and each is settled like any other. */
const WORK_MS = 120_000;

/** Every call throws Trouble when the box is away or refuses. */
export function openBoxClient(config: UplinkConfig, call: Call): BoxClient {
  let place = { url: '', token: '' };
  const batches = openRoom();
  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    timeoutMs = ANSWER_MS,
    into?: Room,
  ) =>
    call(method, `${place.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${place.token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: Buffer.from(JSON.stringify(body)) }),
      timeoutMs,
      into,
    });
  const good = async (...request: Parameters<typeof ask>) => {
    const answer = await ask(...request);
    return readFields('box', answer.status < 300 ? answer : refuse(answer));
  };
  return {
    async find() {
      place = findBox(config);
      const { store } = await good('GET', '/status');
      if (typeof store !== 'string') throw new Trouble('box', 'bad_answer', 'it names no store');
      return store;
    },
    async feed({ seq, limit, waitS, side }) {
      const beside = side === undefined ? '' : `&form=batch&${sideQuery(side)}`;
      const path = `/feed?after=${seq}&limit=${limit}&wait=${waitS}${beside}`;
      const answer = await ask('GET', path, undefined, ANSWER_MS + waitS * 1000, batches);
      if (answer.status >= 300) refuse(answer);
      return { head: readBatchHead(readFields('box', answer)), body: answer.body };
    },
    async acked(ack) {
      let answer = await ask('POST', '/feed/ack', ack);
      if (answer.status === 400) {
        // A later head office may say what this box does not know: the core of it stays as it is.
        const { ackedSeq, ackedHash, catalogHead, hqUrl } = ack;
        answer = await ask('POST', '/feed/ack', { ackedSeq, ackedHash, catalogHead, hqUrl });
      }
      if (answer.status === 409) return 'differs';
      const { catalogHead } = readFields('box', answer.status < 300 ? answer : refuse(answer));
      return { catalogHead: typeof catalogHead === 'number' ? catalogHead : undefined };
    },
    async refused({ what, said }) {
      await good('POST', '/feed/refused', { what, said: said.slice(0, SAID_MAX) });
    },
    async hashes(seqs) {
      return readHashes('box', await good('GET', `/feed/hashes?seq=${seqs.join(',')}`));
    },
    async fork(at) {
      const { incarnation } = await good('POST', '/feed/fork', at);
      if (typeof incarnation !== 'string')
        throw new Trouble('box', 'bad_answer', 'the new life has no name');
      return incarnation;
    },
    async balances() {
      const answer = await ask('GET', '/feed/balances', undefined, WORK_MS);
      return answer.status < 300 ? answer.body : refuse(answer);
    },
    async takeOver(takeover) {
      return (await good('POST', '/feed/facts', takeover, WORK_MS)) as TakenOver;
    },
    async takeVersion(version, aside) {
      const path = `/feed/catalog${aside ? '?aside=1' : ''}`;
      const { state, reason } = await good('POST', path, version, WORK_MS);
      return { state: String(state), reason };
    },
  };
}

/** The address that was given, or what the box left in its folder. */
function findBox({ boxUrl, boxToken, data }: UplinkConfig): { url: string; token: string } {
  if (boxUrl !== '') return { url: boxUrl, token: boxToken };
  try {
    const { httpUrl } = readJson(join(data, 'running.json'));
    const { adminToken } = readJson(join(data, 'secrets.json'));
    if (typeof httpUrl === 'string' && typeof adminToken === 'string')
      return { url: httpUrl, token: adminToken };
  } catch (cause) {
    throw new Trouble('box', 'unreachable', `no box has run in ${data}`, { cause });
  }
  throw new Trouble('box', 'bad_answer', `running.json or secrets.json in ${data} is incomplete`);
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

function sideQuery({ items, lots, books, events }: SideHeads): string {
  return `items=${items}&lots=${lots}&books=${books}&events=${events}`;
}

function refuse(answer: Answer): never {
  const { code, title, detail } = readProblem(answer);
  const words = `${answer.status} ${String(code ?? '')} ${String(detail ?? title ?? '')}`;
  const why = answer.status === 422 ? 'refused' : 'changed';
  throw new Trouble('box', answer.status < 500 ? why : 'bad_answer', words);
}
