/**
 * A bare MQTT client that does exactly what it is told, wrong things included, and reports what came
 * back: an acknowledgement, a closed connection, or nothing.
 */
import { createConnection, type Socket } from 'node:net';
import {
  generate,
  type IConnectPacket,
  type IPublishPacket,
  type Packet,
  parser,
} from 'mqtt-packet';

/** `silent`: nothing came back within the time given. */
export type Answer = 'acknowledged' | 'closed' | 'silent';

export type RawMqtt = {
  /** CONNACK return code, or undefined when the connection closed without one. */
  readonly returnCode: number | undefined;
  /** QoS 0 answers `silent` unless the connection closes. */
  publish(topic: string, body: Uint8Array, options?: PublishOptions): Promise<Answer>;
  /** The granted QoS per topic, 128 for a refusal; `closed` when the connection went away. */
  subscribe(...topics: string[]): Promise<readonly number[] | 'closed' | 'silent'>;
  /** Sends bytes as they are. */
  write(bytes: Uint8Array): void;
  /** The next packet that fits, within 5 s; undefined when none comes. Packets are kept until taken. */
  take(fits: (packet: Packet) => boolean, withinMs?: number): Promise<Packet | undefined>;
  /** Messages received so far and not taken. */
  messages(): readonly IPublishPacket[];
  isOpen(): boolean;
  /** True when the other side closed within the time given. */
  closedWithin(ms: number): Promise<boolean>;
  /** Without DISCONNECT, so that a will is published. */
  destroy(): void;
  end(): void;
};

export type PublishOptions = { qos?: 0 | 1 | 2; retain?: boolean; withinMs?: number };

export type RawConnect = Partial<Omit<IConnectPacket, 'password' | 'cmd'>> & {
  readonly password?: string;
  /** No CONNECT at all. */
  readonly mute?: true;
};

export async function connectRaw(port: number, connect: RawConnect): Promise<RawMqtt> {
  const state = newState(port);
  const { password, mute, ...rest } = connect;
  let returnCode: number | undefined;
  await new Promise<void>((resolve) => {
    state.socket.once('connect', resolve);
    state.socket.once('close', resolve);
  });
  if (mute !== true) {
    state.socket.write(generate({ ...CONNECT, ...rest, ...secret(password) }));
    const answer = await take(state, (packet) => packet.cmd === 'connack', 5000);
    if (answer?.cmd === 'connack') returnCode = answer.returnCode ?? answer.reasonCode;
  }
  return clientOf(state, returnCode);
}

const CONNECT: IConnectPacket = {
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  clientId: 'raw',
  keepalive: 60,
};

type Waiter = { fits: (packet: Packet) => boolean; done: (packet: Packet | undefined) => void };
type State = {
  readonly socket: Socket;
  readonly packets: Packet[];
  readonly waiters: Set<Waiter>;
  open: boolean;
  nextId: number;
};

function secret(password: string | undefined): { password?: Buffer } {
  return password === undefined ? {} : { password: Buffer.from(password) };
}

function newState(port: number): State {
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
  const state: State = { socket, packets: [], waiters: new Set(), open: true, nextId: 1 };
  const reader = parser();
  reader.on('packet', (packet) => arrive(state, packet));
  reader.on('error', () => socket.destroy());
  socket.on('data', (chunk) => reader.parse(chunk));
  socket.on('error', () => {}); // 'close' follows
  socket.once('close', () => {
    state.open = false;
    for (const waiter of state.waiters) waiter.done(undefined);
  });
  return state;
}

function arrive(state: State, packet: Packet): void {
  if (packet.cmd === 'publish' && packet.qos === 1 && packet.messageId !== undefined) {
    state.socket.write(generate({ cmd: 'puback', messageId: packet.messageId }));
  }
  for (const waiter of state.waiters) {
    if (!waiter.fits(packet)) continue;
    waiter.done(packet);
    return;
  }
  state.packets.push(packet);
}

function take(
  state: State,
  fits: (packet: Packet) => boolean,
  withinMs: number,
): Promise<Packet | undefined> {
  const index = state.packets.findIndex(fits);
  if (index >= 0) return Promise.resolve(state.packets.splice(index, 1)[0]);
  if (!state.open) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const waiter: Waiter = {
      fits,
      done(packet) {
        clearTimeout(timer);
        state.waiters.delete(waiter);
        resolve(packet);
      },
    };
    const timer = setTimeout(() => waiter.done(undefined), withinMs);
    state.waiters.add(waiter);
  });
}

function clientOf(state: State, returnCode: number | undefined): RawMqtt {
  const { socket } = state;
  return {
    returnCode,
    publish: (topic, body, options = {}) => publish(state, topic, body, options),
    async subscribe(...topics) {
      const messageId = state.nextId++;
      const subscriptions = topics.map((topic) => ({ topic, qos: 1 as const }));
      socket.write(generate({ cmd: 'subscribe', messageId, subscriptions }));
      const answer = await take(state, (packet) => packet.cmd === 'suback', 2000);
      if (answer?.cmd === 'suback') return answer.granted.map(Number);
      return state.open ? 'silent' : 'closed';
    },
    write: (bytes) => {
      if (state.open) socket.write(bytes);
    },
    take: (fits, withinMs = 5000) => take(state, fits, withinMs),
    messages: () => state.packets.filter((packet) => packet.cmd === 'publish'),
    isOpen: () => state.open,
    async closedWithin(ms) {
      await take(state, () => false, ms);
      return !state.open;
    },
    destroy: () => socket.destroy(),
    end() {
      if (state.open) socket.end(generate({ cmd: 'disconnect' }));
    },
  };
}

async function publish(
  state: State,
  topic: string,
  body: Uint8Array,
  options: PublishOptions,
): Promise<Answer> {
  const { qos = 1, retain = false, withinMs = 3000 } = options;
  const messageId = qos === 0 ? undefined : state.nextId++;
  const id = messageId === undefined ? {} : { messageId };
  const payload = Buffer.from(body);
  state.socket.write(generate({ cmd: 'publish', topic, payload, qos, retain, dup: false, ...id }));
  const wanted = qos === 2 ? 'pubrec' : 'puback';
  const isAnswer = (packet: Packet): boolean =>
    packet.cmd === wanted && packet.messageId === messageId;
  const answer = await take(state, isAnswer, qos === 0 ? Math.min(withinMs, 300) : withinMs);
  if (answer === undefined) return state.open ? 'silent' : 'closed';
  if (qos === 2 && messageId !== undefined) {
    state.socket.write(generate({ cmd: 'pubrel', messageId }));
    await take(state, (packet) => packet.cmd === 'pubcomp', withinMs);
  }
  return 'acknowledged';
}
