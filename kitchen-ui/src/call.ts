/** The other side answered, and not with what was asked for. 401 means that the token is not good. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  /** Stable name of the reason: `pin_needed`; '' when the answer gave none. */
  readonly code: string;
  /** The whole answer, for those that carry more than words. */
  readonly problem: Readonly<Record<string, unknown>>;
  constructor(status: number, detail: string, problem: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.status = status;
    this.problem = problem;
    this.code = typeof problem['code'] === 'string' ? problem['code'] : '';
  }
}

/** No answer at all: it is off, or the network between. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export type CallPorts = {
  readonly fetch: typeof fetch;
  /** What stands before every path: `/api/v1`. */
  readonly base: string;
  /** Who asks, and in which language the answer should be. */
  readonly headers: () => Readonly<Record<string, string>>;
};

/** Headers stand beside those that every call has. */
type CallInit = Omit<RequestInit, 'headers'> & {
  readonly headers?: Readonly<Record<string, string>>;
};

/** A call below `base`: resolves with a good answer, rejects with `Refused` or `Unreachable`. */
export function makeCall({ fetch, base, headers }: CallPorts) {
  return async (path: string, init: CallInit = {}): Promise<Response> => {
    let response: Response;
    try {
      response = await fetch(base + path, {
        ...init,
        headers: { ...headers(), 'Content-Type': 'application/json', ...init.headers },
        signal: init.signal ?? AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (cause) {
      throw new Unreachable('no answer', { cause });
    }
    if (!response.ok) {
      const problem = (await response.json().catch(() => ({}))) as Record<string, unknown>;
      throw new Refused(response.status, problemText(problem), problem);
    }
    return response;
  };
}

/** Longer than any answer of a healthy box on the shop's network. */
const PATIENCE_MS = 8_000;

/** The `detail` of an RFC 9457 problem, else its title, else ''. */
function problemText({ detail, title }: Readonly<Record<string, unknown>>): string {
  const text = detail ?? title;
  return typeof text === 'string' ? text : '';
}
