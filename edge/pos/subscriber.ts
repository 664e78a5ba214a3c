/**
 * Somebody else's broker (Mosquitto and others). Its PUBACK to the POS says nothing about our disk,
 * so the POS trusts the `result` and `ack` topics; ours to the broker is sent only after the commit,
 * because mqtt.js acknowledges when `handleMessage` calls back.
 */
import mqtt from 'mqtt';
import type { Log } from '../runtime/log.ts';
import type { Bus, BusHandlers } from './bus.ts';
import type { Topics } from './topics.ts';

export type SubscriberParts = {
  /** `mqtt://` or `mqtts://`, user and password in it or beside it. */
  readonly url: string;
  readonly store: string;
  readonly session: string;
  readonly topics: Topics;
  readonly handlers: BusHandlers;
  readonly log: Log;
};

export function startSubscriber(parts: SubscriberParts): Promise<Bus> {
  const { topics, handlers, log } = parts;
  const url = new URL(parts.url);
  const status = (state: string) => JSON.stringify({ state, session: parts.session });
  const client = mqtt.connect(parts.url, {
    // The same id and no clean session: what is published while the box is away waits for it.
    clientId: `larder-${parts.store}`,
    clean: false,
    protocolVersion: 4,
    reconnectPeriod: 1_000,
    resubscribe: true,
    will: { topic: topics.edgeStatus, payload: Buffer.from(status('lost')), qos: 1, retain: true },
  });
  client.handleMessage = (packet, done) => {
    const target = topics.read(packet.topic);
    let tell = (): void => undefined;
    const body = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    if (packet.topic === topics.edgeStatus) {
      rebirthAfterStaleWill(body);
    } else if (target?.kind === 'status') {
      handlers.terminalStatus(target.terminal, body);
    } else if (target?.kind === 'event') {
      try {
        tell = handlers.receive([{ terminal: target.terminal, body }]);
      } catch (error) {
        log.error({ err: error }, 'could not store: not acknowledged, reconnecting');
        // Without an acknowledgement the broker sends it again, but only on a new connection.
        client.reconnect();
        return;
      }
    }
    done();
    tell();
  };

  /** The will of our former connection can arrive after our birth: say again that we are here. */
  function rebirthAfterStaleWill(body: Uint8Array): void {
    const text = Buffer.from(body).toString('utf8');
    if (text !== status('ready') && client.connected) publishBirth();
  }

  function publishBirth(): void {
    client.publish(topics.edgeStatus, status('ready'), { qos: 1, retain: true });
  }

  client.on('connect', () => {
    client.stream.once('error', () => undefined);
    const socket = client.stream as { setNoDelay?: (on: boolean) => void };
    socket.setNoDelay?.(true);
    const filters = [
      `${topics.root}/pos/+/event`,
      `${topics.root}/pos/+/status`,
      topics.edgeStatus,
    ];
    client.subscribe(filters, { qos: 1 }, (error) => {
      if (error) log.error({ err: error }, 'the broker refused our subscriptions: check its ACL');
      else publishBirth();
    });
  });
  client.on('error', (error) => log.error({ err: error }, 'broker connection'));
  client.on('close', () => log.warn('broker connection closed'));
  const port = Number(url.port) || (url.protocol === 'mqtts:' ? 8883 : 1883);
  const bus: Bus = {
    address: { host: url.hostname, port },
    connected: () => client.connected,
    publish: ({ topic, payload, retain }) => {
      client.publish(topic, payload, { qos: 1, retain }, (error) => {
        if (error) log.warn({ err: error, topic }, 'could not publish');
      });
    },
    async close() {
      if (client.connected) {
        await client.publishAsync(topics.edgeStatus, status('lost'), { qos: 1, retain: true });
      }
      await client.endAsync();
    },
  };
  // Not waited for: a box starts, and serves its pages, while the broker is away.
  return Promise.resolve(bus);
}
