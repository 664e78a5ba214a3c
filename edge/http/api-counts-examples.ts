/** Examples of counts and reports. Each is checked against its schema by a test. */

const PORK = { zh: '五花肉', en: 'Pork belly' };
const SAUCE = { zh: '红烧汁', en: 'Braising sauce' };
const at = '2026-11-22T13:05:07.000Z';

export const COUNTS_EXAMPLE = {
  counts: [
    {
      count: 'C-1122',
      state: 'open',
      startedAt: '2026-11-22T12:58:00.000Z',
      lastAt: at,
      items: 7,
      places: ['fridge-1'],
      actors: ['chen'],
      entry: null,
    },
  ],
};

export const COUNT_EXAMPLE = {
  count: 'C-1122',
  state: 'posted',
  entry: 1311,
  lines: [
    {
      entry: 1304,
      item: 'pork-belly',
      lot: null,
      place: 'fridge-1',
      qty: '4200',
      unit: 'g',
      at,
      actor: 'chen',
      book: '4770',
      variance: '-570',
      cost: '-18.24',
      kept: [{ qty: '4100', at: '2026-11-22T13:01:00.000Z', actor: 'li' }],
      disagreement: '100',
    },
  ],
  items: [
    {
      item: 'pork-belly',
      lot: null,
      unit: 'g',
      at,
      counted: '4200',
      posted: true,
      book: '4770',
      variance: '-570',
      cost: '-18.24',
    },
  ],
};

export const COUNT_LIST_EXAMPLE = {
  items: [
    {
      item: 'pork-belly',
      name: PORK,
      place: 'fridge-1',
      unit: 'g',
      why: { en: '9600 g used since the last count', zh: '上次盘点后已用 9600 g' },
      score: '18.66',
      uncertain: '583',
      lastCountedAt: '2026-11-20T13:10:00.000Z',
    },
  ],
  places: [{ place: 'fridge-1', items: 12 }],
};

const span = { from: '2026-11-16', to: '2026-11-22' };

export const WASTE_EXAMPLE = {
  ...span,
  totals: {
    waste: '212.40',
    avoidable: '188.10',
    avoidableShare: '0.886',
    staff: '64.00',
    comp: '12.00',
    trimBin: '0.00',
    trimRecovered: '38.50',
  },
  rows: [
    {
      item: 'pork-belly',
      reason: 'overproduced',
      avoidable: true,
      station: 'wok',
      part: 'dinner',
      actor: 'chen',
      name: PORK,
      amount: '620',
      unit: 'g',
      cost: '19.84',
      entries: 1,
    },
  ],
  byReason: [{ reason: 'overproduced', avoidable: true, cost: '120.00', entries: 6 }],
  byDay: [{ day: '2026-11-22', cost: '38.20', entries: 3 }],
  uses: [
    {
      item: 'rice',
      use: 'staff',
      why: 'staff',
      part: 'afternoon',
      actor: 'li',
      name: { zh: '米饭', en: 'Rice' },
      amount: '1200',
      unit: 'g',
      cost: '9.60',
      entries: 1,
    },
  ],
};

const day = { day: '2026-11-22', in: '6100', out: '4860', yield: '0.797', standard: '0.820' };

export const YIELD_EXAMPLE = {
  ...span,
  items: [
    {
      item: 'pork-belly',
      name: PORK,
      unit: 'g',
      in: '6100',
      usable: '4860',
      reuse: '520',
      staff: '0',
      bin: '720',
      yield: '0.797',
      standard: '0.820',
      cost: '195.20',
      recovered: '12.48',
      entries: 1,
      days: [day],
    },
  ],
  batches: [
    {
      recipe: 'braising-sauce',
      name: SAUCE,
      unit: 'g',
      expected: '9600',
      actual: '9400',
      yield: '0.979',
      standard: '1.000',
      cost: '81.60',
      entries: 1,
      days: [{ day: '2026-11-22', in: '9600', out: '9400', yield: '0.979', standard: '1.000' }],
    },
  ],
};
