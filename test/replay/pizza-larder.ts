/**
 * What the pizza place's larder holds: the files list ingredients without amounts, so the grams here
 * are ours, plausible for a 12 inch pizza and purposely not round (0.4 g of oregano, 5.25 g of garlic
 * at a yield of 0.87), so that rounding can go wrong somewhere.
 */

/** `[grams on a medium pizza (EP), yield AP -> EP, category, shelf life]` for a listed ingredient. */
export type Ingredient = readonly [
  grams: string,
  usable: string,
  category: string,
  shelfLife: string,
];

/** Listed ingredients, by the name in the file. */
export const INGREDIENTS: Readonly<Record<string, Ingredient>> = {
  // meat and fish
  'Barbecued Chicken': ['112.5', '0.97', 'meat', '3d'],
  Bacon: ['46', '0.72', 'meat', '7d'],
  'Beef Chuck Roast': ['88', '0.67', 'meat', '4d'],
  'Calabrese Salami': ['54', '0.96', 'meat', '30d'],
  Capocollo: ['47.5', '0.94', 'meat', '30d'],
  Chicken: ['105', '0.83', 'meat', '3d'],
  'Chorizo Sausage': ['58', '0.98', 'meat', '14d'],
  'Coarse Sicilian Salami': ['57', '0.96', 'meat', '30d'],
  'Genoa Salami': ['52', '0.96', 'meat', '30d'],
  'Italian Sausage': ['66', '0.91', 'meat', '5d'],
  'Luganega Sausage': ['64', '0.93', 'meat', '5d'],
  '‘Nduja Salami': ['38.3', '0.95', 'meat', '45d'],
  Pancetta: ['41', '0.89', 'meat', '21d'],
  Pepperoni: ['51.4', '1', 'meat', '45d'],
  Prosciutto: ['44', '0.93', 'meat', '21d'],
  'Prosciutto di San Daniele': ['48', '0.91', 'meat', '21d'],
  'Sliced Ham': ['72', '1', 'meat', '10d'],
  'Soppressata Salami': ['53', '0.96', 'meat', '30d'],
  Anchovies: ['16.7', '0.78', 'seafood', '90d'],
  // cheese
  'Asiago Cheese': ['33', '0.93', 'dairy', '21d'],
  'Blue Cheese': ['27.5', '0.99', 'dairy', '14d'],
  'Brie Carre Cheese': ['76', '0.97', 'dairy', '10d'],
  'Feta Cheese': ['43', '0.985', 'dairy', '21d'],
  'Fontina Cheese': ['39', '0.94', 'dairy', '21d'],
  'Goat Cheese': ['42', '1', 'dairy', '14d'],
  'Gorgonzola Piccante Cheese': ['29', '0.96', 'dairy', '14d'],
  'Gouda Cheese': ['37', '0.95', 'dairy', '30d'],
  'Mozzarella Cheese': ['62', '1', 'dairy', '14d'],
  'Parmigiano Reggiano Cheese': ['13.3', '0.91', 'dairy', '60d'],
  'Provolone Cheese': ['36', '0.96', 'dairy', '30d'],
  'Ricotta Cheese': ['58', '1', 'dairy', '6d'],
  'Romano Cheese': ['14.2', '0.91', 'dairy', '60d'],
  'Smoked Gouda Cheese': ['35', '0.95', 'dairy', '30d'],
  // vegetables, fruit and herbs
  Artichokes: ['56', '0.63', 'vegetable', '365d'],
  Arugula: ['24', '0.93', 'vegetable', '4d'],
  'Caramelized Onions': ['49', '0.41', 'vegetable', '4d'],
  Cilantro: ['4.6', '0.78', 'vegetable', '4d'],
  Corn: ['38', '0.67', 'vegetable', '365d'],
  Eggplant: ['63', '0.81', 'vegetable', '6d'],
  'Friggitello Peppers': ['27', '0.86', 'vegetable', '10d'],
  Garlic: ['5.25', '0.87', 'vegetable', '21d'],
  'Green Olives': ['29', '0.77', 'vegetable', '180d'],
  'Green Peppers': ['44', '0.82', 'vegetable', '7d'],
  'Jalapeno Peppers': ['17.3', '0.89', 'vegetable', '10d'],
  'Kalamata Olives': ['31', '0.79', 'vegetable', '180d'],
  Mushrooms: ['58.5', '0.97', 'vegetable', '5d'],
  Onions: ['34', '0.9', 'vegetable', '30d'],
  Pears: ['68', '0.76', 'vegetable', '7d'],
  'Peperoncini verdi': ['23', '0.84', 'vegetable', '180d'],
  Pineapple: ['74', '0.52', 'vegetable', '5d'],
  'Plum Tomatoes': ['66', '0.94', 'vegetable', '6d'],
  'Red Onions': ['31.7', '0.9', 'vegetable', '30d'],
  'Red Peppers': ['43', '0.82', 'vegetable', '7d'],
  Spinach: ['33.3', '0.72', 'vegetable', '4d'],
  'Sun-dried Tomatoes': ['21.9', '1', 'vegetable', '180d'],
  Tomatoes: ['71', '0.91', 'vegetable', '6d'],
  Zucchini: ['57', '0.95', 'vegetable', '6d'],
  Oregano: ['0.4', '1', 'dry', '365d'],
  Thyme: ['0.7', '0.65', 'vegetable', '7d'],
  // sauces, each spread instead of the tomato sauce
  'Alfredo Sauce': ['82', '1', 'sauce', '5d'],
  'Barbecue Sauce': ['64', '1', 'sauce', '60d'],
  'Chipotle Sauce': ['61', '1', 'sauce', '14d'],
  'Pesto Sauce': ['55.5', '1', 'sauce', '7d'],
  'Thai Sweet Chilli Sauce': ['66', '1', 'sauce', '90d'],
};

/** Two spellings of one thing in the files, so one item. */
export const SAME_AS: Readonly<Record<string, string>> = { Artichoke: 'Artichokes' };

/** Sauces that take the place of the tomato sauce. */
export const BASE_SAUCES: ReadonlySet<string> = new Set(
  Object.entries(INGREDIENTS).flatMap(([name, row]) => (row[2] === 'sauce' ? [name] : [])),
);

/** Topping of a size against medium, in percent: about the area of 10, 12, 14, 18 and 22 inches. */
export const SIZE_PERCENT = { S: 70n, M: 100n, L: 140n, XL: 225n, XXL: 335n } as const;

/** Weights that do not follow the area, because a rim is as thick on a small pizza: grams by size. */
export const DOUGH_GRAMS = { S: '238', M: '335', L: '452.5', XL: '735', XXL: '1085' } as const;
