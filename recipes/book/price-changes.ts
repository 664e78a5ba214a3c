/** Prices that a new book changes, of dishes and of what suppliers sell. */
import type { Book } from '../contracts/book.ts';

export type PriceChange = {
  readonly what: 'recipe' | 'supplierItem';
  readonly id: string;
  /** Of a supplier's item. */
  readonly supplier?: string;
  /** Decimal text; null = none. */
  readonly before: string | null;
  readonly after: string | null;
};

/** Only of what both books have; what is new or gone is counted elsewhere. */
export function priceChanges(before: Book | undefined, after: Book): PriceChange[] {
  const old = pricesOf(before);
  return [...pricesOf(after)].flatMap(([key, { price, ...named }]) => {
    const was = old.get(key);
    if (was === undefined || was.price === price) return [];
    return [{ ...named, before: was.price, after: price }];
  });
}

type Priced = Omit<PriceChange, 'before' | 'after'> & { readonly price: string | null };

function pricesOf(book: Book | undefined): Map<string, Priced> {
  const prices = new Map<string, Priced>();
  for (const { id, price } of book?.recipes ?? []) {
    prices.set(`recipe ${id}`, { what: 'recipe', id, price: textOf(price) });
  }
  for (const supplier of book?.suppliers ?? []) {
    for (const { item, price } of supplier.items ?? []) {
      const named = { what: 'supplierItem', id: item, supplier: supplier.id } as const;
      prices.set(`supplier ${supplier.id} ${item}`, { ...named, price: textOf(price) });
    }
  }
  return prices;
}

/** 42, "42" and "42.00" are one price. */
function textOf(price: string | number | undefined): string | null {
  if (price === undefined) return null;
  const text = String(price);
  return text.includes('.') ? text.replace(/0+$/, '').replace(/[.]$/, '') : text;
}
