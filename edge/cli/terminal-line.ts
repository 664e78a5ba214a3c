/** Speaks to the box as a POS terminal does: over MQTT, with that terminal's own password. */
import { randomBytes } from 'node:crypto';
import type { EventResult } from '#recipes/contracts/pos-event.ts';
import {
  type MqttAddress,
  type MqttLink,
  type MqttLinkOptions,
  openMqttLink,
  openMqttOnce,
} from '../runtime/mqtt-client.ts';
import { Stop } from './fail.ts';
import { type RunningBox, readRunning } from './place.ts';

export type TerminalLine = {
  /** Publishes bytes as an event; resolves at the acknowledgement. */
  publish(body: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
};

export type TerminalEvents = {
  readonly onResult: (result: EventResult) => void;
  readonly onUp?: () => void;
  readonly onDown?: (why: Error, refused: boolean) => void;
};

const RESULT_WITHIN_MS = 10_000;

/** Sends one event and waits for its result. @throws Stop in words when it does not get there */
export async function sendEvent(
  box: RunningBox,
  terminal: string,
  event: { readonly id: string },
): Promise<{ readonly result: EventResult; readonly ms: number }> {
  let heard: (result: EventResult) => void = () => undefined;
  const result = new Promise<EventResult>((resolve) => {
    heard = resolve;
  });
  const onResult = (one: EventResult) => {
    if (one.eventId === event.id) heard(one);
  };
  const link = await openMqttOnce(linkOptions(box, terminal, { onResult })).catch(
    (error: unknown) => {
      throw cannotConnect(box, terminal, error);
    },
  );
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(noResult(event.id)), RESULT_WITHIN_MS);
  });
  try {
    const publish = link.publish({
      topic: topicOf(box, terminal, 'event'),
      payload: JSON.stringify(event),
    });
    const [answer] = await Promise.race([Promise.all([result, publish]), late]);
    return { result: answer, ms: performance.now() - started };
  } finally {
    clearTimeout(timer);
    await link.close();
  }
}

/** A line that comes back by itself, also when the box listens on another port afterwards. */
export function openTerminalLine(
  box: RunningBox,
  terminal: string,
  events: TerminalEvents,
): TerminalLine {
  const link: MqttLink = openMqttLink({
    ...linkOptions(box, terminal, events),
    ...(events.onUp ? { onUp: events.onUp } : {}),
    ...(events.onDown ? { onDown: events.onDown } : {}),
  });
  const topic = topicOf(box, terminal, 'event');
  return {
    publish: (body) => link.publish({ topic, payload: body }),
    close: () => link.close(),
  };
}

/** User name and password of a terminal. @throws Stop `unknown_terminal` */
export function accountOf(
  box: RunningBox,
  terminal: string,
): { username: string; password: string } {
  const account = box.secrets.posTerminals[terminal];
  if (account) return account;
  const known = Object.keys(box.secrets.posTerminals).join(', ');
  throw new Stop(
    'unknown_terminal',
    {
      en: `terminal "${terminal}" is not set up; there are: ${known}`,
      zh: `终端“${terminal}”尚未设置;现有:${known}`,
    },
    {
      remedy: { en: `larder terminal add ${terminal}`, zh: `larder terminal add ${terminal}` },
      exit: 2,
    },
  );
}

/** Where a terminal connects now. */
export function addressOf(box: RunningBox): MqttAddress {
  const { mqttHost: host, mqttPort: port } = readRunning(box.data) ?? box;
  // A box that listens on every address is reached on this machine's own.
  return { host: host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host, port };
}

/** A topic of this terminal. */
export function topicOf(box: RunningBox, terminal: string, kind: 'event' | 'result'): string {
  return `larder/v1/${box.store}/pos/${terminal}/${kind}`;
}

/** A new event id of the tool. */
export function newId(): string {
  return `cli-${Date.now().toString(36)}-${randomBytes(4).toString('hex')}`;
}

function linkOptions(
  box: RunningBox,
  terminal: string,
  events: TerminalEvents,
): Omit<MqttLinkOptions, 'onUp' | 'retryMs' | 'onDown'> {
  return {
    clientId: `larder-cli-${terminal}-${randomBytes(4).toString('hex')}`,
    where: () => addressOf(box),
    ...accountOf(box, terminal),
    subscribe: [topicOf(box, terminal, 'result')],
    onMessage(_topic, payload) {
      const result = JSON.parse(Buffer.from(payload).toString('utf8')) as EventResult;
      events.onResult(result);
    },
  };
}

/** What to say when the broker cannot be reached or refuses. */
export function cannotConnect(box: RunningBox, terminal: string, error: unknown): Stop {
  if (error instanceof Stop) return error;
  const { host, port } = addressOf(box);
  const why =
    error instanceof Error
      ? error.message || String((error as { code?: unknown }).code)
      : String(error);
  return new Stop(
    'no_broker',
    {
      en: `cannot connect to MQTT at ${host}:${port} as ${terminal}: ${why}`,
      zh: `无法以 ${terminal} 连接 MQTT ${host}:${port}:${why}`,
    },
    {
      remedy: {
        en: 'larder doctor says what is wrong with the broker',
        zh: '运行 larder doctor 查看原因',
      },
    },
  );
}

function noResult(id: string): Stop {
  return new Stop('no_result', {
    en: `${id} was sent, but no result came within ${RESULT_WITHIN_MS / 1000} s; send it again with --id ${id}`,
    zh: `${id} 已发送,但 ${RESULT_WITHIN_MS / 1000} 秒内没有结果;可用 --id ${id} 重发`,
  });
}
