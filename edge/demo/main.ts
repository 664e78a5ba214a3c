/** The program `npm run demo` runs: two sample restaurants with tills that sell, and head office above them. */
import { mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Box } from '../box.ts';
import { readRunning } from '../cli/place.ts';
import { type Config, loadConfig } from '../config.ts';
import { installation } from '../installation.ts';
import { topicsOf } from '../pos/topics.ts';
import { Fault } from '../runtime/fault.ts';
import { type Ports, realPorts } from '../runtime/ports.ts';
import { readSecrets } from '../secrets.ts';
import type { SampleCommand } from '../setup/sample.ts';
import { banner } from './banner.ts';
import { type Chain, type ChainStore, openChain } from './chain.ts';
import { openDemoLog } from './demo-log.ts';
import { freePort } from './free-port.ts';
import { openRestaurant } from './restaurant.ts';

const here = process.env['LARDER_CWD'] ?? process.cwd();
const ports = realPorts();
/** Ctrl+C must not take longer than this. */
const STOP_WITHIN_MS = 1_900;
const SPEED = 10;
const FIRST_NAME = { zh: '老城店', en: 'Old Town' };
const SECOND = { store: 'riverside', name: { zh: '滨江店', en: 'Riverside' } };
/** The second one is quieter. */
const SECOND_SPEED = 0.4;

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
  const around = { ports, log, exit, ...installation() };
  const demo = {
    speed: () => speed,
    setSpeed(wanted: number) {
      speed = wanted;
    },
  };
  const chain = await openChain({ config, ports, log }, [
    { store: config.store, name: FIRST_NAME },
    SECOND,
  ]);
  const first = await openRestaurant({
    ...around,
    config: { ...config, ...chain.link(config.store) },
    demo,
    speed: demo.speed,
    more: [named(FIRST_NAME)],
  });
  const second = await openRestaurant({
    ...around,
    config: { ...(await secondConfig(config)), ...chain.link(SECOND.store) },
    speed: () => speed * SECOND_SPEED,
    more: [named(SECOND.name)],
  });
  const bridges = [first, second].map(({ box }) => chain.connect(box));
  stopOnSignal(async () => {
    await Promise.all(bridges.map((bridge) => bridge.stop()));
    await Promise.all([first.stop(), second.stop()]);
    await chain.stop();
  });
  process.stdout.write(`${bannerOf(first.box, config, speed, moved, logFile, chain)}\n`);
}

/** Its sign outside shows both. */
function named({ zh, en }: ChainStore['name']): SampleCommand {
  return { id: 'demo:name', kind: 'setting.set', data: { key: 'storeName', value: `${zh} ${en}` } };
}

/** The other restaurant keeps its files beside the first one's, and needs no fixed ports. */
async function secondConfig(config: Config): Promise<Config> {
  const data = join(config.data, 'stores', SECOND.store);
  const httpPort = await freePort(config.httpHost, config.httpPort && config.httpPort + 10);
  const mqttPort = await freePort(config.mqttHost, config.mqttPort && config.mqttPort + 10);
  return { ...config, store: SECOND.store, data, httpPort, mqttPort };
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
  chain: Chain,
): string {
  const { adminToken, terminals } = box.parts.secrets.credentials();
  const account = terminals.get('T1');
  if (!account) throw new Error('terminal T1 has no credentials');
  return banner({
    httpUrl: box.httpUrl,
    adminToken,
    chainUrl: chain.boardUrl,
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
