/**
 * The broker inside the box (aedes). Its PUBACK means "on disk": aedes acknowledges as soon as
 * `authorizePublish` calls back, before any subscriber has run, so the commit happens in there.
 *
 * Everything that arrived in one turn of the event loop shares one commit. That is what makes a full
 * fsync per acknowledgement cheap; nothing waits for a timer.
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Aedes, type AedesPublishPacket, type Client } from 'aedes';
import {
  authenticate,
  type BusPrincipal,
  type Credentials,
  maySubscribe,
  publishRight,
} from '../access.ts';
import type { Log } from '../runtime/log.ts';
import type { Ports } from '../runtime/ports.ts';
import type { Bus, BusHandlers } from './bus.ts';
import { guardSocket } from './guard.ts';
import type { Topics } from './topics.ts';

export type BrokerParts = {
  readonly host: string;
  readonly port: number;
  readonly topics: Topics;
  readonly credentials: () => Credentials;
  readonly handlers: BusHandlers;
  readonly ports: Ports;
  readonly log: Log;
};

/** Most events that share a commit: bounds how long the event loop is busy with them. */
const GROUP_MAX = 128;
const SOCKETS_MAX = 256;

type Waiting = {
  readonly terminal: string;
  readonly body: Uint8Array;
  readonly misaddressed?: string;
  readonly done: (error?: Error | null) => void;
};

export async function startBroker(parts: BrokerParts): Promise<Bus> {
  const { topics, handlers, log } = parts;
  const principals = new WeakMap<Client, BusPrincipal>();
  const commits = groupCommits(parts);
  /** The retained states of the box, as they are now. */
  const states = new Map<string, string>();
  const broker = await Aedes.createBroker({
    connectTimeout: 5_000,
    // Who does not read is cut off, before the others wait for it.
    drainTimeout: 2_000,
    queueLimit: 16,
    maxTopicLevels: 16,
    maxClientsIdLength: 128,
    preConnect(_client, packet, done) {
      // Nothing depends on the broker's memory: a terminal asks again after it reconnects.
      packet.clean = true;
      done(null, true);
    },
    authenticate(client, username, password, done) {
      const who = authenticate(parts.credentials(), username, password?.toString('utf8'));
      if (who) {
        principals.set(client, who);
        return done(null, true);
      }
      handlers.denied(username ?? 'anonymous', 'sign in');
      done(Object.assign(new Error('bad user name or password'), { returnCode: 4 }), null);
    },
    authorizePublish(client, packet, done) {
      const who = client ? principals.get(client) : undefined;
      const right = who ? publishRight(topics, who, packet.topic) : 'denied';
      const isWill = (client as unknown as { will?: unknown } | null)?.will === packet;
      if (!who || 'admin' in who || right === 'denied' || (isWill && right !== 'status')) {
        handlers.denied(nameOf(who), `publish to ${packet.topic}`);
        return done(new Error(`not allowed to publish to ${packet.topic}`));
      }
      const body = payloadOf(packet);
      if (right === 'status') {
        const fresh = handlers.terminalStatus(who.terminal, body);
        return done(fresh ? null : new Error('a will of an older session'));
      }
      // An event is a fact, not a state: it is stored by us and never by the broker.
      packet.retain = false;
      commits.add({
        terminal: who.terminal,
        body,
        done,
        ...(right === 'others_event' ? { misaddressed: packet.topic } : {}),
      });
    },
    authorizeSubscribe(client, subscription, done) {
      const who = principals.get(client);
      if (who && maySubscribe(topics, who, subscription.topic)) return done(null, subscription);
      handlers.denied(nameOf(who), `subscribe to ${subscription.topic}`);
      done(null, null);
    },
    authorizeForward(_client, packet) {
      // A new subscriber's copy of the old state can be overtaken by the news of it: then it is stale.
      const state = packet.retain ? states.get(packet.topic) : undefined;
      return state === undefined || state === String(packet.payload) ? packet : null;
    },
  });
  const { server, port } = await openDoor(parts, (stream) => broker.handle(stream));
  let closing = false;
  return {
    address: { host: parts.host, port },
    connected: () => true,
    publish({ topic, payload, retain }) {
      if (retain) states.set(topic, payload);
      const packet = { cmd: 'publish', topic, payload, retain, qos: 1, dup: false } as const;
      broker.publish(packet, (error) => {
        if (error && !closing) log.warn({ err: error, topic }, 'could not publish');
      });
    },
    async close() {
      closing = true;
      commits.flush();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      await closed;
    },
  };
}

const NOTHING_TO_TELL = (): void => undefined;

/** Collects what arrives in a turn of the event loop and commits it together. */
function groupCommits(parts: BrokerParts) {
  let queue: Waiting[] = [];
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    const group = queue.slice(0, GROUP_MAX);
    queue = queue.slice(GROUP_MAX);
    if (queue.length > 0) schedule();
    if (group.length === 0) return;
    let failure: Error | null = null;
    let tell = NOTHING_TO_TELL;
    try {
      tell = parts.handlers.receive(group);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      parts.log.error({ err: failure, events: group.length }, 'could not store: not acknowledged');
    }
    for (const waiting of group) waiting.done(failure);
    tell();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    parts.ports.soon(flush);
  }

  return {
    add(waiting: Waiting) {
      queue.push(waiting);
      schedule();
    },
    flush() {
      while (queue.length > 0) flush();
    },
  };
}

function nameOf(who: BusPrincipal | undefined): string {
  if (who === undefined) return 'anonymous';
  return 'admin' in who ? 'admin' : who.terminal;
}

function payloadOf(packet: Pick<AedesPublishPacket, 'payload'>): Uint8Array {
  return typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
}

/** Listens, with the guard in front of the broker. */
async function openDoor(
  { host, log, port: wanted, ports }: BrokerParts,
  handle: (stream: Duplex) => void,
): Promise<{ server: Server; port: number }> {
  const server = createServer({ noDelay: true }, (socket: Socket) => {
    const from = socket.remoteAddress;
    const onRefused = (why: string) => log.warn({ why, from }, 'cut off by the guard');
    handle(guardSocket(socket, ports, onRefused));
  });
  server.maxConnections = SOCKETS_MAX;
  return { server, port: await listen(server, host, wanted) };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
