/** A till's line to the box: every event numbered, on the till's disk, then sent until acknowledged. */
import type { Topics } from '../pos/topics.ts';
import { type MqttAddress, openMqttLink } from '../runtime/mqtt-client.ts';
import { type Ports, randomHex } from '../runtime/ports.ts';
import { type Envelope, type TillState, writeTill } from './till-state.ts';

export type TillParts = {
  readonly terminal: string;
  readonly store: string;
  readonly topics: Topics;
  readonly address: MqttAddress;
  readonly account: { readonly username: string; readonly password: string };
  /** Where it keeps its state. */
  readonly file: string;
  /** Business day of an instant, YYYY-MM-DD. */
  readonly dayOf: (at: number) => string;
  readonly ports: Ports;
};

export type TillLine = {
  /** @returns the id of the event, which `data` is told, too */
  emit(type: string, data: (id: string) => unknown): string;
  /** Events that the box has not acknowledged. */
  waiting(): number;
  close(): Promise<void>;
};

export function openTillLine(parts: TillParts, state: TillState): TillLine {
  const { terminal, topics, ports } = parts;
  const session = randomHex(ports, 4);
  const status = (word: 'ready' | 'lost') => ({
    topic: topics.status(terminal),
    payload: JSON.stringify({ state: word, session }),
    retain: true,
  });
  const link = openMqttLink({
    clientId: `till-${terminal}`,
    where: () => parts.address,
    ...parts.account,
    subscribe: [topics.result(terminal), topics.ack(terminal)],
    will: status('lost'),
    onMessage(topic, payload) {
      if (topic !== topics.result(terminal)) return;
      const { eventId } = JSON.parse(Buffer.from(payload).toString('utf8')) as { eventId: string };
      if (!eventId.startsWith(`${terminal}-${state.epoch}-`)) state.shared = true;
    },
    onUp() {
      link.publish(status('ready')).catch(ignore);
      for (const event of state.outbox) send(event);
    },
  });

  function send(event: Envelope): void {
    const message = { topic: topics.event(terminal), payload: JSON.stringify(event) };
    link.publish(message).then(() => {
      const at = state.outbox.findIndex((one) => one.id === event.id);
      if (at >= 0) state.outbox.splice(at, 1);
    }, ignore);
  }

  function emit(type: string, data: (id: string) => unknown): string {
    state.sequence++;
    const id = `${terminal}-${state.epoch}-${String(state.sequence).padStart(6, '0')}`;
    const event: Envelope = {
      specversion: '1.0',
      id,
      source: `/stores/${parts.store}/pos/${terminal}`,
      type,
      time: new Date(ports.now()).toISOString(),
      datacontenttype: 'application/json',
      sequence: String(state.sequence),
      epoch: state.epoch,
      data: data(id),
    };
    state.outbox.push(event);
    writeTill(parts.file, state);
    if (link.isUp()) send(event);
    return id;
  }

  return {
    emit,
    waiting: () => state.outbox.length,
    async close() {
      if (link.isUp()) await link.publish(status('lost')).catch(ignore);
      await link.close();
      writeTill(parts.file, state);
    },
  };
}

/** What was not acknowledged stays in the outbox; nobody else has to know. */
function ignore(): void {}
