/**
 * A real PostgreSQL for tests: the embedded server, one per test file, and a fresh database per test.
 * It does not wait for the disk (fsync=off) unless a test of crashes asks for it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startPostgres } from '../../cloud-bridge/hq/postgres/embedded.ts';
import { openLog } from '../../edge/runtime/log.ts';

export type TestPostgres = {
  /** Of the server's own database. */
  readonly url: string;
  readonly server: EmbeddedPostgres;
  /** `postgres://…` of a new, empty database. */
  database(): Promise<string>;
  /** Ends it and deletes its folder. */
  stop(): Promise<void>;
};

/** @param durable with fsync, for tests that kill it */
export async function startTestPostgres(durable = false): Promise<TestPostgres> {
  const data = mkdtempSync(join(tmpdir(), 'larder-postgres-'));
  const quick = { fsync: 'off', full_page_writes: 'off', shared_buffers: '32MB' };
  const server = await startPostgres({
    data,
    log: openLog('silent'),
    ...(durable ? {} : { settings: quick }),
  });
  let made = 0;
  return {
    url: server.url,
    server,
    async database() {
      made += 1;
      const name = `test_${made}`;
      const client = new pg.Client(server.url);
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return server.url.replace(/\/[^/]*$/, `/${name}`);
    },
    async stop() {
      await server.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
