import { decimalFromMicro } from '#recipes/amount.ts';
import { microFromRational } from '#recipes/rational.ts';
import type { BaseUnit } from '#recipes/unit-words.ts';
import { toBaseMicro, unitTable } from '#recipes/units.ts';
import type { Name } from '#recipes/words/words.ts';

/** One item as a supplier sells it. */
export type Offer = {
  readonly item: string;
  /** Base units in one pack, decimal. */
  readonly pack: string;
  /** Money for one pack; null = not known. */
  readonly price: string | null;
};

export type Supplier = {
  readonly id: string;
  readonly name: Name | string;
  readonly offers: readonly Offer[];
};

/** What the book says of goods: small enough to stay on the tablet for the days without the box. */
export type Goods = {
  /** Item -> its own units -> base units in 1 of it, decimal. */
  readonly units: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly suppliers: readonly Supplier[];
  /** Names of what is cooked, by recipe. */
  readonly dishes: Readonly<Record<string, Name | string>>;
};

/** As much of the book's document as is read here. */
export type GoodsBook = {
  readonly items?: readonly BookThing[];
  readonly recipes?: readonly (BookThing & { readonly makes?: string | number })[];
  readonly suppliers?: readonly BookSupplier[];
};

type BookThing = {
  readonly id: string;
  readonly name?: Name | string | null;
  readonly unit?: string;
  readonly units?: Readonly<Record<string, string | number>>;
};

type BookSupplier = {
  readonly id: string;
  readonly name?: Name | string | null;
  readonly items?: readonly {
    readonly item: string;
    readonly pack: string | number;
    readonly price?: string | number;
  }[];
};

export const NO_GOODS: Goods = { units: {}, suppliers: [], dishes: {} };

/** What of a book this tablet needs. `bases`: the base unit of each item, as the stock says it. */
export function digestBook(book: GoodsBook, bases: ReadonlyMap<string, string>): Goods {
  const things = [...(book.items ?? []), ...(book.recipes ?? [])];
  const tables = new Map(
    things.flatMap((thing) => {
      const base = thing.unit ?? bases.get(thing.id);
      if (!isBase(base)) return [];
      return [[thing.id, unitTable(base, thing.units ?? {}, thing.id).table] as const];
    }),
  );
  const units: Record<string, Record<string, string>> = {};
  for (const [id, table] of tables) {
    for (const unit of table.own) {
      const factor = table.factor(unit);
      if (!factor.ok) continue;
      units[id] ??= {};
      units[id][unit] = decimalFromMicro(microFromRational(factor.value));
    }
  }
  const suppliers = (book.suppliers ?? []).map(({ id, name, items }) => ({
    id,
    name: name ?? id,
    offers: (items ?? []).flatMap((offer): Offer[] => {
      const table = tables.get(offer.item);
      const pack = table === undefined ? null : packAmount(offer.pack, table);
      const price = offer.price === undefined ? null : String(offer.price);
      return pack === null ? [] : [{ item: offer.item, pack, price }];
    }),
  }));
  const dishes = Object.fromEntries(
    (book.recipes ?? []).map(({ id, name }) => [id, name ?? id] as const),
  );
  return { units, suppliers, dishes };
}

function isBase(unit: string | undefined): unit is BaseUnit {
  return unit === 'g' || unit === 'ml' || unit === 'ea';
}

/** A pack that the page cannot read is left to the box, which can. */
function packAmount(pack: string | number, table: Parameters<typeof toBaseMicro>[1]) {
  try {
    const amount = toBaseMicro(pack, table);
    return amount > 0 ? decimalFromMicro(amount) : null;
  } catch {
    return null;
  }
}
