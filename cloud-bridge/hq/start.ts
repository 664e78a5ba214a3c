/** Head office, put together: database, parts, loops, HTTP. This file knows every part; no part knows it. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServerType, serve } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Log } from '../../edge/runtime/log.ts';
import type { Ports, Timer } from '../../edge/runtime/ports.ts';
import { alarmLoop } from './alarms/alarm-loop.ts';
import { dayLoop } from './alarms/day-loop.ts';
import { createApp } from './app.ts';
import { hashToken } from './auth.ts';
import { noteAdoption } from './catalog/adoption.ts';
import type { HqConfig } from './config.ts';
import { openDatabases } from './db/open.ts';
import { openWire } from './db/wire.ts';
import { openRegistry } from './http/probe-routes.ts';
import { choreHandlers, choreLoop } from './ingest/chores.ts';
import { livesLoop } from './lives/lives-loop.ts';
import type { HqParts } from './parts.ts';
import { startPostgres } from './postgres/embedded.ts';
import { readingLoop } from './reading/reading-loop.ts';
import { openHqSecrets } from './secrets.ts';
import { enrolStore } from './stores-store.ts';
import { requisitionChore, transferChore } from './transfers/transfer-chores.ts';
import { sendingLoop } from './webhooks/sending-loop.ts';

export type Hq = {
  /** Base of everything: `/hq/v1` is below it. */
  readonly url: string;
  readonly port: number;
  readonly parts: HqParts;
  readonly adminToken: string;
  /** True at the first start on this folder: the admin token was made just now. */
  readonly fresh: boolean;
  stop(): Promise<void>;
};

/** What a part does again and again by itself. */
export type HqLoop = (parts: HqParts) => Timer;

/** Who deals with an entry whose effect goes beyond its store, by kind. */
const CHORES = choreHandlers({
  catalog: noteAdoption,
  transfer: transferChore,
  requisition: requisitionChore,
});

const LOOPS: readonly HqLoop[] = [
  choreLoop(CHORES),
  livesLoop,
  readingLoop,
  sendingLoop,
  alarmLoop,
  dayLoop,
];

/** @throws Fault, or an error of the network when the port is taken; nothing stays open then */
export async function startHq(config: HqConfig, ports: Ports, log: Log): Promise<Hq> {
  const undo: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.toReversed()) await step();
  };
  try {
    const secrets = openHqSecrets(config.data, ports);
    const url = config.databaseUrl || (await startEmbedded(config, log, undo));
    const db = await openDatabases({ config, url, log, migrations: migrationsFolder() });
    undo.push(() => db.close());
    for (const { store, token } of config.stores) {
      await enrolStore(db.chain, store, hashToken(token));
    }
    const wire = await openWire(url, db, ports, log);
    undo.push(() => wire.close());
    const { adminToken, fresh } = secrets;
    const parts: HqParts = { config, log, ports, db, wire, adminToken, metrics: openRegistry() };
    const server = await listen(createApp(parts), config.host, config.port);
    undo.push(() => closeServer(server));
    const loops = LOOPS.map((loop) => loop(parts));
    undo.push(async () => {
      for (const loop of loops) loop.cancel();
    });
    const port = portOf(server, config.port);
    log.info({ port, data: config.data, shards: config.shards.length }, 'head office is ready');
    return { url: `http://${config.host}:${port}`, port, parts, adminToken, fresh, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startEmbedded(
  config: HqConfig,
  log: Log,
  undo: (() => Promise<void>)[],
): Promise<string> {
  const postgres = await startPostgres({ data: config.data, log });
  undo.push(() => postgres.stop());
  return postgres.url;
}

/** Beside the bundle, or in the source tree. */
export function migrationsFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundled = join(here, 'hq-migrations');
  return existsSync(bundled) ? bundled : join(here, 'db', 'migrations');
}

/** A bridge that says something every half minute keeps its connection. */
const KEEP = { keepAliveTimeout: 75_000 };

/** @throws when the port is taken */
function listen(app: Hono, host: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const options = { fetch: app.fetch, hostname: host, port, serverOptions: KEEP };
    const server = serve(options, () => resolve(server));
    server.once('error', reject);
  });
}

/** Ends every connection, open streams included. */
async function closeServer(server: ServerType): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if ('closeAllConnections' in server) server.closeAllConnections();
  await closed;
}

/** The port that was given when 0 was asked for. */
function portOf(server: ServerType, fallback: number): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : fallback;
}
