/**
 * A recipe book for the pizza place, in the book format: one recipe per pizza and size, its sku the
 * `pizza_id` of the files. What the lists leave out (dough, tomato sauce, the mozzarella under
 * everything) comes as transparent sub-recipes, the dough through a preferment, so that a pizza is
 * three recipes deep.
 */
import { type Pizza, type PizzaSize, type PizzaType, readPizzas, readTypes } from './pizza-data.ts';
import {
  BASE_SAUCES,
  DOUGH_GRAMS,
  INGREDIENTS,
  type Ingredient,
  SAME_AS,
  SIZE_PERCENT,
} from './pizza-larder.ts';

type BookName = { readonly zh: string; readonly en: string };

type BookItem = {
  readonly id: string;
  readonly name: BookName;
  readonly unit: 'g' | 'ml' | 'ea';
  readonly units?: Readonly<Record<string, string>>;
  readonly category: string;
  readonly yield?: string;
  readonly shelfLife?: string;
};

export type BookLine = {
  readonly item?: string;
  readonly recipe?: string;
  readonly qty: string;
  readonly yield?: string;
};

export type BookRecipe = {
  readonly id: string;
  readonly name: BookName;
  readonly makes?: string;
  /** What is left of `makes` after it was made. */
  readonly yield?: string;
  readonly kept?: 'transparent';
  readonly sku?: readonly string[];
  readonly price?: string;
  readonly lines: readonly BookLine[];
};

/** The part of the book format that the pizza place needs. */
export type PizzaBook = {
  readonly larder: 1;
  readonly name: string;
  readonly currency: string;
  /** The year is over; without this no book would be in force when its pizzas were sold. */
  readonly validFrom: string;
  readonly items: readonly BookItem[];
  readonly recipes: readonly BookRecipe[];
};

/** The book, from the files in `folder` (default: the shared data). */
export async function readPizzaBook(folder?: string): Promise<PizzaBook> {
  return pizzaBook(await readTypes(folder), await readPizzas(folder));
}

/** The book of these types and sizes. Throws when a listed ingredient has no amount yet. */
export function pizzaBook(types: readonly PizzaType[], pizzas: readonly Pizza[]): PizzaBook {
  const byId = new Map(types.map((type) => [type.id, type]));
  const dishes = pizzas.map((pizza) => {
    const type = byId.get(pizza.type);
    if (!type) throw new Error(`pizza ${pizza.id}: its type ${pizza.type} is not in the list`);
    return dish(pizza, type);
  });
  const listed = Object.entries(INGREDIENTS).map(([name, row]) => listedItem(name, row));
  return {
    larder: 1,
    name: 'Pizza place',
    currency: 'USD',
    validFrom: '2015-01-01T00:00:00-05:00',
    items: [...listed, ...IMPLIED_ITEMS],
    recipes: [...SUB_RECIPES, ...dishes],
  };
}

/** The item id of an ingredient as the files spell it. */
export function itemId(ingredient: string): string {
  return (SAME_AS[ingredient] ?? ingredient)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** What no list names but no pizza is without. */
const IMPLIED_ITEMS: readonly BookItem[] = [
  implied('flour', 'Flour, type 00', '面粉', 'g', { units: { bag: '25 kg' }, yield: '0.995' }),
  implied('semolina', 'Semolina', '粗粒小麦粉', 'g', { units: { bag: '5 kg' } }),
  implied('water', 'Filtered water', '净水', 'ml', {}),
  implied('yeast', 'Fresh yeast', '鲜酵母', 'g', { units: { block: '42 g' }, yield: '0.98' }),
  implied('salt', 'Sea salt', '海盐', 'g', {}),
  implied('sugar', 'Sugar', '白糖', 'g', {}),
  implied('corn-starch', 'Corn starch', '玉米淀粉', 'g', {}),
  implied('olive-oil', 'Olive oil', '橄榄油', 'g', { units: { ml: '0.916 g', tin: '5 l' } }),
  implied('crushed-tomatoes', 'Crushed tomatoes', '碎番茄罐头', 'g', {
    units: { can: '2.95 kg' },
    yield: '0.985',
  }),
];

/**
 * Each makes less than went in: gas from the yeast, what sticks to bowls, steam from the pan. Of the
 * dough, some balls are also torn or overproved by the evening.
 */
const SUB_RECIPES: readonly BookRecipe[] = [
  sub('biga', 'Biga (preferment)', '酵头', '4.85 kg', [
    { item: 'flour', qty: '3 kg' },
    { item: 'water', qty: '1.9 l' },
    { item: 'yeast', qty: '9.7 g' },
  ]),
  {
    ...sub('pizza-dough', 'Pizza dough', '披萨面团', '16.23 kg', [
      { recipe: 'biga', qty: '4.85 kg' },
      { item: 'flour', qty: '7 kg' },
      { item: 'water', qty: '4.4 l' },
      { item: 'salt', qty: '243 g' },
      { item: 'olive-oil', qty: '0.35 l' },
    ]),
    yield: '0.985',
  },
  sub('tomato-sauce', 'Tomato sauce', '番茄酱底', '5.71 kg', [
    { item: 'crushed-tomatoes', qty: '2 can' },
    { item: 'olive-oil', qty: '175 ml' },
    { item: 'garlic', qty: '46 g' },
    { item: 'salt', qty: '51 g' },
    { item: 'sugar', qty: '33 g' },
    { item: 'oregano', qty: '8.6 g' },
  ]),
  sub('shredded-mozzarella', 'Shredded mozzarella', '马苏里拉碎', '9.87 kg', [
    { item: 'mozzarella-cheese', qty: '9.95 kg' },
    { item: 'corn-starch', qty: '30 g' },
  ]),
];

/** Grams on a medium pizza of what every pizza gets. */
const TOMATO_SAUCE = '83.5';
const MOZZARELLA = '117';
/** Dusted on the peel; most of it stays on the peel, hence the yield of its line. */
const SEMOLINA = '4.3';

function dish(pizza: Pizza, type: PizzaType): BookRecipe {
  const ownSauce = type.ingredients.some((name) => BASE_SAUCES.has(name));
  return {
    id: `pizza-${pizza.id.replaceAll('_', '-')}`,
    name: { zh: `${type.name} ${pizza.size}`, en: `${type.name} ${pizza.size}` },
    sku: [pizza.id],
    price: Number(pizza.price).toFixed(2),
    lines: [
      { recipe: 'pizza-dough', qty: `${DOUGH_GRAMS[pizza.size]} g` },
      { item: 'semolina', qty: grams(SEMOLINA, pizza.size), yield: '0.6' },
      ...(ownSauce ? [] : [{ recipe: 'tomato-sauce', qty: grams(TOMATO_SAUCE, pizza.size) }]),
      { recipe: 'shredded-mozzarella', qty: grams(MOZZARELLA, pizza.size) },
      ...type.ingredients.map((name) => ({
        item: itemId(name),
        qty: grams(ingredient(name)[0], pizza.size),
      })),
    ],
  };
}

function ingredient(name: string): Ingredient {
  const row = INGREDIENTS[SAME_AS[name] ?? name];
  if (!row) throw new Error(`ingredient "${name}" has no amount: add it to INGREDIENTS`);
  return row;
}

function listedItem(name: string, [, usable, category, shelfLife]: Ingredient): BookItem {
  const label = { zh: name, en: name };
  return { id: itemId(name), name: label, unit: 'g', category, yield: usable, shelfLife };
}

function implied(
  id: string,
  en: string,
  zh: string,
  unit: 'g' | 'ml',
  more: Pick<BookItem, 'units' | 'yield'>,
): BookItem {
  return { id, name: { zh, en }, unit, category: 'dry', ...more };
}

function sub(
  id: string,
  en: string,
  zh: string,
  makes: string,
  lines: readonly BookLine[],
): BookRecipe {
  return { id, name: { zh, en }, makes, kept: 'transparent', lines };
}

/** Exact: `decimal` grams times the percent of the size, as an amount of the book. */
function grams(decimal: string, size: PizzaSize): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const digits = BigInt(whole + fraction) * SIZE_PERCENT[size];
  const places = fraction.length + 2;
  const text = digits.toString().padStart(places + 1, '0');
  const trimmed = text.slice(-places).replace(/0+$/, '');
  return `${text.slice(0, -places)}${trimmed ? '.' : ''}${trimmed} g`;
}
