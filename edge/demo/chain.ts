/** The demo's chain: head office, and the second restaurant that makes it one. */
import { openSync } from 'node:fs';
import { join } from 'node:path';
import type { Box } from '../box.ts';
import { type BridgeProcess, startBridge } from '../bridge-process.ts';
import type { Config } from '../config.ts';
import type { Log } from '../runtime/log.ts';
import { type Ports, randomHex } from '../runtime/ports.ts';
import { freePort } from './free-port.ts';
import { type HeadOffice, startHeadOffice } from './head-office.ts';

export type Chain = {
  /** The board in the browser, signed in. */
  readonly boardUrl: string;
  /** What a box must know to send there. */
  link(store: string): Pick<Config, 'hqUrl' | 'hqToken'>;
  /** Starts the bridge of a box. */
  connect(box: Box): BridgeProcess;
  stop(): Promise<void>;
};

/** A restaurant as the chain knows it. */
export type ChainStore = {
  readonly store: string;
  readonly name: { readonly zh: string; readonly en: string };
};

const HQ_PORT = 8090;

/** @throws Fault when head office does not come up */
export async function openChain(
  { config, ports, log }: { config: Config; ports: Ports; log: Log },
  stores: readonly ChainStore[],
): Promise<Chain> {
  const data = join(config.data, 'hq');
  const wanted = Number(process.env['LARDER_HQ_PORT'] || HQ_PORT);
  const port = await freePort('127.0.0.1', wanted);
  const tokens = new Map(stores.map(({ store }) => [store, randomHex(ports, 16)]));
  const office = await startHeadOffice({ data, host: '127.0.0.1', port, stores: tokens });
  for (const store of stores) await introduce(office, store);
  const output = openSync(join(config.data, 'bridge.log'), 'a', 0o600);
  return {
    boardUrl: `${office.url}/#token=${office.adminToken}`,
    link: (store) => ({ hqUrl: office.url, hqToken: tokens.get(store) ?? '' }),
    connect(box) {
      const where = () => ({
        url: box.httpUrl,
        token: box.parts.secrets.credentials().adminToken,
      });
      return startBridge({ config: box.parts.config, box: where, ports, log, output });
    },
    stop: office.stop,
  };
}

/** Over HTTP with the admin token, as a person at head office names a store. */
async function introduce({ url, adminToken }: HeadOffice, store: ChainStore): Promise<void> {
  const answer = await fetch(`${url}/hq/v1/stores`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(store),
  });
  if (!answer.ok) throw new Error(`head office refused ${store.store}: ${await answer.text()}`);
}
