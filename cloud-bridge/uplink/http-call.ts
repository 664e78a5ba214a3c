/**
 * HTTP calls over one kept connection. `fetch` would do the same with twice the memory, and the bridge
 * runs beside the box.
 */
import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { Ports } from '../../edge/runtime/ports.ts';
import { Trouble } from './trouble.ts';

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type CallOptions = {
  readonly body?: Buffer | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Until the last byte of the answer. */
  readonly timeoutMs: number;
  /** Where the body is put: it is gone with the next call that puts its own there. */
  readonly into?: Room | undefined;
};

/**
 * Room for one answer after the other. A buffer of its own for each batch would live until V8 cleans
 * everything up, which it has no reason to do for minutes: 20 MB of them.
 */
export type Room = { bytes: Buffer };

/** Room for answers, used again and again, so that memory does not grow with them. */
export function openRoom(): Room {
  return { bytes: Buffer.allocUnsafeSlow(512 * 1024) };
}

/**
 * @param url absolute, http or https
 * @returns the whole answer, whatever its status
 * @throws Trouble unreachable, timeout, cut_short, bad_answer (too long), stopped
 */
export type Call = (method: 'GET' | 'POST', url: string, options: CallOptions) => Promise<Answer>;

/** A page of the catalog is the largest thing that is ever answered. */
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/** @param stop ends what is under way */
export function openCalls(
  who: Trouble['who'],
  ports: Pick<Ports, 'after'>,
  stop: AbortSignal,
): Call {
  // One thing at a time: one connection. A second one is for what a stopped server left behind.
  const pool = { keepAlive: true, maxSockets: 2, maxFreeSockets: 1 };
  const agents = { http: new http.Agent(pool), https: new https.Agent(pool) };
  const once: Call = (method, url, options) =>
    new Promise((resolve, reject) => {
      const secure = url.startsWith('https:');
      const request = (secure ? https : http).request(url, {
        method,
        agent: secure ? agents.https : agents.http,
        headers: {
          'user-agent': 'larder-bridge',
          ...options.headers,
          ...(options.body && { 'content-length': String(options.body.length) }),
        },
      });
      const late = ports.after(options.timeoutMs, () =>
        fail(new Trouble(who, 'timeout', `no answer to ${method} within ${options.timeoutMs} ms`)),
      );
      const stopped = () => fail(new Trouble(who, 'stopped', 'the bridge is being ended'));
      stop.addEventListener('abort', stopped);
      const done = () => {
        late.cancel();
        stop.removeEventListener('abort', stopped);
      };
      function fail(error: Error): void {
        done();
        reject(asTrouble(who, error, request.reusedSocket));
        request.destroy();
      }
      request.on('error', fail);
      request.on('response', (response) => {
        collect(who, response, options.into).then((answer) => {
          done();
          resolve(answer);
        }, fail);
      });
      if (stop.aborted) stopped();
      else request.end(options.body);
    });
  return async (method, url, options) => {
    try {
      return await once(method, url, options);
    } catch (error) {
      // The server closed the kept connection just as we used it. Everything here may be asked twice.
      if (!(error instanceof StaleConnection)) throw error;
      return await once(method, url, options);
    }
  };
}

class StaleConnection extends Trouble {}

async function collect(
  who: Trouble['who'],
  response: http.IncomingMessage,
  into: Room | undefined,
): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (into) put(into, chunk, size);
      else chunks.push(chunk);
      size += chunk.length;
      if (size > ANSWER_BYTES_MAX) break;
    }
  } catch (error) {
    throw new Trouble(who, 'cut_short', 'the answer breaks off', { cause: error });
  }
  if (size > ANSWER_BYTES_MAX) {
    throw new Trouble(who, 'bad_answer', `the answer is longer than ${ANSWER_BYTES_MAX} bytes`);
  }
  const body = into ? into.bytes.subarray(0, size) : Buffer.concat(chunks);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

function put(into: Room, chunk: Buffer, at: number): void {
  if (at + chunk.length > into.bytes.length) {
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * into.bytes.length, at + chunk.length));
    into.bytes.copy(larger, 0, 0, at);
    into.bytes = larger;
  }
  chunk.copy(into.bytes, at);
}

function asTrouble(who: Trouble['who'], error: Error, reused: boolean): Error {
  if (error instanceof Trouble) return error;
  const { code } = error as NodeJS.ErrnoException;
  const Kind = reused && (code === 'ECONNRESET' || code === 'EPIPE') ? StaleConnection : Trouble;
  return new Kind(who, 'unreachable', error.message || String(code), { cause: error });
}
