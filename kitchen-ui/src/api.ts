import type {
  BookAnswer,
  Command,
  CommandBody,
  CommandResult,
  Dish,
  InboxItem,
  Move,
  Sale,
  Status,
  StockItem,
  StoredEvent,
} from './api-types.ts';

/** The box answered, and not with what was asked for. 401 means that the token is not good. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** No answer at all: the box is off, or the network between. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export type ApiPorts = {
  readonly fetch: typeof fetch;
  readonly token: () => string;
  /** In which language the box should say why it refuses. */
  readonly language: () => string;
  readonly newId: () => string;
  readonly now: () => number;
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
    setSpeed: (speed: number) => post<unknown>('/demo/speed', { speed }),
    /** One command with an id of its own, made here: sending it again would be a duplicate. */
    command: async (body: CommandBody): Promise<CommandResult> => {
      const command: Command = {
        id: ports.newId(),
        at: new Date(ports.now()).toISOString(),
        ...body,
      };
      const { results } = await post<{ results: CommandResult[] }>('/commands', {
        commands: [command],
      });
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

const BASE = '/api/v1';
/** Longer than any answer of a healthy box on the shop's network. */
const PATIENCE_MS = 8_000;

function authorization(ports: ApiPorts): Record<string, string> {
  return { Authorization: `Bearer ${ports.token()}` };
}

function caller(ports: ApiPorts) {
  return async (path: string, init: RequestInit = {}): Promise<Response> => {
    let response: Response;
    try {
      response = await ports.fetch(BASE + path, {
        ...init,
        headers: {
          ...authorization(ports),
          'Accept-Language': ports.language(),
          'Content-Type': 'application/json',
        },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (cause) {
      throw new Unreachable('no answer', { cause });
    }
    if (!response.ok) throw new Refused(response.status, await problemText(response));
    return response;
  };
}

/** The `detail` of an RFC 9457 problem, else its title, else ''. */
async function problemText(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as {
    detail?: unknown;
    title?: unknown;
  };
  const text = problem.detail ?? problem.title;
  return typeof text === 'string' ? text : '';
}
