/**
 * Fetches an order that a Square webhook only named. Square may send the webhook before the order
 * has its lines, or before its API shows the version the webhook speaks of, so the fetch is repeated
 * after 1, 5, 30 and 120 seconds.
 */
import type { Reason } from '#recipes/contracts/pos-event.ts';
import { fieldsOf, wholeOf } from './fields.ts';
import { parseStrict } from './json-strict.ts';
import { reason } from './reasons.ts';
import { squareLinesMissing } from './square-order.ts';

/** Pauses before the second to fifth attempt, milliseconds. */
export const SQUARE_RETRY_AFTER_MS: readonly number[] = [1_000, 5_000, 30_000, 120_000];
/** Longest one attempt may take, milliseconds. */
export const SQUARE_ATTEMPT_MS_MAX = 10_000;
/** Largest order body that is read, bytes. */
export const SQUARE_ORDER_BYTES_MAX = 4 * 1024 * 1024;

export type SquareOrdersDeps = {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** `https://connect.squareup.com`, or the sandbox. */
  readonly baseUrl: string;
  readonly token: string;
  /** Resolves after so many milliseconds; may reject to give up at shutdown. */
  readonly wait: (ms: number) => Promise<void>;
  /** A signal that aborts after so many milliseconds. */
  readonly deadline: (ms: number) => AbortSignal;
};

export type FetchedOrder =
  /** The body of the answer, for `then` of the `fetch` outcome. */
  | { readonly kind: 'order'; readonly body: unknown }
  /**
   * No order. `retry` says whether asking again later can help (network, Square down, still no
   * lines), or a person must act first (token, order unknown).
   */
  | { readonly kind: 'failed'; readonly retry: boolean; readonly reasons: readonly Reason[] };

/** Fetches `order` at `version` or later. Rejects only when `wait` does. */
export async function fetchSquareOrder(
  deps: SquareOrdersDeps,
  order: string,
  version: number,
): Promise<FetchedOrder> {
  let last = await attempt(deps, order, version);
  for (const pause of SQUARE_RETRY_AFTER_MS) {
    if (last.kind === 'order' || !last.retry) return last;
    await deps.wait(pause);
    last = await attempt(deps, order, version);
  }
  return last;
}

async function attempt(
  deps: SquareOrdersDeps,
  order: string,
  version: number,
): Promise<FetchedOrder> {
  const url = `${deps.baseUrl.replace(/\/+$/, '')}/v2/orders/${encodeURIComponent(order)}`;
  let status: number;
  let text: string;
  try {
    const response = await deps.fetch(url, {
      headers: { authorization: `Bearer ${deps.token}`, accept: 'application/json' },
      // A redirect would carry the token to somewhere else.
      redirect: 'error',
      signal: deps.deadline(SQUARE_ATTEMPT_MS_MAX),
    });
    status = response.status;
    text = await limitedText(response);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed(true, { en: `no answer (${why})`, zh: `没有响应（${why}）` });
  }
  if (status !== 200) {
    // 404 too: the API may not know yet what the webhook already announces.
    const retry = status === 404 || status === 408 || status === 429 || status >= 500;
    return failed(retry, { en: `HTTP ${status}`, zh: `HTTP ${status}` });
  }
  const parsed = parseStrict(text);
  if (!parsed.ok) return failed(true, parsed.detail);
  const found = fieldsOf<'order'>(parsed.value)?.order;
  if (squareLinesMissing(found)) {
    return failed(true, { en: 'it still has no lines', zh: '订单仍无商品行' });
  }
  const seen = wholeOf(fieldsOf<'version'>(found)?.version);
  if (seen !== undefined && seen < version) {
    const zh = `仍是版本 ${seen}，尚无版本 ${version}`;
    return failed(true, { en: `still version ${seen}, not ${version}`, zh });
  }
  return { kind: 'order', body: parsed.value };
}

/** The body as text; an answer over the limit is an error, whatever length it claims. */
async function limitedText(response: Response): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > SQUARE_ORDER_BYTES_MAX) {
      throw new RangeError(`more than ${SQUARE_ORDER_BYTES_MAX} bytes`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function failed(retry: boolean, detail: { en: string; zh: string }): FetchedOrder {
  return { kind: 'failed', retry, reasons: [reason('fetch_failed', undefined, detail)] };
}
