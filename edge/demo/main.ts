/** The program `npm run demo` runs: a box with the sample restaurant, and tills that sell to it. */
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dayText } from '#recipes/time/business-day.ts';
import { type Box, startBox } from '../box.ts';
import { readRunning } from '../cli/place.ts';
import { type Config, loadConfig } from '../config.ts';
import { installation } from '../installation.ts';
import { topicsOf } from '../pos/topics.ts';
import { Fault } from '../runtime/fault.ts';
import type { Log } from '../runtime/log.ts';
import { type Ports, realPorts } from '../runtime/ports.ts';
import { readSecrets } from '../secrets.ts';
import { openingCommands } from '../setup/sample.ts';
import { banner } from './banner.ts';
import { openDemoLog } from './demo-log.ts';
import { freePort } from './free-port.ts';
import { pastCommand } from './past.ts';
import { startService } from './service.ts';
import { shopCommands } from './shop.ts';
import { deliveryCommands, type Send } from './stocking.ts';
import { openTill, type Till } from './till.ts';

const here = process.env['LARDER_CWD'] ?? process.cwd();
const ports = realPorts();
/** Ctrl+C must not take longer than this. */
const STOP_WITHIN_MS = 1_900;
const DELIVERIES_MS = 3_000;
const TERMINALS = ['T1', 'T2'];
const SPEED = 10;

try {
  await main();
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  const words = error.code === 'database_in_use' ? runsAlready() : error.message;
  process.stderr.write(`larder: ${words}\n`);
  process.exit(1);
}

function runsAlready(): string {
  const data = resolve(here, process.env['LARDER_DATA'] || '.demo');
  const running = readRunning(data);
  if (!running) return `${data} is in use by another box / 数据目录正被另一主机使用`;
  const { adminToken } = readSecrets(join(data, 'secrets.json'));
  return `the demo runs already / 演示已在运行: ${running.httpUrl}/#token=${adminToken}`;
}

async function main(): Promise<void> {
  let speed = readSpeed();
  const { config, moved } = await readDemoConfig();
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const logFile = join(config.data, 'box.log');
  const log = openDemoLog(logFile, config.logLevel, (line) => process.stderr.write(`${line}\n`));
  function exit(why: string, cause: unknown): never {
    log.fatal({ err: cause }, why);
    process.exit(70);
  }
  process.on('uncaughtException', (error) => exit('a bug', error));
  process.on('unhandledRejection', (error) => exit('a bug', error));
  const folders = installation();
  const demo = {
    speed: () => speed,
    setSpeed(wanted: number) {
      speed = wanted;
    },
  };
  const box = await startBox({ config, ports, log, exit, demo, ...folders });
  const send = senderTo(box);
  // A new ledger means new tills, too: their numbers would begin in the middle.
  if (box.parts.ledger.seq() === 0) {
    for (const terminal of TERMINALS) rmSync(tillFile(config, terminal), { force: true });
    await send(openingCommands(folders.samples, ports.now()));
    const { knowledge, dayOf } = box.parts.receiving;
    const kitchen = knowledge.at(ports.now())?.kitchen;
    if (kitchen) await send([pastCommand(kitchen, dayOf(ports.now()))]);
    await send(shopCommands());
  }
  const missing = TERMINALS.filter((name) => !box.parts.secrets.credentials().terminals.has(name));
  for (const terminal of missing) {
    await send([
      {
        id: `demo:terminal:${terminal}:${ports.now()}`,
        kind: 'device.terminal',
        data: { terminal },
      },
    ]);
  }
  const tills = TERMINALS.map((terminal) => till(box, config, terminal));
  const loops = [
    ports.every(DELIVERIES_MS, () => deliver(box, send, log)),
    startService({ tills, rng: Math.random, ports, speed: () => speed, hour: hourIn(config) }),
  ];
  stopOnSignal(async () => {
    for (const loop of loops) loop.cancel();
    await Promise.all(tills.map((one) => one.close()));
    await box.stop();
  });
  process.stdout.write(`${bannerOf(box, config, speed, moved, logFile)}\n`);
}

function readSpeed(): number {
  const { values } = parseArgs({ options: { speed: { type: 'string' } }, strict: true });
  const speed = Number(values.speed ?? SPEED);
  if (speed >= 0 && speed <= 1_000) return speed;
  throw new Fault('bad_speed', '--speed is a number from 0 to 1000 / 速度为 0 至 1000', {
    retryable: false,
  });
}

/** Of the environment only: a `larder.yaml` in this folder is about a real store. */
async function readDemoConfig(): Promise<{ config: Config; moved: [number, number][] }> {
  const loaded = loadConfig({
    env: {
      ...process.env,
      LARDER_DATA: process.env['LARDER_DATA'] || '.demo',
      LARDER_MQTT_URL: '',
      LARDER_PRINTERS: process.env['LARDER_PRINTERS'] || 'kitchen=virtual:kitchen?columns=48',
    },
  });
  if (!loaded.ok) {
    throw new Fault('bad_config', loaded.problems.join('\n'), { retryable: false });
  }
  const said = loaded.config;
  const httpPort = await freePort(said.httpHost, said.httpPort);
  const mqttPort = await freePort(said.mqttHost, said.mqttPort);
  const moved = (
    [
      [said.httpPort, httpPort],
      [said.mqttPort, mqttPort],
    ] as [number, number][]
  ).filter(([wanted, used]) => wanted !== used);
  return { config: { ...said, data: resolve(here, said.data), httpPort, mqttPort }, moved };
}

function tillFile(config: Config, terminal: string): string {
  return join(config.data, `till-${terminal}.json`);
}

function till(box: Box, config: Config, terminal: string): Till {
  const account = box.parts.secrets.credentials().terminals.get(terminal);
  if (!account) throw new Error(`terminal ${terminal} has no credentials`);
  return openTill({
    terminal,
    store: config.store,
    topics: topicsOf(config.store),
    address: { host: config.mqttHost, port: box.mqttPort },
    account,
    file: tillFile(config, terminal),
    dayOf: (at) => dayText(box.parts.receiving.dayOf(at)),
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

function deliver(box: Box, send: Send, log: Log): void {
  const commands = deliveryCommands(box, ports);
  if (commands.length === 0) return;
  send(commands).catch((error: unknown) => log.warn({ err: error }, 'a delivery was not taken'));
}

/** Local hour of the store, with its fraction. */
function hourIn(config: Config): () => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: config.timezone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return () => {
    const [hour = 0, minute = 0] = format.format(ports.now()).split(':').map(Number);
    return hour + minute / 60;
  };
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const run = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, run);
}

function bannerOf(
  box: Box,
  config: Config,
  speed: number,
  moved: readonly (readonly [number, number])[],
  logFile: string,
): string {
  const { adminToken, terminals } = box.parts.secrets.credentials();
  const account = terminals.get('T1');
  if (!account) throw new Error('terminal T1 has no credentials');
  return banner({
    httpUrl: box.httpUrl,
    adminToken,
    mqtt: { host: box.mqttHost, port: box.mqttPort },
    account,
    topic: topicsOf(config.store).event('T1'),
    eventId: unusedId(box, ports),
    speed,
    log: logFile.startsWith(here) ? relative(here, logFile) : logFile,
    data: config.data === resolve(here, '.demo') ? undefined : config.data,
    moved,
  });
}

/** The first of demo-1, demo-2 … that was not sold in an earlier run. */
function unusedId(box: Box, { now }: Pick<Ports, 'now'>): string {
  const { events, terminals } = box.parts.receiving;
  const terminal = terminals.number('T1');
  for (let i = 1; i < 100; i++) {
    if (!events.find(`demo-${i}`, terminal)) return `demo-${i}`;
  }
  return `demo-${now().toString(36)}`;
}
