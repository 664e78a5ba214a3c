import type { PrinterSetup } from './printer-types.ts';

/** How a printer is connected: the first word of its address. */
export type PrinterKind = 'tcp' | 'file' | 'serial' | 'virtual';
export const PRINTER_KINDS: readonly PrinterKind[] = ['tcp', 'file', 'serial', 'virtual'];

/** What the address of each kind looks like, behind its first word. */
export const EXAMPLES: Readonly<Record<PrinterKind, string>> = {
  tcp: '192.168.1.50:9100',
  file: '/dev/usb/lp0',
  serial: '/dev/ttyUSB0?baud=9600',
  virtual: 'kitchen',
};

/** The first printer prints everything; a second one is given what it is for. */
export const NEW_PRINTER: PrinterSetup = {
  url: '',
  columns: 48,
  chinese: 'gb18030',
  uses: [],
};

export function kindOf(url: string): PrinterKind {
  const scheme = url.split(':')[0] ?? '';
  return PRINTER_KINDS.find((kind) => kind === scheme) ?? 'tcp';
}

/** What stands behind the kind: host and port, or the path. */
export function addressOf(url: string): string {
  return url.replace(/^[a-z]+:(\/\/)?/, '');
}

/** `192.168.1.50` of the network kind -> `tcp://192.168.1.50:9100`; '' while there is no address. */
export function urlOf(kind: PrinterKind, address: string, name: string): string {
  const text = address.trim();
  if (kind === 'virtual') return `virtual:${text === '' ? name : text}`;
  if (text === '') return '';
  if (kind !== 'tcp') return `${kind}:${text}`;
  return `tcp://${/:\d+$/.test(text) ? text : `${text}:9100`}`;
}

/** A name as addresses and file names carry it. */
export function isPrinterName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/.test(name);
}
