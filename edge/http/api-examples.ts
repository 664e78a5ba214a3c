/** Examples of what is sent. Each is checked against its schema by a test. */
import { CATALOG_COMMAND_EXAMPLES } from './api-catalog-commands.ts';
import { PRINT_COMMAND_EXAMPLES } from './api-print-examples.ts';
import { TRANSFER_COMMAND_EXAMPLES } from './api-transfers-commands.ts';

const sale = {
  specversion: '1.0',
  id: 'T1-000123',
  source: '/stores/demo/pos/T1',
  type: 'larder.pos.sale.v1',
  time: '2026-11-22T12:31:07.512+08:00',
  datacontenttype: 'application/json',
  sequence: '123',
  epoch: 'k3v9',
  data: {
    saleId: 'T1-000123',
    businessDate: '2026-11-22',
    channel: 'dine_in',
    currency: 'CNY',
    lines: [
      {
        lineId: '1',
        sku: 'M-1001',
        name: '红烧肉盖饭',
        qty: '2',
        net: '64.00',
        firedAt: '2026-11-22T12:20:41+08:00',
        modifiers: [{ sku: 'M7', qty: '1' }, { sku: 'M9' }],
      },
      { lineId: '2', sku: 'C-900', kind: 'combo', qty: '1', net: '88.00' },
      { lineId: '3', sku: 'M-1001', parentLineId: '2', qty: '1', net: '0' },
    ],
  },
};

function event(id: string, type: string, data: object): object {
  return { specversion: '1.0', id, type: `larder.pos.${type}.v1`, time: sale.time, data };
}

/** One event of each type, as a POS sends it. */
export const EVENT_EXAMPLES = {
  short: { id: 'demo-1', items: [{ sku: 'M-1001', qty: 2 }] },
  sale,
  void: event('T1-000124', 'void', {
    saleId: 'T1-000123',
    lines: [{ lineId: '1', qty: '1' }],
    disposition: 'not_made',
    reason: 'guest left',
  }),
  refund: event('T1-000125', 'refund', {
    refundId: 'R-17',
    saleId: 'T1-000123',
    lines: [{ lineId: '3', qty: '1', disposition: 'made_discarded' }],
  }),
  snapshot: event('T1-000126', 'snapshot', {
    saleId: 'T1-000200',
    revision: 2,
    lines: [{ lineId: '1', sku: 'M-1001', qty: '3' }],
  }),
  dayclose: event('T1-000900', 'dayclose', {
    businessDate: '2026-11-22',
    saleCount: 812,
    voidCount: 9,
    refundCount: 2,
    lineQty: '2310',
    lastSequence: '900',
  }),
  menu: event('T1-000901', 'menu', {
    dishes: [{ sku: 'M-1001', name: '红烧肉盖饭', category: '主食', price: '32.00' }],
  }),
} as const;

const book = {
  larder: 1,
  name: 'Red-braise kitchen',
  currency: 'CNY',
  items: [{ id: 'pork-belly', name: { zh: '五花肉', en: 'Pork belly' }, unit: 'g', yield: 0.87 }],
  recipes: [
    {
      id: 'braised-pork-rice',
      name: { zh: '红烧肉盖饭', en: 'Braised pork on rice' },
      sku: 'M-1001',
      lines: [{ item: 'pork-belly', qty: '348 g' }],
    },
  ],
};

/** `data` of one command of each kind. */
export const COMMAND_EXAMPLES = {
  ...PRINT_COMMAND_EXAMPLES,
  ...CATALOG_COMMAND_EXAMPLES,
  ...TRANSFER_COMMAND_EXAMPLES,
  'delivery.receive': {
    supplier: 'market',
    lines: [
      {
        item: 'pork-belly',
        qty: '10 kg',
        lot: 'B-77',
        expiresAt: '2026-11-25T23:59:00+08:00',
        price: '42.00',
      },
    ],
  },
  'waste.log': { item: 'pork-belly', qty: '620 g', reason: 'overproduced', station: 'wok' },
  'consume.log': { sku: 'M-1001', qty: '2', why: 'staff' },
  'trim.log': {
    item: 'salmon',
    in: '6.1 kg',
    outs: [
      { to: 'usable', qty: '4.86 kg' },
      { to: 'reuse', item: 'fish-scraps', qty: '0.52 kg' },
      { to: 'bin' },
    ],
  },
  'offcut.use': { item: 'fish-scraps', qty: '0.4 kg', into: 'fish-balls' },
  'batch.produce': { recipe: 'braising-sauce', qty: '9.6 kg', actual: '9.4 kg', labels: 4 },
  'lot.open': { lot: 'B-77', how: 'opened', qty: '1 pack' },
  'delivery.return': {
    supplier: 'market',
    lines: [{ item: 'pork-belly', lot: 'B-77', qty: '2 kg' }],
    reason: 'smells',
  },
  'count.observe': { count: 'C-1122', item: 'pork-belly', place: 'fridge-1', qty: '4.2 kg' },
  'count.post': { count: 'C-1122' },
  'barcode.learn': { barcode: '6901234567892', item: 'pork-belly', unit: 'pack' },
  'order.create': {
    order: 'PO-014',
    supplier: 'market',
    deliverOn: '2026-11-23',
    lines: [{ item: 'pork-belly', qty: '4 pack', price: '64.00', suggested: '7800' }],
  },
  'order.edit': { order: 'PO-014', lines: [{ item: 'pork-belly', qty: '3 pack' }] },
  'order.submit': { order: 'PO-014' },
  'order.approve': { order: 'PO-014', send: { by: 'print', printer: 'kitchen', language: 'zh' } },
  'order.reject': { order: 'PO-014', reason: 'we still have enough' },
  'order.send': { order: 'PO-014', by: 'email', again: true },
  'credit.record': {
    supplier: 'market',
    return: 1187,
    amount: '64.00',
    note: 'pork belly that smelled',
  },
  'order.cancel': { order: 'PO-014', reason: 'ordered twice' },
  'user.add': { user: 'chen', name: '小陈', role: 'cook' },
  'user.edit': { user: 'chen', role: 'manager', pin: '4711' },
  'user.remove': { user: 'chen' },
  'device.pair': {
    device: 'tablet-1',
    name: '冷菜台',
    station: 'cold',
    tokenHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
  'device.edit': { device: 'tablet-1', station: 'cold' },
  'device.revoke': { device: 'tablet-1' },
  'day.note': {
    from: '2026-11-24',
    kind: 'event',
    value: '1.2',
    reason: 'party',
  },
  'day.forget': { note: 'N4711' },
  'usage.import': {
    items: [{ item: 'pork-belly', days: { '2026-11-20': '4.2 kg', '2026-11-21': '5.1 kg' } }],
    note: 'spreadsheet of the kitchen',
  },
  'sku.map': { sku: 'M-1099', recipe: 'braised-pork-rice' },
  'quarantine.replay': { event: 4711 },
  'quarantine.dismiss': { event: 4711, reason: 'a test of the POS' },
  'takeover.dismiss': { life: '5b1f6a0c9d2e4f7781a3b2c4d5e6f708' },
  'gap.abandon': {
    terminal: 'T1',
    epoch: 'k3v9',
    from: 118,
    to: 121,
    reason: 'disk of T1 was replaced',
  },
  'book.adopt': { book, validFrom: '2026-11-23T04:00:00+08:00' },
  'entry.reverse': { entry: 1204, reason: 'typed twice' },
  'setting.set': { key: 'madeAfter', value: '180' },
  'device.terminal': { terminal: 'T2' },
} as const;

export const BOOK_EXAMPLE = book;

export const COMMANDS_EXAMPLE = {
  commands: [
    {
      id: 'tablet-1:0001',
      kind: 'delivery.receive',
      at: '2026-11-22T09:05:00+08:00',
      actor: 'Wang',
      data: COMMAND_EXAMPLES['delivery.receive'],
    },
  ],
};

const at = '2026-11-22T04:31:07.512Z';

/** The result of the sale above when one of its dishes is not in the book. */
export const RESULT_EXAMPLE = {
  eventId: 'T1-000123',
  status: 'partial',
  receivedAt: at,
  lines: { applied: 2, held: 1 },
  movements: 9,
  reasons: [
    {
      code: 'unknown_sku',
      path: '/data/lines/1/sku',
      message: 'the dish C-900 is not in the recipe book; map it once and it posts by itself',
      messageZh: '配方册中没有菜品 C-900;匹配一次后会自动入账',
    },
  ],
};

/** Messages on the bus beside the events. */
export const MESSAGE_EXAMPLES = {
  ack: { epoch: 'k3v9', contiguous: 117, missing: [[118, 121]] },
  presence: { state: 'ready', session: '8f3a91c2' },
  level: { onHand: '4200', unit: 'g', state: 'ok', at },
  menu: {
    sellable: 12,
    state: 'ok',
    blocking: 'pork-belly',
    until: '2026-11-22T11:40:00.000Z',
    at,
  },
  alert: {
    id: 'gap:T1:k3v9:118',
    kind: 'gap',
    since: at,
    title: { en: 'T1: 4 events missing', zh: 'T1:缺少 4 条事件' },
    detail: {
      en: 'numbers 118–121 have not arrived; the POS was asked to send them again',
      zh: '序号 118–121 未收到；已要求收银端重发',
    },
  },
} as const;
