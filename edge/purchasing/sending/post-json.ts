/** Posts a message over HTTP and says what came of it. The only place of purchasing that knows `fetch`. */
import type { Outcome } from './message.ts';

/** What the other side answered; `text` is cut. */
export type Answer = { readonly status: number; readonly text: string; readonly afterMs?: number };

/** Answers that may be better the next time. */
const PASSING = new Set([408, 425, 429]);
const TEXT_MAX = 2_000;

/**
 * @param signal ends the attempt
 * @param needs status: of an answer that accepts, nobody waits for the text
 * @throws what the network says; `whyFailed` puts it into words
 */
export async function post(
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  needs: 'text' | 'status' = 'text',
): Promise<Answer> {
  const { url, authorization } = withoutUser(address);
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json; charset=utf-8', ...authorization, ...headers },
    // An order goes to the address in the book and nowhere else.
    redirect: 'manual',
    signal,
  });
  const isEnough = needs === 'status' && response.ok;
  const text = isEnough ? '' : await readSome(response);
  if (isEnough) response.body?.cancel().catch(() => undefined);
  const seconds = Number(response.headers.get('retry-after') ?? '');
  const wait = Number.isFinite(seconds) && seconds > 0 ? { afterMs: seconds * 1_000 } : {};
  return { status: response.status, text, ...wait };
}

/** What an HTTP status means for the message. */
export function outcomeOf({ status, text, afterMs }: Answer): Outcome {
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  const error = `HTTP ${status}${text === '' ? '' : `: ${text.slice(0, 200)}`}`;
  if (status >= 500 || PASSING.has(status)) {
    return { kind: 'later', error, ...(afterMs === undefined ? {} : { afterMs }) };
  }
  return { kind: 'refused', error };
}

/** An error of the network in one line: "fetch failed" says nothing, its cause does. */
export function whyFailed(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const inner = cause instanceof Error ? (cause as Error & { code?: string }) : undefined;
  return inner === undefined ? error.message : inner.message || (inner.code ?? error.message);
}

/** `fetch` takes no address with a user in it: who calls belongs into a header. */
function withoutUser(address: string): { url: URL; authorization: { authorization?: string } } {
  const url = new URL(address);
  const { username, password } = url;
  if (username === '' && password === '') return { url, authorization: {} };
  url.username = '';
  url.password = '';
  const user = Buffer.from(`${plain(username)}:${plain(password)}`).toString('base64');
  return { url, authorization: { authorization: `Basic ${user}` } };
}

/** As it was before it was written into an address. */
export function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A stranger may answer with anything, of any length. */
async function readSome(response: Response): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length >= TEXT_MAX) break;
  }
  return text.slice(0, TEXT_MAX).trim();
}
