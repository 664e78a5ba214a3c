/** Posts one event as Standard Webhooks says: signed, without following redirects, with an end to waiting. */
import { type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { Webhook } from 'standardwebhooks';
import { type LookUpInTurn, openLookUp } from './look-up.ts';
import { isPrivateAddress, isPrivateHost } from './private-address.ts';

export type Posting = {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly body: string;
};

/** What came of it. `gone`: the address says that it will never take anything again. */
export type Posted =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: string; readonly gone: boolean };

/** An answer takes no longer than this. */
const WITHIN_MS = 15_000;

export type PostOptions = {
  /** Epoch milliseconds, part of what is signed. */
  readonly now: number;
  /** Addresses in private networks are meant. */
  readonly allowPrivate: boolean;
  readonly withinMs?: number;
  /** Default: the system's, in turn with all others of this process. */
  readonly lookUp?: LookUpInTurn;
};

const LOOK_UP = openLookUp();

/** Never throws: what went wrong is the answer. */
export function postWebhook(posting: Posting, options: PostOptions): Promise<Posted> {
  return new Promise((resolve) => {
    const failed = (error: string, gone = false) => resolve({ ok: false, error, gone });
    try {
      const url = new URL(posting.url);
      if (!options.allowPrivate && isPrivateHost(url.hostname)) {
        failed('the address leads into a private network');
        return;
      }
      const signal = AbortSignal.timeout(options.withinMs ?? WITHIN_MS);
      const send = url.protocol === 'https:' ? requestTls : requestPlain;
      const sent = send(url, {
        method: 'POST',
        headers: headersOf(posting, options.now),
        agent: false,
        timeout: options.withinMs ?? WITHIN_MS,
        signal,
        // The name is looked up here, so that what was checked is what is called.
        lookup: lookUpOf(options, signal),
      });
      sent.on('response', (answer) => {
        const status = answer.statusCode ?? 0;
        // Nobody reads what it says: the status is the answer.
        answer.destroy();
        if (status >= 200 && status < 300) resolve({ ok: true });
        else failed(`it answered ${status}`, status === 410);
      });
      sent.on('error', (error) => failed(wordsOf(error)));
      sent.end(posting.body);
    } catch (error) {
      failed(wordsOf(error));
    }
  });
}

function headersOf({ id, secret, body }: Posting, now: number) {
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'larder-hq',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, new Date(now), body),
  };
}

/** A public name may lead to a private address. */
function lookUpOf(
  { allowPrivate, lookUp = LOOK_UP }: PostOptions,
  signal: AbortSignal,
): NonNullable<RequestOptions['lookup']> {
  return (hostname, options, done) => {
    lookUp(hostname, { ...options, all: true }, signal, (error, addresses) => {
      if (error) return done(error, '', 0);
      const [first] = addresses;
      if (first === undefined) return done(new Error('the name has no address'), '', 0);
      if (!allowPrivate && addresses.some(({ address }) => isPrivateAddress(address))) {
        return done(new Error('the name leads into a private network'), '', 0);
      }
      if (options.all) return done(null, addresses);
      return done(null, first.address, first.family);
    });
  };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return 'it did not answer in time';
  return 'code' in error && typeof error.code === 'string'
    ? `${error.code}: ${error.message}`
    : error.message;
}
