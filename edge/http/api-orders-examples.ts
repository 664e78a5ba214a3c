/** Examples of purchase orders and credit notes. */
const PORK = { zh: '五花肉', en: 'Pork belly' };

export const ORDER_EXAMPLE = {
  order: 'PO-014',
  supplier: 'market',
  supplierName: { zh: '老王菜行', en: 'Wang Market' },
  contact: { phone: '138 0000 0042', email: 'orders@example.com' },
  send: ['print', 'email', 'hand'],
  state: 'partly_received',
  revision: 1,
  createdAt: '2026-11-22T13:38:00.000Z',
  deliverOn: '2026-11-23',
  arrivesAt: '2026-11-22T22:00:00.000Z',
  cutOff: '2026-11-22T14:30:00.000Z',
  note: null,
  total: '256.00',
  currency: 'CNY',
  lines: [
    {
      item: 'pork-belly',
      name: PORK,
      ordered: '8000',
      received: '6000',
      unit: 'g',
      written: '4 pack',
      pack: '2 kg',
      packAmount: '2000',
      packs: '4',
      suggested: '8000',
      price: '64.00',
      amount: '256.00',
      maxTemperature: '4',
    },
  ],
  history: [
    { step: 'draft', at: '2026-11-22T13:38:00.000Z', actor: 'chen', detail: null },
    { step: 'approved', at: '2026-11-22T13:41:00.000Z', actor: 'li', detail: null },
    {
      step: 'sending',
      at: '2026-11-22T13:41:00.000Z',
      actor: 'li',
      detail: { by: 'email', target: 'orders@example.com' },
    },
    {
      step: 'sent',
      at: '2026-11-22T13:41:04.000Z',
      actor: null,
      detail: { by: 'email', target: 'orders@example.com' },
    },
    {
      step: 'partly_received',
      at: '2026-11-22T22:04:00.000Z',
      actor: 'chen',
      detail: { entry: 1204 },
    },
  ],
  sendings: [
    {
      id: 3,
      what: 'order',
      channel: 'email',
      target: 'orders@example.com',
      state: 'sent',
      at: '2026-11-22T13:41:04.000Z',
      attempts: 1,
      error: null,
    },
  ],
  duplicates: [],
};

export const CREDITS_EXAMPLE = {
  currency: 'CNY',
  suppliers: [
    {
      supplier: 'market',
      name: { zh: '老王菜行', en: 'Wang Market' },
      returned: '64.00',
      credited: '40.00',
      owed: '24.00',
    },
  ],
  returns: [
    {
      entry: 1187,
      at: '2026-11-22T01:10:00.000Z',
      day: '2026-11-22',
      actor: 'chen',
      supplier: 'market',
      reason: 'smells',
      lines: [
        { item: 'pork-belly', lot: 'B-77', name: PORK, qty: '2000', unit: 'g', cost: '64.00' },
      ],
      cost: '64.00',
      credited: '40.00',
      owed: '24.00',
    },
  ],
  credits: [
    {
      credit: 'CN-20261122-001',
      entry: 1210,
      at: '2026-11-22T06:10:00.000Z',
      day: '2026-11-22',
      actor: 'li',
      supplier: 'market',
      order: null,
      return: 1187,
      amount: '40.00',
      note: 'they take 24 off the next bill',
    },
  ],
};
