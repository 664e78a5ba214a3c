/**
 * The doors for other POS makes, with what each needs beyond the bytes: the order behind a webhook that
 * only names it, and the vendor's signature where a key is set.
 */

import { reason } from '#recipes/contracts/reasons.ts';
import type { Adapter } from './adapters/adapter.ts';
import { freemudAdapter } from './adapters/freemud.ts';
import {
  fitsSquareSignature,
  freemudRsaVerifier,
  SQUARE_SIGNATURE_HEADER,
} from './adapters/signature.ts';
import { squareAdapter } from './adapters/square.ts';
import { fetchSquareOrder } from './adapters/square-orders.ts';
import type { Doors } from './box-doors.ts';
import type { Config } from './config.ts';
import type { FetchOutcome } from './http/pos-routes.ts';
import type { Log } from './runtime/log.ts';
import type { Ports } from './runtime/ports.ts';

export type Vendors = {
  readonly adapters: ReadonlyMap<string, Adapter>;
  /** False when a signature is asked for and does not fit. */
  genuine(make: string, body: Uint8Array, header: (name: string) => string | undefined): boolean;
  /** Fetches the named order in the background and receives it; what fails is put before a person. */
  fetchOrder(terminal: string, order: FetchOutcome): void;
};

export function openVendors(config: Config, ports: Ports, log: Log, doors: Doors): Vendors {
  const key = config.freemudPublicKey;
  const adapters = new Map<string, Adapter>([
    ['square', squareAdapter({ deduct: 'completed' })],
    ['freemud', freemudAdapter(key === '' ? {} : { verify: freemudRsaVerifier(key) })],
  ]);
  return {
    adapters,
    genuine(make, body, header) {
      if (make !== 'square' || config.squareSignatureKey === '') return true;
      const { squareSignatureKey, squareNotificationUrl } = config;
      const said = header(SQUARE_SIGNATURE_HEADER);
      return fitsSquareSignature(squareSignatureKey, squareNotificationUrl, body, said);
    },
    fetchOrder(terminal, order) {
      collectOrder(config, ports, doors, terminal, order).catch((error: unknown) => {
        log.error({ err: error, order: order.order }, 'could not collect an order');
      });
    },
  };
}

async function collectOrder(
  config: Config,
  ports: Ports,
  doors: Doors,
  terminal: string,
  order: FetchOutcome,
): Promise<void> {
  const source = 'square';
  const named = Buffer.from(JSON.stringify({ order: order.order, version: order.version }));
  if (config.squareToken === '') {
    doors.receive([
      { terminal, body: named, refuse: [reason('lines_missing', order.order)], source },
    ]);
    return;
  }
  const deps = {
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    baseUrl: config.squareUrl,
    token: config.squareToken,
    wait: (ms: number) => new Promise<void>((resolve) => void ports.after(ms, resolve)),
    deadline: (ms: number) => AbortSignal.timeout(ms),
  };
  const fetched = await fetchSquareOrder(deps, order.order, order.version);
  if (fetched.kind === 'failed') {
    doors.receive([{ terminal, body: named, refuse: fetched.reasons, source }]);
    return;
  }
  const body = Buffer.from(JSON.stringify(fetched.body));
  const outcome = order.then(fetched.body);
  if (outcome.kind === 'events') {
    const events = outcome.events.map(({ envelope }) => Buffer.from(JSON.stringify(envelope)));
    doors.receive(events.map((event) => ({ terminal, body: event, source })));
  } else if (outcome.kind === 'reject') {
    doors.receive([{ terminal, body, refuse: outcome.reasons, source }]);
  }
}
