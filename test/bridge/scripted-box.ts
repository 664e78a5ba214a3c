/** A box for the bridge's tests: the feed and its doors over a chain of made-up entries, and a record of calls. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { NO_HASH } from '#recipes/contracts/sync.ts';

export type ScriptedEntry = { readonly seq: number; readonly text: string; readonly hash: string };

export type ScriptedBox = {
  readonly url: string;
  incarnation: string;
  entries: ScriptedEntry[];
  /** Extra fields of a batch in the short form. */
  beside: Record<string, unknown>;
  catalogHead: number;
  /** Last entry of the batch that was read last. */
  lastTo: number;
  readonly acks: Record<string, unknown>[];
  readonly forks: Record<string, unknown>[];
  readonly versions: number[];
  readonly facts: Record<string, unknown>[];
  /** What was posted to it. */
  readonly bodies: { readonly path: string; readonly body: Record<string, unknown> }[];
  /** Paths with their queries, in order. */
  readonly calls: string[];
  /** Answers instead of the box when it returns something. */
  instead: (path: string) => { status: number; body?: unknown } | undefined;
  add(count: number, salt?: string): void;
  close(): Promise<void>;
};

export const BOX_TOKEN = 'box-token-of-the-tests';

/** More entries on a chain; another salt makes another history. */
export function chainOn(
  entries: readonly ScriptedEntry[],
  count: number,
  salt = '',
): ScriptedEntry[] {
  const all = [...entries];
  for (let i = 0; i < count; i++) {
    const seq = all.length + 1;
    const text = `1;${seq};1;;;;;20261122;${seq};${seq};-;-;${salt.length}:${salt};`;
    const before = all.at(-1)?.hash ?? NO_HASH;
    all.push({
      seq,
      text,
      hash: createHash('sha256')
        .update(before + text)
        .digest('hex'),
    });
  }
  return all;
}

export async function startScriptedBox(entries: number): Promise<ScriptedBox> {
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://box');
    const path = url.pathname.replace('/api/v1', '');
    box.calls.push(path + url.search);
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    if (text !== '') box.bodies.push({ path, body });
    const special = box.instead(path);
    if (special) return say(response, special.status, special.body ?? {});
    if (request.headers.authorization !== `Bearer ${BOX_TOKEN}`) return say(response, 401, {});
    if (path === '/feed') return feed(url, response);
    say(response, 200, answer(path, url, body));
  });

  function feed(url: URL, response: ServerResponse): void {
    const number = (name: string) => Number(url.searchParams.get(name) ?? 0);
    const after = number('after');
    const now = () => {
      clearTimeout(timer);
      waiting.delete(now);
      if (!response.destroyed) say(response, 200, batch(after, number('limit'), url));
    };
    const timer = setTimeout(now, number('wait') * 1000);
    const news = box.entries.length > after || isBeside(url);
    if (news || number('wait') === 0) now();
    else waiting.add(now);
  }

  /** Whether there are rows that were not asked for yet. */
  function isBeside(url: URL): boolean {
    const { events } = box.beside as { events?: { to: number } };
    return (events?.to ?? 0) > Number(url.searchParams.get('events') ?? 0);
  }

  function batch(after: number, limit: number, url: URL): Record<string, unknown> {
    const short = url.searchParams.get('form') === 'batch';
    const some = box.entries.slice(after, after + limit);
    const prevHash = box.entries[after - 1]?.hash ?? NO_HASH;
    const head = box.entries.at(-1);
    box.lastTo = after + some.length;
    return {
      incarnation: box.incarnation,
      from: after + 1,
      to: after + some.length,
      prevHash,
      headHash: some.at(-1)?.hash ?? prevHash,
      head: { seq: head?.seq ?? 0, hash: head?.hash ?? NO_HASH },
      entries: short ? some.map((entry) => entry.text) : some,
      ...(short && isBeside(url) ? box.beside : {}),
    };
  }

  function answer(path: string, url: URL, body: Record<string, unknown>): unknown {
    if (path === '/status') return { store: 'shop', seq: box.entries.length };
    if (path === '/feed/hashes') {
      const seqs = (url.searchParams.get('seq') ?? '').split(',').map(Number);
      const hashes = seqs.flatMap((seq) => {
        const entry = box.entries[seq - 1];
        return entry ? [[seq, entry.hash]] : [];
      });
      return { hashes };
    }
    if (path === '/feed/ack') {
      box.acks.push(body);
      return { ok: true, catalogHead: box.catalogHead };
    }
    if (path === '/feed/fork') {
      box.forks.push(body);
      box.incarnation = `${box.incarnation}-${box.forks.length + 1}`;
      return { incarnation: box.incarnation, parent: body };
    }
    if (path === '/feed/catalog') {
      box.versions.push(Number(body['version']));
      box.catalogHead = Number(body['version']);
      return { version: body['version'], state: 'taken' };
    }
    if (path === '/feed/facts') {
      box.facts.push(body);
      return { applied: 1, duplicates: 0, refused: [] };
    }
    return { seq: box.entries.length, hash: box.entries.at(-1)?.hash, rows: [[1, 1, 0, 5]] };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const box: ScriptedBox = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    incarnation: 'life',
    entries: chainOn([], entries),
    beside: {},
    catalogHead: 0,
    lastTo: 0,
    acks: [],
    forks: [],
    versions: [],
    facts: [],
    bodies: [],
    calls: [],
    instead: () => undefined,
    add(count, salt) {
      box.entries = chainOn(box.entries, count, salt);
      for (const tell of [...waiting]) tell();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return box;
}

function say(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
