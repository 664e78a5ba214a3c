/**
 * Printers of the configuration: `LARDER_PRINTERS="kitchen=tcp://192.168.1.50:9100?columns=48&chinese=gb18030,bar=virtual:bar"`,
 * or in `larder.yaml` the same text, or `printers: { kitchen: { url: …, columns: 48, uses: [order] } }`.
 */
import { PRINT_USES, type PrintUse } from '#recipes/contracts/print-command.ts';
import { nearest } from '#recipes/nearest.ts';
import type { Printer } from './printer.ts';
import { PRINTER_NAME, readPrinterUrl } from './printer-url.ts';

const OPTIONS = ['columns', 'chinese', 'uses'] as const;

/** @throws Error that names the printer and what is wrong with it */
export function readPrinters(text: string): readonly Printer[] {
  const printers = text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(readOne);
  const names = printers.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new Error(`printer "${twice}" is named twice`);
  return printers;
}

/**
 * The value of `printers:` in `larder.yaml` as the text above.
 * @throws Error that names the printer and what is wrong with it
 */
export function printersText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('printers are written as NAME: { url: … }');
  }
  return Object.entries(value)
    .map(([name, said]) => `${name}=${urlText(name, said)}`)
    .join(',');
}

function urlText(name: string, said: unknown): string {
  if (typeof said === 'string') return said;
  const { url, ...options } = (said ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof url !== 'string') throw new Error(`printer "${name}" needs a url: tcp://HOST:9100`);
  const text = Object.entries(options)
    .map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('+') : String(value)}`)
    .join('&');
  return text === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${text}`;
}

function readOne(text: string): Printer {
  const [, name = '', address = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (!PRINTER_NAME.test(name)) {
    throw new Error(`"${text}" is no NAME=ADDRESS; a name is 1 to 32 of A-Z a-z 0-9 _ -`);
  }
  const [url = '', query = ''] = address.split('?', 2);
  const options = new Map<string, string>();
  const kept: string[] = [];
  for (const pair of query.split('&').filter((one) => one !== '')) {
    const [key = '', value = ''] = pair.split('=', 2);
    // The speed of a serial line belongs to its address.
    if (key === 'baud') kept.push(pair);
    else if ((OPTIONS as readonly string[]).includes(key)) options.set(key, value);
    else throw new Error(unknownOption(name, key));
  }
  const whole = kept.length === 0 ? url : `${url}?${kept.join('&')}`;
  const read = readPrinterUrl(whole, 'configuration');
  if (!read.ok) throw new Error(`printer "${name}": ${read.why}`);
  return {
    name,
    url: whole,
    columns:
      oneOf(name, 'columns', options.get('columns') ?? '48', ['48', '32']) === '48' ? 48 : 32,
    chinese: oneOf(name, 'chinese', options.get('chinese') ?? 'gb18030', ['gb18030', 'image']),
    uses: usesOf(name, options.get('uses') ?? ''),
  };
}

function usesOf(name: string, text: string): readonly PrintUse[] {
  const uses = text.split('+').filter((one) => one !== '');
  return uses.map((use) => oneOf(name, 'uses', use, PRINT_USES));
}

function oneOf<T extends string>(name: string, key: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found === undefined) {
    throw new Error(`printer "${name}": ${key} "${value}" is none of ${known.join(', ')}`);
  }
  return found;
}

function unknownOption(name: string, key: string): string {
  const near = nearest(key, OPTIONS);
  return `printer "${name}": unknown option "${key}"${near ? `; did you mean "${near}"?` : ''}`;
}
