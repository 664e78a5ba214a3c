/** Examples of what the kitchen's screens read. Each is checked against its schema by a test. */

const PORK = { zh: '五花肉', en: 'Pork belly' };

export const ENTRIES_EXAMPLE = {
  entries: [
    {
      seq: 1204,
      kind: 'waste',
      at: '2026-11-22T04:31:07.512Z',
      recordedAt: '2026-11-22T04:31:08.020Z',
      said: '2026-11-22T12:31:05+08:00',
      actor: 'chen',
      device: 'tablet-1',
      command: 'tablet-1:0001',
      summary: {
        item: 'pork-belly',
        name: PORK,
        qty: '620',
        unit: 'g',
        reason: 'overproduced',
        cost: '19.84',
        text: { zh: '报损 五花肉 620 g · 做多了', en: 'Wasted Pork belly 620 g · Overproduced' },
      },
      reverses: null,
      reversedBy: null,
      stands: true,
      reversible: 'yes',
    },
  ],
};

export const TILES_EXAMPLE = {
  items: ['pork-belly', 'rice'],
  dishes: ['M-1001'],
  amounts: { 'pork-belly': ['200', '500'] },
  lastTargets: {},
};

export const PREP_EXAMPLE = {
  batches: [
    {
      recipe: 'braising-sauce',
      name: { zh: '红烧汁', en: 'Braising sauce' },
      item: 'braising-sauce',
      onHand: '1200',
      expiresAt: '2026-11-22T13:30:00.000Z',
      suggested: '9600',
      suggestedText: { zh: '1 锅 · 9.6 kg', en: '1 run · 9.6 kg' },
      unit: 'g',
      makes: '9600',
      run: 1,
      why: {
        zh: '到明日打烊需 8 kg,可用 0 g(另有 1.2 kg 届时已过期),缺 8 kg',
        en: "par 8 kg until tomorrow's close, usable 0 g (1.2 kg more will have expired), missing 8 kg",
      },
      done: null,
      short: [{ item: 'dark-soy', missing: '100' }],
      inputs: [
        { item: 'soy-sauce', name: { zh: '生抽', en: 'Soy sauce' }, qty: '1800', unit: 'ml' },
      ],
      allergens: ['soybeans'],
      shelfLifeMs: 259_200_000,
    },
  ],
};

export const LABEL_EXAMPLE = {
  code: 'LR1|pork-belly|B-77',
  item: 'pork-belly',
  name: PORK,
  lot: 'B-77',
  madeAt: '2026-11-22T01:05:00.000Z',
  expiresAt: '2026-11-25T15:59:00.000Z',
  openedAt: null,
  allergens: [],
  qty: '4200',
  unit: 'g',
  by: 'chen',
};

export const RECIPES_EXAMPLE = {
  coverage: { mapped: 42, total: 44, soldShare: 0.987 },
  recipes: [
    {
      id: 'braised-pork-rice',
      name: { zh: '红烧肉盖饭', en: 'Braised pork rice' },
      sku: ['M-1001'],
      kind: 'dish',
      kept: 'transparent',
      category: null,
      makes: '1',
      sold: '1',
      unit: 'ea',
      price: '32.00',
      cost: '12.80',
      missing: [],
      margin: '0.60',
      lines: [
        {
          item: 'pork-belly',
          name: PORK,
          qty: '348',
          ap: '400',
          yield: '0.87',
          unit: 'g',
          cost: '12.80',
          channel: [],
        },
      ],
      modifiers: [{ sku: 'M7', name: { zh: '加蛋' } }],
      usedBy: [],
    },
  ],
};

export const SIMULATION_EXAMPLE = {
  takes: [{ item: 'pork-belly', name: PORK, qty: '800', unit: 'g', onHand: '4200', after: '3400' }],
  cost: '25.60',
  missing: [],
};
