/**
 * One MQTT connection that keeps itself up, for programs that speak to a broker as a client. What is
 * in flight when a connection ends is not sent again here: the promise of each publish is rejected,
 * and whoever holds the messages sends them again in its own order.
 *
 * The address is asked for before each connection, because a program that comes back may listen
 * elsewhere.
 */
import mqtt from 'mqtt';

export type MqttAddress = {
  readonly host: string;
  readonly port: number;
  /** Default `mqtt`. */
  readonly protocol?: 'mqtt' | 'mqtts';
};

export type MqttMessage = {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly retain?: boolean;
};

export type MqttLinkOptions = {
  readonly clientId: string;
  readonly where: () => MqttAddress;
  readonly username: string;
  readonly password: string;
  /** Topic filters that are subscribed to before `onUp`. */
  readonly subscribe: readonly string[];
  readonly will?: MqttMessage;
  readonly onMessage?: (topic: string, payload: Uint8Array) => void;
  /** Connected and subscribed; may be called many times. */
  readonly onUp?: () => void;
  /** The connection ended or could not be made; `refused` = the broker does not want us. */
  readonly onDown?: (why: Error, refused: boolean) => void;
  /** Milliseconds between attempts; 0 = one attempt only. Default 500. */
  readonly retryMs?: number;
};

export type MqttLink = {
  /** Resolves at the broker's acknowledgement. @throws when the connection ends before it */
  publish(message: MqttMessage): Promise<void>;
  isUp(): boolean;
  close(): Promise<void>;
};

const CONNECT_WITHIN_MS = 5_000;

/** Starts to connect at once. */
export function openMqttLink(options: MqttLinkOptions): MqttLink {
  const retryMs = options.retryMs ?? 500;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;
  let connection = connect();

  function connect(): Connection {
    return openConnection(options, (why, refused) => {
      if (closed) return;
      options.onDown?.(why, refused);
      if (retryMs === 0) return;
      retry = setTimeout(() => {
        if (!closed) connection = connect();
      }, retryMs);
    });
  }

  return {
    publish: (message) => connection.publish(message),
    isUp: () => connection.isUp(),
    async close() {
      closed = true;
      clearTimeout(retry);
      await connection.close();
    },
  };
}

/** Resolves when the link is up. @throws the reason when the one attempt fails */
export function openMqttOnce(
  options: Omit<MqttLinkOptions, 'onUp' | 'retryMs'>,
): Promise<MqttLink> {
  return new Promise((resolve, reject) => {
    const link = openMqttLink({
      ...options,
      retryMs: 0,
      onUp: () => resolve(link),
      onDown(why, refused) {
        options.onDown?.(why, refused);
        reject(why);
      },
    });
  });
}

type Connection = {
  publish(message: MqttMessage): Promise<void>;
  isUp(): boolean;
  close(): Promise<void>;
};

/** MQTT 3.1.1 return codes that say "not you". */
const REFUSED = new Set([2, 4, 5]);

function openConnection(
  options: MqttLinkOptions,
  down: (why: Error, refused: boolean) => void,
): Connection {
  const { host, port, protocol = 'mqtt' } = options.where();
  const waiting = new Set<(why: Error) => void>();
  let up = false;
  let last: Error | undefined;
  const client = mqtt.connect({
    protocol,
    host,
    port,
    clientId: options.clientId,
    username: options.username,
    password: options.password,
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: CONNECT_WITHIN_MS,
    ...(options.will ? { will: willOf(options.will) } : {}),
  });

  client.on('connect', () => {
    const socket = client.stream as { setNoDelay?: (on: boolean) => void };
    // Without this a small packet waits for the acknowledgement of the one before (Nagle).
    socket.setNoDelay?.(true);
    if (options.subscribe.length === 0) return ready();
    client.subscribe([...options.subscribe], { qos: 1 }, (error, granted) => {
      const denied = granted?.find((one) => one.qos === 128);
      if (error || denied) {
        last = error ?? new Error(`may not subscribe to ${denied?.topic ?? ''}`);
        client.end(true);
      } else ready();
    });
  });
  client.on('message', (topic, payload) => options.onMessage?.(topic, payload));
  client.on('error', (error) => {
    last = error;
    client.end(true);
  });
  client.once('close', () => {
    up = false;
    const why = last ?? new Error('the connection was closed');
    for (const reject of waiting) reject(why);
    waiting.clear();
    down(why, REFUSED.has(Number((why as { code?: unknown }).code)));
  });

  function ready(): void {
    up = true;
    options.onUp?.();
  }

  return {
    isUp: () => up,
    publish(message) {
      if (!up) return Promise.reject(new Error('not connected'));
      return new Promise((resolve, reject) => {
        waiting.add(reject);
        const payload = Buffer.from(message.payload);
        const retain = message.retain ?? false;
        client.publish(message.topic, payload, { qos: 1, retain }, (error) => {
          waiting.delete(reject);
          if (error) reject(error);
          else resolve();
        });
      });
    },
    close: () => client.endAsync(!up),
  };
}

function willOf({ topic, payload, retain }: MqttMessage) {
  return { topic, payload: Buffer.from(payload), qos: 1 as const, retain: retain ?? true };
}
