/**
 * A kitchen whose demand can be worked out by hand: a plate takes 100 g of pork and 50 g of sauce, and
 * 1 kg of sauce takes 200 ml of soy and 100 g of a base, which is made ahead of pork alone. So a plate is 105 g of pork and 10 ml of soy.
 */
import { openBoxSuggestions } from '../../../edge/box-suggestions.ts';
import type { SuggestionView } from '../../../edge/purchasing/suggest-view.ts';
import { type InnerBox, innerBox, templateOf } from '../kitchen/inner-box.ts';

export const SUGGEST_BOOK = {
  larder: 1,
  currency: 'CNY',
  items: [
    { id: 'pork', name: { zh: '肉', en: 'Pork' }, unit: 'g', units: { pack: '1 kg' } },
    { id: 'soy', name: { zh: '酱油', en: 'Soy' }, unit: 'ml' },
    {
      id: 'salt',
      name: { zh: '盐', en: 'Salt' },
      unit: 'g',
      stock: { par: '3 kg', safety: '1 kg' },
    },
    { id: 'ice', name: { zh: '冰', en: 'Ice' }, unit: 'g' },
  ],
  recipes: [
    {
      id: 'sauce',
      name: { zh: '汁', en: 'Sauce' },
      makes: '1 kg',
      kept: 'stocked',
      lines: [
        { item: 'soy', qty: '200 ml' },
        { recipe: 'base', qty: '100 g' },
      ],
    },
    {
      id: 'base',
      name: { zh: '底', en: 'Base' },
      makes: '1 kg',
      kept: 'stocked',
      lines: [{ item: 'pork', qty: '1 kg' }],
    },
    {
      id: 'plate',
      name: { zh: '盘', en: 'Plate' },
      sku: 'P',
      lines: [
        { item: 'pork', qty: '100 g' },
        { recipe: 'sauce', qty: '50 g' },
        { item: 'ice', qty: '5 g' },
      ],
    },
  ],
  suppliers: [
    {
      id: 'near',
      name: { zh: '近', en: 'Near' },
      deliverAt: '06:00',
      cutOff: '22:30',
      minimumOrder: '10.00',
      items: [
        { item: 'pork', pack: '1 kg', price: '30.00' },
        { item: 'soy', pack: '1 l', price: '9.00' },
        { item: 'salt', pack: '1 kg', price: '2.00' },
      ],
    },
    {
      id: 'cheap',
      name: { zh: '廉', en: 'Cheap' },
      deliverAt: '07:00',
      cutOff: '21:00',
      deliveries: ['tue'],
      items: [{ item: 'soy', pack: '2 l', price: '16.00' }],
    },
  ],
};

const DAY_MS = 86_400_000;
/** A Sunday, 22:00 in Shanghai: today's plates are sold, the cut-off of `near` is in half an hour. */
export const TONIGHT = Date.parse('2026-11-22T22:00:00+08:00');
/** When plates are sold, and how many of ten. */
const HOURS = [
  ['12:00', 4],
  ['13:00', 3],
  ['18:00', 3],
] as const;

export type SuggestBox = InnerBox & {
  suggestions: ReturnType<typeof openBoxSuggestions>;
  /** Sells ten plates on the day so many days before tonight's. */
  sellDay(daysAgo: number, plates?: number): void;
  ask(date?: number): Promise<SuggestionView>;
  line(item: string, date?: number): Promise<SuggestionView['suppliers'][number]['lines'][number]>;
};

export async function suggestBox(book: unknown = SUGGEST_BOOK): Promise<SuggestBox> {
  const box = innerBox(templateOf(book));
  let sold = 0;
  const suggestions = openBoxSuggestions(box.parts);
  const ask = async (date?: number) => {
    box.now = TONIGHT;
    const view = await suggestions.read(date);
    if (!view) throw new Error('nothing was suggested');
    return view;
  };
  const own = {
    suggestions,
    sellDay(daysAgo: number, plates = 10) {
      const day = new Date(TONIGHT - daysAgo * DAY_MS + 8 * 3_600_000).toISOString().slice(0, 10);
      for (const [time, share] of HOURS) {
        box.now = Date.parse(`${day}T${time}:00+08:00`);
        const lines = [{ lineId: '1', sku: 'P', qty: String((plates * share) / 10) }];
        box.event('sale', { saleId: `S${++sold}`, lines });
      }
    },
    ask,
    async line(item: string, date?: number) {
      const view = await ask(date);
      const line = view.suppliers.flatMap(({ lines }) => lines).find((one) => one.item === item);
      if (!line) throw new Error(`${item} is not suggested`);
      return line;
    },
  };
  return Object.defineProperties(own, Object.getOwnPropertyDescriptors(box)) as SuggestBox;
}
