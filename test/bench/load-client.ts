/**
 * The load generator, in a process of its own: raw MQTT over one socket without Nagle, a fixed number
 * of sales in flight, the time from PUBLISH to PUBACK of each. Prints one JSON line.
 *
 * `node load-client.ts PORT USER PASSWORD LOAD COUNT IN_FLIGHT PREFIX [RATE]`
 */
import { connect } from 'node:net';
import { generate, type Packet, parser } from 'mqtt-packet';
import { type Load, saleBody } from './kitchen.ts';

const [port, username, password, load, countText, flightText, prefix, rateText] =
  process.argv.slice(2);
const count = Number(countText);
const inFlightMax = Number(flightText);
const rate = Number(rateText ?? 0);
/** Made before the clock starts: the generator shares the machine with what it measures. */
const packets = Array.from({ length: count }, (_, n) =>
  generate({
    cmd: 'publish',
    topic: 'larder/v1/demo/pos/T1/event',
    payload: Buffer.from(saleBody(load as Load, n, prefix ?? 'b')),
    qos: 1,
    messageId: messageIdOf(n),
    dup: false,
    retain: false,
  }),
);
const latencies = new Float64Array(count);
const sentAt = new Map<number, { at: number; n: number }>();
const socket = connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
const parse = parser();
let next = 0;
let acknowledged = 0;
let results = 0;
let startedAt = 0;

socket.on('data', (chunk) => parse.parse(chunk));
socket.on('connect', () => {
  write({
    cmd: 'connect',
    clientId: `bench-${process.pid}`,
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    keepalive: 0,
    username,
    password: Buffer.from(password ?? ''),
  } as Packet);
});
parse.on('packet', (packet) => {
  if (packet.cmd === 'connack') {
    const topic = 'larder/v1/demo/pos/T1/result';
    write({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 0 }] } as Packet);
  } else if (packet.cmd === 'suback') {
    startedAt = performance.now();
    pump();
  } else if (packet.cmd === 'publish') {
    results++;
    finish();
  } else if (packet.cmd === 'puback') {
    const sent = sentAt.get(packet.messageId ?? 0);
    if (sent) latencies[sent.n] = performance.now() - sent.at;
    sentAt.delete(packet.messageId ?? 0);
    acknowledged++;
    pump();
    finish();
  }
});

function messageIdOf(n: number): number {
  return (n % 60_000) + 2;
}

function write(packet: Packet): void {
  socket.write(generate(packet));
}

function pump(): void {
  socket.cork();
  while (next < count && sentAt.size < inFlightMax) {
    if (rate > 0) {
      const due = startedAt + (next * 1_000) / rate;
      if (performance.now() < due) {
        setTimeout(pump, Math.max(0, due - performance.now()));
        break;
      }
    }
    const n = next++;
    sentAt.set(messageIdOf(n), { at: performance.now(), n });
    socket.write(packets[n] ?? '');
  }
  socket.uncork();
}

function finish(): void {
  if (acknowledged < count || results < count) return;
  const seconds = (performance.now() - startedAt) / 1_000;
  const sorted = latencies.toSorted();
  const at = (share: number) => sorted[Math.min(count - 1, Math.floor(count * share))];
  process.stdout.write(
    `${JSON.stringify({ count, perSecond: count / seconds, p50: at(0.5), p99: at(0.99), results })}\n`,
  );
  socket.destroy();
}
