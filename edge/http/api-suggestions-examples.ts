/** Examples of suggestions, notes of days, and the accuracy of forecasts. */

const PORK = { zh: '五花肉', en: 'Pork belly' };
const NOTE = {
  id: 'N4711',
  from: '2026-11-24',
  to: '2026-11-24',
  kind: 'event',
  value: '1.20',
  reason: 'party',
} as const;

const DELIVERY = {
  arrivesAt: '2026-11-22T22:00:00.000Z',
  cutOff: '2026-11-22T14:30:00.000Z',
} as const;

export const DAY_NOTES_EXAMPLE = {
  notes: [NOTE],
  reasons: [{ reason: 'party', value: '1.20' }],
};

const LINE = {
  item: 'pork-belly',
  name: PORK,
  category: 'meat',
  unit: 'g',
  packText: '2 kg',
  packAmount: '2000',
  rounding: 'up',
  price: '64.00',
  basis: 'forecast',
  need: '11000',
  needHigh: '12600',
  event: '0',
  lost: '0',
  safety: '1000',
  onHand: '4200',
  expiring: '0',
  replacing: '0',
  usable: '4200',
  onOrder: '0',
  missing: '7800',
  cap: null,
  quantity: '8000',
  serviceLevel: '0.9500',
  capBy: null,
  raisedTo: null,
  packs: 4,
  amount: '256.00',
  par: '6000',
  max: '20000',
  days: [
    {
      date: '2026-11-22',
      share: '0.2100',
      need: '2100',
      mean: '10000',
      low: '8200',
      high: '11900',
      event: '1.00',
    },
    {
      date: '2026-11-23',
      share: '0.8900',
      need: '8900',
      mean: '10000',
      low: '8200',
      high: '11900',
      event: '1.00',
    },
  ],
  method: 'weekday',
  wape: '0.090',
  lowConfidence: false,
  flags: ['low'],
  lastsUntil: '2026-11-23T03:40:00.000Z',
  useFirst: null,
  past: [{ date: '2026-11-16', used: '10200' }],
  dishes: [
    {
      recipe: 'braised-pork-rice',
      name: { zh: '红烧肉盖饭', en: 'Braised pork rice' },
      portions: '24',
      amount: '9600',
    },
  ],
  why: { zh: '安全1kg 整件2kg', en: 'safety 1kg, pack 2kg' },
};

export const SUGGESTION_EXAMPLE = {
  for: '2026-11-23',
  madeAt: '2026-11-22T13:24:00.000Z',
  day: '2026-11-22',
  currency: 'CNY',
  timezone: 'Asia/Shanghai',
  special: null,
  notes: [NOTE],
  accuracy: { wape: '0.120', ordered: '0.210', days: 14, lowConfidence: 0 },
  suppliers: [
    {
      supplier: 'jinluo',
      name: { zh: '金锣鲜肉' },
      ...DELIVERY,
      coverUntil: '2026-11-24T02:00:00.000Z',
      pastCutOff: false,
      minimumOrder: '300.00',
      belowMinimum: true,
      contact: { phone: '021-5555 0000', email: null },
      send: ['print', 'hand'],
      subtotal: '256.00',
      orders: [],
      lines: [LINE],
    },
  ],
  upcoming: [
    { supplier: 'jinluo', name: { zh: '金锣鲜肉' }, deliverOn: '2026-11-23', ...DELIVERY },
  ],
};

export const SUGGESTION_SUMMARY_EXAMPLE = {
  for: '2026-11-23',
  day: '2026-11-22',
  currency: 'CNY',
  total: '256.00',
  suppliers: [{ supplier: 'jinluo', ...DELIVERY, pastCutOff: false, lines: 1, subtotal: '256.00' }],
  url: '/api/v1/suggestions?for=2026-11-23',
  madeAt: '2026-11-22T13:24:00.000Z',
};

export const FORECAST_REPORT_EXAMPLE = {
  from: '2026-11-09',
  to: '2026-11-22',
  totals: { items: 1, wape: '0.120', bias: '0.010', coverage: '0.929', ordered: '0.210' },
  items: [
    {
      item: 'pork-belly',
      name: PORK,
      unit: 'g',
      days: 14,
      used: '141000',
      forecast: '142400',
      wape: '0.090',
      bias: '0.010',
      coverage: '0.929',
      method: 'weekday',
      covers: 3,
      ordered: '36000',
      usedInCovers: '31200',
      orderedWape: '0.154',
      series: [
        { date: '2026-11-20', used: '10200', forecast: '9900' },
        { date: '2026-11-21', used: '11400', forecast: '11800' },
      ],
    },
  ],
};
