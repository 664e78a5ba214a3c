import { HttpResponse, http } from 'msw/http';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type FetchedOrder,
  fetchSquareOrder,
  SQUARE_ORDER_BYTES_MAX,
  SQUARE_RETRY_AFTER_MS,
} from '../../../edge/adapters/square-orders.ts';

const BASE = 'https://square.test';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const full = { id: 'O/1', version: 3, state: 'OPEN', line_items: [{ quantity: '1' }] };
const empty = { id: 'O/1', version: 3, state: 'COMPLETED' };
const answer = (order: object) => () => HttpResponse.json({ order });

describe('fetching a Square order', () => {
  it('asks with the token, by the id, and gives the body', async () => {
    const seen: string[] = [];
    const { result, pauses } = await fetchWith([
      ({ request }) => {
        seen.push(request.url, request.headers.get('authorization') ?? '');
        return HttpResponse.json({ order: full });
      },
    ]);
    expect(result).toEqual({ kind: 'order', body: { order: full } });
    expect(seen).toEqual([`${BASE}/v2/orders/O%2F1`, 'Bearer the-token']);
    expect(pauses).toEqual([]);
  });

  it('waits 1, 5, 30 and 120 s while the lines are missing', async () => {
    const { result, pauses } = await fetchWith([answer(empty)]);
    expect(pauses).toEqual([1000, 5000, 30_000, 120_000]);
    expect(SQUARE_RETRY_AFTER_MS).toEqual(pauses);
    expect(result).toMatchObject({
      kind: 'failed',
      retry: true,
      reasons: [{ code: 'fetch_failed' }],
    });
    const late = await fetchWith([
      answer(empty),
      answer({ ...empty, line_items: [] }),
      answer(full),
    ]);
    expect([late.result.kind, late.pauses]).toEqual(['order', [1000, 5000]]);
  });

  it('takes an order without lines at once when it is canceled or a return', async () => {
    for (const order of [
      { ...empty, state: 'CANCELED' },
      { ...empty, returns: [{}] },
    ]) {
      const { result, pauses } = await fetchWith([answer(order)]);
      expect([result.kind, pauses]).toEqual(['order', []]);
    }
  });

  it('waits for the version the webhook spoke of', async () => {
    const { result, pauses } = await fetchWith([answer({ ...full, version: 2 }), answer(full)]);
    expect([result.kind, pauses]).toEqual(['order', [1000]]);
  });

  it('tries again after trouble that may pass', async () => {
    const { result, pauses } = await fetchWith([
      () => HttpResponse.error(),
      () => new HttpResponse('oops', { status: 503 }),
      () => new HttpResponse(null, { status: 429 }),
      () => new HttpResponse('{"order":', { status: 200 }),
      answer(full),
    ]);
    expect([result.kind, pauses.length]).toEqual(['order', 4]);
  });

  it('gives up at once when a person must act', async () => {
    for (const status of [400, 401, 403]) {
      const { result, pauses } = await fetchWith([() => new HttpResponse('{}', { status })]);
      expect(result).toMatchObject({ kind: 'failed', retry: false });
      expect(JSON.stringify(result)).toContain(`HTTP ${status}`);
      expect(pauses).toEqual([]);
    }
  });

  it('does not follow a redirect with the token, nor read without end, nor wait for ever', async () => {
    const seen: string[] = [];
    const elsewhere = http.get('https://elsewhere.test/', ({ request }) => {
      seen.push(request.url);
      return HttpResponse.json({ order: full });
    });
    const away = () => HttpResponse.redirect('https://elsewhere.test/', 302);
    const huge = () => new HttpResponse('x'.repeat(SQUARE_ORDER_BYTES_MAX + 1));
    for (const handler of [away, huge]) {
      server.use(elsewhere);
      const { result } = await fetchWith([handler]);
      expect(result).toMatchObject({ kind: 'failed', retry: true });
      expect(JSON.stringify(result)).toContain('no answer');
    }
    expect(seen).toEqual([]);
    const late = await fetchWith([answer(full)], AbortSignal.abort(new Error('10 s are over')));
    expect(JSON.stringify(late.result)).toContain('10 s are over');
  });

  it('stops when waiting is given up', async () => {
    server.use(http.get(`${BASE}/v2/orders/:id`, answer(empty)));
    const deps = { ...depsWith([]), wait: () => Promise.reject(new Error('shutting down')) };
    await expect(fetchSquareOrder(deps, 'O/1', 3)).rejects.toThrow('shutting down');
  });
});

type Handler = (info: { request: Request }) => Response;

/** Fetches order O/1 at version 3; each attempt meets the next handler, the last one stays. */
async function fetchWith(
  handlers: readonly Handler[],
  signal?: AbortSignal,
): Promise<{ result: FetchedOrder; pauses: number[] }> {
  let next = 0;
  server.use(
    http.get(`${BASE}/v2/orders/:id`, (info) => {
      const handler = handlers[Math.min(next, handlers.length - 1)];
      next += 1;
      return handler?.(info) ?? HttpResponse.error();
    }),
  );
  const pauses: number[] = [];
  const result = await fetchSquareOrder(depsWith(pauses, signal), 'O/1', 3);
  return { result, pauses };
}

function depsWith(pauses: number[], signal = new AbortController().signal) {
  return {
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    baseUrl: `${BASE}/`,
    token: 'the-token',
    wait: async (ms: number) => void pauses.push(ms),
    deadline: () => signal,
  };
}
