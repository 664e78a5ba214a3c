/**
 * The chain's fault run: two stores sell while a bad network lies between them and head office, and
 * boxes, bridges, head office and its PostgreSQL are killed in the middle of it. After every round both
 * ends must be the same to the last entry.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type HttpFaults,
  type HttpProxy,
  type HttpProxyCounts,
  NO_HTTP_FAULTS,
  startHttpProxy,
} from '../support/http-proxy.ts';
import { type OutboxPos, startOutboxPos } from '../support/outbox-pos.ts';
import { type Seeded, seeded } from '../support/seeded.ts';
import { type BoxProcess, startBoxProcess } from './box-process.ts';
import { type ChainCheck, checkStore } from './chain-check.ts';
import { deliveries, type FaultEvent, generateEvents } from './events.ts';
import { runFsck } from './fsck.ts';
import {
  bridgeOf,
  endPostgres,
  type HqProcess,
  type LoneBridge,
  postgresOf,
  startHqProcess,
  startLoneBridge,
} from './hq-process.ts';
import { settled } from './kill.ts';
import { readLarderFile } from './larder-file.ts';
import { expectedTotals } from './oracle.ts';
import { adoptBooks, receivedAmounts, receiveFirstLots, receiveLastLot } from './restaurant.ts';

export type ChainPlan = {
  readonly seed: number;
  readonly rounds: number;
  /** Unique events of each store in each round. */
  readonly events: number;
  readonly faults: HttpFaults;
  readonly progress?: (line: string) => void;
};

export type ChainReport = {
  /** Per round: what was done, and what both ends hold at its end. */
  readonly rounds: readonly RoundReport[];
  /** Of all stores and rounds; empty = nothing missing, nothing twice, no difference. */
  readonly wrong: readonly string[];
  readonly kills: Readonly<Record<Victim, number>>;
  readonly proxy: Readonly<Record<string, number>>;
  /** Longest wait from the end of the disturbance until head office had everything, milliseconds. */
  readonly slowestMs: number;
  readonly seconds: number;
};

export type RoundReport = {
  readonly entries: number;
  readonly held: number;
  readonly caughtUpMs: number;
};

const VICTIMS = ['box', 'bridge', 'head office', 'postgres'] as const;
export type Victim = (typeof VICTIMS)[number];

/** A network that a shop has on a bad day. */
export const BAD_LINE: HttpFaults = {
  loseRequest: 0.06,
  loseAnswer: 0.06,
  cutRequest: 0.03,
  cutAnswer: 0.03,
  double: 0.08,
  reorder: 0.08,
  portal: 0.02,
  delay: 0.1,
  delayMaxMs: 300,
};

type Shop = {
  readonly store: string;
  readonly data: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly proxy: HttpProxy;
  readonly token: string;
  readonly events: readonly FaultEvent[];
  readonly pos: OutboxPos;
  /** This one's bridge is not started by the box. */
  readonly lone: boolean;
  now: BoxProcess;
  bridge: LoneBridge | undefined;
};

type Rig = {
  readonly plan: ChainPlan;
  readonly folder: string;
  readonly random: Seeded;
  readonly shops: Shop[];
  readonly kills: Record<Victim, number>;
  hq: HqProcess;
};

/** Runs the plan against real processes. Deletes its folder at the end. */
export async function runChain(plan: ChainPlan): Promise<ChainReport> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'larder-chain-'));
  // PostgreSQL does not run as root: another account has to pass.
  chmodSync(folder, 0o711);
  const rig = await setUp(plan, folder);
  try {
    const rounds: RoundReport[] = [];
    const wrong: string[] = [];
    for (let round = 1; round <= plan.rounds && wrong.length === 0; round += 1) {
      await disturb(rig, round);
      const report = await checkRound(rig, round);
      rounds.push(report);
      wrong.push(...report.wrong);
      plan.progress?.(
        `round ${round}: ${report.entries} entries, ${report.held} at head office, caught up in ${report.caughtUpMs} ms`,
      );
    }
    return {
      rounds,
      wrong,
      kills: rig.kills,
      proxy: sumCounts(rig.shops.map(({ proxy }) => proxy.counts)),
      slowestMs: Math.max(...rounds.map(({ caughtUpMs }) => caughtUpMs)),
      seconds: Math.round((performance.now() - started) / 1000),
    };
  } finally {
    await tearDown(rig);
  }
}

async function setUp(plan: ChainPlan, folder: string): Promise<Rig> {
  const kills = { box: 0, bridge: 0, 'head office': 0, postgres: 0 };
  mkdirSync(join(folder, 'hq'), { mode: 0o711 });
  const hq = await startHqProcess(join(folder, 'hq'));
  const random = seeded(plan.seed).fork('chain');
  const rig: Rig = { plan, folder, random, shops: [], kills, hq };
  try {
    for (const [index, store] of ['north', 'south'].entries()) {
      rig.shops.push(await openShop(rig, store, index));
    }
  } catch (error) {
    await tearDown(rig);
    throw error;
  }
  return rig;
}

async function openShop(rig: Rig, store: string, index: number): Promise<Shop> {
  const { plan, folder } = rig;
  const seed = plan.seed + index * 1_000_003;
  const lone = index % 2 === 1;
  const { token } = await rig.hq.call<{ token: string }>('POST', '/stores', { store });
  const proxy = await startHttpProxy({
    seed,
    targetPort: () => rig.hq.port,
    faults: NO_HTTP_FAULTS,
  });
  const data = join(folder, store);
  const settings = {
    LARDER_STORE: store,
    LARDER_HQ_URL: proxy.url,
    LARDER_HQ_TOKEN: token,
    LARDER_BRIDGE: lone ? 'external' : 'box',
  };
  const events = generateEvents(seed, plan.events * plan.rounds, store);
  const now = await startBoxProcess(data, settings);
  try {
    await adoptBooks(now);
    const received = receivedAmounts(expectedTotals(events));
    await receiveFirstLots(now, received);
    await receiveLastLot(now, received);
  } catch (error) {
    await now.kill('SIGKILL');
    await proxy.close();
    throw error;
  }
  let shop: Shop | undefined;
  const pos = startOutboxPos({
    port: () => (shop?.now ?? now).mqttPort,
    store,
    terminal: 'T1',
    username: 'pos-T1',
    password: now.posPassword,
    inFlight: 20,
    resendAfterMs: 500,
    settledBy: 'puback',
  });
  const bridge = lone ? startLoneBridge(bridgeEnv({ data, proxy, token })) : undefined;
  shop = { store, data, settings, proxy, token, events, pos, lone, now, bridge };
  return shop;
}

/** One round: both sell, everybody is killed once, in an order and at moments that the seed chooses. */
async function disturb(rig: Rig, round: number): Promise<void> {
  const { plan, random, shops } = rig;
  const selling = shops.map((shop) => {
    shop.proxy.setFaults(plan.faults);
    const part = shop.events.slice((round - 1) * plan.events, round * plan.events);
    return sell(shop.pos, deliveries(plan.seed + round, part, 2));
  });
  for (const victim of random.shuffle([...VICTIMS])) {
    await sleep(random.between(50, 700));
    await kill(rig, victim, random.pick(shops));
    rig.kills[victim] += 1;
  }
  await Promise.all(selling);
  await Promise.all(shops.map(({ pos }) => pos.drained()));
  for (const { data, now } of shops) await settled(data, [now]);
  for (const { proxy } of shops) proxy.setFaults(NO_HTTP_FAULTS);
  // What was held back arrives now, when everything else is long through.
  for (const { proxy } of shops) await proxy.release();
}

const SELLING_STEPS = 60;
const SELLING_STEP_MS = 50;

/** A little at a time, so that many batches are on their way when somebody is killed. */
async function sell(pos: OutboxPos, events: readonly FaultEvent[]): Promise<void> {
  const atOnce = Math.ceil(events.length / SELLING_STEPS);
  for (let from = 0; from < events.length; from += atOnce) {
    for (const event of events.slice(from, from + atOnce)) pos.offer(event);
    await sleep(SELLING_STEP_MS);
  }
}

async function kill(rig: Rig, victim: Victim, shop: Shop): Promise<void> {
  const { random } = rig;
  switch (victim) {
    case 'box':
      await shop.now.kill('SIGKILL');
      await sleep(random.between(0, 200));
      shop.now = await startBoxProcess(shop.data, shop.settings);
      return;
    case 'bridge':
      return await killBridge(shop);
    case 'head office':
      await rig.hq.kill('SIGKILL');
      await sleep(random.between(0, 200));
      rig.hq = await startHqProcess(join(rig.folder, 'hq'));
      return;
    case 'postgres': {
      const postgres = postgresOf(join(rig.folder, 'hq'));
      if (postgres === undefined) throw new Error('there is no PostgreSQL to restart');
      // Head office starts it again by itself.
      process.kill(postgres.pid, random.chance(0.5) ? 'SIGKILL' : 'SIGINT');
      return;
    }
  }
}

function bridgeEnv({ data, proxy, token }: Pick<Shop, 'data' | 'proxy' | 'token'>) {
  return { LARDER_DATA: data, LARDER_HQ_URL: proxy.url, LARDER_HQ_TOKEN: token };
}

/** Of a box's own bridge the next one is started by the box; the other is started here. */
async function killBridge(shop: Shop): Promise<void> {
  if (shop.bridge !== undefined) {
    await shop.bridge.kill('SIGKILL');
    shop.bridge = startLoneBridge(bridgeEnv(shop));
    return;
  }
  for (let tries = 0; tries < 100; tries += 1) {
    const pid = bridgeOf(shop.now.pid);
    if (pid !== undefined) {
      process.kill(pid, 'SIGKILL');
      return;
    }
    await sleep(50);
  }
  throw new Error(`the box of ${shop.store} has no bridge:\n${shop.now.written()}`);
}

async function checkRound(rig: Rig, round: number): Promise<RoundReport & { wrong: string[] }> {
  const started = performance.now();
  for (const shop of rig.shops) {
    await untilEverythingArrived(rig, shop);
    if (performance.now() - started > SLOW_MS) rig.plan.progress?.(lastWords(rig, shop));
  }
  const caughtUpMs = Math.round(performance.now() - started);
  const url = postgresOf(join(rig.folder, 'hq'))?.url ?? '';
  const checks: ChainCheck[] = [];
  const wrong: string[] = [];
  for (const { data, store } of rig.shops) {
    const check = await checkStore(data, store, url);
    checks.push(check);
    wrong.push(...check.wrong);
    const { statuses } = readLarderFile(join(data, 'larder.db'));
    const sold = JSON.stringify({ applied: rig.plan.events * round });
    if (JSON.stringify(statuses) !== sold) {
      wrong.push(`${store}: events are ${JSON.stringify(statuses)}, not ${sold}`);
    }
    const fsck = runFsck(data);
    if (fsck.exit !== 0) wrong.push(`${store}: fsck ends with ${fsck.exit}: ${fsck.output}`);
  }
  const sum = (pick: (check: ChainCheck) => number) => checks.reduce((n, one) => n + pick(one), 0);
  return { entries: sum((c) => c.entries), held: sum((c) => c.held), caughtUpMs, wrong };
}

const CATCH_UP_MS = 120_000;
/** Then whoever watches is told what kept it. */
const SLOW_MS = 5_000;

function lastWords({ hq }: Rig, { store, bridge, now }: Shop): string {
  return [`${store}:`, bridge?.written() ?? '', now.written(), hq.written()].join('\n');
}

/** Until both ends say that head office has everything and nothing differs. */
async function untilEverythingArrived(rig: Rig, shop: Shop): Promise<void> {
  const until = performance.now() + CATCH_UP_MS;
  let said: unknown;
  while (performance.now() < until) {
    const status = (await shop.now.call('GET', '/api/v1/status')) as Status;
    const { seq, hq } = status;
    const cursor = await rig.hq
      .call<{ ackedSeq: number; differences: number | null }>('GET', `/stores/${shop.store}/cursor`)
      .catch(() => undefined);
    said = { seq, hq, cursor };
    if (cursor?.ackedSeq === seq && cursor.differences === 0 && hq.ackedSeq === seq) return;
    await sleep(100);
  }
  throw new Error(`did not catch up: ${JSON.stringify(said)}\n${lastWords(rig, shop)}`);
}

type Status = { readonly seq: number; readonly hq: { readonly ackedSeq: number | null } };

async function tearDown({ shops, hq, folder }: Rig): Promise<void> {
  for (const { pos, bridge, now, proxy } of shops) {
    pos.stop();
    await bridge?.kill('SIGTERM');
    await now.kill('SIGTERM');
    await proxy.close();
  }
  await hq.kill('SIGTERM');
  await endPostgres(join(folder, 'hq'));
  rmSync(folder, { recursive: true, force: true });
}

function sumCounts(list: readonly HttpProxyCounts[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const counts of list) {
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}
