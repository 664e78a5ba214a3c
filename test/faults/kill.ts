/**
 * The great fault run: events doubled and shuffled, sent through a network that drops, doubles,
 * delays and reorders, into a box that is killed again and again. Afterwards nothing acknowledged
 * may be missing, nothing may count twice, and the stock must equal the oracle's.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type MqttProxy,
  NO_FAULTS,
  type ProxyCounts,
  type ProxyFaults,
  startMqttProxy,
} from '../support/mqtt-proxy.ts';
import { type OutboxCounts, type OutboxPos, startOutboxPos } from '../support/outbox-pos.ts';
import { freeze, type PowerDisk } from '../support/power-disk.ts';
import { seeded } from '../support/seeded.ts';
import { type BoxProcess, startBoxProcess } from './box-process.ts';
import { compareHoldings } from './compare.ts';
import { deliveries, type FaultEvent, generateEvents } from './events.ts';
import { type Fsck, runFsck } from './fsck.ts';
import type { Item } from './kitchen.ts';
import { countPending, type LarderFile, missingEvents, readLarderFile } from './larder-file.ts';
import { type Expected, expectedTotals } from './oracle.ts';
import { adoptBooks, receivedAmounts, receiveFirstLots, receiveLastLot } from './restaurant.ts';

export type KillPlan = {
  readonly seed: number;
  /** Unique events. */
  readonly events: number;
  readonly copiesMax: number;
  readonly kills: number;
  readonly inFlight: number;
  readonly faults: ProxyFaults;
  /** When given, the box lives on this disk and each kill is preceded by a power cut. */
  readonly disk?: PowerDisk;
  /** Called now and then, for whoever watches a long run. */
  readonly progress?: (line: string) => void;
};

export type KillReport = {
  readonly unique: number;
  readonly deliveries: number;
  readonly acknowledged: number;
  /**
   * Acknowledged ids that were not in the file after some kill, or are not at the end. Looked for
   * after each kill, because a later copy of the event would fill the hole unseen.
   */
  readonly lost: readonly string[];
  /** Ids with more than one row. */
  readonly doubled: readonly string[];
  readonly file: LarderFile;
  /** One sentence per place and item that differs from the oracle, or from the box's own balances. */
  readonly differences: readonly string[];
  /** Results seen by status: shows that voids did come before sales and copies did arrive. */
  readonly results: Readonly<Record<string, number>>;
  readonly ackState: string | undefined;
  readonly fsck: Fsck;
  readonly pos: OutboxCounts;
  readonly proxy: ProxyCounts;
  readonly kills: number;
  /** Start to the `ready` line after each kill, milliseconds. */
  readonly restartMs: readonly number[];
  readonly seconds: number;
};

/** A network of the kind a bad access point makes. */
export const BAD_NETWORK: ProxyFaults = {
  drop: 0.02,
  double: 0.03,
  delay: 0.05,
  reorder: 0.05,
  delayMaxMs: 40,
  reset: 0.0001,
  blackHole: 0.00005,
  blackHoleMs: 500,
};

/** Runs the plan against a real box. Deletes its folder at the end. */
export async function runKillPlan(plan: KillPlan): Promise<KillReport> {
  const events = generateEvents(plan.seed, plan.events);
  if (plan.disk === undefined) return inFolder((folder) => runFaulty(plan, events, folder));
  const folder = join(plan.disk.folder, 'data');
  mkdirSync(folder, { mode: 0o700 });
  return runFaulty(plan, events, folder);
}

/** The clean run: the same events once each, in order, straight into a box that nobody kills. */
export async function runClean(plan: KillPlan): Promise<{ file: LarderFile; seconds: number }> {
  const events = generateEvents(plan.seed, plan.events);
  const received = receivedAmounts(expectedTotals(events));
  return inFolder(async (folder) => {
    const started = performance.now();
    const box = await startBoxProcess(folder);
    await adoptBooks(box);
    await receiveFirstLots(box, received);
    await receiveLastLot(box, received);
    const pos = connectPos(box, () => box.mqttPort, plan.inFlight, 30_000);
    for (const event of events) pos.offer(event);
    await orDeath(pos.drained(), () => [box]);
    await settled(folder, [box]);
    pos.stop();
    await box.kill('SIGTERM');
    const file = readLarderFile(join(folder, 'larder.db'));
    return { file, seconds: (performance.now() - started) / 1000 };
  });
}

type Rig = {
  readonly plan: KillPlan;
  readonly folder: string;
  readonly file: string;
  readonly expected: Expected;
  readonly received: Record<Item, bigint>;
  readonly all: readonly FaultEvent[];
  readonly proxy: MqttProxy;
  readonly pos: OutboxPos;
  readonly lost: Set<string>;
  readonly restartMs: number[];
  /** The box of the moment: another process after each kill. */
  readonly now: { box: BoxProcess };
};

async function runFaulty(
  plan: KillPlan,
  events: FaultEvent[],
  folder: string,
): Promise<KillReport> {
  const started = performance.now();
  const rig = await setUp(plan, events, folder);
  try {
    await disturb(rig);
    const report = await takeStock(rig);
    return { ...report, seconds: (performance.now() - started) / 1000 };
  } finally {
    rig.pos.stop();
    await rig.proxy.close();
    await rig.now.box.kill('SIGKILL');
  }
}

async function setUp(plan: KillPlan, events: FaultEvent[], folder: string): Promise<Rig> {
  const expected = expectedTotals(events);
  const received = receivedAmounts(expected);
  const now = { box: await startBoxProcess(folder) };
  await adoptBooks(now.box);
  await receiveFirstLots(now.box, received);
  const targetPort = (): number => now.box.mqttPort;
  const proxy = await startMqttProxy({ seed: plan.seed, targetPort, faults: plan.faults });
  return {
    plan,
    folder,
    file: join(folder, 'larder.db'),
    expected,
    received,
    all: deliveries(plan.seed, events, plan.copiesMax),
    proxy,
    pos: connectPos(now.box, () => proxy.port, plan.inFlight, 1000),
    lost: new Set(),
    restartMs: [],
    now,
  };
}

/** Sends everything, with the kills and power cuts spread evenly over it. */
async function disturb(rig: Rig): Promise<void> {
  const { plan, pos, all, now } = rig;
  for (const event of all) pos.offer(event);
  const random = seeded(plan.seed).fork('kills');
  for (let kill = 1; kill <= plan.kills; kill += 1) {
    const left = all.length - Math.floor((all.length * kill) / (plan.kills + 1));
    await orDeath(untilWaiting(pos, left), () => [now.box]);
    await sleep(random.between(0, 30));
    if (plan.disk !== undefined) freeze(now.box.pid);
    plan.disk?.cut();
    await now.box.kill('SIGKILL');
    // Acknowledgements on their way were sent before; let them arrive, they count.
    await sleep(20);
    plan.disk?.restore();
    for (const id of missingEvents(rig.file, pos.acknowledged.keys())) rig.lost.add(id);
    now.box = await startAgain(rig);
    plan.progress?.(`kill ${kill} of ${plan.kills}, ${pos.waiting()} deliveries left`);
    if (kill === Math.ceil(plan.kills / 2)) await receiveLastLot(now.box, rig.received);
  }
  await receiveLastLot(now.box, rig.received);
  await orDeath(pos.drained(), () => [now.box]);
  rig.proxy.setFaults(NO_FAULTS);
  await settled(rig.folder, [now.box]);
}

/** What is in the box at the end, against what must be. */
async function takeStock(rig: Rig): Promise<Omit<KillReport, 'seconds'>> {
  const { plan, pos, now } = rig;
  const stockShown = await now.box.call('GET', '/api/v1/stock');
  pos.stop();
  const ackState = await lastAckState(rig);
  await now.box.kill('SIGTERM');
  const larder = readLarderFile(rig.file);
  for (const id of pos.acknowledged.keys()) if (!larder.events.has(id)) rig.lost.add(id);
  return {
    unique: new Set(rig.all.map(({ id }) => id)).size,
    deliveries: rig.all.length,
    acknowledged: pos.acknowledged.size,
    lost: [...rig.lost],
    doubled: [...larder.events].filter(([, rows]) => rows > 1).map(([id]) => id),
    file: larder,
    differences: compareHoldings(larder, rig.expected, rig.received, stockShown),
    results: tally(pos),
    ackState,
    fsck: runFsck(rig.folder),
    pos: pos.counts,
    proxy: rig.proxy.counts,
    kills: plan.kills,
    restartMs: rig.restartMs,
  };
}

/** The ack topic is retained: a fresh terminal reads the last word without any fault in between. */
async function lastAckState(rig: Rig): Promise<string | undefined> {
  await sleep(500); // acks are gathered before they are sent
  const reader = connectPos(rig.now.box, () => rig.now.box.mqttPort, 1, 1000);
  for (let tries = 0; tries < 100 && reader.ackState() === undefined; tries += 1) await sleep(20);
  reader.stop();
  return reader.ackState();
}

/** The same folder must still know the terminal: its password was promised to a person. */
async function startAgain(rig: Rig): Promise<BoxProcess> {
  const before = rig.now.box;
  const box = await startBoxProcess(rig.folder);
  rig.restartMs.push(Math.round(box.readyMs));
  if (box.posPassword !== before.posPassword || box.adminToken !== before.adminToken) {
    throw new Error('the box came back with other secrets: secrets.json was not on disk');
  }
  return box;
}

/** A terminal for any box: its name and password are those of `secrets.json`. */
export function connectPos(
  box: BoxProcess,
  port: () => number,
  inFlight: number,
  resendAfterMs: number,
): OutboxPos {
  return startOutboxPos({
    port,
    store: 'demo',
    terminal: 'T1',
    username: 'pos-T1',
    password: box.posPassword,
    inFlight,
    resendAfterMs,
    settledBy: 'puback',
  });
}

/**
 * Waits until every stored event is settled, and the box has added what follows from it by itself
 * (inferred prep comes a tick later); fails when for 15 s nothing moves.
 */
export async function settled(folder: string, boxes: BoxProcess[]): Promise<void> {
  const file = join(folder, 'larder.db');
  const idle = async (): Promise<void> => {
    let fewest = Number.POSITIVE_INFINITY;
    for (let patience = 300; patience > 0; patience -= 1) {
      const pending = countPending(file);
      if (pending === 0) return;
      if (pending < fewest) patience = 300;
      fewest = Math.min(fewest, pending);
      await sleep(50);
    }
    throw new Error(`${fewest} events stay unsettled:\n${boxes[0]?.written()}`);
  };
  await orDeath(idle(), () => boxes);
  for (const box of boxes) await orDeath(quiet(box), () => boxes);
}

/** Until the ledger has not grown for longer than the box's slowest tick. */
async function quiet(box: BoxProcess): Promise<void> {
  const seq = async () => ((await box.call('GET', '/api/v1/stock')) as { seq: number }).seq;
  for (let before = -1, now = await seq(); now !== before; now = await seq()) {
    before = now;
    await sleep(QUIET_MS);
  }
}

const QUIET_MS = 1_500;

/** Fails as soon as the box has ended by itself, instead of waiting for ever. */
export async function orDeath<T>(work: Promise<T>, boxes: () => readonly BoxProcess[]): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const death = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const dead = boxes().find((box) => !box.isAlive());
      if (dead !== undefined) reject(new Error(`the box ended by itself:\n${dead.written()}`));
    }, 200);
  });
  try {
    return await Promise.race([work, death]);
  } finally {
    clearInterval(timer);
  }
}

async function untilWaiting(pos: OutboxPos, atMost: number): Promise<void> {
  while (pos.waiting() > atMost) await sleep(5);
}

function tally(pos: OutboxPos): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const statuses of pos.results.values()) {
    for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'larder-kill-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
