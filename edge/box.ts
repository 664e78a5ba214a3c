/**
 * The box: its inside, on the bus and behind HTTP, with the few loops that keep it honest. This file
 * knows every part; no part knows this file.
 */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber } from '#recipes/time/business-day.ts';
import { type DoorListeners, incomingOf, openDoors } from './box-doors.ts';
import { type BoxFeed, openBoxFeed } from './box-feed.ts';
import { openHeadOffice } from './box-head-office.ts';
import { boxApp, closeServer, listen, portOf } from './box-http.ts';
import { openBoxInbox } from './box-inbox.ts';
import { openBoxLives } from './box-lives.ts';
import { type Changes, collectChanges } from './box-news.ts';
import { type BoxParts, openBoxParts } from './box-parts.ts';
import type { Printing } from './box-print.ts';
import { openBoxSending } from './box-sending.ts';
import { setupParts } from './box-setup.ts';
import { boxStatus } from './box-status.ts';
import { type BoxSuggestions, openBoxSuggestions, suggestionTeller } from './box-suggestions.ts';
import type { Config } from './config.ts';
import { type Metrics, openMetrics } from './http/metrics.ts';
import { type News, openNews } from './http/news.ts';
import { openAlerts } from './inbox/alerts.ts';
import { openDenials } from './inbox/denials.ts';
import { type Answers, openAnswers } from './pos/answers.ts';
import { startBroker } from './pos/broker.ts';
import type { Bus, BusHandlers } from './pos/bus.ts';
import { openDayChecks } from './pos/day-checks.ts';
import { startSubscriber } from './pos/subscriber.ts';
import { openTerminalStates, type TerminalStates } from './pos/terminal-states.ts';
import { type Topics, topicsOf } from './pos/topics.ts';
import type { Log } from './runtime/log.ts';
import { type Ports, randomHex } from './runtime/ports.ts';
import type { Prepared } from './setup/restore.ts';
import { Board } from './stock/board.ts';

export type Box = {
  readonly parts: BoxParts;
  readonly httpUrl: string;
  readonly httpPort: number;
  readonly mqttHost: string;
  readonly mqttPort: number;
  stop(): Promise<void>;
};

export type BoxOptions = {
  readonly config: Config;
  readonly ports: Ports;
  readonly log: Log;
  /** Folders of this installation. */
  readonly migrations: string;
  readonly pages: string;
  readonly samples: string;
  /** Ends the process at once: something happened after which nothing may be acknowledged. */
  readonly exit: (why: string, cause: unknown) => void;
  readonly demo?: { speed(): number; setSpeed(speed: number): void };
  /** Ends this box soon and starts one on the backup; without it, the page cannot restore. */
  readonly restore?: (prepared: Prepared) => void;
};

const NEWS_MS = 250;
const ALERTS_MS = 5_000;
const PREP_MS = 500;
const USAGE_MS = 2_000;
const SUGGESTION_MS = 1_000;

/** @throws Fault, or an error of the network when a port is taken; nothing stays open then */
export async function startBox(options: BoxOptions): Promise<Box> {
  const inside = openInside(options);
  try {
    return await openToWorld(options, inside);
  } catch (error) {
    inside.answers.close();
    await inside.bus?.close();
    await inside.parts.printing.queue.stop();
    inside.parts.close();
    throw error;
  }
}

type Inside = ReturnType<typeof openInside>;

async function openToWorld(options: BoxOptions, inside: Inside): Promise<Box> {
  const { parts, doors, board, answers, topics, session, changes, inbox } = inside;
  const { config, ledger, log, ports } = parts;
  // Whatever was left half way by the last run is finished before the first new event.
  doors.release();
  parts.prep.all();
  parts.printing.queue.start();
  const catalog = openHeadOffice(parts, doors, changes.commanded);
  inside.bus = await startBus(options, topics, session, inside.handlers, parts);
  const server = await listen(inside.app, config.httpHost, config.httpPort);
  const httpPort = portOf(server, config.httpPort);
  board.publishAll();
  answers.allAcks();
  sayStatus(inside, 'ready');
  board.onTick(changes.stock);
  const sending = openBoxSending(parts, changes.commanded);
  const alerts = openAlerts({ inbox, topics, log, bus: () => inside.bus });
  const loops = [
    board.start(),
    ports.every(NEWS_MS, changes.flush),
    parts.counting.settler.start(ports, log),
    ports.every(ALERTS_MS, alerts.round),
    ports.every(PREP_MS, parts.prep.round),
    ports.every(USAGE_MS, parts.usage.sums.round),
    ports.every(SUGGESTION_MS, suggestionTeller(inside)),
    sending.start(),
    inside.feed.start(),
    catalog.start(),
  ];
  const { host: mqttHost, port: mqttPort } = inside.bus.address;
  const httpUrl = `http://${config.httpHost}:${httpPort}`;
  writeRunning(config, { httpUrl, mqttHost, mqttPort });
  log.info(
    { httpPort, mqttPort, store: config.store, data: config.data, seq: ledger.seq() },
    'ready',
  );
  return {
    parts,
    httpUrl,
    httpPort,
    mqttHost,
    mqttPort,
    async stop() {
      for (const loop of loops) loop.cancel();
      await sending.close();
      sayStatus(inside, 'lost');
      inside.news.close();
      inside.feed.close();
      answers.close();
      await inside.bus?.close();
      inside.bus = undefined;
      await closeServer(server);
      await parts.printing.queue.stop();
      parts.close();
    },
  };
}

/** Everything that does not listen yet. */
function openInside(options: BoxOptions) {
  const { config, ports, log } = options;
  const parts = openBoxParts(config, ports, log, options.migrations, options.exit);
  const { receiving, ledger } = parts;
  const { knowledge, sequences, terminals } = receiving;
  const topics = topicsOf(config.store);
  const states = openTerminalStates(ports);
  const denials = openDenials(ports);
  const dayChecks = openDayChecks(receiving);
  const news = openNews(ledger.seq, ports);
  const changes = collectChanges(news, ledger.seq);
  const line: { bus: Bus | undefined } = { bus: undefined };
  const bus = () => line.bus;
  const answers = openAnswers({ topics, sequences, terminals, ports, bus });
  const board = new Board({ ledger, knowledge, topics, ports, bus });
  const session = randomHex(ports, 8);
  const feed = openBoxFeed(parts, { session, open: () => needs.open() });
  const needs = openBoxInbox({ parts, states, denials, dayChecks, ...feed });
  const inbox = needs.read;
  const metrics = openMetrics({
    seq: ledger.seq,
    inbox,
    printJobs: parts.printing.queue.counts,
    databaseBytes: () => bytesOf(parts.file) + bytesOf(`${parts.file}-wal`),
  });
  const suggestions = openBoxSuggestions(parts);
  printFor(parts.printing, changes, suggestions);
  const told = { parts, answers, metrics, changes, states, board, news, feed };
  const doors = openDoors(parts, listenersOf(told));
  const handlers: BusHandlers = {
    receive: (batch) => doors.store(batch.map(incomingOf)),
    terminalStatus: states.noteStatus,
    denied(who, what) {
      denials.note(who, what);
      changes.inbox();
      log.warn({ who, what }, 'refused');
    },
  };
  const status = () => boxStatus(parts, states, feed.headOffice);
  const { pages, demo, samples, migrations, restore } = options;
  const setup = setupParts({ parts, doors, bus, samples, migrations, restore });
  const app = boxApp({
    parts,
    doors,
    board,
    inbox,
    status,
    news,
    metrics,
    bus,
    pages,
    demo,
    denied: handlers.denied,
    setup,
    suggestions,
    feed: { ...feed.routes, lives: openBoxLives(parts, doors) },
  });
  return Object.assign(line, {
    parts,
    topics,
    session,
    news,
    changes,
    answers,
    board,
    inbox,
    doors,
    handlers,
    suggestions,
    feed,
    app,
  });
}

/** Paper needs what is suggested, and the screens hear of it. */
function printFor(printing: Printing, changes: Changes, suggestions: BoxSuggestions): void {
  printing.onChange(changes.jobs);
  printing.suggestFrom((day) => suggestions.read(day === undefined ? day : dayNumber(day)));
}

/** Who hears what came through the doors. */
function listenersOf(told: {
  readonly parts: BoxParts;
  readonly answers: Answers;
  readonly metrics: Metrics;
  readonly changes: Changes;
  readonly states: TerminalStates;
  readonly board: Board;
  readonly news: News;
  readonly feed: BoxFeed;
}): DoorListeners {
  const { parts, answers, metrics, changes, states, board, news, feed } = told;
  return {
    answers,
    received(list) {
      metrics.countEvents(list);
      changes.received(list);
      feed.received();
      for (const { terminal } of list) states.noteEvent(terminal);
    },
    receivedAgain(list) {
      changes.received(list);
      feed.received();
    },
    commanded: changes.commanded,
    bookChanged() {
      board.publishAll();
      changes.menu();
    },
    deviceRevoked(device) {
      parts.passes.endOfDevice(device);
      news.endOf(device);
    },
  };
}

function startBus(
  options: BoxOptions,
  topics: Topics,
  session: string,
  handlers: BusHandlers,
  parts: BoxParts,
): Promise<Bus> {
  const { config, ports, log } = options;
  if (config.mqttUrl !== '') {
    const { store, mqttUrl: url } = config;
    return startSubscriber({ url, store, session, topics, handlers, log });
  }
  const { mqttHost: host, mqttPort: port } = config;
  const { credentials } = parts.secrets;
  return startBroker({ host, port, topics, credentials, handlers, ports, log });
}

/** The embedded broker has no will of the box: it ends with it. An external one is told by ours. */
function sayStatus(
  inside: { bus: Bus | undefined; parts: BoxParts; topics: Topics; session: string },
  state: 'ready' | 'lost',
): void {
  if (inside.parts.config.mqttUrl !== '') return;
  const payload = JSON.stringify({ state, session: inside.session });
  inside.bus?.publish({ topic: inside.topics.edgeStatus, payload, retain: true });
}

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Where the running box can be found, for the `larder` tool. */
function writeRunning(
  config: Config,
  at: { httpUrl: string; mqttHost: string; mqttPort: number },
): void {
  const running = { pid: process.pid, store: config.store, ...at };
  const file = join(config.data, 'running.json');
  writeFileSync(file, `${JSON.stringify(running)}\n`, { mode: 0o600 });
}
