/** A real head office for tests, on a database of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HqConfig, loadHqConfig } from '../../cloud-bridge/hq/config.ts';
import { type Hq, startHq } from '../../cloud-bridge/hq/start.ts';
import { openLog } from '../../edge/runtime/log.ts';
import { type Ports, realPorts } from '../../edge/runtime/ports.ts';

export type HqAnswer<T> = { readonly status: number; readonly body: T; readonly headers: Headers };

export type TestHq = {
  readonly hq: Hq;
  readonly url: string;
  /** Calls `/hq/v1` with the admin token, or another. */
  api<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<HqAnswer<T>>;
  stop(): Promise<void>;
};

/** @param database `postgres://…` of an empty database */
export async function startTestHq(
  database: string,
  options: { readonly config?: Partial<HqConfig>; readonly ports?: Ports } = {},
): Promise<TestHq> {
  const data = mkdtempSync(join(tmpdir(), 'larder-hq-'));
  const loaded = loadHqConfig({
    LARDER_HQ_DATA: data,
    LARDER_HQ_PORT: '0',
    LARDER_HQ_DATABASE_URL: database,
    LARDER_LOG_LEVEL: 'silent',
  });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const config = { ...loaded.config, ...options.config };
  const hq = await startHq(config, options.ports ?? realPorts(), openLog(config.logLevel));
  return {
    hq,
    url: hq.url,
    async api<T>(method: string, path: string, body?: unknown, token = hq.adminToken) {
      const response = await fetch(`${hq.url}/hq/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = /json/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        body: (json && text !== '' ? JSON.parse(text) : text) as T,
        headers: response.headers,
      };
    },
    async stop() {
      await hq.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
