/**
 * A hostile network between a bridge and head office: an HTTP proxy that loses requests, loses answers
 * after the work was done, doubles, delays, holds requests back and replays them later, cuts bodies,
 * and answers like a wireless portal. Every choice comes from the seed and the number of the request.
 */
import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  request as requestTo,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Seeded, seeded } from './seeded.ts';

/** Chances are per request, 0 to 1, and at most one of them happens; times are milliseconds. */
export type HttpFaults = {
  /** It never gets there. */
  readonly loseRequest: number;
  /** It gets there and is worked on, and the answer never comes back. */
  readonly loseAnswer: number;
  readonly cutRequest: number;
  readonly cutAnswer: number;
  /** It gets there twice; the answer is that of either. */
  readonly double: number;
  /** It is lost, and arrives after later ones. */
  readonly reorder: number;
  /** A page comes back that has nothing to do with anything. */
  readonly portal: number;
  readonly delay: number;
  readonly delayMaxMs: number;
};

export const NO_HTTP_FAULTS: HttpFaults = {
  loseRequest: 0,
  loseAnswer: 0,
  cutRequest: 0,
  cutAnswer: 0,
  double: 0,
  reorder: 0,
  portal: 0,
  delay: 0,
  delayMaxMs: 0,
};

export type HttpFault = Exclude<keyof HttpFaults, 'delayMaxMs'>;
export type HttpProxyCounts = Record<HttpFault | 'requests' | 'replayed' | 'away', number>;

export type HttpProxy = {
  readonly url: string;
  readonly counts: HttpProxyCounts;
  /** For all requests from now on. What is held back stays held back. */
  setFaults(faults: HttpFaults): void;
  /** Replays everything that is still held back, and waits for it. */
  release(): Promise<void>;
  close(): Promise<void>;
};

export type HttpProxyOptions = {
  readonly seed: number;
  /** Asked at each request, because a restarted head office may listen elsewhere. */
  readonly targetPort: () => number;
  readonly faults: HttpFaults;
};

const FATES: readonly HttpFault[] = [
  'loseRequest',
  'loseAnswer',
  'cutRequest',
  'cutAnswer',
  'double',
  'reorder',
  'portal',
  'delay',
];
const PORTAL = '<html><title>Welcome</title><body>Please sign in to the network</body></html>';

/** Listens on a free loopback port. */
export async function startHttpProxy(options: HttpProxyOptions): Promise<HttpProxy> {
  const random = seeded(options.seed).fork('http proxy');
  const context: Context = {
    targetPort: options.targetPort,
    agent: new Agent({ keepAlive: false }),
    counts: noCounts(),
    held: [],
    replays: new Set(),
  };
  let { faults } = options;
  const server = createServer((incoming, answer) => {
    context.counts.requests += 1;
    // Drawn at once: later choices must not depend on which body arrives first.
    const fate = choose(faults, random);
    const part = random.next();
    handle(context, incoming, answer, fate, part, faults.delayMaxMs).catch(() => answer.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: context.counts,
    setFaults(next) {
      faults = next;
    },
    async release() {
      for (const { carried } of context.held.splice(0)) replay(context, carried);
      await Promise.all(context.replays);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      context.agent.destroy();
    },
  };
}

type Context = {
  readonly targetPort: () => number;
  readonly agent: Agent;
  readonly counts: HttpProxyCounts;
  /** Requests that are replayed after `after` more have come by. */
  readonly held: { carried: Carried; after: number }[];
  readonly replays: Set<Promise<unknown>>;
};

type Carried = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
};

type Answered = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
};

function choose(faults: HttpFaults, random: Seeded): HttpFault | undefined {
  let roll = random.next();
  for (const fate of FATES) {
    if (roll < faults[fate]) return fate;
    roll -= faults[fate];
  }
  return undefined;
}

async function handle(
  context: Context,
  incoming: IncomingMessage,
  answer: ServerResponse,
  fate: HttpFault | undefined,
  part: number,
  delayMaxMs: number,
): Promise<void> {
  const carried: Carried = {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: incoming.headers,
    body: await bodyOf(incoming),
  };
  if (fate !== undefined) context.counts[fate] += 1;
  releaseDue(context);
  if (fate === 'loseRequest') return void answer.destroy();
  if (fate === 'portal') {
    answer.writeHead(200, { 'content-type': 'text/html' });
    return void answer.end(PORTAL);
  }
  if (fate === 'reorder') {
    context.held.push({ carried, after: 1 + Math.floor(part * 6) });
    return void answer.destroy();
  }
  if (fate === 'cutRequest') {
    await forward(context, carried, Math.floor(part * carried.body.length));
    return void answer.destroy();
  }
  if (fate === 'delay') await sleep(part * delayMaxMs);
  const first = await forward(context, carried);
  const second = fate === 'double' ? await forward(context, carried) : undefined;
  const chosen = second !== undefined && part < 0.5 ? second : first;
  if (chosen === undefined || fate === 'loseAnswer') return void answer.destroy();
  const { 'transfer-encoding': _chunked, connection: _connection, ...headers } = chosen.headers;
  const length = chosen.status === 204 ? {} : { 'content-length': String(chosen.body.length) };
  answer.writeHead(chosen.status, { ...headers, ...length });
  if (fate !== 'cutAnswer') return void answer.end(chosen.body);
  answer.write(chosen.body.subarray(0, Math.floor(part * chosen.body.length)), () =>
    answer.destroy(),
  );
}

function releaseDue(context: Context): void {
  for (const one of [...context.held]) {
    one.after -= 1;
    if (one.after > 0) continue;
    context.held.splice(context.held.indexOf(one), 1);
    replay(context, one.carried);
  }
}

/** Nobody waits for the answer any more. */
function replay(context: Context, carried: Carried): void {
  context.counts.replayed += 1;
  const done = forward(context, carried).finally(() => context.replays.delete(done));
  context.replays.add(done);
}

/**
 * @param cutAt after so many bytes of the body the connection breaks
 * @returns undefined when head office is away or the connection broke
 */
function forward(
  context: Context,
  carried: Carried,
  cutAt?: number,
): Promise<Answered | undefined> {
  return new Promise((resolve) => {
    const { method, path, body } = carried;
    const { host: _host, connection: _connection, ...headers } = carried.headers;
    const request = requestTo({
      host: '127.0.0.1',
      port: context.targetPort(),
      agent: context.agent,
      method,
      path,
      headers,
    });
    const failed = () => {
      context.counts.away += 1;
      resolve(undefined);
    };
    request.on('error', failed);
    request.on('response', (response) => {
      bodyOf(response).then(
        (bytes) =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes }),
        failed,
      );
    });
    if (cutAt === undefined) return void request.end(body);
    request.off('error', failed);
    request.on('error', () => resolve(undefined));
    request.write(body.subarray(0, cutAt), () => request.destroy());
    request.on('close', () => resolve(undefined));
  });
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function noCounts(): HttpProxyCounts {
  const counts = { requests: 0, replayed: 0, away: 0 } as HttpProxyCounts;
  for (const fate of FATES) counts[fate] = 0;
  return counts;
}
