/** Reads one setting from its text; what is wrong with it is thrown in words that name the remedy. */
import { nearest } from '#recipes/nearest.ts';
import { dayStartMinutes } from '#recipes/time/business-day.ts';
import { readPrinters } from './print/printer-list.ts';
import { LOG_LEVELS } from './runtime/log.ts';

/** Who starts the bridge to head office. */
export const BRIDGE_STARTS = ['box', 'external'] as const;
export type BridgeStart = (typeof BRIDGE_STARTS)[number];

/** @throws Error that says what is wrong with the text */
export function readBridge(text: string): BridgeStart {
  const start = BRIDGE_STARTS.find((known) => known === text);
  if (start !== undefined) return start;
  throw new Error(
    `"${text}" starts no bridge: box (the box itself) or external (systemd, compose)`,
  );
}

/** Any text. */
export function readAny(text: string): string {
  return text;
}

/** @throws Error that says what is wrong with the text */
export function readText(text: string): string {
  if (text === '') throw new Error('must not be empty');
  return text;
}

/** @throws Error that says what is wrong with the text */
export function readStore(text: string): string {
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(text)) {
    throw new Error(`"${text}" is no store id: 1 to 64 of A-Z a-z 0-9 . _ -`);
  }
  return text;
}

/** @throws Error that says what is wrong with the text */
export function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`"${text}" is no port: 0 to 65535`);
  }
  return port;
}

/** @throws Error that says what is wrong with the text */
export function readBroker(text: string): string {
  if (text !== '' && !/^mqtts?:\/\/./.test(text)) {
    throw new Error(`"${text}" is no broker address: mqtt://HOST:PORT or mqtts://HOST:PORT`);
  }
  return text;
}

/** @throws Error that says what is wrong with the text */
export function readMail(text: string): string {
  if (text !== '' && !/^smtps?:\/\/./.test(text)) {
    throw new Error(`"${text.replace(/:[^:@/]*@/, ':***@')}" is no mail server: smtp://HOST:PORT`);
  }
  return text;
}

/** @throws Error that says what is wrong with the text */
export function readHttpUrl(text: string): string {
  if (text !== '' && !URL.canParse(text)) throw new Error(`"${text}" is no address: https://HOST`);
  return text;
}

/** @throws Error that says what is wrong with the text */
export function readZone(text: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
  } catch {
    const near = nearest(text, Intl.supportedValuesOf('timeZone'));
    throw new Error(`"${text}" is no time zone${near ? `; did you mean "${near}"?` : ''}`);
  }
  return text;
}

/** @throws Error that says what is wrong with the text */
export function readDayStart(text: string): string {
  dayStartMinutes(text);
  return text;
}

/** @throws Error that says what is wrong with the text */
export function readLevel(text: string): string {
  if (!(LOG_LEVELS as readonly string[]).includes(text)) {
    throw new Error(`"${text}" is no log level: ${LOG_LEVELS.join(', ')}`);
  }
  return text;
}

/** @throws Error that says what is wrong with the text */
export function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds < 0)
    throw new Error(`"${text}" is no number of seconds`);
  return seconds;
}

/** @throws Error that says what is wrong with the text */
export function readPrinterList(text: string): string {
  readPrinters(text);
  return text;
}
