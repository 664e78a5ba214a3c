/** A first book out of what the POS calls its dishes: names and codes, nothing used yet. */

/** A dish as a POS names it. */
export type PosDish = { readonly sku: string; readonly name: string; readonly price?: string };

type Recipe = { readonly id: string; readonly sku?: readonly string[] | string | null };
type BookLike = { readonly recipes?: readonly Recipe[] };

/**
 * `base` with a recipe for each dish whose code it does not have. A recipe without lines takes no
 * stock; its lines are imported later.
 * @param base the book in force; null = there is none
 */
export function bookFromMenu(base: BookLike | null, dishes: readonly PosDish[]) {
  const book = base ?? { larder: 1, items: [], recipes: [] };
  const recipes = book.recipes ?? [];
  const known = new Set(recipes.flatMap(({ sku }) => sku ?? []));
  const ids = new Set(recipes.map(({ id }) => id));
  const added = [];
  for (const { sku, name, price } of dishes) {
    if (known.has(sku)) continue;
    known.add(sku);
    const id = freeId(sku, ids);
    ids.add(id);
    const money = price === undefined ? {} : { price };
    added.push({ id, name: { zh: name }, sku: [sku], ...money, lines: [] });
  }
  return { ...book, recipes: [...recipes, ...added] };
}

/** The dishes of a menu message of a POS; none when the text is something else. */
export function dishesOfMenu(body: string): PosDish[] {
  try {
    const { data } = JSON.parse(body) as { data?: { dishes?: unknown } };
    const list = Array.isArray(data?.dishes) ? data.dishes : [];
    return list.flatMap(
      (one: { sku?: unknown; name?: unknown; price?: unknown; active?: unknown }) => {
        const { sku, name, price, active } = one;
        if (typeof sku !== 'string' || active === false) return [];
        const money = typeof price === 'string' ? { price } : {};
        return [{ sku, name: typeof name === 'string' && name !== '' ? name : sku, ...money }];
      },
    );
  } catch {
    return [];
  }
}

/** Ids are letters, digits and dashes, as people write them by hand. */
function freeId(sku: string, taken: ReadonlySet<string>): string {
  const plain = sku
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const base = `dish-${plain === '' ? 'x' : plain}`;
  for (let i = 1; ; i++) {
    const id = i === 1 ? base : `${base}-${i}`;
    if (!taken.has(id)) return id;
  }
}
