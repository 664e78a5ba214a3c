/**
 * A POS terminal that loses nothing: it keeps every event until it was acknowledged, sends it again
 * with the same id after a time-out or a reconnect, and writes down each acknowledgement. That list
 * belongs to the test and is what the box is held to: acknowledged means still there.
 *
 * It speaks raw MQTT 3.1.1 (mqtt-packet for the bytes), because a client library hides re-sends and
 * gives up on some messages by itself.
 */
import { createConnection, type Socket } from 'node:net';
import { generate, type IPublishPacket, type Packet, parser } from 'mqtt-packet';

export type OutboxEvent = { readonly id: string; readonly body: Buffer };

/** How an event was first acknowledged, and when (`performance.now()`, milliseconds). */
export type Acknowledgement = { readonly at: number; readonly by: 'puback' | 'result' };

export type OutboxCounts = {
  sent: number;
  resent: number;
  pubacks: number;
  results: number;
  connects: number;
  timeouts: number;
};

export type OutboxPosOptions = {
  /** Asked at each connect, because a restarted box may listen elsewhere. */
  readonly port: () => number;
  readonly store: string;
  readonly terminal: string;
  readonly username: string;
  readonly password: string;
  /** Most deliveries that wait for their acknowledgement at once. */
  readonly inFlight: number;
  /** After this long without acknowledgement a delivery is sent again, milliseconds. */
  readonly resendAfterMs: number;
  /**
   * What takes a delivery out of the outbox: the PUBACK (right with the embedded broker, whose
   * PUBACK means on disk) or the result (the only word to trust with an external broker).
   */
  readonly settledBy: 'puback' | 'result';
  /** False keeps the MQTT session over reconnects. Default true. */
  readonly cleanSession?: boolean;
};

export type OutboxPos = {
  /** Puts one delivery at the end of the outbox; the same event may be put in several times. */
  offer(event: OutboxEvent): void;
  /** Resolves when every delivery offered so far has been acknowledged. */
  drained(): Promise<void>;
  /** Deliveries not yet acknowledged. */
  waiting(): number;
  /** By event id. */
  readonly acknowledged: ReadonlyMap<string, Acknowledgement>;
  /** By event id: every status the box reported, in order of arrival. */
  readonly results: ReadonlyMap<string, readonly string[]>;
  /** Last payload of the retained ack topic, or undefined. */
  ackState(): string | undefined;
  readonly counts: OutboxCounts;
  /** Ends the connection; what is unacknowledged stays unacknowledged. */
  stop(): void;
};

/** Connects at once and keeps trying until `stop`. */
export function startOutboxPos(options: OutboxPosOptions): OutboxPos {
  const state = newState(options);
  connect(state);
  const resendTimer = setInterval(() => resendLate(state), Math.min(100, options.resendAfterMs));
  return {
    offer(event) {
      state.queue.push({ event });
      state.open += 1;
      schedulePump(state);
    },
    drained() {
      if (state.open === 0) return Promise.resolve();
      return new Promise((resolve) => state.drainedWaiters.push(resolve));
    },
    waiting: () => state.open,
    acknowledged: state.acknowledged,
    results: state.results,
    ackState: () => state.ackState,
    counts: state.counts,
    stop() {
      state.stopped = true;
      clearInterval(resendTimer);
      state.socket?.destroy();
    },
  };
}

/** One offered event; `settled` once, so that a late second PUBACK does not count it again. */
type Delivery = { readonly event: OutboxEvent; settled?: true; sentAt?: number };

type State = {
  readonly options: OutboxPosOptions;
  readonly queue: Delivery[];
  head: number;
  readonly again: Delivery[];
  /** Every message id ever used and not yet reused: a PUBACK may be late by many packets. */
  readonly byMessageId: Map<number, Delivery>;
  readonly inFlight: Set<Delivery>;
  readonly acknowledged: Map<string, Acknowledgement>;
  readonly results: Map<string, string[]>;
  readonly counts: OutboxCounts;
  readonly drainedWaiters: (() => void)[];
  ackState: string | undefined;
  socket: Socket | undefined;
  ready: boolean;
  stopped: boolean;
  pumpScheduled: boolean;
  nextMessageId: number;
  open: number;
  lastHeard: number;
};

const RECONNECT_MS = 50;

function newState(options: OutboxPosOptions): State {
  return {
    options,
    queue: [],
    head: 0,
    again: [],
    byMessageId: new Map(),
    inFlight: new Set(),
    acknowledged: new Map(),
    results: new Map(),
    counts: { sent: 0, resent: 0, pubacks: 0, results: 0, connects: 0, timeouts: 0 },
    drainedWaiters: [],
    ackState: undefined,
    socket: undefined,
    ready: false,
    stopped: false,
    pumpScheduled: false,
    nextMessageId: 1,
    open: 0,
    lastHeard: 0,
  };
}

function connect(state: State): void {
  if (state.stopped) return;
  const { options } = state;
  const socket = createConnection({ port: options.port(), host: '127.0.0.1', noDelay: true });
  const reader = parser({ protocolVersion: 4 });
  state.socket = socket;
  state.lastHeard = performance.now();
  reader.on('packet', (packet) => receive(packet, socket, state));
  reader.on('error', () => socket.destroy());
  socket.once('connect', () => {
    socket.write(
      generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: options.cleanSession ?? true,
        clientId: `outbox-${options.terminal}`,
        keepalive: 30,
        username: options.username,
        password: Buffer.from(options.password),
      }),
    );
  });
  socket.on('data', (chunk) => {
    state.lastHeard = performance.now();
    reader.parse(chunk);
  });
  socket.on('error', () => {}); // 'close' follows and reconnects
  socket.once('close', () => {
    state.ready = false;
    for (const delivery of state.inFlight) state.again.push(delivery);
    state.inFlight.clear();
    if (!state.stopped) setTimeout(() => connect(state), RECONNECT_MS).unref();
  });
}

function receive(packet: Packet, socket: Socket, state: State): void {
  if (socket !== state.socket) return;
  if (packet.cmd === 'connack') {
    if (packet.returnCode !== 0) {
      socket.destroy();
      return;
    }
    state.counts.connects += 1;
    state.ready = true;
    subscribe(socket, state);
    schedulePump(state);
  } else if (packet.cmd === 'puback') {
    state.counts.pubacks += 1;
    const delivery = state.byMessageId.get(packet.messageId ?? 0);
    if (delivery === undefined || state.options.settledBy !== 'puback') return;
    acknowledge(delivery.event.id, 'puback', state);
    settle(delivery, state);
  } else if (packet.cmd === 'publish') {
    if (packet.qos === 1 && packet.messageId !== undefined) {
      socket.write(generate({ cmd: 'puback', messageId: packet.messageId }));
    }
    hear(packet, state);
  }
}

function subscribe(socket: Socket, state: State): void {
  const root = topicRoot(state);
  const subscriptions = [
    { topic: `${root}/result`, qos: 1 as const },
    { topic: `${root}/ack`, qos: 1 as const },
  ];
  socket.write(generate({ cmd: 'subscribe', messageId: takeMessageId(state), subscriptions }));
}

/** A message on `result` or `ack`. */
function hear(packet: IPublishPacket, state: State): void {
  const text = packet.payload.toString();
  if (packet.topic.endsWith('/ack')) {
    state.ackState = text;
    return;
  }
  const result = JSON.parse(text) as { eventId?: unknown; status?: unknown };
  if (typeof result.eventId !== 'string' || typeof result.status !== 'string') return;
  state.counts.results += 1;
  const seen = state.results.get(result.eventId);
  if (seen === undefined) state.results.set(result.eventId, [result.status]);
  else seen.push(result.status);
  acknowledge(result.eventId, 'result', state);
  if (state.options.settledBy !== 'result') return;
  for (const delivery of [...state.inFlight]) {
    if (delivery.event.id === result.eventId) settle(delivery, state);
  }
}

function acknowledge(id: string, by: Acknowledgement['by'], state: State): void {
  if (!state.acknowledged.has(id)) state.acknowledged.set(id, { at: performance.now(), by });
}

function settle(delivery: Delivery, state: State): void {
  state.inFlight.delete(delivery);
  if (delivery.settled === true) return;
  delivery.settled = true;
  state.open -= 1;
  if (state.open === 0) for (const wake of state.drainedWaiters.splice(0)) wake();
  else schedulePump(state);
}

/** One pump per turn of the event loop: many acknowledgements arrive in one read. */
function schedulePump(state: State): void {
  if (state.pumpScheduled) return;
  state.pumpScheduled = true;
  setImmediate(() => {
    state.pumpScheduled = false;
    pump(state);
  });
}

function pump(state: State): void {
  const { socket } = state;
  if (socket === undefined || !state.ready || !socket.writable) return;
  const bytes: Buffer[] = [];
  while (state.inFlight.size < state.options.inFlight) {
    const delivery = state.again.pop() ?? state.queue[state.head];
    if (delivery === undefined) break;
    if (delivery === state.queue[state.head]) state.head += 1;
    if (delivery.settled !== true) bytes.push(encode(delivery, state));
  }
  if (bytes.length > 0) socket.write(Buffer.concat(bytes));
}

function encode(delivery: Delivery, state: State): Buffer {
  const again = delivery.sentAt !== undefined;
  if (again) state.counts.resent += 1;
  else state.counts.sent += 1;
  const messageId = takeMessageId(state);
  delivery.sentAt = performance.now();
  state.inFlight.add(delivery);
  state.byMessageId.set(messageId, delivery);
  return generate({
    cmd: 'publish',
    topic: `${topicRoot(state)}/event`,
    payload: delivery.event.body,
    qos: 1,
    dup: again,
    retain: false,
    messageId,
  });
}

/** Ids go round through all 65,535, so that a doubled PUBACK never meets a fresh message. */
function takeMessageId(state: State): number {
  const messageId = state.nextMessageId;
  state.nextMessageId = messageId === 65_535 ? 1 : messageId + 1;
  return messageId;
}

function resendLate(state: State): void {
  const now = performance.now();
  const limit = state.options.resendAfterMs;
  if (state.inFlight.size > 0 && now - state.lastHeard > 2 * limit) {
    state.socket?.destroy(); // nothing comes back at all: a dead or half-open connection
    return;
  }
  for (const delivery of state.inFlight) {
    if (now - (delivery.sentAt ?? now) < limit) continue;
    state.counts.timeouts += 1;
    state.inFlight.delete(delivery);
    state.again.push(delivery);
  }
  schedulePump(state);
}

function topicRoot(state: State): string {
  return `larder/v1/${state.options.store}/pos/${state.options.terminal}`;
}
