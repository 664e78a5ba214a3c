/** Device files, serial lines, papers on the screen, and what an address or a configuration may say. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../../edge/config.ts';
import type { Page } from '../../../edge/print/driver.ts';
import { openFileDriver, openSerialDriver } from '../../../edge/print/file-driver.ts';
import { printersText, readPrinters } from '../../../edge/print/printer-list.ts';
import { readPrinterUrl } from '../../../edge/print/printer-url.ts';
import { openStatusReader } from '../../../edge/print/status-bytes.ts';
import { listPapers, openVirtualDriver, readPaper } from '../../../edge/print/virtual-driver.ts';
import { realPorts } from '../../../edge/runtime/ports.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'larder-driver-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ports = realPorts();
const page = (text: string): Page => ({
  bytes: Buffer.from(text),
  picture: async () => Buffer.from(`picture of ${text}`),
});
const yes = () => true;

test('a file of the configuration gets page after page, byte for byte', async () => {
  const path = join(folder, 'paper');
  const driver = openFileDriver({ path }, ports);
  expect(await driver.print(page('one\n'), yes)).toMatchObject({ kind: 'printed' });
  expect(await driver.print(page('two\n'), yes)).toMatchObject({ kind: 'printed' });
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  expect(await driver.print(page('three\n'), () => false)).toMatchObject({ kind: 'withdrawn' });
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
});

test('a device that is not there, or is none, is off line before the first byte', async () => {
  let begun = 0;
  const begin = () => ++begun > 0;
  for (const path of ['/dev/usb/lp77', '/dev/shm', join(folder, 'no', 'such')]) {
    const driver = openFileDriver({ path }, ports);
    expect(await driver.print(page('x'), begin), path).toMatchObject({ kind: 'not_begun' });
    expect(await driver.status(), path).toBe('offline');
  }
  const serial = openSerialDriver({ path: join(folder, 'tty'), baud: 9600 }, ports);
  expect(await serial.print(page('x'), begin)).toMatchObject({ kind: 'not_begun' });
  expect(begun).toBe(0);
});

test('a printer that takes no more is left, and what it took is in doubt', async () => {
  const path = join(folder, 'lp0');
  execFileSync('mkfifo', [path]);
  // Somebody holds it open and never reads: its buffer is 64 KiB.
  const holder = await open(path, constants.O_RDWR | constants.O_NONBLOCK);
  const driver = openFileDriver({ path, times: { idleMs: 200, againMs: 10 } }, ports);
  const outcome = await driver.print(page('x'.repeat(200_000)), yes);
  expect(outcome).toMatchObject({ kind: 'broken' });
  await holder.close();
  // Nobody reads a FIFO now: opening says so at once instead of hanging.
  expect(await driver.print(page('y'), yes)).toMatchObject({ kind: 'not_begun' });
});

test('a virtual printer never uses a number twice', async () => {
  const driver = openVirtualDriver(folder, 'bar');
  await driver.print(page('one'), yes);
  await driver.print(page('two'), yes);
  expect(listPapers(folder, 'bar')).toEqual([2, 1]);
  expect(Buffer.from(readPaper(folder, 'bar', 2, 'png') ?? []).toString()).toBe('picture of two');
  for (const file of readdirSync(join(folder, 'bar'))) {
    if (file !== 'last') rmSync(join(folder, 'bar', file));
  }
  await driver.print(page('three'), yes);
  expect(listPapers(folder, 'bar')).toEqual([3]);
  rmSync(join(folder, 'bar', 'last'));
  await driver.print(page('four'), yes);
  expect(listPapers(folder, 'bar')).toEqual([4, 3]);
  expect(readPaper(folder, 'bar', 9, 'bin')).toBeUndefined();
});

test('a virtual printer whose tray cannot be used says so before it begins', async () => {
  writeFileSync(join(folder, 'bar'), 'a file');
  const driver = openVirtualDriver(folder, 'bar');
  expect(await driver.print(page('x'), yes)).toMatchObject({ kind: 'not_begun' });
  const broken = { ...page('x'), picture: () => Promise.reject(new Error('no font')) };
  mkdirSync(join(folder, 'b'));
  expect(await openVirtualDriver(folder, 'b').print(broken, yes)).toMatchObject({
    kind: 'not_begun',
  });
});

test.each([
  [[0x12, 0x12, 0x12], 'ready'],
  [[0x1a, 0x16, 0x12], 'cover_open'],
  [[0x1a, 0x32, 0x72], 'paper_out'],
  [[0x12, 0x12, 0x1e], 'paper_low'],
  [[0x1a, 0x12, 0x12], 'offline'],
  [[0x1a, 0x52, 0x12], 'offline'],
  [[0x12, 0x12], null],
  // What a printer says by itself (automatic status) is no answer.
  [[0x14, 0x00, 0x00, 0x0f, 0x12, 0x12, 0x12], 'ready'],
])('the status bytes %j mean %s', (bytes, state) => {
  const reader = openStatusReader();
  reader.take(Uint8Array.from(bytes));
  expect(reader.state()).toBe(state);
});

test.each([
  ['tcp://192.168.1.50', { kind: 'tcp', host: '192.168.1.50', port: 9100 }],
  ['tcp://[fe80::1]:9101', { kind: 'tcp', host: 'fe80::1', port: 9101 }],
  ['file:/dev/usb/lp0', { kind: 'file', path: '/dev/usb/lp0' }],
  ['serial:/dev/ttyUSB0?baud=19200', { kind: 'serial', path: '/dev/ttyUSB0', baud: 19_200 }],
  ['serial:/dev/ttyUSB0', { kind: 'serial', path: '/dev/ttyUSB0', baud: 9_600 }],
  ['virtual:bar', { kind: 'virtual', folder: 'bar' }],
])('%s is a printer', (url, place) => {
  expect(readPrinterUrl(url, 'page')).toEqual({ ok: true, place });
});

test.each([
  'tcp://',
  'tcp://a b:9100',
  'tcp://host:80',
  'tcp://host:99999',
  'file:/home/x',
  'file:/dev/usb/../sda',
  'file:/dev/usb/lp0\n/x',
  'serial:-F',
  'serial:/dev/ttyUSB0?baud=7',
  'serial:/dev/ttyUSB0;reboot',
  'virtual:',
  'virtual:../x',
  'virtual:a/b',
  'ftp://x',
  '',
])('%j is none, for the page', (url) => {
  expect(readPrinterUrl(url, 'page').ok).toBe(false);
});

test('the configuration names printers, in the environment and in the file', () => {
  const env =
    'kitchen=tcp://192.168.1.50:9100?columns=32&chinese=image&uses=order+label, bar=serial:/dev/ttyS0?baud=19200&columns=48';
  expect(readPrinters(env)).toEqual([
    {
      name: 'kitchen',
      url: 'tcp://192.168.1.50:9100',
      columns: 32,
      chinese: 'image',
      uses: ['order', 'label'],
    },
    { name: 'bar', url: 'serial:/dev/ttyS0?baud=19200', columns: 48, chinese: 'gb18030', uses: [] },
  ]);
  const file = {
    kitchen: { url: 'tcp://h:9100', columns: 32, uses: ['order', 'label'] },
    bar: 'virtual:bar',
  };
  expect(
    readPrinters(printersText(file)).map(({ name, columns, uses }) => [name, columns, uses]),
  ).toEqual([
    ['kitchen', 32, ['order', 'label']],
    ['bar', 48, []],
  ]);
  const yaml = 'printers:\n  kitchen: { url: "virtual:kitchen", columns: 32 }\n';
  const loaded = loadConfig({ env: {}, file: yaml });
  expect(loaded.ok && loaded.config.printers).toBe('kitchen=virtual:kitchen?columns=32');
});

test.each([
  ['kitchen', /NAME=ADDRESS/],
  ['a=virtual:a,a=virtual:b', /twice/],
  ['a=virtual:a?colums=32', /did you mean "columns"/],
  ['a=virtual:a?columns=40', /48, 32/],
  ['a=virtual:a?uses=orders', /order, suggestion/],
  ['../x=virtual:a', /NAME=ADDRESS/],
  ['a=tcp://h:1', /port/],
])('%s is a mistake that is named', (text, what) => {
  const loaded = loadConfig({ env: { LARDER_PRINTERS: text } });
  expect(loaded.ok ? '' : loaded.problems.join()).toMatch(what);
});
