/**
 * Inputs no box should ever get and every box gets: malformed, hostile, unknown, out of order. Each
 * with the status the contract promises for it. All are sent on the terminal's own event topic; what
 * attacks the connection or the topics is in `hostile-doors.ts`.
 */
import { gzipSync } from 'node:zlib';

export type HostileCase = {
  readonly name: string;
  /** `id` is fresh for each case, for whoever can use it. */
  readonly body: (id: string) => string | Uint8Array;
  /** Sent before, each answered before the next. */
  readonly before?: (id: string) => readonly string[];
  readonly status: 'applied' | 'partial' | 'held' | 'duplicate' | 'conflict' | 'quarantined';
  /** A reason that must be given. */
  readonly code?: string;
  /** What the first event of `before` must have become at the end. */
  readonly firstBecomes?: 'applied';
};

/** A complete event; `more` overrides the envelope, `data` the data. */
export function envelope(id: string, type: string, data: object, more: object = {}): string {
  return JSON.stringify({ specversion: '1.0', id, type: `larder.pos.${type}.v1`, ...more, data });
}

/** A sale of one bowl of noodles; `line` overrides the line. */
export function sale(id: string, line: object = {}, data: object = {}, more: object = {}): string {
  return envelope(id, 'sale', { saleId: id, lines: [{ ...LINE, ...line }], ...data }, more);
}

const LINE = { lineId: '1', sku: 'M-2', qty: '1' };

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
  );

/** A sale whose line holds raw text instead of proper JSON. */
const rawQty = (id: string, qty: string): string =>
  `{"id":"${id}","items":[{"sku":"M-2","qty":${qty}}]}`;
const named = (id: string, name: number[]): Uint8Array =>
  bytes(`{"id":"${id}","items":[{"sku":"M-2","qty":1,"name":"`, name, '"}]}');
const padded = (id: string, size: number): string => {
  const empty = sale(id, {}, { pad: '' });
  return sale(id, {}, { pad: 'x'.repeat(size - empty.length) });
};
const q = 'quarantined';

const notJson: HostileCase[] = [
  { name: 'empty payload', body: () => '', status: q, code: 'bad_json' },
  { name: 'one space', body: () => ' ', status: q, code: 'bad_json' },
  { name: 'plain words', body: () => 'two bowls of noodles please', status: q, code: 'bad_json' },
  {
    name: 'cut off in the middle',
    body: (id) => sale(id).slice(0, 60),
    status: q,
    code: 'bad_json',
  },
  { name: 'cut off by one byte', body: (id) => sale(id).slice(0, -1), status: q, code: 'bad_json' },
  { name: 'two objects', body: (id) => `${sale(id)}${sale(id)}`, status: q, code: 'bad_json' },
  { name: 'comma at the end', body: (id) => `{"id":"${id}",}`, status: q, code: 'bad_json' },
  { name: 'single quotes', body: (id) => `{'id':'${id}'}`, status: q, code: 'bad_json' },
  { name: 'a comment', body: (id) => `/* hi */${sale(id)}`, status: q, code: 'bad_json' },
  { name: 'NaN', body: (id) => rawQty(id, 'NaN'), status: q, code: 'bad_json' },
  { name: 'Infinity', body: (id) => rawQty(id, '-Infinity'), status: q, code: 'bad_json' },
  { name: 'a hexadecimal number', body: (id) => rawQty(id, '0x10'), status: q, code: 'bad_json' },
  { name: 'a raw control character', body: (id) => named(id, [7]), status: q, code: 'bad_json' },
  { name: 'byte order mark', body: (id) => bytes([0xef, 0xbb, 0xbf], sale(id)), status: q },
  { name: 'UTF-16', body: (id) => Buffer.from(sale(id), 'utf16le'), status: q, code: 'bad_json' },
  {
    name: 'UTF-16 with its mark',
    body: (id) => bytes([0xff, 0xfe], [...Buffer.from(sale(id), 'utf16le')]),
    status: q,
    code: 'bad_encoding',
  },
  { name: 'broken UTF-8', body: (id) => named(id, [0xc3, 0x28]), status: q, code: 'bad_encoding' },
  {
    name: 'overlong UTF-8',
    body: (id) => named(id, [0xc0, 0xaf]),
    status: q,
    code: 'bad_encoding',
  },
  {
    name: 'GB18030',
    body: (id) => named(id, [0xba, 0xec, 0xc9, 0xd5]),
    status: q,
    code: 'bad_encoding',
  },
  { name: 'gzip', body: (id) => gzipSync(sale(id)), status: q, code: 'bad_encoding' },
  { name: 'zero bytes', body: () => Buffer.alloc(64), status: q, code: 'bad_json' },
  { name: 'deep arrays', body: () => '['.repeat(30_000), status: q, code: 'bad_json' },
  {
    name: 'deep and closed',
    body: () => `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'seventeen levels',
    body: (id) => sale(id, {}, { deep: JSON.parse(`${'['.repeat(17)}${']'.repeat(17)}`) }),
    status: q,
    code: 'bad_shape',
  },
];

const size: HostileCase[] = [
  { name: '64 KiB exactly', body: (id) => padded(id, 65_536), status: 'applied' },
  { name: '64 KiB and one', body: (id) => padded(id, 65_537), status: q, code: 'too_large' },
  { name: '900 KiB', body: (id) => padded(id, 900 * 1024), status: q, code: 'too_large' },
  { name: 'no lines', body: (id) => sale(id, {}, { lines: [] }), status: q, code: 'bad_shape' },
  {
    name: '500 lines',
    body: (id) =>
      sale(id, {}, { lines: Array.from({ length: 500 }, () => ({ sku: 'M-2', qty: 1 })) }),
    status: 'applied',
  },
  {
    name: '501 lines',
    body: (id) =>
      sale(id, {}, { lines: Array.from({ length: 501 }, () => ({ sku: 'M-2', qty: 1 })) }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: '65 modifiers',
    body: (id) => sale(id, { modifiers: Array.from({ length: 65 }, () => ({ sku: 'A-RICE' })) }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'a name of 201',
    body: (id) => sale(id, { name: 'n'.repeat(201) }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'a sku of 129',
    body: (id) => sale(id, { sku: 's'.repeat(129) }),
    status: q,
    code: 'bad_shape',
  },
];

const shape: HostileCase[] = [
  { name: 'an array', body: (id) => `[${sale(id)}]`, status: q, code: 'bad_shape' },
  { name: 'a string', body: () => '"sale"', status: q, code: 'bad_shape' },
  { name: 'null', body: () => 'null', status: q, code: 'bad_shape' },
  { name: 'a number', body: () => '42', status: q, code: 'bad_shape' },
  { name: 'an empty object', body: () => '{}', status: q, code: 'bad_shape' },
  { name: 'no data', body: (id) => envelope(id, 'sale', {}), status: q, code: 'bad_shape' },
  {
    name: 'data is a list',
    body: (id) => envelope(id, 'sale', [LINE]),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'items is a text',
    body: (id) => `{"id":"${id}","items":"M-2"}`,
    status: q,
    code: 'bad_shape',
  },
  { name: 'no sku', body: (id) => sale(id, { sku: undefined }), status: q, code: 'bad_shape' },
  { name: 'empty sku', body: (id) => sale(id, { sku: '' }), status: q, code: 'bad_shape' },
  { name: 'sku is a number', body: (id) => sale(id, { sku: 1001 }), status: q, code: 'bad_shape' },
  { name: 'no qty', body: (id) => sale(id, { qty: undefined }), status: q, code: 'bad_shape' },
  { name: 'qty is true', body: (id) => sale(id, { qty: true }), status: q, code: 'bad_shape' },
  { name: 'qty is "NaN"', body: (id) => sale(id, { qty: 'NaN' }), status: q, code: 'bad_shape' },
  { name: 'qty is "1e3"', body: (id) => sale(id, { qty: '1e3' }), status: q, code: 'bad_shape' },
  { name: 'qty is "1,5"', body: (id) => sale(id, { qty: '1,5' }), status: q, code: 'bad_shape' },
  { name: 'qty is "-1"', body: (id) => sale(id, { qty: '-1' }), status: q, code: 'bad_shape' },
  { name: 'qty is -1', body: (id) => sale(id, { qty: -1 }), status: q, code: 'bad_shape' },
  {
    name: 'qty with 7 decimals',
    body: (id) => sale(id, { qty: '0.1234567' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'a number with 7 decimals',
    body: (id) => sale(id, { qty: 0.1234567 }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'a number of 1e-7',
    body: (id) => sale(id, { qty: 1e-7 }),
    status: q,
    code: 'bad_shape',
  },
  { name: '1e400', body: (id) => rawQty(id, '1e400'), status: q, code: 'bad_shape' },
  { name: '2^53 + 1', body: (id) => rawQty(id, '9007199254740993'), status: q, code: 'bad_shape' },
  {
    name: 'more than fits',
    body: (id) => sale(id, { sku: 'W-1', qty: '999999999' }),
    status: q,
    code: 'bad_amount',
  },
  { name: 'qty 0', body: (id) => sale(id, { qty: '0' }), status: 'applied' },
  { name: 'qty -0', body: (id) => rawQty(id, '-0'), status: 'applied' },
  {
    name: 'currency of 4 letters',
    body: (id) => sale(id, {}, { currency: 'YUAN' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'empty channel',
    body: (id) => sale(id, {}, { channel: '' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'negative revision',
    body: (id) => envelope(id, 'snapshot', { saleId: id, revision: -1, lines: [LINE] }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'unknown disposition',
    body: (id) => envelope(id, 'void', { saleId: id, disposition: 'eaten' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'day close of no day',
    body: (id) => envelope(id, 'dayclose', { businessDate: '2026-02-30' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: '5,001 dishes',
    body: (id) =>
      envelope(id, 'menu', { dishes: Array.from({ length: 5001 }, () => ({ sku: 'x' })) }),
    status: q,
  },
];

const identity: HostileCase[] = [
  { name: 'no id', body: () => '{"items":[{"sku":"M-2","qty":1}]}', status: q, code: 'bad_shape' },
  { name: 'id is null', body: () => sale('x', {}, {}, { id: null }), status: q, code: 'bad_shape' },
  {
    name: 'id is a number',
    body: () => sale('x', {}, {}, { id: 17 }),
    status: q,
    code: 'bad_shape',
  },
  { name: 'empty id', body: () => sale('', {}, { saleId: 'x' }), status: q, code: 'bad_shape' },
  {
    name: 'id with a space',
    body: () => sale('a b', {}, { saleId: 'x' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'id with a line break',
    body: () => sale('ab\n', {}, { saleId: 'x' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'id in Chinese',
    body: () => sale('单号', {}, { saleId: 'x' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'id of 129',
    body: () => sale('i'.repeat(129), {}, { saleId: 'x' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'sale id with a space',
    body: (id) => sale(id, {}, { saleId: 'a b' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'another terminal',
    body: (id) => sale(id, {}, {}, { source: '/stores/demo/pos/T2' }),
    status: q,
    code: 'wrong_identity',
  },
  {
    name: 'another store',
    body: (id) => sale(id, {}, {}, { source: '/stores/other/pos/T1' }),
    status: q,
    code: 'wrong_identity',
  },
  {
    name: 'a source of its own',
    body: (id) => sale(id, {}, {}, { source: 'urn:pos:17' }),
    status: 'applied',
  },
  {
    name: 'specversion 0.3',
    body: (id) => sale(id, {}, {}, { specversion: '0.3' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'specversion is a number',
    body: (id) => sale(id, {}, {}, { specversion: 1 }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'no type',
    body: (id) => sale(id, {}, {}, { type: undefined }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'an unknown type',
    body: (id) => sale(id, {}, {}, { type: 'larder.pos.tip.v1' }),
    status: q,
    code: 'unknown_type',
  },
  {
    name: 'a newer version',
    body: (id) => sale(id, {}, {}, { type: 'larder.pos.sale.v2' }),
    status: q,
    code: 'unknown_type',
  },
  {
    name: 'type is toString',
    body: (id) => sale(id, {}, {}, { type: 'toString' }),
    status: q,
    code: 'unknown_type',
  },
  {
    name: 'time in words',
    body: (id) => sale(id, {}, {}, { time: 'yesterday' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'time without offset',
    body: (id) => sale(id, {}, {}, { time: '2026-10-02T10:00:00' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: '30 February',
    body: (id) => sale(id, {}, {}, { time: '2026-02-30T10:00:00Z' }),
    status: q,
    code: 'bad_shape',
  },
  {
    name: 'the year 9999',
    body: (id) => sale(id, {}, {}, { time: '9999-12-31T23:59:59Z' }),
    status: 'applied',
  },
  {
    name: 'sequence -1',
    body: (id) => sale(id, {}, {}, { sequence: '-1' }),
    status: q,
    code: 'bad_shape',
  },
];

/** Every table of cases that are wrong by themselves; the orders of events are in `hostile-orders.ts`. */
export const WRONG_BODIES: readonly HostileCase[] = [...notJson, ...size, ...shape, ...identity];
