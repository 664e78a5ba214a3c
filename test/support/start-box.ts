/** A real box for tests: its own process-wide parts, free ports, a folder that goes away afterwards. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseBookText } from '#recipes/book/load.ts';
import type { CommandResult } from '#recipes/contracts/command.ts';
import type { EventResult } from '#recipes/contracts/pos-event.ts';
import { type Box, startBox as start } from '../../edge/box.ts';
import { type Config, loadConfig } from '../../edge/config.ts';
import { installation } from '../../edge/installation.ts';
import { openLog } from '../../edge/runtime/log.ts';
import { type Ports, realPorts } from '../../edge/runtime/ports.ts';

export type TestBox = {
  readonly box: Box;
  readonly data: string;
  readonly url: string;
  readonly token: string;
  readonly mqttPort: number;
  readonly mqttUser: string;
  readonly mqttPassword: string;
  /** Calls the API with the admin token; the parsed JSON answer. */
  api<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  /** Sends events as T1 over HTTP. */
  send(events: unknown, terminal?: string): Promise<EventResult[]>;
  command(kind: string, data: unknown, id?: string): Promise<CommandResult>;
  /** Stock by item id, decimal text. */
  stock(): Promise<Record<string, string>>;
  /** What every place (stock, guest, waste, …) gained or gave of an item, from its moves. */
  places(item: string): Promise<Record<string, number>>;
  /** Stops and starts again on the same data. @param between while nothing runs */
  restart(between?: () => void): Promise<void>;
  stop(): Promise<void>;
};

export type TestBoxOptions = {
  /** Adopt the sample restaurant. */
  readonly demoBook?: boolean;
  readonly book?: unknown;
  readonly config?: Partial<Config>;
  readonly ports?: Ports;
  /** When it starts, and its clock goes on from there; without it the box lives now. */
  readonly at?: string;
  readonly data?: string;
};

const SAMPLE = new URL('../../recipes/samples/red-braise.yaml', import.meta.url);

export async function startBox(options: TestBoxOptions = {}): Promise<TestBox> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'larder-test-'));
  const loaded = loadConfig({
    env: {
      LARDER_DATA: data,
      LARDER_HTTP_PORT: '0',
      LARDER_MQTT_PORT: '0',
      LARDER_LOG_LEVEL: 'silent',
    },
  });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const config = { ...loaded.config, ...options.config };
  const ports = options.ports ?? (options.at === undefined ? realPorts() : portsFrom(options.at));
  const open = () =>
    start({
      config,
      ports,
      log: openLog(config.logLevel),
      ...installation(),
      exit: (why, cause) => {
        throw new Error(why, { cause });
      },
    });
  let box = await open();
  let commands = 0;

  async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${box.httpUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return (await response.json()) as T;
  }

  function token(): string {
    return box.parts.secrets.credentials().adminToken;
  }

  const test: TestBox = {
    get box() {
      return box;
    },
    data,
    get url() {
      return box.httpUrl;
    },
    token: token(),
    get mqttPort() {
      return box.mqttPort;
    },
    mqttUser: 'pos-T1',
    mqttPassword: box.parts.secrets.credentials().terminals.get('T1')?.password ?? '',
    api,
    async send(events, terminal = 'T1') {
      const answer = await api<{ results: EventResult[] }>(
        'POST',
        `/pos/${terminal}/events`,
        events,
      );
      return answer.results;
    },
    async command(kind, content, id = `test-${++commands}-${process.hrtime.bigint()}`) {
      const answer = await api<{ results: CommandResult[] }>('POST', '/commands', {
        commands: [{ id, kind, data: content }],
      });
      return answer.results[0] as CommandResult;
    },
    async stock() {
      const answer = await api<{ items: { item: string; onHand: string }[] }>('GET', '/stock');
      return Object.fromEntries(answer.items.map(({ item, onHand }) => [item, onHand]));
    },
    async places(item) {
      type Move = { from: string; to: string; amount: string };
      const { moves } = await api<{ moves: Move[] }>('GET', `/moves?item=${item}&limit=1000`);
      const sums: Record<string, number> = {};
      for (const { from, to, amount } of moves) {
        sums[from] = (sums[from] ?? 0) - Number(amount);
        sums[to] = (sums[to] ?? 0) + Number(amount);
      }
      return sums;
    },
    async restart(between) {
      await box.stop();
      between?.();
      box = await open();
    },
    async stop() {
      await box.stop();
      if (options.data === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
  const book = options.demoBook ? sampleBook() : options.book;
  if (book !== undefined) {
    const answer = await api<{ version?: number }>('PUT', '/book', book);
    if (answer.version === undefined) throw new Error(`book refused: ${JSON.stringify(answer)}`);
  }
  return test;
}

/** The sample restaurant as a document. */
export function sampleBook(): unknown {
  const parsed = parseBookText(readFileSync(fileURLToPath(SAMPLE), 'utf8'), 'yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

/** The machine, at another time. */
function portsFrom(at: string): Ports {
  const ahead = Date.parse(at) - Date.now();
  return { ...realPorts(), now: () => Date.now() + ahead };
}
