/**
 * A hostile network between a POS and the box: a TCP proxy that understands MQTT framing, so that
 * what it loses, doubles, delays or reorders is always a whole packet. Every choice comes from the
 * seed, the number of the connection and the number of the packet, which makes a run repeatable as
 * far as TCP allows.
 */

import type { AddressInfo } from 'node:net';
import { createConnection, createServer, type Socket } from 'node:net';
import { type Seeded, seeded } from './seeded.ts';

/** Chances are per packet, 0 to 1; times are milliseconds. */
export type ProxyFaults = {
  readonly drop: number;
  readonly double: number;
  readonly delay: number;
  readonly reorder: number;
  readonly delayMaxMs: number;
  /** Chance per packet that the connection dies with a reset. */
  readonly reset: number;
  /** Chance per packet that everything vanishes in both directions for `blackHoleMs`. */
  readonly blackHole: number;
  readonly blackHoleMs: number;
};

export const NO_FAULTS: ProxyFaults = {
  drop: 0,
  double: 0,
  delay: 0,
  reorder: 0,
  delayMaxMs: 0,
  reset: 0,
  blackHole: 0,
  blackHoleMs: 0,
};

/** What the proxy did, for the report; `swallowed` counts the packets a black hole ate. */
export type ProxyCounts = {
  connections: number;
  refused: number;
  forwarded: number;
  dropped: number;
  doubled: number;
  delayed: number;
  reordered: number;
  resets: number;
  blackHoles: number;
  swallowed: number;
};

export type MqttProxy = {
  readonly port: number;
  readonly counts: ProxyCounts;
  /** Changes the weather for all packets from now on. */
  setFaults(faults: ProxyFaults): void;
  close(): Promise<void>;
};

export type MqttProxyOptions = {
  readonly seed: number;
  /** Asked at each new connection, because a restarted box may listen elsewhere. */
  readonly targetPort: () => number;
  readonly faults: ProxyFaults;
};

/** Listens on a free loopback port. */
export async function startMqttProxy(options: MqttProxyOptions): Promise<MqttProxy> {
  const weather = { faults: options.faults };
  const counts = noCounts();
  const links = new Set<Link>();
  const server = createServer((client) => {
    counts.connections += 1;
    const random = seeded(options.seed).fork(`connection ${counts.connections}`);
    const link = openLink(client, options.targetPort(), { weather, counts, random });
    links.add(link);
    client.once('close', () => links.delete(link));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    counts,
    setFaults(faults) {
      weather.faults = faults;
    },
    async close() {
      for (const link of links) link.reset();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Splits a byte stream into whole MQTT packets by the fixed header alone (MQTT 3.1.1, 2.2). */
export function mqttFramer(): (chunk: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const packets: Buffer[] = [];
    for (let size = packetSize(rest); size <= rest.length; size = packetSize(rest)) {
      packets.push(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
    return packets;
  };
}

type Weather = { faults: ProxyFaults };
type Context = { weather: Weather; counts: ProxyCounts; random: Seeded };
type Link = { reset(): void; isDark(): boolean; darken(forMs: number): void };
/** One way through the proxy. `notBefore` keeps what follows a delayed CONNACK behind it. */
type Lane = {
  readonly to: Socket;
  readonly link: Link;
  readonly random: Seeded;
  held: Buffer | undefined;
  heldFor: number;
  notBefore: number;
};

const FIRST_FAULTED_KIND = 3; // PUBLISH
const LAST_FAULTED_KIND = 7; // PUBCOMP

function openLink(client: Socket, port: number, context: Context): Link {
  const { counts, random } = context;
  const server = createConnection({ port, host: '127.0.0.1', noDelay: true });
  client.setNoDelay(true);
  let darkUntil = 0;
  const link: Link = {
    reset() {
      client.resetAndDestroy();
      server.resetAndDestroy();
    },
    isDark: () => performance.now() < darkUntil,
    darken(forMs) {
      darkUntil = performance.now() + forMs;
    },
  };
  server.once('error', () => {
    counts.refused += 1;
  });
  client.on('error', () => {}); // a reset is what we are here for
  server.once('close', () => client.destroy());
  client.once('close', () => server.destroy());
  connectLane(client, newLane(server, link, random.fork('up')), context);
  connectLane(server, newLane(client, link, random.fork('down')), context);
  return link;
}

function newLane(to: Socket, link: Link, random: Seeded): Lane {
  return { to, link, random, held: undefined, heldFor: 0, notBefore: 0 };
}

function connectLane(from: Socket, lane: Lane, context: Context): void {
  const split = mqttFramer();
  from.on('data', (chunk) => {
    lane.to.cork();
    for (const packet of split(chunk)) pass(packet, lane, context);
    lane.to.uncork();
  });
}

function pass(packet: Buffer, lane: Lane, context: Context): void {
  const { counts, weather } = context;
  const { faults } = weather;
  const { random } = lane;
  const kind = (packet[0] ?? 0) >> 4;
  if (lane.link.isDark()) {
    counts.swallowed += 1;
    return;
  }
  if (kind < FIRST_FAULTED_KIND || kind > LAST_FAULTED_KIND) {
    const wait = random.chance(faults.delay) ? random.next() * faults.delayMaxMs : 0;
    if (wait > 0) counts.delayed += 1;
    lane.notBefore = Math.max(lane.notBefore, performance.now() + wait);
    send(packet, lane, context, wait);
    return;
  }
  // Each packet draws the same number of numbers, so that one changed rate leaves the rest alone.
  const roll = { cut: random.next(), fate: random.next(), wait: random.next() };
  if (roll.cut < faults.reset) {
    counts.resets += 1;
    lane.link.reset();
    return;
  }
  if (roll.cut < faults.reset + faults.blackHole) {
    counts.blackHoles += 1;
    lane.link.darken(faults.blackHoleMs);
  }
  distort(packet, lane, context, roll.fate, roll.wait * faults.delayMaxMs);
}

function distort(packet: Buffer, lane: Lane, context: Context, fate: number, wait: number): void {
  const { counts, weather } = context;
  const { drop, double, delay, reorder, delayMaxMs } = weather.faults;
  if (fate < drop) {
    counts.dropped += 1;
  } else if (fate < drop + double) {
    counts.doubled += 1;
    send(packet, lane, context, 0);
    send(packet, lane, context, wait);
  } else if (fate < drop + double + delay) {
    counts.delayed += 1;
    send(packet, lane, context, wait);
  } else if (fate < drop + double + delay + reorder && lane.held === undefined) {
    counts.reordered += 1;
    lane.held = packet;
    lane.heldFor = 1 + (Math.floor(wait) % 8);
    // Nothing may follow; then the packet is only late.
    setTimeout(() => releaseHeld(lane, context), delayMaxMs + 1).unref();
  } else {
    send(packet, lane, context, 0);
    lane.heldFor -= 1;
    if (lane.heldFor <= 0) releaseHeld(lane, context);
  }
}

function releaseHeld(lane: Lane, context: Context): void {
  const packet = lane.held;
  lane.held = undefined;
  if (packet !== undefined) send(packet, lane, context, 0);
}

function send(packet: Buffer, lane: Lane, context: Context, wait: number): void {
  const due = Math.max(wait, lane.notBefore - performance.now());
  if (due > 0) setTimeout(() => write(packet, lane, context), due).unref();
  else write(packet, lane, context);
}

function write(packet: Buffer, lane: Lane, context: Context): void {
  if (!lane.to.writable) return;
  context.counts.forwarded += 1;
  lane.to.write(packet);
}

/** Size of the first packet in bytes, or infinity while its fixed header is incomplete. */
function packetSize(bytes: Buffer): number {
  let remaining = 0;
  for (let index = 1; index <= 4; index += 1) {
    const byte = bytes[index];
    if (byte === undefined) return Number.POSITIVE_INFINITY;
    remaining += (byte & 0x7f) * 128 ** (index - 1);
    if (byte < 0x80) return 1 + index + remaining;
  }
  throw new Error('mqtt-proxy: a remaining length of more than 4 bytes is not MQTT');
}

function noCounts(): ProxyCounts {
  return {
    connections: 0,
    refused: 0,
    forwarded: 0,
    dropped: 0,
    doubled: 0,
    delayed: 0,
    reordered: 0,
    resets: 0,
    blackHoles: 0,
    swallowed: 0,
  };
}
