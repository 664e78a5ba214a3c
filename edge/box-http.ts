/** The box behind HTTP: every route gets the few functions it needs, and nothing else. */
import { type ServerType, serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { bookRouteParts } from './box-book.ts';
import type { Doors } from './box-doors.ts';
import type { BoxParts } from './box-parts.ts';
import { peopleAccess } from './box-people.ts';
import { kitchenReads, orderReads, recipeReads, transferReads } from './box-reads.ts';
import { countRouteParts, reportRouteParts } from './box-reports.ts';
import type { BoxSuggestions } from './box-suggestions.ts';
import { openVendors } from './box-vendors.ts';
import { createApp } from './http/app.ts';
import type { FeedRouteParts } from './http/feed-routes.ts';
import type { Metrics } from './http/metrics.ts';
import type { News } from './http/news.ts';
import type { SetupRouteParts } from './http/setup-routes.ts';
import type { InboxItem } from './inbox/inbox-item.ts';
import { openBarcodeStore } from './kitchen/barcode-store.ts';
import type { Bus } from './pos/bus.ts';
import { openSaleReader } from './pos/sale-view.ts';
import { randomHex } from './runtime/ports.ts';
import type { Board } from './stock/board.ts';

export type HttpParts = {
  readonly parts: BoxParts;
  readonly doors: Doors;
  readonly board: Board;
  readonly inbox: () => InboxItem[];
  readonly status: () => Record<string, unknown>;
  readonly news: News;
  readonly metrics: Metrics;
  readonly bus: () => Bus | undefined;
  readonly pages: string;
  readonly demo: { speed(): number; setSpeed(speed: number): void } | undefined;
  /** Somebody tried what they may not. */
  readonly denied: (who: string, what: string) => void;
  readonly setup: SetupRouteParts;
  readonly suggestions: BoxSuggestions;
  readonly feed: FeedRouteParts;
};

/** All routes of the box, wired to its parts. */
export function boxApp(http: HttpParts): Hono {
  const { parts, doors, board } = http;
  const { config, ledger, log, lots, moves, ports, receiving, secrets } = parts;
  const { knowledge } = receiving;
  const people = peopleAccess(parts, doors, http.denied);
  return createApp({
    auth: people.auth,
    people: people.routes,
    setup: http.setup,
    scale: { news: http.news },
    pos: {
      receive: doors.receive,
      isTerminal: (name) => secrets.credentials().terminals.has(name),
      ...openVendors(config, ports, log, doors),
      store: config.store,
      timezone: config.timezone,
      now: ports.now,
      log,
    },
    stock: {
      ledger,
      lots,
      moves,
      barcodes: openBarcodeStore(parts.db),
      knowledge,
      board,
      now: ports.now,
      dayOf: receiving.dayOf,
    },
    sales: openSaleReader({ ...receiving, lots }),
    kitchen: kitchenReads(parts),
    orders: orderReads(parts),
    transfers: transferReads(parts),
    recipes: recipeReads(parts),
    book: bookRouteParts(parts, doors),
    counts: countRouteParts(parts),
    reports: reportRouteParts(parts, http.suggestions.report),
    suggestions: http.suggestions,
    print: {
      ...parts.printing.routes,
      execute: ({ id = `print:${randomHex(ports, 12)}`, ...command }, sender) =>
        doors.execute({ id, ...command }, sender),
    },
    system: {
      execute: doors.execute,
      rehearse: doors.rehearse,
      inbox: http.inbox,
      status: http.status,
      news: http.news,
      demo: http.demo,
      log,
    },
    feed: http.feed,
    metrics: http.metrics,
    unready: () => (http.bus()?.connected() ? [] : ['the broker is not connected']),
    pages: http.pages,
    store: config.store,
    log,
  });
}

/** @throws when the port is taken */
export function listen(app: Hono, host: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, () => resolve(server));
    server.once('error', reject);
  });
}

/** Ends every connection, open streams included. */
export async function closeServer(server: ServerType): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if ('closeAllConnections' in server) server.closeAllConnections();
  await closed;
}

/** The port that was given when 0 was asked for. */
export function portOf(server: ServerType, fallback: number): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : fallback;
}
