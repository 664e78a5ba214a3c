/** The HTTP twin of the event topic, and the doors for other POS makes. */
import { type Context, Hono } from 'hono';
import { reason } from '#recipes/contracts/reasons.ts';
import type { Adapter, AdapterOutcome } from '../adapters/adapter.ts';
import { countKeys } from '../adapters/json-strict.ts';
import { isStorageFault } from '../db/storage-fault.ts';
import type { Incoming, Received } from '../pos/receive.ts';
import type { Log } from '../runtime/log.ts';
import { type AuthEnv, forbidden } from './auth.ts';
import { problem } from './problem.ts';

export const EVENTS_MAX = 500;
const ONE_EVENT_BYTES_MAX = 1024 * 1024;
const ADAPTER_BYTES_MAX = 1024 * 1024;

export type FetchOutcome = Extract<AdapterOutcome, { kind: 'fetch' }>;

export type PosRouteParts = {
  /** Stores, settles, publishes results. @throws when it cannot be stored */
  readonly receive: (batch: readonly Incoming[]) => Received[];
  readonly isTerminal: (name: string) => boolean;
  readonly adapters: ReadonlyMap<string, Adapter>;
  /** False when the vendor's signature is asked for and does not fit. */
  readonly genuine: (
    make: string,
    body: Uint8Array,
    header: (name: string) => string | undefined,
  ) => boolean;
  /** Gets the lines of an order that a webhook only named, and receives them. Does not wait. */
  readonly fetchOrder: (terminal: string, order: FetchOutcome) => void;
  readonly store: string;
  readonly timezone: string;
  readonly now: () => number;
  readonly log: Log;
};

export function posRoutes(parts: PosRouteParts): Hono<AuthEnv> {
  const app = new Hono<AuthEnv>();
  app.post('/:terminal/events', async (c) => {
    const refused = checkTerminal(parts, c);
    if (refused) return refused;
    const body = new Uint8Array(await c.req.arrayBuffer());
    if (body.byteLength > ONE_EVENT_BYTES_MAX && firstCharacter(body) !== '[') {
      return problem(c, 413, 'too_large', {
        en: 'one event has at most 64 KiB; more than 1 MiB is not even kept',
        zh: '单个事件最多 64 KiB;超过 1 MiB 不予保存',
      });
    }
    const batch = split(body, c.req.param('terminal'));
    if (batch.length > EVENTS_MAX) {
      return problem(c, 413, 'too_many', {
        en: `${batch.length} events; send at most ${EVENTS_MAX} at once`,
        zh: `共 ${batch.length} 条事件;一次最多 ${EVENTS_MAX} 条`,
      });
    }
    return stored(parts, c, () => {
      const received = parts.receive(batch);
      return c.json({ results: received.map(({ result }) => result) }, 202);
    });
  });
  app.post('/:terminal/adapters/:make', async (c) => {
    const refused = checkTerminal(parts, c);
    if (refused) return refused;
    const adapter = parts.adapters.get(c.req.param('make'));
    if (!adapter) {
      const known = [...parts.adapters.keys()].join(', ');
      return problem(c, 404, 'unknown_adapter', {
        en: `no adapter "${c.req.param('make')}"; there are: ${known}`,
        zh: `没有适配器“${c.req.param('make')}”;现有:${known}`,
      });
    }
    const body = new Uint8Array(await c.req.arrayBuffer());
    if (body.byteLength > ADAPTER_BYTES_MAX) {
      return problem(c, 413, 'too_large', { en: 'more than 1 MiB', zh: '超过 1 MiB' });
    }
    if (!parts.genuine(adapter.name, body, (name) => c.req.header(name))) {
      return problem(c, 401, 'bad_signature', {
        en: 'the signature does not fit the content; check the key in the settings',
        zh: '签名与内容不符,请检查设置里的密钥',
      });
    }
    return stored(parts, c, () => receiveForeign(parts, c, adapter, body));
  });
  return app;
}

function checkTerminal(parts: PosRouteParts, c: Context<AuthEnv>): Response | undefined {
  const terminal = c.req.param('terminal') ?? '';
  const who = c.get('principal');
  // A tablet is no till: what it sends are commands.
  if ('device' in who || ('terminal' in who && who.terminal !== terminal)) return forbidden(c);
  if (parts.isTerminal(terminal)) return undefined;
  return problem(c, 404, 'unknown_terminal', {
    en: `terminal "${terminal}" is not set up; add it with: larder terminal add ${terminal}`,
    zh: `终端“${terminal}”尚未设置;添加:larder terminal add ${terminal}`,
  });
}

/** Nothing is acknowledged that is not on disk: a store that fails answers 503, and is asked again. */
function stored(parts: PosRouteParts, c: Context, work: () => Response): Response {
  try {
    return work();
  } catch (error) {
    if (!isStorageFault(error)) throw error;
    parts.log.error({ err: error }, 'could not store: not acknowledged');
    c.header('retry-after', '5');
    return problem(c, 503, 'cannot_store', {
      en: 'the box cannot write to its disk now; nothing was accepted, send it again',
      zh: '主机暂时无法写盘;未接收,请稍后重发',
    });
  }
}

/** One event as its bytes, or the members of an array; an array with doubtful keys stays whole. */
function split(body: Uint8Array, terminal: string): Incoming[] {
  if (firstCharacter(body) !== '[') return [{ terminal, body }];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const list = JSON.parse(text) as unknown[];
    const members = list.map((member) => Buffer.from(JSON.stringify(member)));
    const keys = members.reduce((sum, member) => sum + countKeys(member), 0);
    if (keys === countKeys(body)) return members.map((member) => ({ terminal, body: member }));
  } catch {
    // Kept whole below, so that the bytes are not lost with the error.
    return [{ terminal, body }];
  }
  return [{ terminal, body, refuse: [reason('duplicate_key', '[]', '/')] }];
}

function firstCharacter(body: Uint8Array): string {
  for (const byte of body) if (byte > 32) return String.fromCharCode(byte);
  return '';
}

function receiveForeign(
  parts: PosRouteParts,
  c: Context,
  adapter: Adapter,
  body: Uint8Array,
): Response {
  const terminal = c.req.param('terminal') ?? '';
  const { store, timezone } = parts;
  const outcome = adapter.read(body, { store, terminal, receivedAt: parts.now(), timezone });
  if (outcome.kind === 'events') {
    const source = adapter.name;
    const batch: Incoming[] = outcome.events.map(({ envelope }) => {
      return { terminal, body: Buffer.from(JSON.stringify(envelope)), source };
    });
    // The vendor's own bytes are kept beside what was made of them.
    batch.push({ terminal, body, keep: outcome.warnings, source });
    const received = parts.receive(batch).slice(0, -1);
    const results = received.map(({ result }) => result.status).join(',');
    return answer(adapter.answer('stored', outcome.warnings, outcome), results);
  }
  if (outcome.kind === 'reject') {
    parts.receive([{ terminal, body, refuse: outcome.reasons, source: adapter.name }]);
    return answer(adapter.answer('rejected', outcome.reasons, outcome));
  }
  const keep = outcome.kind === 'ignored' ? [outcome.why] : [];
  const [kept] = parts.receive([{ terminal, body, keep, source: adapter.name }]);
  if (outcome.kind === 'fetch' && kept?.fresh) parts.fetchOrder(terminal, outcome);
  return answer(adapter.answer('stored', keep, outcome));
}

/** What the vendor expects, and our own word beside it. */
function answer(
  reply: { status: number; body: string; contentType: string },
  results = '',
): Response {
  const headers = { 'content-type': reply.contentType, 'larder-results': results };
  return new Response(reply.body, { status: reply.status, headers });
}
