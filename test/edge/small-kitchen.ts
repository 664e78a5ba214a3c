/** A kitchen small enough to work out by hand. */

export const SMALL_BOOK = {
  larder: 1,
  name: 'Small',
  currency: 'CNY',
  items: [
    {
      id: 'pork',
      name: { zh: '肉', en: 'Pork' },
      unit: 'g',
      yield: 0.8,
      units: { pack: '2 kg' },
      shelfLife: '3d',
    },
    { id: 'rice', name: { zh: '米', en: 'Rice' }, unit: 'g' },
    { id: 'egg', name: { zh: '蛋', en: 'Egg' }, unit: 'ea' },
    { id: 'leek', name: { zh: '葱', en: 'Leek' }, unit: 'g' },
    { id: 'noodles', name: { zh: '面', en: 'Noodles' }, unit: 'g' },
    { id: 'box', name: { zh: '盒', en: 'Box' }, unit: 'ea' },
  ],
  recipes: [
    {
      id: 'sauce',
      makes: '1 kg',
      lines: [
        { item: 'leek', qty: '100 g' },
        { item: 'pork', qty: '80 g' },
      ],
    },
    {
      id: 'bowl',
      name: { zh: '盖饭', en: 'Bowl' },
      sku: 'B',
      lines: [
        { item: 'pork', qty: '80 g' },
        { item: 'rice', qty: '200 g' },
        { recipe: 'sauce', qty: '50 g' },
        { item: 'box', qty: '1 ea', channel: ['takeaway'] },
      ],
    },
    { id: 'egg-dish', sku: 'E', lines: [{ item: 'egg', qty: '2 ea' }] },
    { id: 'deli', sku: 'D', makes: '1 kg', lines: [{ item: 'pork', qty: '800 g' }] },
    { id: 'later', sku: ['LATER-OLD'], lines: [{ item: 'egg', qty: '1 ea' }] },
  ],
  modifiers: [
    { sku: 'M-egg', lines: [{ item: 'egg', qty: '1 ea' }] },
    { sku: 'M-noleek', remove: ['leek'] },
    { sku: 'M-large', scale: 1.5 },
    { sku: 'M-noodles', on: ['bowl'], swap: { from: 'rice', to: 'noodles', qty: '150 g' } },
  ],
};

/** What one bowl takes: pork 80/0.8 + 50 g of sauce (5 g leek, 4 g pork = 5 g AP) = 105 g. */
export const BOWL = { pork: 105, rice: 200, leek: 5 };

let counter = 0;

/** A fresh event id. */
export function newId(prefix: string): string {
  return `${prefix}-${++counter}`;
}

/** A CloudEvents object of this type. */
export function event(type: string, data: unknown, extra: Record<string, unknown> = {}): object {
  return { specversion: '1.0', id: newId(type), type: `larder.pos.${type}.v1`, data, ...extra };
}

/** A sale of these lines, as a CloudEvents object. */
export function sale(saleId: string, lines: object[], extra: Record<string, unknown> = {}): object {
  return event('sale', { saleId, lines, ...extra });
}
