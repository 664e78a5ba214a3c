/**
 * Settings of head office, of the environment only: it runs where nobody edits files. Every mistake
 * is reported at once, with its name and the remedy.
 */
import { LOG_LEVELS, type LogLevel } from '../../edge/runtime/log.ts';
import { STORE_CODE } from './store-code.ts';

export type HqConfig = {
  /** Secrets, and the embedded database where there is one. */
  readonly data: string;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** `postgres://…`; empty = the embedded server in `data`. */
  readonly databaseUrl: string;
  /** `postgres://…` of each shard; empty = everything is in `databaseUrl`. */
  readonly shards: readonly string[];
  /** Batches that are worked on at once; others are asked to come again. */
  readonly admit: number;
  /** Stores that are known from the first start, each with the token of its bridge. */
  readonly stores: readonly { readonly store: string; readonly token: string }[];
  /** Webhooks may lead into a private network; default: they may not. */
  readonly webhookPrivate?: boolean;
  readonly logLevel: LogLevel;
};

export type LoadedHqConfig =
  | { readonly ok: true; readonly config: HqConfig }
  | { readonly ok: false; readonly problems: readonly string[] };

/** An empty variable counts as not set. */
export function loadHqConfig(env: Readonly<Record<string, string | undefined>>): LoadedHqConfig {
  const problems: string[] = [];
  function read<T>(name: string, fallback: string, reader: (text: string) => T): T {
    try {
      return reader(env[name] || fallback);
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      return reader(fallback);
    }
  }
  const config: HqConfig = {
    data: read('LARDER_HQ_DATA', './hq-data', (text) => text),
    host: read('LARDER_HQ_HOST', '127.0.0.1', (text) => text),
    port: read('LARDER_HQ_PORT', '8090', (text) => readNumber(text, 0, 65_535)),
    databaseUrl: read('LARDER_HQ_DATABASE_URL', '', readDatabase),
    shards: read('LARDER_HQ_SHARDS', '', readShards),
    admit: read('LARDER_HQ_ADMIT', '4', (text) => readNumber(text, 1, 64)),
    stores: read('LARDER_HQ_STORES', '', readStores),
    webhookPrivate: read('LARDER_HQ_WEBHOOK_PRIVATE', '0', readYes),
    logLevel: read('LARDER_LOG_LEVEL', 'info', readLevel),
  };
  if (config.shards.length > 0 && config.databaseUrl === '') {
    problems.push(
      'LARDER_HQ_SHARDS: shards need a coordinator: set LARDER_HQ_DATABASE_URL as well',
    );
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config };
}

function readNumber(text: string, low: number, high: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < low || number > high) {
    throw new Error(`"${text}" is no whole number from ${low} to ${high}`);
  }
  return number;
}

function readYes(text: string): boolean {
  if (!/^(0|1|false|true|no|yes)$/i.test(text)) throw new Error(`"${text}" is not 1 or 0`);
  return /^(1|true|yes)$/i.test(text);
}

function readDatabase(text: string): string {
  if (text !== '' && !(/^postgres(ql)?:\/\//.test(text) && URL.canParse(text))) {
    throw new Error(`"${masked(text)}" is no database: postgres://USER:PASSWORD@HOST:PORT/NAME`);
  }
  return text;
}

function readShards(text: string): string[] {
  const shards = text.split(/[\s,]+/).filter((part) => part !== '');
  if (new Set(shards).size < shards.length) throw new Error('a shard is named twice');
  return shards.map(readDatabase);
}

function readStores(text: string): HqConfig['stores'] {
  const pairs = text.split(/[\s,]+/).filter((pair) => pair !== '');
  return pairs.map((pair) => {
    const [store = '', token = ''] = pair.split('=', 2);
    if (!STORE_CODE.test(store) || token.length < TOKEN_MIN) {
      throw new Error(`"${store}=…" is no STORE=TOKEN with at least ${TOKEN_MIN} letters of token`);
    }
    return { store, token };
  });
}

const TOKEN_MIN = 16;

function readLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (level === undefined) throw new Error(`"${text}" is no log level: ${LOG_LEVELS.join(', ')}`);
  return level;
}

function masked(text: string): string {
  return text.replace(/:[^:@/]*@/, ':***@');
}
