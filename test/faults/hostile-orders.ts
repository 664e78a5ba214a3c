/**
 * Well-formed events that are strange: attacks hidden in texts, keys that mean something to
 * JavaScript, the same thing twice, and takings-back before, after and without their sale.
 */
import { envelope, type HostileCase, sale } from './hostile-cases.ts';

const SQL = `'; DROP TABLE event; --`;
const SCRIPT = '<script>alert(1)</script>';

const voidOf = (id: string, saleId: string, data: object = {}): string =>
  envelope(id, 'void', { saleId, disposition: 'not_made', ...data });
const refundOf = (id: string, saleId: string, lines: object[]): string =>
  envelope(id, 'refund', { refundId: `${id}-r`, saleId, lines });
const snapshotOf = (id: string, saleId: string, revision: number, qty: string): string =>
  envelope(id, 'snapshot', { saleId, revision, lines: [{ lineId: '1', sku: 'M-2', qty }] });
const twoLines = (id: string, second: object): string =>
  sale(
    id,
    {},
    {
      lines: [
        { sku: 'M-2', qty: '1' },
        { sku: 'M-3', qty: '1', ...second },
      ],
    },
  );

const texts: HostileCase[] = [
  { name: 'SQL in the name', body: (id) => sale(id, { name: SQL }), status: 'applied' },
  {
    name: 'SQL in the sku',
    body: (id) => sale(id, { sku: SQL }),
    status: 'held',
    code: 'unknown_sku',
  },
  {
    name: 'SQL in a modifier',
    body: (id) => sale(id, { modifiers: [{ sku: SQL }] }),
    status: 'held',
    code: 'unknown_modifier',
  },
  { name: 'SQL in the line id', body: (id) => sale(id, { lineId: SQL }), status: 'applied' },
  { name: 'SQL in the channel', body: (id) => sale(id, {}, { channel: SQL }), status: 'applied' },
  {
    name: 'SQL in the epoch',
    body: (id) => sale(id, {}, {}, { epoch: SQL, sequence: '1' }),
    status: 'applied',
  },
  { name: 'SQL in the source', body: (id) => sale(id, {}, {}, { source: SQL }), status: 'applied' },
  {
    name: 'SQL in the sale id',
    body: (id) => sale(id, {}, { saleId: SQL }),
    status: 'quarantined',
    code: 'bad_shape',
  },
  { name: 'SQL in the id', body: () => sale(SQL), status: 'quarantined', code: 'bad_shape' },
  {
    name: 'SQL in the type',
    body: (id) => sale(id, {}, {}, { type: SQL }),
    status: 'quarantined',
    code: 'unknown_type',
  },
  {
    name: 'SQL in the reason',
    before: (id) => [sale(`${id}-s`)],
    body: (id) => voidOf(id, `${id}-s`, { reason: SQL }),
    status: 'applied',
  },
  { name: 'a script in the name', body: (id) => sale(id, { name: SCRIPT }), status: 'applied' },
  {
    name: 'a script in the sku',
    body: (id) => sale(id, { sku: SCRIPT }),
    status: 'held',
    code: 'unknown_sku',
  },
  {
    name: 'control characters',
    body: (id) => sale(id, { name: 'a\u0000\u0007\u001b@\u202e' }),
    status: 'applied',
  },
  {
    name: 'a zero character in the sku',
    body: (id) => sale(id, { sku: 'M-2\u0000' }),
    status: 'held',
    code: 'unknown_sku',
  },
  { name: 'half a surrogate pair', body: (id) => sale(id, { name: '\ud83c' }), status: 'applied' },
  {
    name: 'half a pair in the sku',
    body: (id) => sale(id, { sku: 'x\udf5c' }),
    status: 'held',
    code: 'unknown_sku',
  },
  {
    name: 'sku is __proto__',
    body: (id) => sale(id, { sku: '__proto__' }),
    status: 'held',
    code: 'unknown_sku',
  },
  {
    name: 'sku is constructor',
    body: (id) => sale(id, { sku: 'constructor' }),
    status: 'held',
    code: 'unknown_sku',
  },
  {
    name: 'digits like those of a card',
    body: (id) => sale(id, { name: 'VISA 4111 1111 1111 1111' }),
    status: 'applied',
  },
];

const keys: HostileCase[] = [
  {
    name: 'a key twice',
    body: (id) => `{"id":"${id}","id":"${id}","items":[{"sku":"M-2","qty":1}]}`,
    status: 'quarantined',
    code: 'duplicate_key',
  },
  {
    name: 'a key twice, one in escapes',
    body: (id) => `{"id":"${id}","items":[{"sku":"M-2","qty":1,"\\u0071ty":5}]}`,
    status: 'quarantined',
    code: 'duplicate_key',
  },
  {
    name: '__proto__',
    body: (id) => `{"__proto__":{"admin":true},"id":"${id}","items":[{"sku":"M-2","qty":1}]}`,
    status: 'applied',
  },
  {
    name: '__proto__ instead of a line',
    body: (id) => `{"id":"${id}","items":[{"__proto__":{"sku":"M-2","qty":1}}]}`,
    status: 'quarantined',
    code: 'bad_shape',
  },
  {
    name: 'constructor and hasOwnProperty',
    body: (id) => sale(id, { constructor: 1, hasOwnProperty: 2, toString: 3 }),
    status: 'applied',
  },
];

const again: HostileCase[] = [
  {
    name: 'the same again',
    before: (id) => [sale(id)],
    body: (id) => sale(id),
    status: 'duplicate',
  },
  {
    name: 'the same with other spaces',
    before: (id) => [sale(id)],
    body: (id) => JSON.stringify(JSON.parse(sale(id)), null, 2),
    status: 'duplicate',
  },
  {
    name: 'the same with its keys in another order',
    before: (id) => [sale(id)],
    body: (id) =>
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(sale(id))).reverse())),
    status: 'duplicate',
  },
  {
    name: 'the same id for another sale',
    before: (id) => [sale(id)],
    body: (id) => sale(id, { qty: '9' }),
    status: 'conflict',
    code: 'id_conflict',
  },
  {
    name: 'the same broken bytes under one id',
    before: (id) => [sale(id, { qty: '-1' })],
    body: (id) => sale(id, { qty: '-1' }),
    status: 'duplicate',
  },
  {
    name: 'the same sale id with other lines',
    before: (id) => [sale(`${id}-s`)],
    body: (id) => sale(id, { qty: '9' }, { saleId: `${id}-s` }),
    status: 'conflict',
    code: 'sale_conflict',
  },
  {
    name: 'the same sale under a new id',
    before: (id) => [sale(`${id}-s`)],
    body: (id) => sale(id, {}, { saleId: `${id}-s` }),
    status: 'duplicate',
  },
];

const unknown: HostileCase[] = [
  {
    name: 'an unknown dish',
    body: (id) => sale(id, { sku: 'NEW-1' }),
    status: 'held',
    code: 'unknown_sku',
  },
  {
    name: 'one of two unknown',
    body: (id) => twoLines(id, { sku: 'NEW-2' }),
    status: 'partial',
    code: 'unknown_sku',
  },
  {
    name: 'an unknown modifier',
    body: (id) => sale(id, { modifiers: [{ sku: 'NEW-3' }] }),
    status: 'held',
    code: 'unknown_modifier',
  },
  {
    name: 'one of two with an unknown modifier',
    body: (id) => twoLines(id, { modifiers: [{ sku: 'NEW-4' }] }),
    status: 'partial',
    code: 'unknown_modifier',
  },
  {
    name: 'a combo nobody knows',
    body: (id) => sale(id, { sku: 'C-NEW', kind: 'combo' }),
    status: 'applied',
  },
  {
    name: 'a child of no parent',
    body: (id) => sale(id, { parentLineId: '99' }),
    status: 'applied',
  },
  {
    name: 'a line that is its own parent',
    body: (id) => sale(id, { parentLineId: '1' }),
    status: 'applied',
  },
];

const takenBack: HostileCase[] = [
  {
    name: 'a void of no sale',
    body: (id) => voidOf(id, `${id}-none`),
    status: 'held',
    code: 'unknown_sale',
  },
  {
    name: 'a void before its sale',
    before: (id) => [voidOf(`${id}-v`, id)],
    body: (id) => sale(id),
    status: 'applied',
    firstBecomes: 'applied',
  },
  {
    name: 'a void of a line nobody sold',
    before: (id) => [sale(`${id}-s`)],
    body: (id) => voidOf(id, `${id}-s`, { lines: [{ lineId: '7' }] }),
    status: 'held',
    code: 'unknown_line',
  },
  {
    name: 'a void of more than was sold',
    before: (id) => [sale(`${id}-s`)],
    body: (id) => voidOf(id, `${id}-s`, { lines: [{ lineId: '1', qty: '5' }] }),
    status: 'applied',
    code: 'nothing_left',
  },
  {
    name: 'a void after the void',
    before: (id) => [sale(`${id}-s`), voidOf(`${id}-v`, `${id}-s`)],
    body: (id) => voidOf(id, `${id}-s`),
    status: 'applied',
    code: 'nothing_left',
  },
  {
    name: 'a void that names a line twice',
    before: (id) => [sale(`${id}-s`)],
    body: (id) => voidOf(id, `${id}-s`, { lines: [{ lineId: '1' }, { lineId: '1' }] }),
    status: 'applied',
  },
  {
    name: 'a refund of nothing',
    before: (id) => [sale(`${id}-s`)],
    body: (id) => refundOf(id, `${id}-s`, [{ lineId: '1', qty: '0' }]),
    status: 'applied',
  },
  {
    name: 'a refund without lines',
    before: (id) => [sale(`${id}-s`)],
    body: (id) => refundOf(id, `${id}-s`, []),
    status: 'applied',
  },
  {
    name: 'an old revision',
    before: (id) => [snapshotOf(`${id}-3`, `${id}-s`, 3, '2')],
    body: (id) => snapshotOf(id, `${id}-s`, 2, '9'),
    status: 'applied',
    code: 'stale_revision',
  },
  {
    name: 'the plain sale after its revision',
    before: (id) => [snapshotOf(`${id}-3`, `${id}-s`, 3, '2')],
    body: (id) => sale(id, {}, { saleId: `${id}-s` }),
    status: 'applied',
    code: 'stale_revision',
  },
  {
    name: 'the same revision with other lines',
    before: (id) => [snapshotOf(`${id}-3`, `${id}-s`, 3, '2')],
    body: (id) => snapshotOf(id, `${id}-s`, 3, '9'),
    status: 'conflict',
  },
  {
    name: 'a revision without lines',
    before: (id) => [snapshotOf(`${id}-1`, `${id}-s`, 1, '2')],
    body: (id) => envelope(id, 'snapshot', { saleId: `${id}-s`, revision: 2, lines: [] }),
    status: 'applied',
  },
  {
    name: 'a day close that counts wrong',
    body: (id) => envelope(id, 'dayclose', { businessDate: '2026-10-02', saleCount: 999_999 }),
    status: 'applied',
  },
];

export const STRANGE_EVENTS: readonly HostileCase[] = [
  ...texts,
  ...keys,
  ...again,
  ...unknown,
  ...takenBack,
];
