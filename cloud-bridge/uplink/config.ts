/** Settings of the bridge, of the environment only: the box that starts it, or a unit file, gives them. */
import { resolve } from 'node:path';
import { LOG_LEVELS, type LogLevel } from '../../edge/runtime/log.ts';

export type UplinkConfig = {
  /** Base of head office's API, ends in `/hq/v1`; empty = the bridge rests. */
  readonly hqUrl: string;
  /** Token of this store; empty = none is sent. */
  readonly hqToken: string;
  /** Where the box keeps `running.json` and `secrets.json`; not read when `boxUrl` is given. */
  readonly data: string;
  /** Empty = as `running.json` says. */
  readonly boxUrl: string;
  readonly boxToken: string;
  readonly logLevel: LogLevel;
  readonly pace: Pace;
};

/** How fast and how patient the bridge is; milliseconds. Tests are faster. */
export type Pace = {
  /** The first wait after a failure is between 0 and this; it doubles with each failure. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** Shortest wait after head office said that this store may not: a person has to do something. */
  readonly slowMs: number;
  /** Longest wait for the box: it is beside us, and nobody else asks it. */
  readonly boxMaxMs: number;
  /** For an answer of head office. */
  readonly timeoutMs: number;
  /** How long the box may hold an answer until there is something new; whole seconds. */
  readonly pollMs: number;
  /** After this long without news head office gets an empty batch. */
  readonly signMs: number;
};

export const PACE: Pace = {
  baseMs: 1_000,
  maxMs: 300_000,
  slowMs: 60_000,
  boxMaxMs: 5_000,
  timeoutMs: 30_000,
  pollMs: 20_000,
  signMs: 60_000,
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param here what a relative `LARDER_DATA` starts from
 * @returns the settings, or every mistake in them
 */
export function readConfig(
  env: Environment,
  here: string,
): { ok: true; config: UplinkConfig } | { ok: false; problems: readonly string[] } {
  const problems: string[] = [];
  const text = (name: string): string => env[name] ?? '';
  const address = (name: string): string => {
    const value = text(name);
    if (value !== '' && !/^https?:\/\/./.test(value)) {
      problems.push(`${name}: "${value}" is no address: https://HOST / 地址应为 https://主机`);
    } else if (value !== '' && !URL.canParse(value)) {
      problems.push(`${name}: "${value}" cannot be read: https://HOST / 地址无法识别`);
    }
    return value;
  };
  const hqUrl = address('LARDER_HQ_URL');
  const boxUrl = address('LARDER_BOX_URL');
  const boxToken = text('LARDER_BOX_TOKEN');
  if (boxUrl !== '' && boxToken === '') {
    problems.push(
      'LARDER_BOX_TOKEN: is needed with LARDER_BOX_URL; it is adminToken in secrets.json of the box / 设置 LARDER_BOX_URL 时必须设置,取自主机的 secrets.json',
    );
  }
  const level = text('LARDER_LOG_LEVEL') || 'info';
  const logLevel = LOG_LEVELS.find((known) => known === level);
  if (logLevel === undefined) {
    problems.push(`LARDER_LOG_LEVEL: "${level}" is no level: ${LOG_LEVELS.join(', ')}`);
  }
  if (problems.length > 0 || logLevel === undefined) return { ok: false, problems };
  return {
    ok: true,
    config: {
      hqUrl: apiBase(hqUrl),
      hqToken: text('LARDER_HQ_TOKEN'),
      data: resolve(here, text('LARDER_DATA') || './data'),
      boxUrl: boxUrl.replace(/\/+$/, ''),
      boxToken,
      logLevel,
      pace: PACE,
    },
  };
}

/** `https://hq.example.com`, with or without `/hq/v1` and slashes, as the base of the API. */
export function apiBase(url: string): string {
  const bare = url.replace(/[?#].*$/, '').replace(/\/+$/, '');
  if (bare === '') return '';
  return bare.endsWith('/hq/v1') ? bare : `${bare}/hq/v1`;
}
