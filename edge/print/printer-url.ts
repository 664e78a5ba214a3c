/**
 * Where a printer is, read from its address. What the page may set is narrower than what the
 * configuration may: whoever holds a manager's PIN must not be able to write into any file.
 */

export type Place =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'serial'; readonly path: string; readonly baud: number }
  | { readonly kind: 'virtual'; readonly folder: string };

export type ReadUrl =
  | { readonly ok: true; readonly place: Place }
  | { readonly ok: false; readonly why: string };

/** Names of printers and of virtual ones: they become folders and parts of addresses. */
export const PRINTER_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;
export const BAUDS = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200] as const;
const DEFAULT_BAUD = 9_600;
const DEFAULT_PORT = 9_100;
/** Below are the services of other machines, which are no printers. */
const LEAST_PORT = 1_024;
const HOST = /^([A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])$/;
const DEVICE = /^\/dev\/(usb\/lp\d{1,2}|lp\d{1,2})$/;
const TTY = /^\/dev\/(tty(USB|ACM|S|AMA)\d{1,3}|serial\/by-(id|path)\/[A-Za-z0-9_.:-]{1,200})$/;

/** @param from `page`: device files only; `configuration`: any absolute path */
export function readPrinterUrl(url: string, from: 'page' | 'configuration'): ReadUrl {
  const [, scheme = '', rest = ''] = /^(tcp|file|serial|virtual):(.*)$/s.exec(url) ?? [];
  if (scheme === 'tcp') return tcp(rest);
  if (scheme === 'serial') return serial(rest, from);
  if (scheme === 'file') return file(rest, from);
  if (scheme === 'virtual') {
    return PRINTER_NAME.test(rest)
      ? { ok: true, place: { kind: 'virtual', folder: rest } }
      : no(`"${rest}" is no name: 1 to 32 of A-Z a-z 0-9 _ -`);
  }
  return no(
    `"${url}" is none of tcp://HOST:9100, file:/dev/usb/lp0, serial:/dev/ttyUSB0?baud=9600, virtual:NAME`,
  );
}

function tcp(rest: string): ReadUrl {
  const [, host = '', port = String(DEFAULT_PORT)] = /^\/\/(.*?)(?::(\d{1,5}))?$/s.exec(rest) ?? [];
  if (!HOST.test(host)) return no(`"${host}" is no host; write tcp://192.168.1.50:9100`);
  const number = Number(port);
  if (number < LEAST_PORT || number > 65_535) return no(`port ${port}: 1024 to 65535, mostly 9100`);
  return { ok: true, place: { kind: 'tcp', host: host.replace(/^\[|\]$/g, ''), port: number } };
}

function file(path: string, from: 'page' | 'configuration'): ReadUrl {
  if (from === 'page' && !DEVICE.test(path)) {
    return no(`"${path}" is no printer: /dev/usb/lp0 or /dev/lp0; other files only in larder.yaml`);
  }
  return plain(path) ? { ok: true, place: { kind: 'file', path } } : badPath(path);
}

function serial(rest: string, from: 'page' | 'configuration'): ReadUrl {
  const [, path = '', baudText] = /^([^?]*)(?:\?baud=(\d{1,6}))?$/s.exec(rest) ?? [];
  const baud = Number(baudText ?? DEFAULT_BAUD);
  if (!(BAUDS as readonly number[]).includes(baud)) {
    return no(`baud ${baudText}: one of ${BAUDS.join(', ')}`);
  }
  if (from === 'page' && !TTY.test(path)) return no(`"${path}" is no serial port: /dev/ttyUSB0`);
  return plain(path) ? { ok: true, place: { kind: 'serial', path, baud } } : badPath(path);
}

/** Absolute, without steps back; nothing a command line could take for an option. */
function plain(path: string): boolean {
  return /^\/[\x21-\x7e\u0080-\uffff]+$/.test(path) && !path.split('/').includes('..');
}

const badPath = (path: string) => no(`"${path}" is no absolute path`);

function no(why: string): ReadUrl {
  return { ok: false, why };
}
