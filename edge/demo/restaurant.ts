/** One restaurant of the demo: a box with the sample book, two tills that sell to it, and what keeps it supplied. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dayText } from '#recipes/time/business-day.ts';
import { type Box, type BoxOptions, startBox } from '../box.ts';
import { topicsOf } from '../pos/topics.ts';
import type { Ports } from '../runtime/ports.ts';
import { openingCommands, type SampleCommand } from '../setup/sample.ts';
import { pastCommand } from './past.ts';
import { startService } from './service.ts';
import { shopCommands } from './shop.ts';
import { deliveryCommands, type Send } from './stocking.ts';
import { openTill, type Till } from './till.ts';

export type Restaurant = { readonly box: Box; stop(): Promise<void> };

export type RestaurantOptions = BoxOptions & {
  /** Simulated time per real time, 0 to 1000. */
  readonly speed: () => number;
  /** Commands of a new restaurant beside those of the sample. */
  readonly more?: readonly SampleCommand[];
};

const DELIVERIES_MS = 3_000;
const TERMINALS = ['T1', 'T2'];

/** @throws Fault when its box cannot start */
export async function openRestaurant(options: RestaurantOptions): Promise<Restaurant> {
  const { config, ports, speed } = options;
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const box = await startBox(options);
  const send = senderTo(box);
  await furnish(options, box, send);
  const tills = TERMINALS.map((terminal) => till(box, terminal, ports));
  const hour = hourIn(config.timezone, ports);
  const loops = [
    ports.every(DELIVERIES_MS, () => deliver(options, box, send)),
    startService({ tills, rng: Math.random, ports, speed, hour }),
  ];
  return {
    box,
    async stop() {
      for (const loop of loops) loop.cancel();
      await Promise.all(tills.map((one) => one.close()));
      await box.stop();
    },
  };
}

/** What a new ledger needs before the first guest. */
async function furnish(options: RestaurantOptions, box: Box, send: Send): Promise<void> {
  const { ports, samples, more = [] } = options;
  // A new ledger means new tills, too: their numbers would begin in the middle.
  if (box.parts.ledger.seq() === 0) {
    for (const terminal of TERMINALS) rmSync(tillFile(box, terminal), { force: true });
    await send(openingCommands(samples, ports.now()));
    const { knowledge, dayOf } = box.parts.receiving;
    const kitchen = knowledge.at(ports.now())?.kitchen;
    if (kitchen) await send([pastCommand(kitchen, dayOf(ports.now()))]);
    await send([...shopCommands(), ...more]);
  }
  for (const terminal of TERMINALS) {
    if (box.parts.secrets.credentials().terminals.has(terminal)) continue;
    const id = `demo:terminal:${terminal}:${ports.now()}`;
    await send([{ id, kind: 'device.terminal', data: { terminal } }]);
  }
}

function tillFile(box: Box, terminal: string): string {
  return join(box.parts.config.data, `till-${terminal}.json`);
}

function till(box: Box, terminal: string, ports: Ports): Till {
  const { config, secrets, receiving } = box.parts;
  const account = secrets.credentials().terminals.get(terminal);
  if (!account) throw new Error(`terminal ${terminal} has no credentials`);
  return openTill({
    terminal,
    store: config.store,
    topics: topicsOf(config.store),
    address: { host: config.mqttHost, port: box.mqttPort },
    account,
    file: tillFile(box, terminal),
    dayOf: (at) => dayText(receiving.dayOf(at)),
    ports,
  });
}

/** Over HTTP with the admin token: the demo has no door that a store does not have. */
function senderTo(box: Box): Send {
  const { adminToken } = box.parts.secrets.credentials();
  return async (commands) => {
    const response = await fetch(`${box.httpUrl}/api/v1/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ commands: commands.map((one) => ({ actor: 'demo', ...one })) }),
    });
    const { results = [] } = (await response.json()) as {
      results?: { status: string; message?: unknown }[];
    };
    const wrong = results.find(({ status }) => status !== 'applied' && status !== 'duplicate');
    if (!response.ok || wrong) throw new Error(`a command was refused: ${JSON.stringify(wrong)}`);
  };
}

function deliver({ ports, log }: RestaurantOptions, box: Box, send: Send): void {
  const commands = deliveryCommands(box, ports);
  if (commands.length === 0) return;
  send(commands).catch((error: unknown) => log.warn({ err: error }, 'a delivery was not taken'));
}

/** Local hour of the store, with its fraction. */
function hourIn(timeZone: string, ports: Ports): () => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return () => {
    const [hour = 0, minute = 0] = format.format(ports.now()).split(':').map(Number);
    return hour + minute / 60;
  };
}
