/**
 * A kitchen with everything that the commands of the kitchen can meet, small enough to work out by hand:
 * a bowl takes 80 / 0.8 = 100 g of belly and 200 g of rice; 100 g of sauce take 20 ml of soy and 50 g of
 * broth, which is 4 / 0.8 = 5 g of belly.
 */

export const KITCHEN_BOOK = {
  larder: 1,
  name: 'Kitchen',
  currency: 'CNY',
  items: [
    {
      id: 'belly',
      name: { zh: '五花肉', en: 'Pork belly' },
      unit: 'g',
      units: { pack: '2 kg' },
      yield: 0.8,
      shelfLife: '3d',
      opened: '24h',
      thawed: '12h',
      frozen: '90d',
    },
    {
      id: 'salmon',
      name: { zh: '三文鱼', en: 'Salmon' },
      unit: 'g',
      units: { fish: '6 kg' },
      shelfLife: '2d',
      maxTemperature: 4,
    },
    { id: 'scraps', name: { zh: '鱼碎', en: 'Scraps' }, unit: 'g', shelfLife: '1d' },
    // 50 g of skin are one piece, so an offcut in grams can be counted.
    { id: 'skin', name: { zh: '鱼皮', en: 'Skin' }, unit: 'ea', units: { g: '0.02 ea' } },
    { id: 'soy', name: { zh: '酱油', en: 'Soy' }, unit: 'ml', opened: '30d' },
    { id: 'rice', name: { zh: '米', en: 'Rice' }, unit: 'g' },
    { id: 'egg', name: { zh: '蛋', en: 'Egg' }, unit: 'ea', units: { tray: '30 ea' } },
  ],
  recipes: [
    {
      id: 'broth',
      name: { zh: '高汤', en: 'Broth' },
      makes: '1 kg',
      kept: 'stocked',
      shelfLife: '48h',
      lines: [{ item: 'belly', qty: '80 g' }],
    },
    {
      id: 'sauce',
      name: { zh: '红烧汁', en: 'Sauce' },
      makes: '1 kg',
      kept: 'stocked',
      shelfLife: '72h',
      lines: [
        { item: 'soy', qty: '200 ml' },
        { recipe: 'broth', qty: '500 g' },
      ],
    },
    {
      id: 'bowl',
      name: { zh: '盖饭', en: 'Bowl' },
      sku: 'B',
      price: '30.00',
      lines: [
        { item: 'belly', qty: '80 g' },
        { item: 'rice', qty: '200 g' },
      ],
    },
    {
      id: 'sauced',
      name: { zh: '浇汁饭', en: 'Sauced' },
      sku: 'S',
      lines: [
        { recipe: 'sauce', qty: '100 g' },
        { item: 'rice', qty: '100 g' },
      ],
    },
    {
      id: 'omelette',
      name: { zh: '蛋饼', en: 'Omelette' },
      sku: 'E',
      lines: [{ item: 'egg', qty: '2 ea' }],
    },
  ],
  modifiers: [{ sku: 'M-egg', lines: [{ item: 'egg', qty: '1 ea' }] }],
  suppliers: [
    {
      id: 'jinluo',
      name: { zh: '金锣', en: 'Jinluo' },
      items: [{ item: 'belly', pack: '2 kg', price: '64.00' }],
    },
  ],
};
