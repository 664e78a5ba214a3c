import type {
  BookAnswer,
  Command,
  CommandBody,
  CommandResult,
  Dish,
  InboxItem,
  Move,
  Paired,
  Pass,
  Person,
  Sale,
  Status,
  StockItem,
  Tiles,
} from './api-types.ts';
import { makeCall, Refused } from './call.ts';
import type { StoredEvent } from './inbox/inbox-types.ts';

export type ApiPorts = {
  readonly fetch: typeof fetch;
  readonly token: () => string;
  /** A manager's pass that still holds, else ''. */
  readonly pass: () => string;
  /** Who uses the tablet, for commands that are sent directly. */
  readonly actor: () => string | undefined;
  /** In which language the box should say why it refuses. */
  readonly language: () => string;
  readonly newId: () => string;
};

export type Api = ReturnType<typeof createApi>;

/** Every call of the pages. Each rejects with `Refused` or `Unreachable`. */
export function createApi(ports: ApiPorts) {
  const call = caller(ports);
  const get = async <T>(path: string): Promise<T> => (await (await call(path)).json()) as T;
  const post = async <T>(path: string, body: unknown): Promise<T> =>
    (await (await call(path, { method: 'POST', body: JSON.stringify(body) })).json()) as T;

  return {
    status: () => get<Status>('/status'),
    /** Resolves when the box accepts this token. */
    checkToken: async (token: string): Promise<void> => {
      await caller({ ...ports, token: () => token })('/status');
    },
    stock: async () => (await get<{ items: StockItem[] }>('/stock')).items,
    item: (item: string) => get<StockItem>(`/stock/${encodeURIComponent(item)}`),
    moves: async (item: string, limit: number) =>
      (
        await get<{ moves: Move[] }>(
          `/moves?item=${encodeURIComponent(item)}&limit=${limit}&order=desc`,
        )
      ).moves,
    sales: async (limit: number) => (await get<{ sales: Sale[] }>(`/sales?limit=${limit}`)).sales,
    /** Two terminals may use the same number; without `terminal` the last one of that number. */
    sale: (sale: string, terminal?: string) =>
      get<Sale>(
        `/sales/${encodeURIComponent(sale)}` +
          (terminal === undefined ? '' : `?terminal=${encodeURIComponent(terminal)}`),
      ),
    menu: async () => (await get<{ dishes: Dish[] }>('/menu')).dishes,
    inbox: async () => (await get<{ items: InboxItem[] }>('/inbox')).items,
    book: () => get<BookAnswer>('/book'),
    event: (number: number | string) =>
      get<StoredEvent>(`/events/${encodeURIComponent(String(number))}`),
    ...tabletCalls(ports, get, post),
    /** Commands as they are, in this order; a result for each. */
    send: async (commands: readonly Command[]): Promise<CommandResult[]> =>
      (await post<{ results: CommandResult[] }>('/commands', { commands })).results,
    setSpeed: (speed: number) => post<unknown>('/demo/speed', { speed }),
    /**
     * One command, sent directly with an id made here. It happens as it arrives, by the box's clock: a
     * tablet's may be wrong. `dryRun`: carried out and rolled back, the answer says what would happen.
     * What the kitchen records goes through the outbox instead.
     */
    command: async (body: CommandBody, more: { dryRun?: boolean } = {}): Promise<CommandResult> => {
      const actor = ports.actor();
      const command: Omit<Command, 'at'> = {
        id: ports.newId(),
        ...(actor === undefined ? {} : { actor }),
        ...body,
      };
      const path = more.dryRun === true ? '/commands?dryRun=1' : '/commands';
      const { results } = await post<{ results: CommandResult[] }>(path, { commands: [command] });
      const [result] = results;
      if (result === undefined) throw new Refused(502, 'no result');
      return result;
    },
    stream: (lastEventId: string, signal: AbortSignal) =>
      ports.fetch(`${BASE}/stream`, {
        headers: {
          ...authorization(ports),
          Accept: 'text/event-stream',
          ...(lastEventId === '' ? {} : { 'Last-Event-ID': lastEventId }),
        },
        cache: 'no-store',
        signal,
      }),
  };
}

type Get = <T>(path: string) => Promise<T>;
type Post = <T>(path: string, body: unknown) => Promise<T>;

/** Calls that belong to the tablet: who, which device, what is usual here, is the box there. */
function tabletCalls(ports: ApiPorts, get: Get, post: Post) {
  return {
    people: async () => (await get<{ people: Person[] }>('/people')).people,
    tiles: (screen: 'waste' | 'trim', station: string) =>
      get<Tiles>(`/tiles?screen=${screen}&station=${encodeURIComponent(station)}`),
    /** Anything else below /api/v1, for the pages that alone use it. */
    get,
    post,
    ...fileCalls(ports),
    /** A new id for something that is born here. */
    newId: ports.newId,
    /** What stands in the way of selling now; empty = ready. Needs no token. */
    unready: async (): Promise<readonly string[]> => {
      const answer = await ports.fetch('/readyz', { cache: 'no-store' });
      return ((await answer.json()) as { problems?: readonly string[] }).problems ?? [];
    },
    /** Does the box answer at all? Needs no token and costs it nothing. */
    reachable: async (): Promise<boolean> => {
      try {
        const signal = AbortSignal.timeout(PROBE_MS);
        return (await ports.fetch('/healthz', { cache: 'no-store', signal })).ok;
      } catch {
        return false;
      }
    },
    /** A pairing code for a token of this tablet's own. */
    pair: (code: string) => post<Paired>('/pair', { code }),
    /** A manager's pass for a PIN or a badge. 429: too many wrong ones. */
    pass: (proof: { user?: string; pin?: string; badge?: string }) => post<Pass>('/passes', proof),
  };
}

/** Calls whose body is a file, in or out, and those that set or take away. */
function fileCalls(ports: ApiPorts) {
  const call = caller(ports);
  return {
    put: async <T>(path: string, body: unknown): Promise<T> =>
      (await (await call(path, { method: 'PUT', body: JSON.stringify(body) })).json()) as T,
    /** Takes away what stands at `path`. */
    remove: async (path: string): Promise<void> => {
      await call(path, { method: 'DELETE' });
    },
    /** Sends the bytes of a file; the parsed answer. Large ones take a while on a shop's network. */
    upload: async <T>(path: string, bytes: Blob): Promise<T> => {
      const init = { method: 'POST', body: bytes, signal: AbortSignal.timeout(UPLOAD_MS) };
      return (await (await call(path, init)).json()) as T;
    },
    download: async (path: string): Promise<Blob> => (await call(path)).blob(),
  };
}

const UPLOAD_MS = 600_000;
const BASE = '/api/v1';
const PROBE_MS = 3_000;

function authorization(ports: ApiPorts): Record<string, string> {
  const token = ports.token();
  const pass = ports.pass();
  return {
    ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
    ...(pass === '' ? {} : { 'Larder-Pass': pass }),
  };
}

function caller(ports: ApiPorts) {
  const headers = () => ({ ...authorization(ports), 'Accept-Language': ports.language() });
  return makeCall({ fetch: ports.fetch, base: BASE, headers });
}
