import { makeCall } from '../../src/call.ts';
import type { StoresAnswer, TickerRow } from './api-types.ts';

export type ApiPorts = {
  readonly fetch: typeof fetch;
  readonly token: () => string;
  /** In which language head office should say why it refuses. */
  readonly language: () => string;
  /** A new id, for what must not be done twice. */
  readonly newId: () => string;
};

export type Api = ReturnType<typeof createApi>;

/** Every call of the board. Each rejects with `Refused` or `Unreachable`. */
export function createApi(ports: ApiPorts) {
  const calling = (token: () => string) =>
    makeCall({ fetch: ports.fetch, base: BASE, headers: () => headersOf(ports, token()) });
  const call = calling(ports.token);
  const get = async <T>(path: string): Promise<T> => (await (await call(path)).json()) as T;
  const post = async <T>(path: string, body: unknown, key = ''): Promise<T> => {
    const headers: Record<string, string> = key === '' ? {} : { 'Idempotency-Key': key };
    const answer = await call(path, { method: 'POST', body: JSON.stringify(body), headers });
    return (answer.status === 204 ? null : await answer.json()) as T;
  };

  return {
    get,
    /** `key`: the same again is done once only. */
    post,
    patch: async <T>(path: string, body: unknown): Promise<T> =>
      (await (await call(path, { method: 'PATCH', body: JSON.stringify(body) })).json()) as T,
    newId: ports.newId,
    /** Takes away what stands at `path`. */
    remove: async (path: string): Promise<void> => {
      await call(path, { method: 'DELETE' });
    },
    download: async (path: string): Promise<Blob> => {
      const signal = AbortSignal.timeout(EXPORT_MS);
      return (await call(path, { signal })).blob();
    },
    /** Whose token it is, and what it may do. */
    me: () => get<{ readonly name: string; readonly scope: string }>('/me'),
    /** The newest lines of the ticker, the newest first. */
    ticker: async (limit: number) =>
      (await get<{ lines: readonly TickerRow[] }>(`/ticker?limit=${limit}`)).lines,
    stores: () => get<StoresAnswer>('/stores'),
    /** Resolves when head office accepts this token. */
    checkToken: async (token: string): Promise<void> => {
      await calling(() => token)('/stores');
    },
    /** Server-sent events by fetch: a header carries the token. */
    stream: (lastEventId: string, signal: AbortSignal) =>
      ports.fetch(`${BASE}/stream`, {
        headers: {
          ...headersOf(ports, ports.token()),
          Accept: 'text/event-stream',
          ...(lastEventId === '' ? {} : { 'Last-Event-ID': lastEventId }),
        },
        cache: 'no-store',
        signal,
      }),
  };
}

const BASE = '/hq/v1';
/** A year of entries as a file takes a while. */
const EXPORT_MS = 600_000;

function headersOf(ports: ApiPorts, token: string): Record<string, string> {
  return {
    ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
    'Accept-Language': ports.language(),
  };
}
