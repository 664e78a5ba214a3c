/**
 * Settings of the box: flag, environment, `larder.yaml`, default, in this order. Each is declared
 * once below; environment name, file key, default and help all come from there. Every mistake is
 * reported at once, with its place and the nearest valid key.
 */

import { parseDocument } from 'yaml';
import { nearest } from '#recipes/nearest.ts';
import {
  BRIDGE_STARTS,
  type BridgeStart,
  readAny,
  readBridge,
  readBroker,
  readDayStart,
  readHttpUrl,
  readLevel,
  readMail,
  readPort,
  readPrinterList,
  readSeconds,
  readStore,
  readText,
  readZone,
} from './config-values.ts';
import { printersText } from './print/printer-list.ts';
import { LOG_LEVELS, type LogLevel } from './runtime/log.ts';

export type Config = {
  readonly data: string;
  readonly store: string;
  readonly httpHost: string;
  readonly httpPort: number;
  readonly mqttHost: string;
  readonly mqttPort: number;
  /** Empty = the embedded broker. */
  readonly mqttUrl: string;
  readonly timezone: string;
  readonly dayStart: string;
  readonly hqUrl: string;
  /** Of this store, from head office; empty = none is sent. */
  readonly hqToken: string;
  /** Who starts the bridge: the box itself, or something else (systemd, compose). */
  readonly bridge: BridgeStart;
  readonly logLevel: LogLevel;
  /** After how many seconds from firing a voided dish counts as made. */
  readonly madeAfterS: number;
  /** Access token of the Square API, to fetch the lines of an order; empty = nothing is fetched. */
  readonly squareToken: string;
  readonly squareUrl: string;
  /** Signature key of the Square subscription and its URL as in the dashboard; empty = not checked. */
  readonly squareSignatureKey: string;
  readonly squareNotificationUrl: string;
  /** PEM public key of the Freemud platform; empty = signatures are not checked. */
  readonly freemudPublicKey: string;
  /** Mail server for orders (`smtp://USER:PASSWORD@HOST:PORT`) and who writes; empty = no e-mail. */
  readonly mailUrl: string;
  readonly mailFrom: string;
  /** `whsec_…` that signs orders by webhook, and what signs those to DingTalk or Feishu robots. */
  readonly webhookSecret: string;
  readonly robotSecret: string;
  /** Printers as `print/printer-list` reads them; empty = those of the page only. */
  readonly printers: string;
  /** Settings that a flag, the environment or the file decides, by name, and where: the page cannot. */
  readonly decided: Readonly<Partial<Record<string, string>>>;
};

export type Setting = {
  readonly name: Exclude<keyof Config, 'decided'>;
  readonly env: string;
  /** Path in `larder.yaml`. */
  readonly key: string;
  readonly fallback: string;
  readonly what: string;
  /** @throws Error that says what is wrong with the text */
  readonly read: (text: string) => string | number;
};

export const SETTINGS: readonly Setting[] = [
  setting(
    'data',
    'LARDER_DATA',
    'data',
    './data',
    'everything the box keeps; created 0700',
    readText,
  ),
  setting('store', 'LARDER_STORE', 'store', 'demo', 'store id, part of every topic', readStore),
  setting('httpHost', 'LARDER_HTTP_HOST', 'http.host', '127.0.0.1', 'pages and API', readText),
  setting('httpPort', 'LARDER_HTTP_PORT', 'http.port', '8080', '0 = any free port', readPort),
  setting('mqttHost', 'LARDER_MQTT_HOST', 'mqtt.host', '127.0.0.1', 'embedded broker', readText),
  setting('mqttPort', 'LARDER_MQTT_PORT', 'mqtt.port', '1883', '0 = any free port', readPort),
  setting(
    'mqttUrl',
    'LARDER_MQTT_URL',
    'mqtt.url',
    '',
    'set: this external broker instead',
    readBroker,
  ),
  setting('timezone', 'LARDER_TIMEZONE', 'timezone', 'Asia/Shanghai', 'IANA name', readZone),
  setting('dayStart', 'LARDER_DAY_START', 'dayStart', '04:00', 'business day, HH:MM', readDayStart),
  setting(
    'hqUrl',
    'LARDER_HQ_URL',
    'hq.url',
    '',
    'head office; empty = the bridge rests',
    readHttpUrl,
  ),
  setting('hqToken', 'LARDER_HQ_TOKEN', 'hq.token', '', "this store's token", readAny),
  setting('bridge', 'LARDER_BRIDGE', 'hq.bridge', 'box', BRIDGE_STARTS.join(', '), readBridge),
  setting('logLevel', 'LARDER_LOG_LEVEL', 'logLevel', 'info', LOG_LEVELS.join(', '), readLevel),
  setting(
    'madeAfterS',
    'LARDER_MADE_AFTER',
    'voidRule.madeAfter',
    '180',
    'seconds from firing',
    readSeconds,
  ),
  setting('squareToken', 'LARDER_SQUARE_TOKEN', 'square.token', '', 'Square API token', readAny),
  setting(
    'squareUrl',
    'LARDER_SQUARE_URL',
    'square.url',
    'https://connect.squareup.com',
    'Square API',
    readHttpUrl,
  ),
  setting(
    'squareSignatureKey',
    'LARDER_SQUARE_SIGNATURE_KEY',
    'square.signatureKey',
    '',
    'checks webhooks',
    readAny,
  ),
  setting(
    'squareNotificationUrl',
    'LARDER_SQUARE_NOTIFICATION_URL',
    'square.notificationUrl',
    '',
    'as in the dashboard',
    readHttpUrl,
  ),
  setting(
    'freemudPublicKey',
    'LARDER_FREEMUD_PUBLIC_KEY',
    'freemud.publicKey',
    '',
    'checks signatures',
    readAny,
  ),
  setting('mailUrl', 'LARDER_SMTP_URL', 'mail.url', '', 'smtp://USER:PASSWORD@HOST', readMail),
  setting('mailFrom', 'LARDER_MAIL_FROM', 'mail.from', '', 'who sends orders', readAny),
  setting(
    'webhookSecret',
    'LARDER_WEBHOOK_SECRET',
    'orders.webhookSecret',
    '',
    'whsec_…, signs orders',
    readAny,
  ),
  setting(
    'robotSecret',
    'LARDER_ROBOT_SECRET',
    'orders.robotSecret',
    '',
    'signs to chat robots',
    readAny,
  ),
  setting(
    'printers',
    'LARDER_PRINTERS',
    'printers',
    '',
    'NAME=tcp://HOST:9100?columns=48, …',
    readPrinterList,
  ),
];

export type ConfigSources = {
  readonly flags?: Readonly<Record<string, string | undefined>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Text of `larder.yaml`, if there is one. */
  readonly file?: string;
};

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config; readonly from: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly problems: readonly string[] };

export function loadConfig(sources: ConfigSources): LoadedConfig {
  const problems: string[] = [];
  const file = readFile(sources.file ?? '', problems);
  const values: Record<string, string | number> = {};
  const from: Record<string, string> = {};
  for (const { name, env, key, fallback, read } of SETTINGS) {
    const [text, origin] = pick([
      [sources.flags?.[name], `--${name}`],
      [sources.env[env], env],
      [file.get(key), `larder.yaml ${key}`],
      [fallback, 'default'],
    ]);
    from[name] = origin;
    try {
      values[name] = read(text);
    } catch (error) {
      problems.push(`${origin}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  const decided = Object.fromEntries(
    Object.entries(from).filter(([, origin]) => origin !== 'default'),
  );
  return { ok: true, config: { ...values, decided } as unknown as Config, from };
}

function setting(
  name: Setting['name'],
  env: string,
  key: string,
  fallback: string,
  what: string,
  read: Setting['read'],
): Setting {
  return { name, env, key, fallback, what, read };
}

/** The first text that is there; an empty environment variable counts as not set. */
function pick(
  candidates: readonly (readonly [string | undefined, string])[],
): readonly [string, string] {
  for (const [text, origin] of candidates) {
    if (text !== undefined && (text !== '' || origin === 'default')) return [text, origin];
  }
  return ['', 'default'];
}

/** The leaves of the file by their path; unknown keys are problems, not silence. */
function readFile(text: string, problems: string[]): Map<string, string> {
  const leaves = new Map<string, string>();
  const document = parseDocument(text);
  for (const error of document.errors) problems.push(`larder.yaml: ${error.message}`);
  if (document.errors.length > 0) return leaves;
  const keys = SETTINGS.map((s) => s.key);
  const walk = (value: unknown, path: string): void => {
    if (path === 'printers') {
      leaves.set(path, printersOf(value, problems));
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
    } else if (keys.includes(path)) {
      leaves.set(path, String(value));
    } else if (path !== '') {
      const near = nearest(path, keys);
      problems.push(`larder.yaml: unknown key "${path}"${near ? `; did you mean "${near}"?` : ''}`);
    }
  };
  walk(document.toJS() ?? {}, '');
  return leaves;
}

function printersOf(value: unknown, problems: string[]): string {
  try {
    return printersText(value);
  } catch (error) {
    problems.push(`larder.yaml printers: ${error instanceof Error ? error.message : error}`);
    return '';
  }
}
